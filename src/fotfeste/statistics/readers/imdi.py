"""IMDi's own files: the long CSV, and the crosstab whose header is stacked on three or four lines.

Both are ISO-8859-1 with semicolons. Names of municipalities that are gone carry «(t.o.m. 2019)», those that are new
«(f.o.m. 2020)»; their codes belong to a year in which they stood.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg, one_after_another
from fotfeste.statistics.readers.cells import CellRules, read_cell
from fotfeste.statistics.readers.grids import Grid, Limits, Line, read_grid
from fotfeste.statistics.readers.mapped import cell_text, first_with, year_of
from fotfeste.statistics.readers.tidy import Collected, Lookup, Tidy, TidyRow, header_places, resolve

ENCODING = "iso-8859-1"
SEPARATOR = ";"
STANDING = re.compile(r"\((?:f\.o\.m\. (?P<first>\d{4}))?(?:, )?(?:t\.o\.m\. (?P<last>\d{4}))?\)\s*$")
CODE = re.compile(r"(?P<code>\d{3,4})(?:[ -]+(?P<name>\D.*))?$")
CODE_COLUMNS = ("kommunenummer", "kommunenr", "kommune_nr", "kommune nr", "kommunekode", "nr")
NAME_COLUMNS = ("kommune", "kommunenavn", "navn")
COUNTY_COLUMNS = ("fylkesnummer", "fylkenr")
COUNTY_NAMES = ("fylke", "fylkesnavn")
NO_MUNICIPALITY = frozenset({"2100", "2111", "2121", "2131", "9999"})
"""Svalbard and Jan Mayen, and «unknown municipality»: rows that belong to no municipality."""
YEAR_COLUMNS = ("år", "aar", "årstall")
VALUE_COLUMNS = ("antall", "verdi", "tal", "andel", "personer")
FOUR_HEADER_LINES = 4
NEWEST_CODES = (2018, 2020, 2024)
"""Years whose numbers IMDi gives unchanged municipalities in all years of its tables."""


def read_imdi_long(
    path: Path,
    regions: Lookup,
    *,
    rules: CellRules | None = None,
    limits: Limits | None = None,
    county: bool = False,
    skip: Container[str] = (),
    keep: Mapping[str, str] | None = None,
) -> Tidy:
    """Return the figures of IMDi's long CSV: one line per municipality (or ``county``), year and combination of the rest.

    Columns other than number, name, year and count become dimensions named as in the file. Lines with a code in ``skip`` are
    passed over, and so are those whose cells are not those of ``keep`` (column to text: ``Enhet`` is ``Personer``); a column
    of ``keep`` is no dimension. Raises :class:`InputError` with every cell and line that is wrong.
    """
    grid = read_grid(path, encoding=ENCODING, separator=SEPARATOR, limits=limits)
    header = grid.lines[0]
    places = header_places(header.cells)
    code = first_with(places, COUNTY_COLUMNS if county else CODE_COLUMNS)
    name = first_with(places, COUNTY_NAMES if county else NAME_COLUMNS)
    kept = {places.get(title.lower()): text for title, text in (keep or {}).items()}
    year, value = first_with(places, YEAR_COLUMNS), first_with(places, VALUE_COLUMNS)
    if (code is None and name is None) or year is None or value is None or None in kept:
        raise InputError(
            "file.columns",
            msg(
                "Filen må ha kolonnene {names}.",
                names=one_after_another(
                    [
                        msg("fylkesnummer") if county else msg("kommunenummer"),
                        msg("år"),
                        msg("antall"),
                        *(msg("«{name}»", name=title) for title in keep or ()),
                    ]
                ),
            )
            if county or keep
            else msg("Filen må ha kolonner for kommunenummer, år og antall."),
            place=grid.row(header),
            remedy=msg("Kolonnene i filen er: {found}.", found=", ".join(filter(None, places))),
        )
    used = {code, name, year, value, *kept}
    others = [place for title, place in places.items() if place not in used and title]
    found = Collected(grid.name, tuple(str(header.cells[place]).strip() for place in others))
    region = code if code is not None else name or 0
    for line in grid.lines[1:]:
        if cell_text(line, region) in skip or any(
            cell_text(line, place) != text for place, text in kept.items() if place is not None
        ):
            continue
        when = year_of(cell_text(line, year), grid.place(line, year))
        if isinstance(when, Problem):
            found.add_problem(when)
            continue
        where = (
            _county(grid, line, region, when, regions)
            if county
            else resolve_standing(grid, line, region, name, when, regions)
        )
        figure = read_cell(_content(line, value), grid.place(line, value), rules or CellRules())
        if isinstance(where, Problem) or isinstance(figure, Problem):
            for fault in (where, figure):
                if isinstance(fault, Problem):
                    found.add_problem(fault)
            continue
        dimensions = tuple(cell_text(line, place) for place in others)
        found.add(TidyRow(where[0], where[1], when, dimensions, figure, grid.row(line)))
    return found.finish()


def read_imdi_crosstab(
    path: Path, regions: Lookup, *, rules: CellRules | None = None, limits: Limits | None = None
) -> Tidy:
    """Return the figures of IMDi's crosstab: municipalities down, headings stacked on top.

    The heading lines are those above the first line that begins with a municipality number. A heading stands over
    the columns to its right until the next one. One heading line must hold the years; the others become the
    dimensions ``heading_1``, ``heading_2`` and so on.
    """
    grid = read_grid(path, encoding=ENCODING, separator=SEPARATOR, limits=limits)
    first = next((n for n, line in enumerate(grid.lines) if CODE.match(cell_text(line, 0))), None)
    if not first or first > FOUR_HEADER_LINES + 1:
        raise InputError(
            "file.crosstab",
            msg("Fant ikke overskriftene over den første linjen med kommunenummer."),
            place=grid.name,
            remedy=msg(
                "Første kolonne skal ha kommunenummer, og overskriftene skal stå på inntil fire linjer over."
            ),
        )
    headings = _headings(grid.lines[:first])
    years = next((level for level in headings if _all_years(level)), None)
    if years is None:
        raise InputError(
            "file.crosstab",
            msg("Ingen av overskriftslinjene har bare årstall."),
            place=grid.name,
            remedy=msg("Last ned tabellen på nytt med år som overskrift."),
        )
    others = [level for level in headings if level is not years]
    found = Collected(grid.name, tuple(f"heading_{number}" for number in range(1, len(others) + 1)))
    for line in grid.lines[first:]:
        for column, heading in sorted(years.items()):
            when = int(heading)
            where = resolve_standing(grid, line, 0, 1 if min(years) > 1 else None, when, regions)
            figure = read_cell(_content(line, column), grid.place(line, column), rules or CellRules())
            if isinstance(where, Problem):
                found.add_problem(where)
                break
            if isinstance(figure, Problem):
                found.add_problem(figure)
                continue
            dimensions = tuple(level.get(column, "") for level in others)
            place = msg("{row}, kolonne {column}", row=grid.row(line), column=str(column + 1))
            found.add(TidyRow(where[0], where[1], when, dimensions, figure, place))
    return found.finish()


def _county(grid: Grid, line: Line, region: int, year: int, regions: Lookup) -> tuple[str, int] | Problem:
    """Return a county's code and a year in which it stood; its number may have lost a leading zero."""
    text = cell_text(line, region)
    key = text.rjust(2, "0") if text.isdigit() else STANDING.sub("", text).strip()
    found: str | Problem = ""
    for when in (year, *(other for other in NEWEST_CODES if other != year)):
        found = resolve(key, when, regions, grid.place(line, region), county=True)
        if not isinstance(found, Problem):
            return found, when
    return found if isinstance(found, Problem) else (found, year)


def _content(line: Line, place: int) -> object:
    return line.cells[place] if place < len(line.cells) else ""


def _headings(lines: Sequence[Line]) -> list[dict[int, str]]:
    """Return, per heading line with anything over the value columns, the heading over each column."""
    width = max(len(line.cells) for line in lines)
    starts = [min(p for p in range(len(line.cells)) if cell_text(line, p)) for line in lines]
    start = max(1, min(starts))
    levels = []
    for line in lines:
        level: dict[int, str] = {}
        standing = ""
        for column in range(start, width):
            standing = cell_text(line, column) or standing
            if standing:
                level[column] = standing
        if level:
            levels.append(level)
    shared = set(levels[0]).intersection(*levels) if levels else set()
    return [{column: text for column, text in level.items() if column in shared} for level in levels]


def _all_years(level: dict[int, str]) -> bool:
    return bool(level) and all(re.fullmatch(r"(?:19|20)\d{2}", text) for text in level.values())


def resolve_standing(
    grid: Grid, line: Line, region: int, name: int | None, year: int, regions: Lookup
) -> tuple[str, int] | Problem:
    """Return a municipality's code and a year in which it stood, from its number and what its name says."""
    text = cell_text(line, region)
    match = CODE.match(text)
    label = cell_text(line, name) if name is not None else (match["name"] or "" if match else text)
    key = match["code"].rjust(4, "0") if match else STANDING.sub("", text).strip()
    standing = STANDING.search(label)
    code_year = year
    if standing:
        if standing["last"]:
            code_year = min(code_year, int(standing["last"]))
        if standing["first"]:
            code_year = max(code_year, int(standing["first"]))
    found = resolve(key, code_year, regions, grid.place(line, region))
    if not isinstance(found, Problem):
        return found, code_year
    for other in NEWEST_CODES:
        later = (
            resolve(key, other, regions, grid.place(line, region)) if other > code_year and match else found
        )
        if not isinstance(later, Problem):
            return later, other
    return found
