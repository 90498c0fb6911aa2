"""How far the year has come in every municipality: decided and settled, from the county's own list or the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Place, Problem
from fotfeste.messages import msg
from fotfeste.settlement.revision import OWN, Standing
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.readers.cells import CellRules, read_cell
from fotfeste.statistics.readers.grids import Grid, Limits, Line, read_grid
from fotfeste.statistics.readers.mapped import cell_text, first_with
from fotfeste.statistics.readers.tidy import Lookup, header_places, resolve

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store

REGION_COLUMNS = ("kommunenummer", "kode", "kommune", "municipality code", "code", "municipality")
DECIDED_COLUMNS = ("vedtatt", "vedtak", "vedteke", "vedtekne", "decided")
SETTLED_COLUMNS = ("bosatt", "bosatte", "busett", "busette", "settled")
"""What the columns may be called, in bokmål, nynorsk and English."""
HIDDEN_BELOW = 5


@dataclass(frozen=True, slots=True)
class Status:
    """What is decided and settled so far by code, as of ``as_of`` (ISO date or a year), and where it is from."""

    standing: Mapping[str, Standing]
    as_of: str
    origin: str


def read_status(
    path: Path,
    names: Mapping[str, str],
    year: int,
    as_of: str,
    regions: Lookup,
    *,
    limits: Limits | None = None,
) -> Status:
    """Read a list of what is decided and settled, as CSV or a workbook: kommune (or kommunenummer), vedtatt, bosatt.

    ``names`` are the county's municipalities by code; each must have one row, so that nobody is forgotten. Signs ``.``
    (not known), ``-`` (not asked) and ``:`` (hidden) are marks; other columns are passed by. Settled persons from one
    to four are hidden at once. Raises :class:`InputError` with every cell and row that is wrong.
    """
    grid = read_grid(path, limits=limits)
    header = grid.lines[0]
    places = header_places(header.cells)
    columns = [first_with(places, wanted) for wanted in (REGION_COLUMNS, DECIDED_COLUMNS, SETTLED_COLUMNS)]
    region, decided, settled = columns
    if region is None or decided is None or settled is None:
        raise InputError(
            "status.columns",
            msg("Filen må ha kolonnene kommune (eller kommunenummer), vedtatt og bosatt."),
            place=grid.row(header),
            remedy=msg("Kolonnene i filen er: {found}.", found=", ".join(filter(None, places))),
        )
    found: dict[str, tuple[Standing, Place]] = {}
    problems: list[Problem] = []
    for line in grid.lines[1:]:
        problems += _read_line(grid, line, (region, decided, settled), regions, year, names, found)
    problems += [
        Problem(
            "row.missing",
            msg("{name} ({code}) mangler i filen.", name=names[code], code=code),
            grid.name,
            msg("Legg til en rad, med . der tallet ikke er kjent."),
        )
        for code in names
        if code not in found and not problems
    ]
    if problems:
        raise InputError(
            "status.faults",
            msg("Filen har feil som må rettes ({number}).", number=len(problems)),
            place=grid.name,
            problems=problems,
        )
    return Status({code: found[code][0] for code in names}, as_of, f"{OWN}{path.name}")


def status_in_data(store: Store, regions: Regions, codes: tuple[str, ...], year: int) -> Status | None:
    """Return what the data know of decided and settled in ``year`` itself; ``None`` where they know nothing."""
    from fotfeste.statistics import settlement_history

    history = settlement_history(store, regions, codes, [year])
    years = {code: rows[0].shown() for code, rows in history.items() if rows}
    if not years:
        return None
    as_of = next((one.status_date for one in years.values() if one.status_date), str(year))
    standing = {
        code: Standing(years[code].decided, years[code].settled) if code in years else Standing()
        for code in codes
    }
    source = store.source("settlement")
    return Status(standing, as_of, f"{source.agency}: {source.table}")


def _read_line(
    grid: Grid,
    line: Line,
    columns: tuple[int, int, int],
    regions: Lookup,
    year: int,
    names: Mapping[str, str],
    found: dict[str, tuple[Standing, Place]],
) -> list[Problem]:
    """Take in one row; return what is wrong with it."""
    region, decided, settled = columns
    place = grid.place(line, region)
    code = resolve(cell_text(line, region), year, regions, place)
    figures = [
        read_cell(
            line.cells[column] if column < len(line.cells) else "", grid.place(line, column), CellRules()
        )
        for column in (decided, settled)
    ]
    faults = [one for one in (code, *figures) if isinstance(one, Problem)]
    if isinstance(code, Problem):
        return faults
    if code not in names:
        what = msg("{code} er ikke i fylket.", code=code)
        return [*faults, Problem("status.municipality", what, place, msg("Ta bort raden."))]
    if code in found:
        what = msg("{code} står to ganger (første gang: {first}).", code=code, first=found[code][1])
        return [*faults, Problem("row.twice", what, place, msg("Ta bort en av radene."))]
    known = [one if isinstance(one, Figure) else Figure.missing() for one in figures]
    found[code] = (Standing(known[0], hide_small(known[1], HIDDEN_BELOW)), place)
    return faults
