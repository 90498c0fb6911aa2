"""People, settlement and the counts of any data set by municipality of today, read when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from fotfeste.statistics.borders import CURRENT, Carried, borders_of
from fotfeste.statistics.figure import Figure, total
from fotfeste.statistics.history import SettlementYear, newest_finished, settlement_years
from fotfeste.statistics.own_tables import shown_store
from fotfeste.statistics.tables import figures

if TYPE_CHECKING:
    from fotfeste.regions import Attributes, Regions
    from fotfeste.statistics.store import Store

Codes = Sequence[str]
ByCode = Mapping[str, Figure]

UNKNOWN = Figure.missing(low=0)


class CountsByPlace:
    """Counts by municipality of today for one recommendation year.

    Tables of the county's own are read as they may be shown, since what is made of them stands beside them.
    Every method takes the municipalities to sum over, so that a county's or the country's figure is made of sums,
    never of other figures' means.
    """

    def __init__(self, store: Store, regions: Regions, year: int) -> None:
        self.store = shown_store(store)
        self.regions = regions
        self.year = year
        self.borders = borders_of(regions)
        self._population: dict[tuple[int, str], ByCode] = {}
        self._settlement: dict[int, SettlementYear | None] = {}
        self._other: dict[tuple[str, ...], Carried] = {}
        self.remembered: dict[str, object] = {}
        """What written formulas have found out about these facts."""

    @cached_property
    def all_codes(self) -> tuple[str, ...]:
        """Return the municipalities of today."""
        return tuple(one.code for one in self.regions.municipalities(CURRENT))

    def attributes(self, code: str) -> Attributes:
        """Return what is known of one municipality."""
        return self.regions.attributes(code)

    @cached_property
    def population_year(self) -> int:
        """Return the newest 1 January with a population, not after the recommendation year."""
        import polars as pl

        years = self.store.scan("population_age_groups").filter(pl.col("year") <= self.year)
        newest = years.select(pl.col("year").max()).collect().item()
        return int(newest)

    def population(self, codes: Codes, group: str = "all", year: int | None = None) -> Figure:
        """Return people on 1 January in an age group (``all``, ``0-5``, ``6-15``, ``18-66``, ``20-66``, ``67+``)."""
        when = self.population_year if year is None else year
        return _sum(self._people(when, group), codes)

    def _people(self, year: int, group: str) -> ByCode:
        if (year, group) not in self._population:
            rows = figures(self.store, "population_age_groups", ("group", "code"), {"year": year})
            for (name, code), figure in cast("dict[tuple[str, str], Figure]", rows).items():
                table = self._population.setdefault((year, name), {})
                cast("dict[str, Figure]", table)[code] = figure
        return self._population.get((year, group), {})

    @cached_property
    def last_finished(self) -> int | None:
        """Return the newest finished settlement year before the recommendation year."""
        return newest_finished(self.store, self.year)

    def finished_years(self, number: int) -> tuple[int, ...]:
        """Return the newest ``number`` finished settlement years, oldest first."""
        last = self.last_finished
        return () if last is None else tuple(range(last - number + 1, last + 1))

    def settlement(self, codes: Codes, measure: str, years: Iterable[int]) -> Figure:
        """Return requested, decided or settled summed over municipalities and years; a year without data is missing."""
        parts = []
        for year in years:
            found = self.settlement_year(year)
            parts.append(UNKNOWN if found is None else found.figures[measure].sum(codes))
        if len(parts) == 1:
            return parts[0]
        return total(parts) if parts else Figure.missing()

    def settlement_year(self, year: int) -> SettlementYear | None:
        """Return the settlement figures of one year, or ``None`` when the data have none."""
        if year not in self._settlement:
            found = settlement_years(self.store, self.borders, [year])
            self._settlement[year] = found[0] if found else None
        return self._settlement[year]

    def same_labour_market(self, code: str) -> tuple[str, ...]:
        """Return all municipalities in the same labour-market region, in whatever county."""
        region = self.attributes(code).labour_market_region.code
        return self._by_region[region]

    @cached_property
    def _by_region(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for code in self.all_codes:
            found.setdefault(self.attributes(code).labour_market_region.code, []).append(code)
        return {region: tuple(codes) for region, codes in found.items()}

    @cached_property
    def _counties(self) -> dict[str, str]:
        return {one.code: one.county_code for one in self.regions.municipalities(CURRENT)}

    def whole_county(self, codes: Codes) -> str | None:
        """Return the county when ``codes`` are all its municipalities, otherwise ``None``."""
        counties = {self._counties[code] for code in codes}
        if len(counties) != 1:
            return None
        county = counties.pop()
        everyone = {code for code, one in self._counties.items() if one == county}
        return county if everyone == set(codes) else None

    def _carried(self, dataset: str, year: int, where: Mapping[str, object]) -> Carried:
        key = (dataset, str(year), *(f"{name}={value}" for name, value in where.items()))
        if key not in self._other:
            rows = figures(self.store, dataset, ("code", "code_year"), where)
            by_place = cast("dict[tuple[str, int], Figure]", rows)
            self._other[key] = self.borders.carry(by_place, min(year, CURRENT))
        return self._other[key]


def _sum(by_code: ByCode, codes: Codes) -> Figure:
    if len(codes) == 1:
        return by_code.get(codes[0], UNKNOWN)
    return total(by_code.get(code, UNKNOWN) for code in codes)
