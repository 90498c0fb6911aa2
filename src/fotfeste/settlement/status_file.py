"""How far the year has come in every municipality: decided and settled, from the county's own list or the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.messages import msg
from fotfeste.settlement.county_table import Layout, Measure, read_county_table
from fotfeste.settlement.revision import OWN, Standing
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.readers.grids import Limits

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store

DECIDED_COLUMNS = ("vedtatt", "vedtak", "vedteke", "vedtekne", "decided")
SETTLED_COLUMNS = ("bosatt", "bosatte", "busett", "busette", "settled")
"""What the columns may be called, in bokmål, nynorsk and English."""
LAYOUT = Layout(
    "status",
    (Measure("decided", DECIDED_COLUMNS), Measure("settled", SETTLED_COLUMNS)),
    msg("Filen må ha kolonnene kommune (eller kommunenummer), vedtatt og bosatt."),
    whole_country=False,
)
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
    regions: Regions,
    *,
    limits: Limits | None = None,
) -> Status:
    """Read a list of what is decided and settled, as CSV or a workbook: kommune (or kommunenummer), vedtatt, bosatt.

    ``names`` are the county's municipalities by code; each must have one row, so that nobody is forgotten. Signs ``.``
    (not known), ``-`` (not asked) and ``:`` (hidden) are marks; other columns are passed by. Settled persons from one
    to four are hidden at once. Raises :class:`InputError` with every cell and row that is wrong.
    """
    county = next((code[:2] for code in names), "")
    table = read_county_table(path, LAYOUT, names, year, regions, county=county, limits=limits)
    standing = {
        code: Standing(table.of("decided", code), hide_small(table.of("settled", code), HIDDEN_BELOW))
        for code in names
    }
    return Status(standing, as_of, f"{OWN}{path.name}")


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
