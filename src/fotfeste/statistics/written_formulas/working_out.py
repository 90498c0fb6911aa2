"""Work out a written formula for some municipalities together: sums first, quotients last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from fotfeste.statistics.figure import Figure, ratio, total
from fotfeste.statistics.written_formulas.tree import (
    Counted,
    Difference,
    Number,
    Published,
    Quotient,
    Scaled,
    Shifted,
    Sum,
    Tree,
    counts_in,
    parts_of,
)

if TYPE_CHECKING:
    from fotfeste.statistics.components import Codes, Components

When = Literal["january", "year"]
"""Whether figures stand for 1 January (known for the recommendation's own year) or for a whole year before it."""


@dataclass(frozen=True)
class WorkingOut:
    """One formula with the facts it is worked out from.

    ``below``: counts from one up to, but not including, this are hidden wherever small counts are, besides those that
    their data set hides.
    """

    tree: Tree
    facts: Components
    when: When = "year"
    below: int = 0

    @cached_property
    def year(self) -> int | None:
        """The formula's own year: the newest one that all its data sets have; ``None`` where there is none."""
        limit = self.facts.year if self.when == "january" else self.facts.year - 1
        common: set[int] | None = None
        for one in counts_in(self.tree):
            years = self.facts.years_counted(one) if one.year is None else None
            if years is not None:
                common = set(years) if common is None else common & set(years)
        usable = [year for year in common or () if year <= limit]
        return max(usable, default=None)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the formula reads, oldest first."""
        found = set(self._years(self.tree, 0))
        return tuple(sorted(year for year in found if year is not None))

    def figure(self, codes: Codes) -> Figure:
        """Return the figure of the municipalities ``codes`` (of today) together."""
        return self._of(self.tree, codes, 0)

    def part(self, tree: Tree, codes: Codes) -> Figure:
        """Return the figure of a part of the formula, in the formula's own year."""
        return self._of(tree, codes, 0)

    def _years(self, tree: Tree, back: int) -> list[int | None]:
        if isinstance(tree, Counted):
            if tree.year is not None:
                return [tree.year - back]
            has_years = self.facts.years_counted(tree) is not None
            return [self.year - back] if self.year is not None and has_years else []
        ahead = back + tree.years if isinstance(tree, Shifted) else back
        return [year for part in parts_of(tree) for year in self._years(part, ahead)]

    def _of(self, tree: Tree, codes: Codes, back: int) -> Figure:
        match tree:
            case Number(value):
                return Figure.observed(value)
            case Counted():
                return self._counted(tree, codes, back)
            case Published(counted):
                year, exists = self._when(counted, back)
                return self.facts.published(counted, year, codes) if exists else Figure.missing()
            case Shifted(inner, years):
                return self._of(inner, codes, back + years)
            case Sum(parts):
                return total(self._of(part, codes, back) for part in parts)
            case Difference(more, less):
                return self._of(more, codes, back).minus(self._of(less, codes, back))
            case Scaled(inner, factor):
                return self._of(inner, codes, back).times(factor)
            case Quotient(top, bottom):
                return ratio(self._of(top, codes, back), self._of(bottom, codes, back))

    def _counted(self, one: Counted, codes: Codes, back: int) -> Figure:
        year, exists = self._when(one, back)
        return self.facts.counted(one, year, codes, self.below) if exists else Figure.missing()

    def _when(self, one: Counted, back: int) -> tuple[int | None, bool]:
        """Return the year to read, and whether there is anything to read in it."""
        years = self.facts.years_counted(one)
        if years is None:
            return None, not back
        wanted = self.year if one.year is None else one.year
        return (None, False) if wanted is None else (wanted - back, wanted - back in years)
