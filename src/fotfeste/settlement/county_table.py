"""A table of a county's municipalities from a file: the published one of the whole country, or the county's own list.

CSV or a workbook; one column for each number or one line for each; headings in bokmål, nynorsk or English. Numbers of
municipalities from other years are carried to the division asked for. The table is read whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.county_table_places import Elsewhere, Sum, Whereabouts, sum_named
from fotfeste.statistics.figure import Figure, Mark, total
from fotfeste.statistics.readers.cells import DEFAULT_MARKS, CellRules, read_cell
from fotfeste.statistics.readers.grids import Grid, Limits, Line, content_of, read_grid
from fotfeste.statistics.readers.mapped import cell_text, first_with, year_of
from fotfeste.statistics.readers.tidy import refuse_faults

if TYPE_CHECKING:
    from fotfeste.errors import Place
    from fotfeste.regions import Regions

CODE_COLUMNS = (
    "kommunenummer",
    "kommunenr",
    "kommune nr",
    "kommunekode",
    "kode",
    "municipality code",
    "code",
    "code original",
)
NAME_COLUMNS = ("kommune", "kommunenavn", "kommunenamn", "municipality", "name", "region", "navn", "namn")
COUNTY_COLUMNS = (
    "fylkesnummer", "fylkesnr", "county code", "fylke", "fylkesnavn", "fylkesnamn", "county", "county name",
)  # fmt: skip
YEAR_COLUMNS = ("år", "aar", "årstall", "årstal", "year")
DATE_COLUMNS = ("statusdato", "status date", "per dato")
KIND_COLUMNS = ("kategori", "category", "variabel", "statistikkvariabel", "type", "measure")
COUNT_COLUMNS = ("antall", "antal", "tall", "tal", "verdi", "value", "personer", "persons", "count")
"""What the columns may be called, in bokmål, nynorsk and English."""
MARKS: Mapping[str, Mark] = {
    **DEFAULT_MARKS,
    "–": Mark.NOT_ASKED,
    "ikke anmodet": Mark.NOT_ASKED,
    "ikkje oppmoda": Mark.NOT_ASKED,
    "not_requested": Mark.NOT_ASKED,
    "avventer": Mark.MISSING,
    "avventer vedtak": Mark.MISSING,
    "ventar på vedtak": Mark.MISSING,
    "awaiting_decision": Mark.MISSING,
    "suppressed_below_5": Mark.SUPPRESSED,
}
"""Signs and words that are no numbers, in cells and in the columns of flags beside them."""
HEADER_WITHIN = 12
"""The line of headings is looked for among the first lines, below titles."""
OLD_ENCODING = "iso-8859-1"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a municipality and what its column may be called; ``needed`` refuses a file without it."""

    id: str
    names: tuple[str, ...]
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """What a kind of table holds. ``code`` begins its errors; ``columns`` tells people which columns it must have.

    ``whole_country`` passes by the rows of other counties; otherwise they are refused. ``tells_sums`` remarks which rows are
    passed by since they are sums.
    """

    code: str
    measures: tuple[Measure, ...]
    columns: Message
    whole_country: bool = True
    tells_sums: bool = False


@dataclass(frozen=True, slots=True)
class CountyTable:
    """What a file says of every municipality in a county: figures by measure and code, marks kept.

    Only measures that the file has are there. ``remarks`` tell of sums in the file that its rows do not give.
    ``as_of`` is the day that the file itself gives; ``checksum`` is SHA-256 of its bytes.
    """

    name: str
    checksum: str
    figures: Mapping[str, Mapping[str, Figure]]
    as_of: date | None = None
    remarks: tuple[Message, ...] = ()

    def of(self, measure: str, code: str) -> Figure:
        """Return one figure; missing where the file does not have the measure."""
        return self.figures.get(measure, {}).get(code, Figure.missing(low=0))


@dataclass(frozen=True, slots=True)
class _Columns:
    header: Line
    code: int | None
    name: int | None
    county: int | None
    year: int | None
    day: int | None
    measures: Mapping[str, tuple[int, int | None]]
    """The place of each measure's column, and of the flags beside it."""
    kind: int | None = None
    count: int | None = None

    @property
    def long(self) -> bool:
        return self.kind is not None and self.count is not None and not self.measures


@dataclass
class _Read:
    """Figures, sums and days gathered while a file is read."""

    figures: dict[str, dict[str, dict[str, tuple[Figure, Place]]]] = field(default_factory=dict)
    """By measure, municipality and the municipality that the row names, which may be a predecessor."""
    years: dict[str, int] = field(default_factory=dict)
    stated: dict[str, Figure] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)
    """Rows that call themselves sums."""
    days: set[date] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_county_table(
    path: Path,
    layout: Layout,
    names: Mapping[str, str],
    year: int,
    regions: Regions,
    *,
    county: str,
    division: int | None = None,
    limits: Limits | None = None,
) -> CountyTable:
    """Read the rows of ``year`` for the municipalities ``names`` (code to name) of ``county``; each must have one.

    ``names`` are those of the year ``division``, by default ``year``. A file without a column of years is about ``year``. Raises :class:`InputError` with every cell and row that is wrong.
    """
    limits = limits or Limits()
    grid = _grid(path, limits)
    columns = _columns(grid, layout, year)
    where = Whereabouts(names, division or year, year, county, regions, layout.code, layout.whole_country)
    found = _Read()
    for line in grid.lines[grid.lines.index(columns.header) + 1 :]:
        _read_line(grid, line, columns, layout, year, where, found)
    figures = _joined(found, grid, layout, where)
    if len(found.days) > 1:
        what = msg("Filen har flere datoer for statusen.")
        found.problems.append(
            Problem(f"{layout.code}.dates", what, grid.name, msg("Ta med bare rader med én dato."))
        )
    refuse_faults(f"{layout.code}.faults", grid.name, found.problems)
    checksum = hashlib.sha256(content_of(path, limits)).hexdigest()
    remarks = tuple(
        remark
        for measure, stated in found.stated.items()
        if (remark := sum_remark(measure, figures[measure].values(), stated)) is not None
    )
    if layout.tells_sums and found.passed:
        said = ", ".join(f"«{one}»" for one in dict.fromkeys(found.passed))
        skipped = nmsg(
            "Raden {names} er en sum, og er ikke lest som en kommune.",
            "Radene {names} er summer, og er ikke lest som kommuner.",
            len(dict.fromkeys(found.passed)),
            names=said,
        )
        remarks = (skipped, *remarks)
    return CountyTable(path.name, checksum, figures, next(iter(found.days), None), remarks)


def sum_remark(measure: str, figures: Iterable[Figure], stated: Figure) -> Message | None:
    """Return that a sum which the source states is not the sum of its municipalities, or ``None``.

    Hidden municipalities leave room: the stated sum must lie within what they can be together.
    """
    summed = total(figures)
    if stated.value is None or summed.mark is Mark.MISSING:
        return None
    if summed.low is not None and summed.high is not None and summed.low <= stated.value <= summed.high:
        return None
    low, high = int(summed.low or 0), int(summed.high or 0)
    given: Message | int = low if low == high else msg("{low} til {high}", low=low, high=high)
    return msg(
        "Kilden oppgir {stated} for fylket i alt («{measure}»), men tallene for kommunene i den gir til sammen {given}. Tallene er brukt som de står.",
        stated=int(stated.value),
        measure=_measure_name(measure),
        given=given,
    )


def _measure_name(measure: str) -> Message | str:
    return {
        "requested": msg("anmodet"),
        "decided": msg("vedtatt av kommunestyrene"),
        "settled": msg("bosatt"),
        "minors": msg("enslige mindreårige"),
    }.get(measure, measure)


def _grid(path: Path, limits: Limits) -> Grid:
    """Return the cells of a file; IMDi's own files are often in the older encoding."""
    try:
        return read_grid(path, limits=limits)
    except InputError as error:
        if error.code != "file.encoding":
            raise
        try:
            return read_grid(path, encoding=OLD_ENCODING, limits=limits)
        except InputError:
            raise error from None


def _columns(grid: Grid, layout: Layout, year: int) -> _Columns:
    """Return where the columns are; raises :class:`InputError` when no line of headings has those needed."""
    for line in grid.lines[:HEADER_WITHIN]:
        columns = _columns_in(line, layout, year)
        if (columns.code is None and columns.name is None) or not _has_needed(columns, layout):
            continue
        return columns
    first = grid.lines[0]
    raise InputError(
        f"{layout.code}.columns",
        layout.columns,
        place=grid.row(first),
        remedy=msg("Kolonnene i filen er: {found}.", found=", ".join(filter(None, map(_text, first.cells)))),
    )


def _has_needed(columns: _Columns, layout: Layout) -> bool:
    return columns.long or all(one.id in columns.measures for one in layout.measures if one.needed)


def _columns_in(line: Line, layout: Layout, year: int) -> _Columns:
    places: dict[str, int] = {}
    for place, cell in enumerate(line.cells):
        places.setdefault(_plain(cell, year), place)
    measures = {}
    for one in layout.measures:
        name = next((name for name in one.names if name in places), None)
        if name is not None:
            flag = first_with(places, (f"{name} flag", f"{name} merke"))
            measures[one.id] = (places[name], flag)
    return _Columns(
        line,
        first_with(places, CODE_COLUMNS),
        first_with(places, NAME_COLUMNS),
        first_with(places, COUNTY_COLUMNS),
        first_with(places, YEAR_COLUMNS),
        first_with(places, DATE_COLUMNS),
        measures,
        first_with(places, KIND_COLUMNS),
        first_with(places, COUNT_COLUMNS),
    )


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _plain(cell: object, year: int) -> str:
    """Return a heading in lower case, underscores as spaces, without the year at its end when it is the one asked for."""
    plain = " ".join(_text(cell).replace("_", " ").lower().split())
    return plain.removesuffix(f"({year})").removesuffix(f" {year}").strip()


def _read_line(
    grid: Grid,
    line: Line,
    columns: _Columns,
    layout: Layout,
    year: int,
    where: Whereabouts,
    found: _Read,
) -> None:
    if columns.year is not None:
        when = year_of(cell_text(line, columns.year), grid.place(line, columns.year))
        if isinstance(when, Problem):
            found.problems.append(when)
            return
        if when != year:
            return
    wanted: Mapping[str, tuple[int, int | None]] = columns.measures
    if columns.long:
        kind = _plain(cell_text(line, columns.kind or 0), year)
        measure = next((one for one in layout.measures if kind in one.names), None)
        if measure is None:
            return
        wanted = {measure.id: (columns.count or 0, None)}
    region = columns.code if columns.code is not None else (columns.name or 0)
    place = grid.place(line, region)
    label = cell_text(line, columns.name) if columns.name is not None else ""
    county = cell_text(line, columns.county) if columns.county is not None else ""
    at = where.find(cell_text(line, region), label, county, place)
    called = sum_named((_text(cell) for cell in line.cells), where.county_name)
    if isinstance(at, Problem) and called:
        at = Sum()
    if isinstance(at, Elsewhere) or (isinstance(at, Problem) and _is_note(line, wanted)):
        return
    figures = {
        name: _figure(grid, line, column, flag) for name, (column, flag) in sorted(wanted.items(), key=lambda one: one[1][0])
    }  # fmt: skip
    faults = [one for one in (at, *figures.values()) if isinstance(one, Problem)]
    found.problems += faults
    if isinstance(at, Problem):
        return
    known = {name: one for name, one in figures.items() if isinstance(one, Figure)}
    if isinstance(at, Sum):
        found.stated.update(known)
        found.passed += [called] if called else []
        return
    _read_day(grid, line, columns, found)
    for name in figures:
        rows = found.figures.setdefault(name, {}).setdefault(at.code, {})
        if at.named in rows:
            first = rows[at.named][1]
            twice = msg("{code} står to ganger (første gang: {first}).", code=at.code, first=first)
            found.problems.append(Problem("row.twice", twice, place, msg("Ta bort en av radene.")))
            return
        rows[at.named] = (known.get(name, Figure.missing()), place)
    found.years[at.named] = at.year


def _is_note(line: Line, wanted: Mapping[str, tuple[int, int | None]]) -> bool:
    """Whether a line that names no municipality has no numbers either: a source or a footnote below the table."""
    return not any(cell_text(line, place) for place, _ in wanted.values())


def _figure(grid: Grid, line: Line, column: int, flag: int | None) -> Figure | Problem:
    content = line.cells[column] if column < len(line.cells) else ""
    if isinstance(content, str):
        content = content.strip().lower() if content.strip().lower() in MARKS else content
    if flag is not None and _text(content) == "" and (said := cell_text(line, flag).lower()):
        if said not in MARKS:
            what = msg("Merket «{sign}» er ukjent.", sign=said)
            return Problem("cell.mark", what, grid.place(line, flag), msg("Bruk . - eller : i stedet."))
        content = said
    return read_cell(content, grid.place(line, column), CellRules(marks=MARKS))


def _read_day(grid: Grid, line: Line, columns: _Columns, found: _Read) -> None:
    if columns.day is None or not (text := cell_text(line, columns.day)):
        return
    try:
        found.days.add(date.fromisoformat(text[:10]))
    except ValueError:
        what = msg("«{text}» er ikke en dato.", text=text)
        remedy = msg("Skriv datoen som 2027-03-01.")
        found.problems.append(Problem("cell.date", what, grid.place(line, columns.day), remedy))


def _joined(found: _Read, grid: Grid, layout: Layout, where: Whereabouts) -> dict[str, dict[str, Figure]]:
    """Return one figure per municipality, predecessors summed; notes rows that are lacking."""
    figures: dict[str, dict[str, Figure]] = {}
    clean = not found.problems
    told: set[str] = set()
    needed = {one.id for one in layout.measures if one.needed}
    for measure in dict.fromkeys([*(one.id for one in layout.measures if one.needed), *found.figures]):
        rows = found.figures.get(measure, {})
        figures[measure] = {}
        for code, name in where.names.items():
            parts = rows.get(code)
            if parts is None and measure not in needed:
                figures[measure][code] = Figure.missing(low=0)
                continue
            lacking = [(code, name)] if parts is None else where.lacking(code, parts, found.years)
            for absent, called in lacking:
                if clean and absent not in told:
                    told.add(absent)
                    what = msg("{name} ({code}) mangler i filen.", name=called, code=absent)
                    remedy = msg("Legg til en rad, med . der tallet ikke er kjent.")
                    found.problems.append(Problem("row.missing", what, grid.name, remedy))
            joined = total(figure for figure, _ in (parts or {}).values())
            figures[measure][code] = next(iter(parts.values()))[0] if parts and len(parts) == 1 else joined
    return figures
