"""What written formulas choose of any data set: years, counts in the borders of today, and what the source itself states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fotfeste.statistics.borders import Carried
from fotfeste.statistics.counts_by_place import UNKNOWN, Codes, CountsByPlace
from fotfeste.statistics.figure import Figure, total
from fotfeste.statistics.history import FULL_YEAR, MEASURES, SETTLEMENT

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.store import Store
    from fotfeste.statistics.written_formulas.tree import Counted

COUNTRY_CODES = ("0", "00")


class ChosenCounts(CountsByPlace):
    """Counts by municipality of today that are chosen by data set, columns and year."""

    def __init__(self, store: Store, regions: Regions, year: int) -> None:
        super().__init__(store, regions, year)
        self._years: dict[tuple[object, ...], tuple[int, ...] | None] = {}
        self._larger: dict[tuple[object, ...], Mapping[str | None, Figure]] = {}
        self._of_counties: dict[tuple[object, ...], bool] = {}

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


def _settlement_measure(wanted: Counted) -> str:
    """Return the measure that a choice from the settlement figures is about as a whole; empty for any other choice."""
    if wanted.dataset != SETTLEMENT or len(wanted.filters) != 1:
        return ""
    chosen = wanted.filters[0]
    alone = chosen.column == "measure" and len(chosen.values) == 1 and chosen.values[0] in MEASURES
    return chosen.values[0] if alone else ""
