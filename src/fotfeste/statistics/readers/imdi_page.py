"""IMDi's page of settlement figures: one table for each county under a heading that names county and year.

The page is read as saved from the browser, or pasted into a workbook or a CSV file. A request of zero beside «-» as the
decision is a municipality that was not asked. What is settled under collective protection is hidden also to protect the
rest, so that a hidden number is anything from zero to all settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Lookups
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.readers.cells import read_cell
from fotfeste.statistics.readers.grids import Grid, Line
from fotfeste.statistics.readers.mapped import cell_text
from fotfeste.statistics.readers.mapping import Mapping
from fotfeste.statistics.readers.pages import read_page
from fotfeste.statistics.readers.tidy import Collected, Tidy, TidyRow

COUNTY = re.compile(
    r"(?P<county>.+?)\s*[-–]\s*oversikt over bosettingen i (?P<year>20\d{2})\b", re.IGNORECASE
)
STATUS = re.compile(
    r"bosettingen i fylkene i (?P<year>20\d{2})\s*\(oppdatert (?P<day>\d{1,2})\. (?P<month>[a-z]+)(?: (?P<in>20\d{2}))?\)",
    re.IGNORECASE,
)
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
NEEDED = ("requested", "decided", "settled")
COLLECTIVE = "settled_collective_protection"
BORDERS = msg(
    "Hent filen på nytt med alle kommuner. Er kommunegrensene endret, trengs en nyere utgave av Fotfeste."
)


class Division(Protocol):
    """What is needed of :class:`fotfeste.regions.Regions`."""

    def municipalities(self, year: int) -> Iterable[Named]:
        """Return the municipalities of a year."""

    def counties(self, year: int) -> Iterable[Named]:
        """Return the counties of a year."""

    def municipality(self, text: str, year: int, county: str | None = None) -> Named:
        """Return the municipality of a county that ``text`` names in ``year``."""


class Named(Protocol):
    """A municipality or a county with number and name."""

    @property
    def code(self) -> str:
        """The number."""

    @property
    def name(self) -> str:
        """The name."""


@dataclass
class _Place:
    """Where on the page the reader is: the county and year of the last heading, and the columns of its table."""

    county: str = ""
    year: int = 0
    columns: Lookups[str, int] = field(default_factory=dict)


def read_imdi_page(path: Path, mapping: Mapping, regions: Division) -> Tidy:
    """Return requested, decided and settled from IMDi's page, all municipalities of the year or none.

    Tables of other kinds on the page (county sums, requests alone) are passed over. Raises :class:`InputError` with
    every cell that is wrong and every municipality that is missing.
    """
    grid = read_page(path, limits=mapping.limits())
    found = Collected(grid.name, ("measure",))
    status: dict[int, date] = {}
    here, seen = _Place(), dict[int, set[str]]()
    for line in grid.lines:
        texts = [cell_text(line, place) for place in range(len(line.cells))]
        heading = next(filter(None, texts), "") if sum(map(bool, texts)) == 1 else ""
        if heading:
            here = _under(heading, status)
        elif texts[0].casefold() == mapping.columns.region.casefold():
            here.columns = _columns(texts, mapping.columns.measures)
        elif here.columns and here.county:
            code = _municipality(grid, line, here, regions, found)
            seen.setdefault(here.year, set()).add(code)
            if code:
                _read_row(grid, line, code, here, mapping, found)
    if not seen:
        raise InputError(
            "file.imdi_page",
            msg("Fant ingen tabell over anmodet, vedtatt og bosatt under overskriften til et fylke."),
            place=grid.name,
            remedy=msg(
                "Ta med hele siden, også overskriftene, for eksempel «{heading}».",
                heading="Agder - oversikt over bosettingen i 2026",
            ),
        )
    for year, codes in sorted(seen.items()):
        _require_all(found, codes, regions, year)
    tidy = found.finish()
    return Tidy(tidy.dimensions, tidy.rows, {year: day for year, day in status.items() if year in seen})


def _under(heading: str, status: dict[int, date]) -> _Place:
    if stated := STATUS.search(heading):
        day = _day(stated)
        if day is not None:
            status[day.year] = day
    match = COUNTY.search(heading)
    return _Place(match["county"].strip(), int(match["year"])) if match else _Place()


def _day(stated: re.Match[str]) -> date | None:
    """Return the day that a heading states, where it is a day of the year that the table is about."""
    month, year = stated["month"].lower(), stated["year"]
    if month not in MONTHS or (stated["in"] or year) != year:
        return None
    try:
        return date(int(year), MONTHS.index(month) + 1, int(stated["day"]))
    except ValueError:
        return None


def _columns(texts: Sequence[str], measures: Lookups[str, str]) -> Lookups[str, int]:
    """Return the place of each measure; nothing for a table that lacks one that is needed."""
    known = {title.casefold(): measure for title, measure in measures.items()}
    places = {
        known[title]: place
        for place, title in enumerate(text.rstrip(": ").casefold() for text in texts)
        if title in known
    }
    return places if all(measure in places for measure in NEEDED) else {}


def _municipality(grid: Grid, line: Line, here: _Place, regions: Division, found: Collected) -> str:
    """Return the number of the municipality that a row is about; empty where it is unknown, which is a problem."""
    try:
        return regions.municipality(cell_text(line, 0), here.year, here.county).code
    except InputError as error:
        fault = error.problem
        found.add_problem(Problem(fault.code, fault.what, grid.place(line, 0), fault.remedy))
        return ""


def _read_row(grid: Grid, line: Line, code: str, here: _Place, mapping: Mapping, found: Collected) -> None:
    figures: dict[str, Figure] = {}
    for measure, place in here.columns.items():
        content = cell_text(line, place)
        figure = read_cell(content.casefold(), grid.place(line, place), mapping.rules())
        if isinstance(figure, Problem):
            found.add_problem(figure)
            return
        figures[measure] = figure
    if figures["decided"].mark is Mark.NOT_ASKED and not figures["requested"].value:
        figures["requested"] = Figure.not_asked()
    collective = figures.get(COLLECTIVE)
    if collective is not None and collective.mark is Mark.SUPPRESSED:
        high = figures["settled"].high
        figures[COLLECTIVE] = Figure.suppressed(
            0, mapping.cells.suppressed_high if high is None else int(high)
        )
    for measure, figure in figures.items():
        found.add(TidyRow(code, here.year, here.year, (measure,), figure, grid.row(line)))


def _require_all(found: Collected, there: set[str], regions: Division, year: int) -> None:
    """Every municipality must be on the page; a county that is missing is told of once."""
    everyone = tuple(regions.municipalities(year))
    for county in regions.counties(year):
        own = [one for one in everyone if one.code.startswith(county.code)]
        lacking = [one for one in own if one.code not in there]
        if len(lacking) == len(own) > 1:
            what = msg("Tabellen til {county} mangler for {year}.", county=county.name, year=str(year))
            found.add_problem(Problem("row.missing", what, found.name))
            continue
        for one in lacking:
            what = msg("{name} ({code}) mangler for {year}.", name=one.name, code=one.code, year=str(year))
            found.add_problem(Problem("row.missing", what, found.name, BORDERS))
