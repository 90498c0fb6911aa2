"""The counts that indicators are made of, in the borders of today, read when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, cast

from fotfeste.statistics.borders import CURRENT, Carried, borders_of
from fotfeste.statistics.figure import Figure, total
from fotfeste.statistics.history import (
    FULL_YEAR,
    MEASURES,
    SETTLEMENT,
    SettlementYear,
    newest_finished,
    settlement_years,
)
from fotfeste.statistics.tables import figures

if TYPE_CHECKING:
    from fotfeste.regions import Attributes, Regions
    from fotfeste.statistics.store import Store
    from fotfeste.statistics.written_formulas.tree import Counted

Codes = Sequence[str]
ByCode = Mapping[str, Figure]

IMMIGRANTS_YEAR = 2021
RESIDENCE_YEAR = 2022
UNEMPLOYMENT_YEAR = 2022
PROGRAMME_YEAR = 2023
PROGRAMME_RESULT_YEAR = 2024
FLOWS_YEAR = 2025
TRAVEL_YEAR = 2020
UNEMPLOYMENT_MONTHS = 10
UNKNOWN = Figure.missing(low=0)
COUNTRY_CODES = ("0", "00")
SEXES = ("female", "male")
OLDEST = 105


class Components:
    """Counts by municipality of today for one recommendation year.

    Every method takes the municipalities to sum over, so that a county's or the country's figure is made of sums,
    never of other figures' means.
    """

    def __init__(self, store: Store, regions: Regions, year: int) -> None:
        self.store = store
        self.regions = regions
        self.year = year
        self.borders = borders_of(regions)
        self._population: dict[tuple[int, str], ByCode] = {}
        self._settlement: dict[int, SettlementYear | None] = {}
        self._other: dict[tuple[str, ...], Carried] = {}
        self.remembered: dict[str, object] = {}
        """What written formulas have found out about these facts."""
        self._years: dict[tuple[object, ...], tuple[int, ...] | None] = {}
        self._larger: dict[tuple[object, ...], Mapping[str | None, Figure]] = {}
        self._of_counties: dict[tuple[object, ...], bool] = {}

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

    def aged(self, codes: Codes, first: int, last: int = OLDEST, *sexes: str) -> Figure:
        """Return people on 1 January of the newest year from one age to another; both sexes if none is named."""
        counts, estimated = self.ages(codes, *sexes)
        if counts is None:
            return UNKNOWN
        return Figure.observed(sum(counts[first : last + 1]), estimated=estimated)

    def ages(self, codes: Codes, *sexes: str) -> tuple[tuple[int, ...] | None, bool]:
        """Return people on 1 January of the newest year by one-year age, 0 to 105 (and over), and whether it is estimated.

        Both sexes if none is named; ``None`` where a municipality has no figures.
        """
        found = [self._by_age.get((code, sex)) for code in codes for sex in sexes or SEXES]
        known = [one for one in found if one is not None]
        if len(known) < len(found):
            return None, False
        return tuple(map(sum, zip(*(counts for counts, _ in known), strict=True))), any(
            estimated for _, estimated in known
        )

    @cached_property
    def _by_age(self) -> Mapping[tuple[str, str], tuple[tuple[int, ...], bool]]:
        import polars as pl

        rows = self.store.scan("population").filter(pl.col("year") == self.population_year).sort("age")
        table = (
            rows.group_by("code", "sex").agg("age", "value", pl.col("estimated").any()).collect().iter_rows()
        )
        found = {}
        for code, sex, ages, values, estimated in table:
            counted = dict(zip(ages, values, strict=True))
            found[code, sex] = (tuple(counted.get(age, 0) for age in range(OLDEST + 1)), bool(estimated))
        return found

    def immigrants(self, codes: Codes, reason: str = "all", year: int = IMMIGRANTS_YEAR) -> Figure:
        """Return immigrants of both sexes by reason on 1 January, by default of 2021."""
        where = {"year": year, "reason": reason, "sex": "all"}
        return self._carried("immigrants_by_reason", year, where).sum(codes)

    def immigrants_in_2022(self, codes: Codes) -> Figure:
        """Return immigrants of all countries on 1 January 2022, the newest by municipality; not known by reason."""
        return self._carried("immigrants_2022", 2022, {"year": 2022}).sum(codes)

    def protected(self, codes: Codes, years: Iterable[int]) -> Figure:
        """Return persons settled under collective protection over the years; known from 2024."""
        parts = []
        for year in years:
            where = {"year": year, "measure": "settled_collective_protection"}
            parts.append(self._carried(SETTLEMENT, year, where).sum(codes))
        return total(parts) if parts else Figure.missing()

    def refugees(self, codes: Codes, move: str = "all", residence_time: str = "all") -> Figure:
        """Return refugees living in the municipalities in 2022, all or those who moved there (``moved_here``).

        ``residence_time`` is how long they have lived in Norway: ``0-4``, ``5+`` years or ``all``.
        """
        where = {"year": RESIDENCE_YEAR, "move": move, "residence_time": residence_time}
        return self._carried("refugee_residence", RESIDENCE_YEAR, where).sum(codes)

    def reduced_work_capacity(self, codes: Codes) -> Figure:
        """Return people with reduced work capacity in January 2024."""
        return self._carried("reduced_work_capacity", 2024, {"year": 2024}).sum(codes)

    def unemployed(self, codes: Codes) -> Figure:
        """Return the mean number of registered unemployed over January-October 2022."""
        key = ("unemployment_2022",)
        if key not in self._other:
            rows = figures(self.store, "unemployment_2022", ("code", "code_year", "month"), {})
            months: dict[tuple[str, int], list[Figure]] = {}
            for (code, code_year, _), figure in cast("dict[tuple[str, int, int], Figure]", rows).items():
                months.setdefault((code, code_year), []).append(figure)
            summed = {place: total(parts) for place, parts in months.items()}
            self._other[key] = self.borders.carry(summed, UNEMPLOYMENT_YEAR)
        return self._other[key].sum(codes).times(Fraction(1, UNEMPLOYMENT_MONTHS))

    def flows(self, codes: Codes, measure: str) -> Figure:
        """Return ``natural_increase`` or ``net_migration`` summed over 2011-2025."""
        return self._carried("population_flows", FLOWS_YEAR, {"year": FLOWS_YEAR, "measure": measure}).sum(
            codes
        )

    def need_index(self, code: str, year: int) -> Figure:
        """Return the need index (1 is the country's level)."""
        return self._carried("need_index", year, {"year": year})[code].times(Fraction(1, 10_000))

    def travel_time(self, code: str) -> Figure:
        """Return the minutes to the centre of the labour-market region."""
        return self._carried("travel_time", CURRENT, {"year": TRAVEL_YEAR})[code].times(Fraction(1, 100))

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

    def retention(self, county: str) -> Figure:
        """Return the share of settled refugees who still live in the county's municipality they came to."""
        rows = figures(self.store, "refugee_retention", ("code",), {"outcome": "first_municipality"})
        return rows.get((county,), Figure.missing()).times(Fraction(1, 100))

    def programme_result(self, county: str | None) -> Figure:
        """Return the share in work or education after the programme in a county of today, or in the country.

        The source has the counties of 2020-2023; a county of today that was part of a larger one gets that
        one's figure, marked as estimated.
        """
        rows = figures(self.store, "intro_programme_results", ("code",), {"year": PROGRAMME_RESULT_YEAR})
        if county is None:
            return rows[("00",)].times(Fraction(1, 100))
        now = {code for code, one in self._counties.items() if one == county}
        before = {
            one.county_code
            for one in self.regions.municipalities(PROGRAMME_YEAR)
            if now.intersection(self.borders.shares(one.code, PROGRAMME_YEAR))
        }
        if len(before) != 1:
            return Figure.missing()
        old = before.pop()
        figure = rows.get((old,), Figure.missing()).times(Fraction(1, 100))
        return figure if old == county else replace(figure, estimated=True)

    def years_counted(self, wanted: Counted) -> tuple[int, ...] | None:
        """Return the years that a data set has the chosen rows for; ``None`` for a table without years, none when absent."""
        from fotfeste.statistics.written_formulas.rows import years_in

        if wanted.dataset not in self.store.versions:
            return ()
        key = (wanted.dataset, wanted.filters)
        if key not in self._years:
            found = years_in(self.store, wanted)
            if found is not None and _settlement_measure(wanted) == "settled":
                whole = [year for year, dataset in FULL_YEAR.items() if dataset in self.store.versions]
                found = tuple(sorted({*found, *whole}))
            self._years[key] = found
        return self._years[key]

    def counted(self, wanted: Counted, year: int | None, codes: Codes, below: int = 0) -> Figure:
        """Return the sum of the chosen rows of any data set in one year.

        A table of counties has figures for whole counties only. ``below`` is a limit under which counts are hidden where
        small counts are, besides that of the data set.
        """
        measure = _settlement_measure(wanted)
        if measure and year is not None:
            return self.settlement(codes, measure, (year,))
        by_county = self._counted_by_county(wanted, year)
        if by_county:
            return self._whole_counties(by_county, codes, max(below, self._limit(wanted)))
        return self._counted(wanted, year, below).sum(codes)

    def published(self, wanted: Counted, year: int | None, codes: Codes) -> Figure:
        """Return what the source itself states for a municipality, a whole county or the country; never a sum of ours."""
        rows = self._rows(wanted, year)
        if len(codes) == 1:
            parts = self._counted_exactly(wanted, year).parts(codes)
            if len(parts) == 1 and parts[0].known:
                return parts[0]
        own = COUNTRY_CODES if len(codes) == len(self.all_codes) else (self.whole_county(codes),)
        return next((rows[code] for code in own if code in rows), Figure.missing())

    def _counted(self, wanted: Counted, year: int | None, below: int) -> Carried:
        del below
        return self._counted_exactly(wanted, year)

    def _counted_exactly(self, wanted: Counted, year: int | None) -> Carried:
        from fotfeste.statistics.written_formulas.rows import by_place, carried

        key = ("counted", wanted.dataset, repr(wanted.filters), str(year))
        if key not in self._other:
            rows = by_place(self.store, wanted, year)
            self._other[key] = carried(rows, self.borders, self.regions, year)
        return self._other[key]

    def _rows(self, wanted: Counted, year: int | None) -> Mapping[str | None, Figure]:
        """Return the rows of a county or the country by code."""
        from fotfeste.statistics.written_formulas.rows import MUNICIPALITY, by_place

        key = (wanted.dataset, wanted.filters, year)
        if key not in self._larger:
            rows = by_place(self.store, wanted, year)
            self._larger[key] = {code: one for (code, _), one in rows.items() if len(code) < MUNICIPALITY}
            self._of_counties[key] = bool(rows) and len(self._larger[key]) == len(rows)
        return self._larger[key]

    def _counted_by_county(self, wanted: Counted, year: int | None) -> Mapping[str | None, Figure]:
        """Return the rows of a table that has counties and no municipalities; nothing for other tables."""
        rows = self._rows(wanted, year)
        return rows if self._of_counties[wanted.dataset, wanted.filters, year] else {}

    def _limit(self, wanted: Counted) -> int:
        """Return the number under which counts of a data set are hidden; exact facts hide none."""
        del wanted
        return 0

    def _whole_counties(self, rows: Mapping[str | None, Figure], codes: Codes, below: int) -> Figure:
        """Return the sum of whole counties; ``below`` is what facts that are shown hide under."""
        del below
        inside = {code: self._counties[code] for code in codes}
        counties = sorted(set(inside.values()))
        if sum(county in set(inside.values()) for county in self._counties.values()) != len(inside):
            return Figure.missing()
        return total(rows.get(county, UNKNOWN) for county in counties)

    def _carried(self, dataset: str, year: int, where: Mapping[str, object]) -> Carried:
        key = (dataset, str(year), *(f"{name}={value}" for name, value in where.items()))
        if key not in self._other:
            rows = figures(self.store, dataset, ("code", "code_year"), where)
            by_place = cast("dict[tuple[str, int], Figure]", rows)
            self._other[key] = self.borders.carry(by_place, min(year, CURRENT))
        return self._other[key]


def _settlement_measure(wanted: Counted) -> str:
    """Return the measure that a choice from the settlement figures is about as a whole; empty for any other choice."""
    if wanted.dataset != SETTLEMENT or len(wanted.filters) != 1:
        return ""
    chosen = wanted.filters[0]
    alone = chosen.column == "measure" and len(chosen.values) == 1 and chosen.values[0] in MEASURES
    return chosen.values[0] if alone else ""


def _sum(by_code: ByCode, codes: Codes) -> Figure:
    if len(codes) == 1:
        return by_code.get(codes[0], UNKNOWN)
    return total(by_code.get(code, UNKNOWN) for code in codes)
