"""Counts as they may be published all together: each small count is hidden before anything is made of it.

Where whole tables are open, a count that is hidden in one place must not follow from others: not from a county's sum
less its other municipalities, nor from three years less the two that are shown. So every count below its data set's
limit is replaced by its bounds first; sums, rates and differences made of it carry these bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fotfeste.statistics.borders import Carried
from fotfeste.statistics.components import Components
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure, Mark, Number
from fotfeste.statistics.history import HIDDEN_BELOW, SettlementYear

PUBLIC_MEASURES = ("requested", "decided")
"""Requests and decisions are public however small; what came of them is people."""


class ShownCarried(Carried):
    """Counts by municipality of today, where those from one up to ``below`` are known by their bounds only."""

    def __init__(self, exact: Carried, below: int) -> None:
        super().__init__(Figure.missing(low=0))
        self._exact = exact
        self._below = below

    def sum(self, codes: Sequence[str]) -> Figure:
        """Return the sum over municipalities of today, with bounds where one of them is hidden."""
        if len(codes) == 1:
            return hide_small(self._exact.sum(codes), self._below)
        parts = {code: self._exact[code] for code in codes}
        small = [one for one in parts.values() if hide_small(one, self._below) is not one]
        if not small:
            return self._exact.sum(codes)
        whole = self._exact.sum(codes)
        widths = [_width(one, self._below) for one in small]
        low = None if whole.low is None else whole.low - sum(below for below, _ in widths)
        high = None if whole.high is None else whole.high + sum(above for _, above in widths)
        mark = Mark.SUPPRESSED if whole.mark is Mark.OBSERVED else whole.mark
        return Figure(None, mark, low, high, whole.estimated)


def _width(small: Figure, limit: int) -> tuple[Number, Number]:
    """Return how far a sum is widened for one hidden part, so that nothing follows about the part but that it is small.

    An estimated part may stand in the sum whole or in pieces, and is given the widest room that a small one can need.
    """
    if small.value is None or small.estimated or small.low != small.high:
        return limit - 2, limit - 2
    return small.value - 1, limit - 1 - small.value


class ShownComponents(Components):
    """The counts that indicators are made of, with every small one hidden."""

    def settlement_year(self, year: int) -> SettlementYear | None:
        """Return the settlement figures of one year with small numbers of settled persons hidden."""
        if year in self._settlement:
            return self._settlement[year]
        found = super().settlement_year(year)
        if found is not None:
            shown = {
                measure: carried if measure in PUBLIC_MEASURES else ShownCarried(carried, HIDDEN_BELOW)
                for measure, carried in found.figures.items()
            }
            found = replace(found, figures=shown)
            self._settlement[year] = found
        return found

    def _carried(self, dataset: str, year: int, where: Mapping[str, object]) -> Carried:
        key = (dataset, str(year), *(f"{name}={value}" for name, value in where.items()))
        if key in self._other:
            return self._other[key]
        found = super()._carried(dataset, year, where)
        described = self.store.dataset(dataset)
        limited = not described.suppressed_measures or where.get("measure") in described.suppressed_measures
        if described.suppress_below and limited:
            found = self._other[key] = ShownCarried(found, described.suppress_below)
        return found
