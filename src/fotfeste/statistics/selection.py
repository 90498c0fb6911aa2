"""Choose the rows of a data set for one municipality, county or year, as they may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fotfeste.statistics.borders import CURRENT, Borders, borders_of
from fotfeste.statistics.disclosure import hide_small_rows
from fotfeste.statistics.own_tables import is_own, protected

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.regions import Regions
    from fotfeste.statistics.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """What to choose: names or numbers of today's municipality and county, a year, and a version."""

    municipality: str | None = None
    county: str | None = None
    year: int | None = None
    version: str | None = None


def shown_rows(store: Store, regions: Regions, dataset: str, choice: Choice) -> pl.DataFrame:
    """Return the chosen rows as they may be shown: small counts hidden, and in a table of the county's own what would give them away.

    A municipality of today is found under all the numbers it and its predecessors have had. Raises
    :class:`~fotfeste.errors.FotfesteError` for an unknown data set, version or region.
    """
    import polars as pl

    described = store.dataset(dataset, choice.version)
    frame = protected(store, described).lazy() if is_own(described) else store.scan(dataset, choice.version)
    columns = frame.collect_schema().names()
    if choice.year is not None and "year" in columns:
        frame = frame.filter(pl.col("year") == choice.year)
    wanted = _wanted(regions, choice)
    if wanted is not None and "code" in columns:
        places = [name for name in ("code", "code_year") if name in columns]
        pairs = frame.select(places).unique().collect()
        inside = [row for row in pairs.iter_rows() if _belongs(row, wanted, borders_of(regions))]
        kept = pl.DataFrame(inside, schema={name: pairs.schema[name] for name in places}, orient="row")
        frame = frame.join(kept.lazy(), on=places, how="semi")
    return hide_small_rows(frame.collect(), described.suppress_below, described.suppressed_measures)


def _wanted(regions: Regions, choice: Choice) -> frozenset[str] | None:
    if choice.municipality is not None:
        return frozenset({regions.municipality(choice.municipality, CURRENT, choice.county).code})
    if choice.county is None:
        return None
    county = regions.county(choice.county, CURRENT).code
    return frozenset({county, *(one.code for one in regions.municipalities(CURRENT, county))})


def _belongs(row: tuple[object, ...], wanted: frozenset[str], borders: Borders) -> bool:
    code = str(row[0])
    year = row[1] if len(row) > 1 else None
    if len(code) != 4 or not isinstance(year, int):
        return code in wanted
    return not wanted.isdisjoint(borders.shares(code, year))
