"""Tables of counts with their sums: which cells add up to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.statistics.figure import Figure, Mark, total

Cell = tuple[str, ...]
"""A cell by its codes, one for each dimension: ``("4003", "female")``."""
Sums = Mapping[str, Sequence[str]]
"""In one dimension, by the code of a sum the codes that add up to it; a part may be a sum itself."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The counts in ``parts`` add up to the one in ``whole``."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The sum and its parts."""
        return (self.whole, *self.parts)


@dataclass(frozen=True)
class CountTable:
    """Counts of persons (or of anything) by cell, and what adds up.

    Figures are whole and not negative, hidden, missing or not asked (which is nobody). A cell that a relation names and
    ``figures`` lack is missing. Raises :class:`InputError` for a count that is negative or not whole and for known numbers
    that do not add up.
    """

    figures: Mapping[Cell, Figure]
    relations: tuple[Relation, ...]

    def __post_init__(self) -> None:
        named = {cell for one in self.relations for cell in one.cells}
        known = {**dict.fromkeys(sorted(named), Figure.missing(low=0)), **self.figures}
        object.__setattr__(self, "figures", known)
        faults = [*self._not_counts(), *(fault for one in self.relations if (fault := self._not_a_sum(one)))]
        if faults:
            raise InputError("table.counts", msg("Tabellen kan ikke skjermes."), problems=faults)

    def _not_counts(self) -> list[Problem]:
        return [
            Problem(
                "table.count",
                msg("{number} er ikke et antall.", number=str(figure.value)),
                named(cell),
                msg("Antall er hele tall fra null og opp."),
            )
            for cell, figure in self.figures.items()
            if figure.value is not None and (figure.value < 0 or Fraction(figure.value).denominator != 1)
        ]

    def _not_a_sum(self, one: Relation) -> Problem | None:
        if adds_up(self.figures[one.whole], [self.figures[cell] for cell in one.parts]):
            return None
        return Problem(
            "table.sum",
            msg("Delene summerer seg ikke til {cell}.", cell=named(one.whole)),
            named(one.whole),
            msg("Rett tallene, eller ta bort raden med summen."),
        )


def named(cell: Cell) -> str:
    """Return a cell as it is written in a fault."""
    return " · ".join(cell)


def adds_up(whole: Figure, parts: Iterable[Figure]) -> bool:
    """Whether ``parts`` may add up to ``whole``, as far as is known of them."""
    added = total(_bounded(one) for one in parts)
    told = _bounded(whole)
    too_low = added.high is not None and told.low is not None and added.high < told.low
    too_high = added.low is not None and told.high is not None and added.low > told.high
    return not (too_low or too_high)


def _bounded(figure: Figure) -> Figure:
    if figure.mark is Mark.NOT_ASKED:
        return Figure.observed(0)
    return Figure.observed(figure.value) if figure.value is not None else figure


def cross_table(figures: Mapping[Cell, Figure], sums: Sequence[Sums]) -> CountTable:
    """Return the table of ``figures`` whose dimensions add up as ``sums`` say, one entry for each dimension.

    A hierarchy is a sum whose parts are sums: ``{"0": ["40", "42"], "40": ["4001", "4003"], …}``. A dimension that adds up
    to nothing (years) has an empty entry. A sum that the table does not hold makes no relation.
    """
    codes = [sorted({cell[place] for cell in figures}) for place in range(len(sums))]
    relations = [
        Relation(whole, tuple((*others[:place], part, *others[place:]) for part in parts))
        for place, dimension in enumerate(sums)
        for whole_code, parts in dimension.items()
        for others in product(*codes[:place], *codes[place + 1 :])
        if (whole := (*others[:place], whole_code, *others[place:])) in figures
    ]
    return CountTable(figures, tuple(one for one in relations if one.parts))
