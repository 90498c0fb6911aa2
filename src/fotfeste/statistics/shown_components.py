"""Counts as they may be published all together: each small count is hidden before anything is made of it.

Where whole tables are open, a count that is hidden in one place must not follow from others: not from a county's sum
less its other municipalities, nor from three years less the two that are shown. So every count below its data set's
limit is replaced by its bounds first; sums, rates and differences made of it carry these bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fotfeste.statistics.borders import Carried
from fotfeste.statistics.components import Components
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure, Mark, total
from fotfeste.statistics.history import HIDDEN_BELOW, SettlementYear
from fotfeste.statistics.wholes import BesideItsParts, parts_of_choice

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.store import Store
    from fotfeste.statistics.written_formulas.tree import Counted

PUBLIC_MEASURES = ("requested", "decided")
"""Requests and decisions are public however small; what came of them is people."""


class ShownCarried(Carried):
    """Counts by municipality of today, where those from one up to ``below`` are known by their bounds only."""

    def __init__(self, exact: Carried, below: int) -> None:
        super().__init__(Figure.missing(low=0))
        self._exact = exact.hiding_split(lambda figure: hide_small(figure, below))
        self._below = below

    def sum(self, codes: Sequence[str]) -> Figure:
        """Return the sum over municipalities of today, with bounds where one of them is hidden."""
        if len(codes) == 1:
            return self._alone(codes[0])
        small = {code: one for code in codes if hide_small(one := self._exact[code], self._below) is not one}
        if not small:
            return self._exact.sum(codes)
        known = [code for code, one in small.items() if not _loose(one)]
        others = [code for code in codes if code not in known]
        wide = (self._below - 2) * (len(small) - len(known))
        rest = (
            self._sum_of_parts(others) if wide else self._exact.sum(others) if others else Figure.observed(0)
        )
        low = None if rest.low is None else max(0, rest.low + len(known) - wide)
        high = None if rest.high is None else rest.high + (self._below - 1) * len(known) + wide
        mark = rest.mark if rest.mark is Mark.MISSING else Mark.SUPPRESSED
        return Figure(None, mark, low, high, rest.estimated)

    def _sum_of_parts(self, codes: Sequence[str]) -> Figure:
        """Return the sum of what may be shown of the parts: its bounds tell nothing about a small part of an estimate."""
        return total(hide_small(one, self._below) for one in self._exact.parts(codes))

    def _alone(self, code: str) -> Figure:
        """Return one municipality's count; the bounds of a hidden estimate tell no more than those of its parts."""
        found = self._exact[code]
        hidden = hide_small(found, self._below)
        if hidden is found or not found.estimated:
            return hidden
        parts = self._sum_of_parts((code,))
        low = None if parts.low is None else min(1, parts.low)
        high = None if parts.high is None else max(self._below - 1, parts.high)
        return Figure(None, Mark.SUPPRESSED, low, high, found.estimated)


class AddedUp(Carried):
    """Several counts of the same places together, each hidden where it is small."""

    def __init__(self, cells: Sequence[Carried]) -> None:
        super().__init__(Figure.missing(low=0))
        self._cells = cells

    def sum(self, codes: Sequence[str]) -> Figure:
        """Return the sum of all of them, with bounds where a part is hidden."""
        return total(one.sum(codes) for one in self._cells)


def _loose(small: Figure) -> bool:
    """Whether a small count is an estimate, which may stand in a sum whole or in pieces and needs the widest room there."""
    return small.estimated or small.low != small.high


def shown_year(found: SettlementYear) -> SettlementYear:
    """Return the settlement figures of one year with small numbers of settled persons hidden, in sums too."""
    shown = {
        measure: carried if measure in PUBLIC_MEASURES else ShownCarried(carried, HIDDEN_BELOW)
        for measure, carried in found.figures.items()
    }
    return replace(found, figures=shown)


class ShownComponents(Components):
    """The counts that indicators are made of, with every small one hidden.

    ``exact`` are the counts as the source has them, where they are read already.
    """

    def __init__(self, store: Store, regions: Regions, year: int, *, exact: Components | None = None) -> None:
        super().__init__(store, regions, year)
        self._exact = exact or Components(store, regions, year)
        self._population = self._exact._population

    @property
    def _by_age(self) -> Mapping[tuple[str, str], tuple[tuple[int, ...], bool]]:
        """People by age hide nothing, and are read once."""
        return self._exact._by_age

    def settlement_year(self, year: int) -> SettlementYear | None:
        """Return the settlement figures of one year with small numbers of settled persons hidden."""
        if year in self._settlement:
            return self._settlement[year]
        found = self._exact.settlement_year(year)
        if found is not None:
            found = self._settlement[year] = shown_year(found)
        return found

    def _counted(self, wanted: Counted, year: int | None, below: int) -> Carried:
        """Return the chosen rows with every small count hidden, each cell by itself where the choice is of many."""
        from fotfeste.statistics.written_formulas.rows import single_choices

        limit = max(below, self._limit(wanted))
        if not limit:
            return self._exact._counted_exactly(wanted, year)
        key = ("hidden", wanted.dataset, repr(wanted.filters), str(year), str(limit))
        if key not in self._other:
            alone = single_choices(self.store, wanted)
            cells = [self._cell(one, year, limit) for one in alone]
            self._other[key] = cells[0] if len(cells) == 1 else AddedUp(cells)
        return self._other[key]

    def _cell(self, one: Counted, year: int | None, limit: int) -> Carried:
        """Return one cell of a data set with small counts hidden, also where they would follow from a sum beside them."""
        itself = ShownCarried(self._exact._counted_exactly(one, year), limit)
        where = {filter_.column: filter_.values[0] for filter_ in one.filters}
        parts = [
            self._exact._counted_exactly(
                replace(
                    one, filters=tuple(replace(own, values=(str(part[own.column]),)) for own in one.filters)
                ),
                year,
            )
            for part in parts_of_choice(one.dataset, where)
        ]
        return BesideItsParts(itself, [ShownCarried(part, limit) for part in parts]) if parts else itself

    def published(self, wanted: Counted, year: int | None, codes: Sequence[str]) -> Figure:
        """Return what the source states, small counts hidden where its data set hides them: a count is no rate."""
        return hide_small(super().published(wanted, year, codes), self._limit(wanted))

    def _whole_counties(self, rows: Mapping[str | None, Figure], codes: Sequence[str], below: int) -> Figure:
        shown = {code: hide_small(figure, below) for code, figure in rows.items()}
        return super()._whole_counties(shown, codes, below)

    def _limit(self, wanted: Counted) -> int:
        if wanted.dataset not in self.store.versions:
            return 0
        described = self.store.dataset(wanted.dataset)
        chosen = {value for one in wanted.filters if one.column == "measure" for value in one.values}
        limited = not described.suppressed_measures or chosen & set(described.suppressed_measures)
        return described.suppress_below if limited else 0

    def _carried(self, dataset: str, year: int, where: Mapping[str, object]) -> Carried:
        key = (dataset, str(year), *(f"{name}={value}" for name, value in where.items()))
        if key in self._other:
            return self._other[key]
        found = self._exact._carried(dataset, year, where)
        described = self.store.dataset(dataset)
        limited = not described.suppressed_measures or where.get("measure") in described.suppressed_measures
        if described.suppress_below and limited:
            parts = [self._carried(dataset, year, part) for part in parts_of_choice(dataset, where)]
            found = ShownCarried(found, described.suppress_below)
            found = BesideItsParts(found, parts) if parts else found
        self._other[key] = found
        return found
