"""What is declared of one table: where it is, what confirms it, and how its figures become a data set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Api = Literal[
    "pxweb2", "pxweb1", "klass", "fhi", "imdi_csv", "nav_workbook", "husbanken_workbook", "own_file"
]
Level = Literal["municipality", "county", "country"]
By = Literal["our_data", "official_page", "fixture", "to_be_confirmed"]
Frequency = Literal["year", "quarter", "month", "three_years"]

FILES: frozenset[Api] = frozenset({"nav_workbook", "husbanken_workbook", "own_file"})
"""Sources that have no interface: a person fetches the file, and a described mapping reads it."""
IMDI_PAGE = "imdi-bosetting"
"""The layout of IMDi's page of settlement, whose figures stand at a day; ``fotfeste data import`` asks for it."""
RATE_UNITS = frozenset({"per_cent", "per_1000", "years", "children_per_woman", "nok"})
"""Units of figures that cannot be summed: a county's own figure is the source's, or none."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a table's number rests on.

    ``by`` is ``our_data`` (figures we hold came from exactly this table), ``official_page`` (a page of the agency's own
    names it), ``fixture`` (a recorded real answer) or ``to_be_confirmed``; then ``what`` says what the table should hold.
    """

    by: By
    what: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """How the variables of a table become the columns of a data set; names are codes or labels of the source.

    ``region`` and ``year`` may be left out where the source itself says which variable is geography and time.
    ``dimensions`` name further columns; variables that are not named keep the source's label when they have several
    values. ``codes`` translate the values of a column, by the source's code or label; ``only`` are columns of which only the
    translated values are wanted. ``keep`` are the rows wanted of variables that become no column, ``selection`` is what is
    asked for of a variable (otherwise all), ``integers`` are columns of whole numbers, such as age. ``known`` are values that
    formulas may choose, where they are the source's own or where nothing confirms what the source calls them;
    ``to_be_confirmed`` are the columns of which that is so.
    """

    region: str = ""
    year: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    selection: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    integers: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    to_be_confirmed: tuple[str, ...] = ()

    def values_of(self, name: str) -> tuple[str, ...]:
        """Return the values that a column is declared to have; nothing where they are the source's business."""
        translated = tuple(dict.fromkeys(self.codes.get(name, {}).values()))
        asked = self.selection.get(self.dimensions.get(name, ""), ())
        return translated or self.known.get(name, ()) or asked


@dataclass(frozen=True, slots=True)
class DeclaredTable:
    """One source table.

    ``table`` is its number or name at the agency, empty as long as nothing confirms one; ``feeds`` is the id of the data
    set it becomes (``regions`` for classifications, which have no data set; empty for a county's own). ``held_as`` are data
    sets that come with Fotfeste and are sums or extracts of the table. ``periods`` are those that the confirmation shows.
    ``since`` is the first year asked for, zero for all. ``rates`` are the measures that are rates among others that are
    counts. ``also`` are larger levels whose own rows are kept beside the municipalities', of rates only: counts are summed
    here. ``whole``: the answer replaces every row of the years it is about, also of regions it no longer has.
    ``complete``: every municipality of a year must be there. ``total`` is the source's code for the country, whose row the municipalities must sum to (empty: not checked).
    ``rounded`` is the number that the source writes small counts up to (3: a zero means 0–2, a three 1–3; zero: not so).
    ``layout`` is the mapping that reads a file: one that comes with Fotfeste, or a file beside it. ``lead`` says where to
    begin when the number, or a column, is to be confirmed.
    """

    id: str
    agency: str
    api: Api
    table: str
    titles: Mapping[str, str]
    feeds: str
    level: Level
    unit: str
    licence: str
    confirmed: Confirmation
    dated: date
    periods: str = ""
    frequency: Frequency = "year"
    columns: Columns = field(default_factory=Columns)
    since: int = 0
    whole: bool = True
    complete: bool = False
    total: str = ""
    rounded: int = 0
    suppress_below: int = 0
    smallest_base: int = 0
    remark: str = ""
    layout: str = ""
    lead: str = ""
    base: str = ""
    held_as: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    also: tuple[Level, ...] = ()

    @property
    def only_rates(self) -> bool:
        """Whether every figure of the table is a rate, so that none of them may be summed."""
        return self.unit in RATE_UNITS

    @property
    def is_confirmed(self) -> bool:
        """Whether the number rests on something, so that the table may be fetched."""
        return self.confirmed.by != "to_be_confirmed"

    @property
    def is_file(self) -> bool:
        """Whether a person fetches a file, because the source has no interface."""
        return self.api in FILES

    @property
    def command(self) -> str:
        """The one command that fetches the table; for a file, the one that reads it once it is fetched."""
        if not self.is_file:
            return f"fotfeste data update {self.id}"
        if self.layout == IMDI_PAGE:
            return f"fotfeste data import FIL --mapping {self.layout}"
        if self.layout:
            return f"fotfeste data update {self.id} --from MAPPE"
        return "fotfeste data import FIL --mapping FIL.toml" + (
            f" --dataset {self.feeds}" if self.feeds else ""
        )
