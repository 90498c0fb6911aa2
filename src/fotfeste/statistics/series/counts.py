"""The counts of every year that a data set holds, in the borders of today, with small ones hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from fotfeste.statistics.borders import CURRENT, Borders, Carried, borders_of
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.history import SETTLEMENT, SettlementYear, settlement_years
from fotfeste.statistics.own_tables import shown_store
from fotfeste.statistics.series.declared import Part
from fotfeste.statistics.series.values import When
from fotfeste.statistics.shown_components import ShownCarried, shown_year
from fotfeste.statistics.tables import figures
from fotfeste.statistics.wholes import BesideItsParts, parts_of_choice

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.store import Store

UNKNOWN = Figure.missing(low=0)
COUNTRY = "0"


class YearlyCounts:
    """Counts by year and municipality of today, read when first asked for and kept.

    What it returns may be shown: counts below the data set's limit are known by their bounds only.
    """

    def __init__(self, store: Store, regions: Regions) -> None:
        self.store = shown_store(store)
        self.regions = regions
        self.borders: Borders = borders_of(regions)
        self._known: dict[Part, Mapping[When, Carried]] = {}
        self._origins: dict[int, Mapping[str, tuple[str, ...]]] = {}

    @cached_property
    def all_codes(self) -> tuple[str, ...]:
        """Return the municipalities of today."""
        return tuple(one.code for one in self.regions.municipalities(CURRENT))

    def inside(self, place: str) -> tuple[str, ...]:
        """Return the municipalities of a place: itself, those of a county (two digits), or all (``0``)."""
        if place == COUNTRY:
            return self.all_codes
        return tuple(code for code in self.all_codes if code.startswith(place))

    def times(self, part: Part) -> tuple[When, ...]:
        """Return the times that a part has figures for, oldest first."""
        return tuple(sorted(self._of(part)))

    def count(self, part: Part, when: When, codes: Sequence[str]) -> Figure:
        """Return the shown count of municipalities together at one time; missing where the data have none."""
        found = self._of(part).get(when)
        return UNKNOWN if found is None else found.sum(codes)

    @cached_property
    def statuses(self) -> Mapping[int, str]:
        """Return the settlement years whose settled is a status, with its date."""
        return {one.year: one.status_date for one in self._settlement if one.status_date is not None}

    def origins(self, code: str, year: int) -> tuple[str, ...]:
        """Return the municipalities of ``year`` that a municipality of today has its people from."""
        if year not in self._origins:
            found: dict[str, list[str]] = {}
            for one in self.regions.municipalities(year):
                for heir in self.borders.shares(one.code, year):
                    found.setdefault(heir, []).append(one.code)
            self._origins[year] = {heir: tuple(sorted(codes)) for heir, codes in found.items()}
        return self._origins[year].get(code, ())

    def _of(self, part: Part) -> Mapping[When, Carried]:
        if part not in self._known:
            self._known[part] = self._settled(part) if part.dataset == SETTLEMENT else self._read(part)
        return self._known[part]

    @cached_property
    def _settlement(self) -> Sequence[SettlementYear]:
        import polars as pl

        years = self.store.scan(SETTLEMENT).select(pl.col("year").unique().sort()).collect()["year"]
        found = settlement_years(self.store, self.borders, [int(year) for year in years])
        return [shown_year(one) for one in found]

    def _settled(self, part: Part) -> Mapping[When, Carried]:
        measure = dict(part.where)["measure"]
        return {(one.year, 0): one.figures[measure] for one in self._settlement}

    def _read(self, part: Part) -> Mapping[When, Carried]:
        described = self.store.dataset(part.dataset)
        present = self.store.scan(part.dataset).collect_schema().names()
        keys = ["year", *(["month"] if "month" in present else []), "code"]
        keys += ["code_year"] if "code_year" in present else []
        by_time: dict[When, dict[tuple[str, int], Figure]] = {}
        for key, figure in figures(self.store, part.dataset, keys, dict(part.where)).items():
            named = dict(zip(keys, key, strict=True))
            when = (cast(int, named["year"]), cast(int, named.get("month", 0)))
            place = (cast(str, named["code"]), cast(int, named.get("code_year", CURRENT)))
            by_time.setdefault(when, {})[place] = figure
        found: dict[When, Carried] = {}
        for when, rows in by_time.items():
            own_year = min(when[0], CURRENT) if "code_year" in present else CURRENT
            carried = self.borders.carry(rows, own_year)
            limited = (
                not described.suppressed_measures
                or dict(part.where).get("measure") in described.suppressed_measures
            )
            hidden = described.suppress_below and limited
            found[when] = ShownCarried(carried, described.suppress_below) if hidden else carried
        parts = [
            self._of(Part(part.dataset, tuple(sorted((name, str(value)) for name, value in choice.items()))))
            for choice in parts_of_choice(part.dataset, dict(part.where))
        ]
        return {
            when: BesideItsParts(carried, [one[when] for one in parts])
            if parts and all(when in one for one in parts)
            else carried
            for when, carried in found.items()
        }
