"""What every reader gives: rows of figures by region and period, and all that was wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from fotfeste.errors import InputError, Place, Problem
from fotfeste.messages import msg
from fotfeste.statistics.figure import Figure

if TYPE_CHECKING:
    import polars as pl


def refuse_faults(code: str, place: Place | None, problems: Sequence[Problem]) -> None:
    """Raise :class:`InputError` with everything that is wrong with a file, if anything is."""
    if problems:
        raise InputError(
            code,
            msg("Filen har feil som må rettes ({number}).", number=len(problems)),
            place=place,
            problems=problems,
        )


class Region(Protocol):
    """A region that text was resolved to."""

    @property
    def code(self) -> str:
        """The code in its own year."""


class Lookup(Protocol):
    """What is needed of :class:`fotfeste.regions.Regions`."""

    def municipality(self, text: str, year: int) -> Region:
        """Return the municipality that ``text`` names in ``year``."""

    def county(self, text: str, year: int) -> Region:
        """Return the county that ``text`` names in ``year``."""


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One figure: the region's code in ``code_year``, the year it is about, and the other columns in order."""

    code: str
    code_year: int
    year: int
    dimensions: tuple[str, ...]
    figure: Figure
    place: Place


@dataclass(frozen=True, slots=True)
class Tidy:
    """All rows of a file; ``dimensions`` are the names of the columns beside region and year.

    ``status`` is the day that the source itself says its figures of a year stand at.
    """

    dimensions: tuple[str, ...]
    rows: tuple[TidyRow, ...]
    status: Mapping[int, date] = field(default_factory=dict)

    def frame(self) -> pl.DataFrame:
        """Return the rows as a table: code, code_year, year, dimensions, value, mark, low, high, estimated.

        Numbers with decimals become floating-point numbers; whole numbers stay whole.
        """
        import polars as pl

        whole = all(_is_whole(row.figure) for row in self.rows)
        number = pl.Int64() if whole else pl.Float64()

        def cell(value: object) -> object:
            return value if value is None or whole else float(value)  # type: ignore[arg-type]

        cells = [
            (
                row.code,
                row.code_year,
                row.year,
                *row.dimensions,
                cell(row.figure.value),
                row.figure.mark.value,
                cell(row.figure.low),
                cell(row.figure.high),
                row.figure.estimated,
            )
            for row in self.rows
        ]
        schema = {
            "code": pl.String(),
            "code_year": pl.Int16(),
            "year": pl.Int16(),
            **{name: pl.String() for name in self.dimensions},
            "value": number,
            "mark": pl.String(),
            "low": number,
            "high": number,
            "estimated": pl.Boolean(),
        }
        return pl.DataFrame(cells, schema=schema, orient="row")


def _is_whole(figure: Figure) -> bool:
    return all(end is None or end.denominator == 1 for end in (figure.value, figure.low, figure.high))


@dataclass
class Collected:
    """Rows and problems gathered while a file is read."""

    name: str
    dimensions: tuple[str, ...] = ()
    rows: list[TidyRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _seen: dict[tuple[object, ...], Place] = field(default_factory=dict)

    def add(self, row: TidyRow) -> None:
        """Add a row; a region that stands twice for the same year and dimensions is a problem."""
        key = (row.code, row.year, *row.dimensions)
        first = self._seen.setdefault(key, row.place)
        if first != row.place:
            what = msg(
                "{code} står to ganger for {year} (første gang: {first}).",
                code=row.code,
                year=str(row.year),
                first=first,
            )
            self.problems.append(Problem("row.twice", what, row.place, msg("Ta bort en av radene.")))
            return
        self.rows.append(row)

    def add_problem(self, problem: Problem) -> None:
        """Add something that is wrong."""
        self.problems.append(problem)

    def require(self, codes: Iterable[str], names: Mapping[str, str]) -> None:
        """Add a problem for every municipality in ``codes`` that has no row."""
        found = {row.code for row in self.rows}
        for code in codes:
            if code not in found:
                what = msg("{name} ({code}) mangler i filen.", name=names.get(code, code), code=code)
                self.problems.append(Problem("row.missing", what, self.name))

    def finish(self) -> Tidy:
        """Return the rows; raises :class:`InputError` with all problems when there are any, or when no row was read."""
        refuse_faults("file.faults", self.name, self.problems)
        if not self.rows:
            raise InputError("file.empty", msg("Filen har ingen rader med tall."), place=self.name)
        return Tidy(self.dimensions, tuple(self.rows))


def resolve(text: str, year: int, regions: Lookup, place: Place, *, county: bool = False) -> str | Problem:
    """Return the code of the region that ``text`` names in ``year``, or the problem (unknown, ambiguous, other year)."""
    try:
        return regions.county(text, year).code if county else regions.municipality(text, year).code
    except InputError as error:
        found = error.problem
        return Problem(found.code, found.what, place, found.remedy)


def header_places(header: Sequence[object]) -> dict[str, int]:
    """Return the place of each column by its name in lower case; a repeated name keeps its first place."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        text = "" if name is None else str(name).strip()
        found.setdefault(text.lower(), place)
    return found
