"""Many apportionments at once: the same objective and the same rules as the exact solver, in vectorised floats.

For drawing thousands of times, where the exact path would take minutes. A row is one draw: its quotas are shared out
under the same allowed numbers. Intervals are met by one common price per row (the numbers whose next person costs
less than the price), and the few persons left are given or taken where it costs least, as in
:mod:`fotfeste.settlement.solve`. With zero-or-floor, municipalities come in above zero in the order in which a rising
price would bring them in; how many do is searched for in both directions until it gets worse. That order is the
optimal one where the floors are equal and no cap holds; where floors differ, exchanges around the last one in are
tried too, and the best found is nearly always the optimum; a row that no count can meet is solved exactly. Tests
compare with the exact path.
Exact ties fall either way, since floats cannot see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from fotfeste.settlement.criteria import PageMethod
from fotfeste.settlement.domains import Domain, feasible
from fotfeste.settlement.solve import solve

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Places = NDArray[np.int64]

SMALLEST = 1e-9
"""A quota of zero counts as this: under Sainte-Laguë its persons then cost more than anyone else's."""
STEPS = 60
"""Steps of the search for the common price; each row is done after four to eight."""
MISSES = 2
"""So many counts in a row that are no better end the search for how many are above zero."""
SWAPPED = 3
"""So many on either side of the last one above zero are tried in exchange."""


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Allowed intervals per row and municipality, and the quotas and weights of the method's objective."""

    quotas: Floats
    slope: Floats
    low: Floats
    high: Floats

    def spread(self) -> _Boxes:
        """Return the same with the intervals repeated for every row."""
        import numpy as np

        low, high = (np.broadcast_to(bound, self.quotas.shape) for bound in (self.low, self.high))
        return _Boxes(self.quotas, self.slope, low, high)

    def rows(self, chosen: Places | NDArray[np.bool_]) -> _Boxes:
        """Return chosen rows; the same object where that is all of them."""
        if len(chosen) == len(self.quotas) and chosen.dtype != bool:
            return self
        return _Boxes(self.quotas[chosen], self.slope[chosen], self.low[chosen], self.high[chosen])


def apportion_many(quotas: Floats, domains: Sequence[Domain], total: int, method: PageMethod) -> Whole | None:
    """Return whole numbers for every row of ``quotas`` (draws by municipalities; each row sums to about ``total``).

    Every row sums to ``total`` and keeps ``domains``. ``None`` when no numbers under the domains sum to ``total``.
    """
    import numpy as np

    if not feasible(domains, total):
        return None
    quotas = np.maximum(np.asarray(quotas, np.float64), SMALLEST)
    slope = quotas if method == "sainte-lague" else np.ones_like(quotas)
    gap = np.array([domain.has_gap for domain in domains])
    low = np.array([domain.low if domain.has_gap else domain.without_gap().low for domain in domains], float)
    high = np.array([min(domain.high if domain.has_gap else domain.most, total) for domain in domains], float)
    none = np.array([domain.none for domain in domains], float)
    first = np.argsort(~gap, kind="stable")
    ordered = _Boxes(quotas[:, first], slope[:, first], low[first], high[first])
    found = (
        _with_gaps(ordered, none[first][gap[first]], total)
        if gap.any()
        else _in_boxes(ordered.spread(), total)
    )
    numbers = np.empty(found.shape, np.int64)
    numbers[:, first] = found
    for row in np.flatnonzero(numbers.sum(axis=1) != total):
        exact = solve([Fraction(float(quota)) for quota in quotas[row]], domains, total, method)
        if exact is None:
            raise AssertionError("the domains can hold the total, so there is an answer")
        numbers[row] = exact.numbers
    return numbers


def _in_boxes(boxes: _Boxes, total: int) -> Floats:
    """Return the optimal numbers within intervals: nearest to the price, then one person at a time."""
    import numpy as np

    price = _price(boxes, total)
    nearest = boxes.quotas + boxes.slope * price[:, None]
    numbers = np.clip(np.ceil(nearest - 0.5), boxes.low, boxes.high)
    left = total - numbers.sum(axis=1)
    _give(numbers, boxes, left)
    return numbers


def _price(boxes: _Boxes, total: int) -> Floats:
    """Return, per row, the price at which the intervals hold ``total`` in real numbers, by guarded Newton steps."""
    import numpy as np

    rows = boxes.quotas.shape[0]
    price = np.zeros(rows)
    below, above = np.full(rows, -np.inf), np.full(rows, np.inf)
    todo = np.arange(rows)
    for _ in range(STEPS):
        left = boxes.rows(todo)
        real = left.quotas + left.slope * price[todo, None]
        held = np.clip(real, left.low, left.high)
        excess = held.sum(axis=1) - total
        free = (real == held) * left.slope
        below[todo] = np.where(excess <= 0, price[todo], below[todo])
        above[todo] = np.where(excess >= 0, price[todo], above[todo])
        step = free.sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            wanted = price[todo] - excess / step
        inside = (wanted > below[todo]) & (wanted < above[todo]) & (step > 0)
        middle = np.where(
            np.isinf(below[todo]) | np.isinf(above[todo]),
            price[todo] - np.sign(excess) * (1 + np.abs(price[todo])),
            (below[todo] + above[todo]) / 2,
        )
        going = np.abs(excess) > 0.5
        price[todo] = np.where(going, np.where(inside, wanted, middle), price[todo])
        todo = todo[going]
        if not todo.size:
            break
    return price


def _give(numbers: Floats, boxes: _Boxes, left: Floats) -> None:
    """Give or take the persons left, one at a time in every row that has any, where it costs least."""
    import numpy as np

    for sign in (1, -1):
        todo = np.flatnonzero(left * sign > 0)
        if not todo.size:
            continue
        quotas, slope = boxes.quotas[todo], boxes.slope[todo]
        low, high, have = boxes.low[todo], boxes.high[todo], numbers[todo]
        remaining = np.abs(left[todo])
        cost = _marginal(have, quotas, slope, low, high, sign)
        rows = np.arange(todo.size)
        while rows.size:
            chosen = cost[rows].argmin(axis=1)
            have[rows, chosen] += sign
            cost[rows, chosen] = _marginal(
                have[rows, chosen],
                quotas[rows, chosen],
                slope[rows, chosen],
                low[rows, chosen],
                high[rows, chosen],
                sign,
            )
            remaining[rows] -= 1
            rows = rows[remaining[rows] > 0]
        numbers[todo] = have


def _marginal(have: Floats, quotas: Floats, slope: Floats, low: Floats, high: Floats, sign: int) -> Floats:
    """Return what one person more (``sign`` 1) or fewer (-1) costs; infinite where the interval ends."""
    import numpy as np

    cost = (1 + 2 * sign * (have - quotas)) / slope
    return np.where(have >= high if sign > 0 else have <= low, np.inf, cost)


def _cost(numbers: Floats, boxes: _Boxes) -> Floats:
    cost: Floats = ((numbers - boxes.quotas) ** 2 / boxes.slope).sum(axis=1)
    return cost


def _with_gaps(every: _Boxes, none: Floats, total: int) -> Floats:
    """Search, per row, for how many of those that may have ``none`` shall have some: they are the first columns."""
    import numpy as np

    rows, gaps = len(every.quotas), len(none)
    whole = every.spread()
    floors = every.low[:gaps]
    # The price at which each comes in: where q + slope·price reaches halfway from none to the floor.
    entry = ((floors + none) / 2 - every.quotas[:, :gaps]) / every.slope[:, :gaps]
    order = np.argsort(entry, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(gaps)[None, :], axis=1)

    def solved(which: Places, inside: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Return cost and numbers of chosen rows with those ``inside`` above none; infinite cost if impossible."""
        chosen = whole.rows(which)
        low, high = np.array(chosen.low), np.array(chosen.high)
        low[:, :gaps] = np.where(inside, low[:, :gaps], none)
        high[:, :gaps] = np.where(inside, high[:, :gaps], none)
        fits = (low.sum(axis=1) <= total) & (high.sum(axis=1) >= total)
        boxes = _Boxes(chosen.quotas, chosen.slope, low, high)
        if fits.all():
            numbers = _in_boxes(boxes, total)
            return _cost(numbers, boxes), numbers
        numbers, cost = np.zeros_like(low), np.full(len(which), np.inf)
        if fits.any():
            numbers[fits] = _in_boxes(boxes.rows(fits), total)
            cost[fits] = _cost(numbers[fits], boxes.rows(fits))
        return cost, numbers

    def keep_better(which: Places, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
        value, numbers = solved(which, inside)
        better = value < cost[which]
        cost[which[better]] = value[better]
        best[which[better]] = numbers[better]
        return better

    everyone = np.arange(rows)
    active = (entry <= 0).sum(axis=1)
    cost, best = solved(everyone, rank < active[:, None])
    for tried in sorted(range(gaps + 1), key=lambda k: abs(k - int(np.median(active)))):
        lost = np.flatnonzero(np.isinf(cost))
        if not lost.size:
            break
        active[lost] = tried
        keep_better(lost, rank[lost] < tried)
    found = active.copy()
    for way in (1, -1):
        at, todo, misses = active.copy(), everyone, np.zeros(rows, np.int64)
        while todo.size:
            at[todo] += way
            todo = todo[(at[todo] >= 0) & (at[todo] <= gaps)]
            better = keep_better(todo, rank[todo] < at[todo, None])
            found[todo[better]] = at[todo[better]]
            misses[todo] = np.where(better, 0, misses[todo] + 1)
            todo = todo[misses[todo] < MISSES]
    if np.unique(floors).size > 1:
        for out, into in product(range(SWAPPED), repeat=2):
            swapped = np.flatnonzero((found - 1 - out >= 0) & (found + into < gaps))
            moved = (
                rank[swapped] == (found[swapped] - 1 - out)[:, None],
                rank[swapped] == (found[swapped] + into)[:, None],
            )
            keep_better(swapped, ((rank[swapped] < found[swapped, None]) & ~moved[0]) | moved[1])
    return best
