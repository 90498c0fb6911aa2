"""The counts that indicators are made of, in the borders of today, read when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import cast

from fotfeste.statistics.borders import CURRENT
from fotfeste.statistics.chosen_counts import ChosenCounts
from fotfeste.statistics.counts_by_place import UNKNOWN
from fotfeste.statistics.counts_by_place import Codes as Codes
from fotfeste.statistics.figure import Figure, total
from fotfeste.statistics.history import SETTLEMENT
from fotfeste.statistics.tables import figures

IMMIGRANTS_YEAR = 2021
RESIDENCE_YEAR = 2022
UNEMPLOYMENT_YEAR = 2022
PROGRAMME_YEAR = 2023
PROGRAMME_RESULT_YEAR = 2024
FLOWS_YEAR = 2025
TRAVEL_YEAR = 2020
UNEMPLOYMENT_MONTHS = 10
SEXES = ("female", "male")
OLDEST = 105


class Components(ChosenCounts):
    """The counts of the data that come with Fotfeste, each by its name."""

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
