"""A table with one header line, in CSV or a workbook, read as its mapping says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fotfeste.errors import InputError, Place, Problem
from fotfeste.messages import msg, one_after_another
from fotfeste.statistics.readers.cells import read_cell
from fotfeste.statistics.readers.grids import Grid, Line, read_grid
from fotfeste.statistics.readers.mapping import ColumnsPart, Mapping
from fotfeste.statistics.readers.tidy import Collected, Lookup, Tidy, TidyRow, header_places, resolve

YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})(?:-01-01(?: 00:00:00)?)?(?:\.0)?")
FIRST_YEAR, LAST_YEAR = 1986, 2100


def read_mapped(
    path: Path, mapping: Mapping, regions: Lookup, *, names: dict[str, str] | None = None
) -> Tidy:
    """Return the figures of a file with one header line.

    ``names`` are the municipalities that must all be there (code to name) when the mapping asks for all. Raises
    :class:`InputError` with every cell and line that is wrong.
    """
    grid = read_grid(
        path,
        encoding=mapping.file.encoding,
        separator=mapping.file.separator,
        sheet=mapping.file.sheet,
        limits=mapping.limits(),
    )
    return tidy_of(grid, mapping, regions, names or {})


def tidy_of(grid: Grid, mapping: Mapping, regions: Lookup, names: dict[str, str]) -> Tidy:
    """Return the figures of a grid whose header stands on the line that the mapping says."""
    above = [line for line in grid.lines if line.number < mapping.file.header]
    lines = grid.lines[len(above) :]
    if not lines:
        raise InputError("file.empty", msg("Filen har ingen linje med kolonnenavn."), place=grid.name)
    places = header_places(lines[0].cells)
    columns = mapping.columns
    values = _values(columns)
    wanted = [columns.region, *values, *columns.dimensions.values()]
    if isinstance(columns.year, str):
        wanted.append(columns.year)
    lacking = [name for name in wanted if name.strip().lower() not in places]
    if lacking:
        raise InputError(
            "file.columns",
            msg(
                "Kolonnen mangler: {names}.",
                names=one_after_another(msg("«{name}»", name=name) for name in lacking),
            ),
            place=grid.row(lines[0]),
            remedy=msg("Kolonnene i filen er: {found}.", found=", ".join(filter(None, places))),
        )
    dimensions = (*columns.dimensions, *(("measure",) if columns.measures else ()))
    found = Collected(grid.name, tuple(dimensions))
    blocks = _blocks(lines[0], wanted) if mapping.file.side_by_side else [places]
    for line in lines[1:]:
        for block in blocks:
            if len(blocks) > 1 and not any(cell_text(line, place) for place in block.values()):
                continue
            for row in _rows(grid, line, mapping, regions, block, values, found):
                found.add(row)
    if mapping.regions.all:
        found.require(names, names)
    return found.finish()


def _blocks(header: Line, wanted: Sequence[str]) -> list[dict[str, int]]:
    """Return the places of the wanted columns, for each time that the header has all of them, from left to right."""
    names = [cell_text(header, place).lower() for place in range(len(header.cells))]
    places = {
        name: [at for at, found in enumerate(names) if found == name]
        for name in (one.strip().lower() for one in wanted)
    }
    most = max(len(found) for found in places.values())
    if any(len(found) != most for found in places.values()):
        raise InputError(
            "file.columns",
            msg("Kolonnene som gjentas bortover, står ikke like mange ganger."),
            place=header_text(names),
            remedy=msg("Del arket i flere filer, med én tabell i hver."),
        )
    return [{name: found[number] for name, found in places.items()} for number in range(most)]


def header_text(names: Sequence[str]) -> str:
    """Return the names of the columns that have one, for a message."""
    return ", ".join(filter(None, names))


def _values(columns: ColumnsPart) -> dict[str, str]:
    return columns.measures or {columns.value: ""}


def _rows(
    grid: Grid,
    line: Line,
    mapping: Mapping,
    regions: Lookup,
    places: dict[str, int],
    values: dict[str, str],
    found: Collected,
) -> Iterator[TidyRow]:
    columns = mapping.columns
    where = places[columns.region.strip().lower()]
    text = cell_text(line, where)
    if text in mapping.regions.skip:
        return
    year = _year(grid, line, columns, places)
    if isinstance(year, Problem):
        found.add_problem(year)
        return
    code_year = mapping.regions.year or year
    code = resolve(
        text, code_year, regions, grid.place(line, where), county=mapping.regions.level == "county"
    )
    if isinstance(code, Problem):
        found.add_problem(code)
        return
    fixed = tuple(cell_text(line, places[name.strip().lower()]) for name in columns.dimensions.values())
    for name, measure in values.items():
        place = places[name.strip().lower()]
        content = line.cells[place] if place < len(line.cells) else ""
        figure = read_cell(content, grid.place(line, place), mapping.rules())
        if isinstance(figure, Problem):
            found.add_problem(figure)
            continue
        dimensions = (*fixed, measure) if columns.measures else fixed
        yield TidyRow(code, code_year, year, dimensions, figure, grid.row(line))


def _year(grid: Grid, line: Line, columns: ColumnsPart, places: dict[str, int]) -> int | Problem:
    if isinstance(columns.year, int):
        return columns.year
    where = places[columns.year.strip().lower()]
    return year_of(cell_text(line, where), grid.place(line, where))


def year_of(text: str, place: Place) -> int | Problem:
    """Return the year that a cell names (``2024`` or ``2024-01-01``), or the problem."""
    match = YEAR.fullmatch(text)
    if match is None or not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        return Problem("cell.year", msg("«{text}» er ikke et årstall.", text=text), place)
    return int(match["year"])


def cell_text(line: Line, place: int) -> str:
    """Return a cell as text; whole numbers of a workbook lose their decimals, short codes regain a lost zero."""
    content = line.cells[place] if place < len(line.cells) else None
    if isinstance(content, float) and content.is_integer():
        content = int(content)
    if isinstance(content, int) and 100 <= content <= 999:
        return f"0{content}"
    return "" if content is None else str(content).strip()


def first_with(places: dict[str, int], names: Sequence[str]) -> int | None:
    """Return the place of the first of ``names`` that is a column."""
    return next((places[name] for name in names if name in places), None)
