"""Secondary suppression: hide further cells, so that no hidden count can be worked out of sums, and prove it.

1. Counts from one up to the limit are hidden (primary suppression); what the source has hidden stays hidden.
2. For each hidden count that sums give away, the cheapest cells are found that let it be as small and as large as it must:
   a least-cost change of the table that keeps every sum (Kelly, Golden and Assad 1992; Fischetti and Salazar 1999 for additive
   tables of any kind). Those cells are hidden too.
3. Cells that turn out to be hidden for nothing are shown again, the dearest first.
4. The audit proves the result: for every protected count there are whole numbers that fit all that is shown, with the count as
   small, and others with it as large, as the rule says. A cell it cannot prove is never taken for protected.

The choice is made in the order of the cells' codes, so that the same table always gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from fotfeste.errors import Infeasible
from fotfeste.messages import msg
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.disclosure_control.audit import Bounds, Proof, Tied, proof, tied_cells, told
from fotfeste.statistics.disclosure_control.exact import Equation, Search, System
from fotfeste.statistics.disclosure_control.policy import Protection, protection
from fotfeste.statistics.disclosure_control.tables import Cell, CountTable, Relation, named
from fotfeste.statistics.figure import Figure, Mark, Number

ABOVE_ALL_COSTS = 10**18
"""What reaching the end of a range is worth, so that no cost of hiding cells outweighs it."""

STEPS = 3
CHEAPEST = 6
"""How far from a cell cells to hide are looked for first, and how many that are not hidden in each relation on the way."""


class Reason(StrEnum):
    """Why a cell is not shown."""

    SOURCE = "source"
    SMALL = "small"
    PROTECTS = "protects"


@dataclass(frozen=True)
class Protected:
    """A table as it may be shown: ``figures`` by cell, and why each hidden one is hidden.

    A cell that is hidden to protect others is shown as suppressed, from zero up: which of the signs «:» stand for small counts
    is not told in what goes out.
    """

    figures: Mapping[Cell, Figure]
    reasons: Mapping[Cell, Reason]
    relations: tuple[Relation, ...]

    @property
    def protecting(self) -> tuple[Cell, ...]:
        """The cells that are hidden to protect others."""
        return tuple(sorted(cell for cell, why in self.reasons.items() if why is Reason.PROTECTS))


def protect(table: CountTable, below: int, rules: Protection | None = None) -> Protected:
    """Return ``table`` with counts from one up to, but not including, ``below`` hidden so that nothing gives them away.

    Raises :class:`Infeasible` where a count follows from what must be shown whatever is hidden beside it.
    """
    return _Work(table, below, rules or protection()).done()


class _Work:
    """The search for one table: ``_extra`` are the cells hidden to protect others, ``_loose`` the hidden ones without bounds."""

    def __init__(self, table: CountTable, below: int, rules: Protection) -> None:
        self._below = below
        self._rules = rules
        self._relations = tuple(
            sorted(
                (Relation(one.whole, tuple(sorted(one.parts))) for one in table.relations),
                key=lambda one: one.cells,
            )
        )
        self._given = table.figures
        self._shown = {cell: _primary(figure, below) for cell, figure in table.figures.items()}
        self._truth = _truth(table)
        self._sums = {one.whole for one in self._relations}
        self._belongs: dict[Cell, list[Relation]] = {}
        for one in self._relations:
            for cell in one.cells:
                self._belongs.setdefault(cell, []).append(one)
        self._extra: set[Cell] = set()
        self._loose: set[Cell] = set()
        self._proofs: dict[Cell, Proof] = {}
        hidden = (cell for cell, figure in self._shown.items() if figure.mark is Mark.SUPPRESSED)
        self._wanted = tuple(sorted(hidden))

    def done(self) -> Protected:
        for cell in self._unprotected(self._wanted):
            self._cover(cell)
        self._spare()
        self._proofs.clear()
        left = self._unprotected(self._wanted)
        if left:
            raise Infeasible(
                "disclosure.recoverable",
                msg("Det skjulte tallet kan regnes ut av summene, uansett hva annet som skjules."),
                place=", ".join(named(cell) for cell in left[:5]),
                remedy=msg("Ta bort summen, eller slå sammen radene."),
            )
        hidden = Figure(None, Mark.SUPPRESSED, 0, None)
        unbounded = self._extra | self._loose
        figures = {cell: hidden if cell in unbounded else figure for cell, figure in self._shown.items()}
        return Protected(figures, self._reasons(), self._relations)

    def _reasons(self) -> dict[Cell, Reason]:
        small = {cell for cell in self._wanted if self._given[cell].mark is Mark.OBSERVED}
        return {
            cell: Reason.PROTECTS if cell in self._extra else Reason.SMALL if cell in small else Reason.SOURCE
            for cell in sorted({*self._wanted, *self._extra})
        }

    def _width(self, cell: Cell) -> Number:
        """Return how far apart an outsider must find the least and the greatest that a hidden count can be."""
        low, high = told(self._shown[cell])
        return self._rules.range if high is None else min(self._rules.range, high - low)

    def _ends(self, cell: Cell) -> tuple[Number, Number]:
        """Return a least and a greatest that far apart, around the count, to be reached by hiding other cells."""
        low, high = self._hidden_bounds(cell)
        width, true = self._width(cell), self._truth[cell]
        above = true + width if high is None else min(high, true + width)
        return above, max(low, above - width)

    def _bounds(self) -> dict[Cell, Bounds]:
        """Return what an outsider knows, who may also know why a cell is hidden: one that protects is no small count."""
        hidden = {cell: self._hidden_bounds(cell) for cell in (*self._extra, *self._loose)}
        return {**{cell: told(figure) for cell, figure in self._shown.items()}, **hidden}

    def _hidden_bounds(self, cell: Cell) -> Bounds:
        if cell in self._loose:
            return min(1, told(self._shown[cell])[0]), None
        return (self._floor(cell), None) if cell in self._extra else told(self._shown[cell])

    def _floor(self, cell: Cell) -> Number:
        return self._below if self._truth[cell] >= self._below else 0

    def _unprotected(self, wanted: Iterable[Cell]) -> list[Cell]:
        """Return those of the ``wanted`` cells that are not proven to be protected."""
        bounds = self._bounds()
        doubtful = {cell for cell in wanted if not self._still_proven(cell, bounds)}
        found = []
        for tied in tied_cells(bounds, self._relations, doubtful):
            mine = sorted(doubtful.intersection(tied.cells))
            if mine:
                search = Search(tied.system, [self._truth[cell] for cell in tied.cells])
                found += [cell for cell in mine if not self._prove(tied, search, cell)]
        return sorted(found)

    def _still_proven(self, cell: Cell, bounds: Mapping[Cell, Bounds]) -> bool:
        return cell in self._proofs and all(
            _within(number, bounds[one]) for counts in self._proofs[cell] for one, number in counts.items()
        )

    def _prove(self, tied: Tied, search: Search, cell: Cell) -> bool:
        found = proof(tied, search, cell, self._width(cell), self._truth, self._rules.tries)
        if found is not None:
            self._proofs[cell] = found
        return found is not None

    def _cover(self, cell: Cell) -> None:
        """Hide the cheapest cells that let ``cell`` be as small and as large as it must.

        Where small counts add up to a small count, their signs alone tell that each is less than four. Then it is no
        longer told that the sum is small, and where that is not enough, not of the others near it either.
        """
        sums = {one.whole for one in self._belongs.get(cell, ())}
        near = {other for one in self._belongs.get(cell, ()) for other in one.cells}
        for loose in (set(), sums, near):
            self._loose |= loose.intersection(self._wanted)
            for at in (0, 1):
                if self._unprotected([cell]):
                    self._hide_for(cell, self._ends(cell)[at] - self._truth[cell])
            if not self._unprotected([cell]):
                return
        self._extra |= {
            other for other in near if self._may_be_hidden(other, zeros=self._rules.zeros == "last")
        }

    def _hide_for(self, cell: Cell, change: Number) -> None:
        """Hide what lets ``cell`` change that much: cells near it where they will do, zeros where nothing else does."""
        if not change:
            return
        bounds = self._bounds()
        for zeros in (False, True) if self._rules.zeros == "last" else (False,):
            everywhere = [one for one in sorted(bounds) if self._movable(one, bounds[one], zeros)]
            for cells in (self._near(cell, set(everywhere)), everywhere):
                chosen = self._cheapest(cell, change, cells, bounds)
                if chosen is not None:
                    self._extra |= chosen
                    return

    def _near(self, cell: Cell, movable: set[Cell]) -> list[Cell]:
        """Return cells that a change may go through: of each relation near ``cell`` the hidden ones and the cheapest."""
        found, edge = {cell}, {cell}
        relations: set[Relation] = set()
        for _ in range(STEPS):
            reached: set[Cell] = set()
            for one in (one for other in sorted(edge) for one in self._belongs.get(other, ())):
                if one in relations:
                    continue
                relations.add(one)
                inside = [other for other in one.cells if other in movable]
                inside.sort(key=lambda other: (self._shown[other].known, self._cost(other), other))
                hidden = sum(not self._shown[other].known or other in self._extra for other in inside)
                reached.update(inside[: hidden + CHEAPEST])
            edge = reached - found
            found |= reached
        return sorted(found)

    def _may_be_hidden(self, cell: Cell, *, zeros: bool) -> bool:
        figure = self._shown[cell]
        return figure.mark is Mark.OBSERVED and cell not in self._extra and (zeros or bool(figure.value))

    def _cost(self, cell: Cell) -> int:
        """Return what hiding a cell costs: first how many and of what kind, then how many persons."""
        cells = self._rules.sum_cost if cell in self._sums else 1
        persons = int(self._truth[cell])
        return cells * 10**7 + min(persons, 10**6) if persons else 10**9

    def _cheapest(
        self, cell: Cell, change: Number, cells: Sequence[Cell], bounds: Mapping[Cell, Bounds]
    ) -> set[Cell] | None:
        """Return those of ``cells`` beside the hidden ones that the cheapest change of the table goes through.

        ``None`` where no change among them is large enough.
        """
        ups = {one: 2 * at for at, one in enumerate(cells)}
        high: list[Number | None] = [None] * (2 * len(cells))
        costs: dict[int, Number] = {}
        for one, up in ups.items():
            hidden = bounds[one][0] != bounds[one][1]
            least, greatest = bounds[one] if hidden else (self._floor(one), None)
            high[up] = None if greatest is None else greatest - self._truth[one]
            high[up + 1] = self._truth[one] - least
            if not hidden:
                costs[up] = costs[up + 1] = -self._cost(one)
        up = ups[cell]
        high[up], high[up + 1] = max(change, 0), max(-change, 0)
        costs[up] = costs[up + 1] = ABOVE_ALL_COSTS
        equations = [
            Equation(terms, 0)
            for one in self._relations
            if not ups.keys().isdisjoint(one.cells)
            and (
                terms := {
                    ups[other] + down: sign * (-1 if down else 1)
                    for other, sign in ((one.whole, -1), *((part, 1) for part in one.parts))
                    if other in ups
                    for down in (0, 1)
                }
            )
        ]
        nothing = (0,) * len(high)
        point = Search(System(nothing, tuple(high), tuple(equations))).greatest(costs).point
        if point[up] - point[up + 1] != change:
            return None
        return {one for one, at in ups.items() if (point[at] or point[at + 1]) and costs.get(at, 0) < 0}

    def _movable(self, cell: Cell, bounds: Bounds, zeros: bool) -> bool:
        return bounds[0] != bounds[1] or self._may_be_hidden(cell, zeros=zeros)

    def _spare(self) -> None:
        """Show again, the dearest first, what is hidden for nothing, and tell bounds that are held back for nothing."""
        for chosen in (self._extra, self._loose):
            for cell in sorted(chosen, key=lambda one: (-self._cost(one), one)):
                proofs = dict(self._proofs)
                chosen.remove(cell)
                if self._unprotected(self._wanted):
                    chosen.add(cell)
                    self._proofs = proofs


def _within(number: Number, bounds: Bounds) -> bool:
    low, high = bounds
    return low <= number and (high is None or number <= high)


def _primary(figure: Figure, below: int) -> Figure:
    return hide_small(Figure.observed(figure.value), below) if figure.value is not None else figure


def _truth(table: CountTable) -> dict[Cell, Number]:
    """Return whole counts that the table may stand for: its own, and for those it does not know some that fit."""
    bounds = {cell: told(figure) for cell, figure in table.figures.items()}
    found = {cell: low for cell, (low, _) in bounds.items()}
    for tied in tied_cells(bounds, table.relations):
        search = Search(tied.system)
        point = search.greatest({}).point if search.fits else ()
        if not search.fits or any(Fraction(one).denominator != 1 for one in point):
            raise Infeasible(
                "disclosure.sums",
                msg("Summene i tabellen passer ikke med delene."),
                place=named(tied.cells[0]),
                remedy=msg("Rett tallene, eller ta bort raden med summen."),
            )
        found.update(zip(tied.cells, point, strict=True))
    return found
