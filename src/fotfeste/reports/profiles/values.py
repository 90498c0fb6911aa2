"""The values that profiles hand out: what a page, an API or a file shows, without any arithmetic of its own.

All texts are in the reader's language, all figures have passed disclosure control.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fotfeste.messages import Language, Translated, msg
from fotfeste.reports.blocks import CellValue, Column, Table
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.indicators import Indicator

PlaceKind = Literal["country", "county", "municipality"]
MarkWord = Literal["observed", "missing", "not_asked", "suppressed"]
Href = Callable[[str], str | None]
"""From the code of a place to the address it leads to; ``None`` for a shape that leads nowhere."""

COUNTRY = "0"
NORWAY = msg("Norge")


@dataclass(frozen=True, slots=True)
class Place:
    """The country (code ``"0"``), a county (two digits) or a municipality (four digits) of today.

    ``official_name`` is every official name («Porsanger - Porsáŋgu - Porsanki»). ``county_code`` and ``county_name``
    are those of a municipality's county, otherwise empty.
    """

    kind: PlaceKind
    code: str
    name: str
    official_name: str = ""
    county_code: str = ""
    county_name: str = ""

    def called(self, words: Language) -> str:
        """Return the name as a reader of ``words`` writes it: only the country's differs between languages."""
        return words.text(NORWAY) if self.kind == "country" else self.name

    @property
    def alone(self) -> bool:
        """Whether this is Oslo, which is municipality and county in one."""
        return self.code in ("03", "0301")


@dataclass(frozen=True, slots=True)
class Theme:
    """Indicators that belong together, in the order they are shown; ``former`` are ids that addresses may still carry."""

    id: str
    name: Translated
    indicators: tuple[Indicator, ...]
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it may be shown.

    ``text`` is what stands in a table (``60,9 %``, ``:`` suppressed, ``.`` missing, ``–`` not asked, ``23–26`` where
    parts are suppressed); ``said`` the same in words, for sentences and screen readers. ``few`` marks a number that rests
    on few people and so is uncertain.
    """

    figure: Figure
    text: str
    said: str
    few: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """The municipalities most alike: how many of them have a number, the middle one, the lowest and the highest."""

    known: int
    median: Shown
    low: Shown
    high: Shown


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator for one place, beside its county, the country and those alike; ``None`` where that has no meaning."""

    indicator: str
    name: str
    unit: str
    period: str
    own: Shown
    county: Shown | None
    country: Shown | None
    alike: Alike | None


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """A theme with a row for each of its indicators."""

    id: str
    name: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that stands out: label, value, a short comparison, and the indicator it belongs to (or empty)."""

    label: str
    value: Shown
    beside: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart or map as SVG, with its title and the text that stands in for it.

    ``svg`` is the bare picture: on a page it goes through :meth:`inline`, for download through :meth:`for_file`.
    ``period`` is empty where the title tells it; ``shown`` are the figures whose signs the picture writes, ``below``
    lines that stand below it on a page and in a file. ``finding`` is what the figures say, in one sentence: the heading of
    the picture, above the title that tells what it shows. ``narrow`` is the same picture for a narrow screen, where the one
    for a page would have to be scrolled; empty where there is none.
    """

    svg: str
    title: str
    alternative: str
    period: str = ""
    sources: tuple[SourceLine, ...] = ()
    shown: tuple[Figure, ...] = ()
    below: tuple[str, ...] = ()
    finding: str = ""
    narrow: str = ""

    def inline(self, prefix: str, href: Href | None = None, *, narrow: bool = False) -> str:
        """Return the SVG to stand in HTML: ids begin with ``prefix``, which no other picture on the page has.

        With ``href`` every place that it gives an address for is a link that can be reached by keyboard. The text holds
        no style attribute, no style element and no program.
        """
        from fotfeste.reports.profiles.inline import inline

        return inline(self.narrow if narrow else self.svg, prefix, self.alternative, href)

    def for_file(self, words: Language) -> Drawing:
        """Return the picture as it stands alone: title and period above, signs explained and sources named below."""
        from fotfeste.reports.profiles.picture_files import framed

        return framed(self, words)

    def png(self, across: int = 1360) -> bytes:
        """Return the picture as PNG, ``across`` pixels wide; not kept, so that the memory of a server stays flat."""
        from fotfeste.reports import svg

        return svg.to_png.__wrapped__(self.svg, across)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where figures come from, as it is shown."""

    agency: str
    title: str
    table: str
    period: str
    licence: str
    retrieved: date
    remark: str


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of data: its name for machines, and how it is shown.

    One that is ``for_people`` stands on pages and in workbooks only, one that is ``for_machines`` in CSV and JSON only:
    the same told in words and in signs that are alike in every language.
    """

    key: str
    column: Column
    for_people: bool = False
    for_machines: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """Data behind a page: to be shown as a table, or written to a file by :mod:`fotfeste.reports.profiles.files`.

    Cells are text, dates, whole numbers, yes or no, or figures; figures have passed disclosure control. ``name`` is a short name for
    files, ``links`` the code of the place that each row is about (empty where it is about none).
    ``row_sources`` tells where each row comes from, when they come from different sources.
    """

    name: str
    caption: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    links: tuple[str, ...] = ()
    emphasis: frozenset[int] = frozenset()
    note: str = ""
    sources: tuple[SourceLine, ...] = ()
    row_sources: tuple[tuple[SourceLine, ...], ...] = ()

    @property
    def table(self) -> Table:
        """The table as a block, for documents and pages: what is for machines left out."""
        agencies = ", ".join(dict.fromkeys(f"{one.agency} ({one.table})" for one in self.sources))
        kept = [place for place, one in enumerate(self.columns) if not one.for_machines]
        return Table(
            self.caption,
            tuple(self.columns[place].column for place in kept),
            tuple(tuple(row[place] for place in kept) for row in self.rows),
            emphasis=self.emphasis,
            note=self.note,
            source=agencies,
        )


@dataclass(frozen=True, slots=True)
class Illustrated:
    """A picture with the data behind it."""

    drawing: Drawing
    data: DataTable


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a list: a municipality of a county, or a county of the country, with its key figures."""

    place: Place
    population: Shown
    change: Shown
    settled: Shown


@dataclass(frozen=True, slots=True)
class Overview:
    """One place at a glance.

    ``settlement`` is asked, decided and settled by year, ``population`` the people on 1 January by year; either is
    ``None`` when there is nothing to draw. ``alike`` are the municipalities most alike (for a municipality), ``places``
    a county's municipalities or the country's counties. ``data`` holds every indicator, one row for each figure.
    """

    place: Place
    sentence: str
    key_figures: tuple[KeyFigure, ...]
    themes: tuple[ThemeRows, ...]
    settlement: Illustrated | None
    population: Illustrated | None
    alike: tuple[Place, ...]
    places: tuple[PlaceRow, ...]
    settled_period: str
    data: DataTable
    sources: tuple[SourceLine, ...]
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator for one place: the sentence, the pictures, the data behind them, and what must be known of them.

    ``map`` shows the municipalities of the county (of the country, for the country); ``chart`` the place beside those
    alike, its county and the country, or a county's municipalities, or the counties, in order. Either is ``None`` where
    no place has a number. ``direction`` tells whether high or low is better for settling, or is empty.
    """

    place: Place
    indicator: str
    name: str
    definition: str
    unit: str
    direction: str
    period: str
    formula: str
    sentence: str
    row: IndicatorRow
    map: Drawing | None
    chart: Drawing | None
    data: DataTable
    sources: tuple[SourceLine, ...]
    remarks: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One indicator for the places compared, in their order, with a small chart (``None`` where none has a number)."""

    indicator: str
    name: str
    unit: str
    period: str
    values: tuple[Shown, ...]
    chart: Drawing | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Up to six places side by side; ``sentence`` tells the highest and the lowest of one indicator, or is empty."""

    places: tuple[Place, ...]
    sentence: str
    rows: tuple[ComparisonRow, ...]
    data: DataTable
    sources: tuple[SourceLine, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place found by name or number; ``note`` tells what was matched when it is not the name («tidligere Bø, nå …»)."""

    place: Place
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One figure for machines: ``value`` is a decimal number with a point, ``None`` unless ``mark`` is ``observed``.

    Shares are between 0 and 1. Fractions that do not end are rounded to six decimals. ``low`` and ``high`` bound a
    suppressed figure. ``estimated`` as the source or a change of borders made it; ``few`` as in :class:`Shown`.
    """

    code: str
    name: str
    kind: PlaceKind
    value: str | None
    mark: MarkWord
    low: str | None
    high: str | None
    estimated: bool
    few: bool
    period: str
