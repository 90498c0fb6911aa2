"""The least and the greatest that a sum of unknown counts can be, exactly: a small simplex method in whole numbers and fractions.

An outsider who knows a table's sums knows a system of equations and bounds. What can be worked out of a hidden cell are its
extremes over all tables that fit the system. Additive tables give coefficients of one and minus one, so that nearly all
steps stay in whole numbers; nothing is ever rounded, and so the answer is a proof.

Method: primal simplex with bounded variables (Dantzig 1955). The variable that improves the objective most is taken; when many
steps change nothing, the first one that improves it (Bland 1977), so that it always ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.statistics.figure import Number

Terms = Mapping[int, Number]
"""A sum of unknowns: the coefficient of each by its place."""

PATIENCE = 30
"""Steps that change nothing before the slower rule that cannot go in circles is used."""


@dataclass(frozen=True, slots=True)
class Equation:
    """``terms`` add up to ``total``."""

    terms: Terms
    total: Number


@dataclass(frozen=True, slots=True)
class System:
    """What is known of unknown numbers: bounds by place (``None`` above is unbounded), and equations between them."""

    low: tuple[Number, ...]
    high: tuple[Number | None, ...]
    equations: tuple[Equation, ...]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The greatest value of a sum, ``None`` where it has no end, and the numbers that give it (or show that it grows)."""

    value: Number | None
    point: tuple[Number, ...]


class Search:
    """A search for extremes among all numbers that fit a system, from ``start`` where one is known that fits.

    ``fits`` is false where no numbers fit; then there is nothing to ask for.
    """

    def __init__(self, system: System, start: Sequence[Number] | None = None) -> None:
        self._count = len(system.low)
        self._low: list[Number] = list(system.low)
        self._high: list[Number | None] = list(system.high)
        self._values: list[Number] = list(system.low if start is None else start)
        self._rows: list[dict[int, Number]] = []
        self._basic: list[int] = []
        lacking: dict[int, Number] = {}
        for equation in system.equations:
            rest = equation.total - sum(
                (one * self._values[place] for place, one in equation.terms.items()), 0
            )
            sign = -1 if rest < 0 else 1
            helper = len(self._low)
            self._low.append(0)
            self._high.append(None)
            self._values.append(_whole(rest * sign))
            self._rows.append({place: one * sign for place, one in equation.terms.items() if one})
            self._basic.append(helper)
            lacking[helper] = -1
        bounded = all(high is None or low <= high for low, high in zip(self._low, self._high, strict=True))
        if bounded:
            self._climb(lacking)
        self.fits = bounded and not any(self._values[helper] for helper in lacking)
        for helper in lacking:
            self._high[helper] = 0

    def stand_at(self, point: Sequence[Number]) -> None:
        """Go on from ``point``, numbers that fit the system."""
        helpers = len(self._low) - self._count
        self._values = [*point, *([0] * helpers)]

    def greatest(self, terms: Terms) -> Extreme:
        """Return the greatest that ``terms`` can add up to."""
        bounded = self._climb(terms)
        point = tuple(self._values[: self._count])
        value = _whole(sum((one * point[place] for place, one in terms.items()), 0)) if bounded else None
        return Extreme(value, point)

    def least(self, terms: Terms) -> Extreme:
        """Return the least that ``terms`` can add up to."""
        found = self.greatest({place: -one for place, one in terms.items()})
        return Extreme(None if found.value is None else -found.value, found.point)

    def _climb(self, terms: Terms) -> bool:
        """Go from corner to corner while ``terms`` grow; whether they have an end."""
        gains = self._gains(terms)
        standing = 0
        while True:
            entering = self._entering(gains, careful=standing > PATIENCE)
            if entering is None:
                return True
            up = gains[entering] > 0
            steps, leaving = self._room(entering, up)
            if steps is None:
                return False
            standing = 0 if steps else standing + 1
            self._move(entering, steps if up else -steps)
            if leaving is not None:
                self._exchange(leaving, entering, gains)

    def _entering(self, gains: Mapping[int, Number], *, careful: bool) -> int | None:
        """Return the number to change: the one that gains most, or the first that gains while nothing gets better."""
        movable = [place for place, gain in gains.items() if self._may_move(place, gain)]
        if careful:
            return min(movable, default=None)
        return min(movable, key=lambda place: (-_size(gains[place]), place), default=None)

    def _gains(self, terms: Terms) -> dict[int, Number]:
        gains = {place: one for place, one in terms.items() if one}
        for basic, row in zip(self._basic, self._rows, strict=True):
            weight = gains.pop(basic, 0)
            if weight:
                _subtract(gains, row, weight)
        return gains

    def _may_move(self, place: int, gain: Number) -> bool:
        if gain > 0:
            high = self._high[place]
            return high is None or self._values[place] < high
        return self._values[place] > self._low[place]

    def _room(self, entering: int, up: bool) -> tuple[Number | None, int | None]:
        """Return how far the entering number can go, and the row whose number stops it (``None``: its own bound)."""
        high = self._high[entering]
        steps: Number | None
        if up:
            steps = None if high is None else high - self._values[entering]
        else:
            steps = self._values[entering] - self._low[entering]
        leaving: int | None = None
        for at, row in enumerate(self._rows):
            change = row.get(entering)
            if not change:
                continue
            basic = self._basic[at]
            if (change > 0) is up:
                room = self._values[basic] - self._low[basic]
            else:
                above = self._high[basic]
                if above is None:
                    continue
                room = above - self._values[basic]
            possible = _divided(room, _size(change))
            if (
                steps is None
                or possible < steps
                or (possible == steps and leaving is not None and basic < self._basic[leaving])
            ):
                steps, leaving = possible, at
        return steps, leaving

    def _move(self, entering: int, by: Number) -> None:
        if not by:
            return
        self._values[entering] = _whole(self._values[entering] + by)
        for basic, row in zip(self._basic, self._rows, strict=True):
            change = row.get(entering)
            if change:
                self._values[basic] = _whole(self._values[basic] - change * by)

    def _exchange(self, leaving: int, entering: int, gains: dict[int, Number]) -> None:
        row = self._rows[leaving]
        pivot = row.pop(entering)
        row[self._basic[leaving]] = 1
        if pivot != 1:
            row = {place: _divided(one, pivot) for place, one in row.items()}
        self._rows[leaving] = row
        self._basic[leaving] = entering
        for at, other in enumerate(self._rows):
            if at != leaving:
                weight = other.pop(entering, 0)
                if weight:
                    _subtract(other, row, weight)
        weight = gains.pop(entering, 0)
        if weight:
            _subtract(gains, row, weight)


def whole_point(
    system: System, place: int, at_least: Number | None, at_most: Number | None, tries: int
) -> tuple[Number, ...] | None:
    """Return whole numbers that fit ``system`` with the one at ``place`` within bounds; ``None``: not found in ``tries``.

    Branches on the first number that is not whole (Land and Doig 1960).
    """
    low, high = list(system.low), list(system.high)
    if at_least is not None:
        low[place] = max(low[place], at_least)
    if at_most is not None:
        before = high[place]
        high[place] = at_most if before is None else min(before, at_most)
    waiting = [(tuple(low), tuple(high))]
    for _ in range(tries):
        if not waiting:
            return None
        lows, highs = waiting.pop()
        search = Search(System(lows, highs, system.equations))
        if not search.fits:
            continue
        point = search.greatest({}).point
        broken = next((at for at, one in enumerate(point) if not is_whole(one)), None)
        if broken is None:
            return point
        floor = Fraction(point[broken]).__floor__()
        waiting.append((lows, (*highs[:broken], floor, *highs[broken + 1 :])))
        waiting.append(((*lows[:broken], floor + 1, *lows[broken + 1 :]), highs))
    return None


def is_whole(number: Number) -> bool:
    """Whether a number is whole."""
    return isinstance(number, int) or number.denominator == 1


def _subtract(sums: dict[int, Number], row: Mapping[int, Number], weight: Number) -> None:
    for place, one in row.items():
        left = sums.get(place, 0) - weight * one
        if not left:
            sums.pop(place, None)
        elif isinstance(left, int) or left.denominator != 1:
            sums[place] = left
        else:
            sums[place] = left.numerator


def _size(number: Number) -> Number:
    return number if number >= 0 else -number


def _divided(one: Number, by: Number) -> Number:
    if by == 1:
        return one
    return -one if by == -1 else _whole(Fraction(one) / Fraction(by))


def _whole(number: Number | Fraction) -> Number:
    if isinstance(number, int):
        return number
    return number.numerator if number.denominator == 1 else number
