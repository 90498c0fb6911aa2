"""The best numbers under rules: exactly the method's objective, over exactly the numbers the rules allow.

Without gaps in the allowed numbers the objective is convex in each number, and giving one person at a time where
it costs least is optimal (marginal-cost greedy; Federgruen and Groenevelt 1986). With zero-or-floor it is not
convex; then a price per person (Lagrange multiplier) gives a lower bound, every number whose extra cost exceeds
the distance between bound and best known answer is struck out, and dynamic programming over the numbers left
finds the optimum. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

from fotfeste.settlement.criteria import PageMethod
from fotfeste.settlement.domains import Domain, feasible, reachable
from fotfeste.settlement.objective import OBJECTIVES, Objective

FARTHEST = 2.0**80
"""A price per person farther from zero than any that shares of a billionth lead to."""
MOST_HALVINGS, NEAR_ENOUGH = 48, 1e-7
"""When the search for a price ends: what is left to give is then far less than a person, or few persons."""
KEPT = 128
"""So many answers are kept."""
MANY = 24
"""So many numbers per municipality, on average, are few enough for dynamic programming without further thought."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The optimal numbers in order of the quotas.

    ``equal`` holds the positions whose numbers could be exchanged at no cost, ``given`` those of them that the
    stated rule (larger quota first, then earlier position) favoured.
    """

    numbers: tuple[int, ...]
    equal: tuple[int, ...] = ()
    given: tuple[int, ...] = ()


def solve(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, method: PageMethod
) -> Solution | None:
    """Return the numbers that minimise the method's objective under ``domains``, or ``None`` if none sum to total.

    Exact ties go to the larger quota, then to the earlier position. The newest answers are kept: an explanation asks
    for the same ones again and again, and so does whoever goes back and forth between two choices.
    """
    return _kept(tuple(quotas), tuple(domains), total, method)


@lru_cache(maxsize=KEPT)
def _kept(
    quotas: tuple[Fraction, ...], domains: tuple[Domain, ...], total: int, method: PageMethod
) -> Solution | None:
    if not feasible(domains, total):
        return None
    if method == "sainte-lague" and not all(quotas):
        return _without_shares_last(quotas, domains, total)
    return _solve(quotas, domains, total, OBJECTIVES[method])


def _solve(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, objective: Objective
) -> Solution:
    if any(domain.has_gap for domain in domains):
        return _with_gaps(quotas, domains, total, objective)
    return _greedy(quotas, [domain.without_gap() for domain in domains], total, objective)


def _without_shares_last(quotas: Sequence[Fraction], domains: Sequence[Domain], total: int) -> Solution:
    """Give municipalities without any share as few as the rules allow in sum, and solve the two groups apart."""
    none = [i for i, quota in enumerate(quotas) if not quota]
    some = [i for i, quota in enumerate(quotas) if quota]
    free, claimed = reachable([domains[i] for i in none]), reachable([domains[i] for i in some])
    persons = next(k for k in range(total + 1) if free >> k & 1 and claimed >> (total - k) & 1)
    parts = [
        (none, _solve([quotas[i] for i in none], [domains[i] for i in none], persons, OBJECTIVES["hamilton"])),
        (some, _solve([quotas[i] for i in some], [domains[i] for i in some], total - persons, OBJECTIVES["sainte-lague"])),
    ]  # fmt: skip
    numbers = {places[at]: number for places, part in parts for at, number in enumerate(part.numbers)}
    equal = sorted(places[at] for places, part in parts for at in part.equal)
    given = sorted(places[at] for places, part in parts for at in part.given)
    return Solution(tuple(numbers[i] for i in range(len(quotas))), tuple(equal), tuple(given))


def _greedy(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, objective: Objective
) -> Solution:
    """Give one person at a time where it costs least, starting from a common price; intervals only."""
    places = range(len(quotas))

    def next_cost(i: int) -> tuple[Fraction, Fraction, int]:
        return objective.marginal(numbers[i], quotas[i]), -quotas[i], i

    def last_cost(i: int) -> tuple[Fraction, Fraction, int]:
        return objective.marginal(numbers[i] - 1, quotas[i]), -quotas[i], i

    price = _price(quotas, domains, total, objective)
    numbers = [_below(objective, quotas[i], domains[i], price) for i in places]
    while sum(numbers) > total:
        numbers[max((i for i in places if numbers[i] > domains[i].low), key=last_cost)] -= 1
    while sum(numbers) < total:
        numbers[min((i for i in places if numbers[i] < domains[i].high), key=next_cost)] += 1
    given = [last_cost(i)[0] for i in places if numbers[i] > domains[i].low]
    waiting = [next_cost(i)[0] for i in places if numbers[i] < domains[i].high]
    if not given or not waiting or max(given) != min(waiting):
        return Solution(tuple(numbers))
    level = max(given)
    met = [i for i in places if numbers[i] > domains[i].low and last_cost(i)[0] == level]
    unmet = [i for i in places if numbers[i] < domains[i].high and next_cost(i)[0] == level]
    return Solution(tuple(numbers), tuple(sorted({*met, *unmet})), tuple(met))


def _below(objective: Objective, quota: Fraction, domain: Domain, price: Fraction) -> int:
    """Return the number reached when every person cheaper than ``price`` is given, within the interval."""
    nearest = objective.nearest(quota, price)
    persons = -((-2 * nearest - 1) // 2) - 1  # the largest x with x - 1/2 < nearest
    return max(domain.low, min(domain.high, int(persons)))


def _price(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, objective: Objective
) -> Fraction:
    """Return a price at which the numbers that cost less sum to about ``total``.

    Sought in floats and used exactly: how near it is decides how much is left to give, never what is right.
    """
    nearest = [(float(quota), domain.low, domain.high) for quota, domain in zip(quotas, domains, strict=True)]

    def given(price: float) -> float:
        return float(sum(min(max(objective.nearest(q, price), low), high) for q, low, high in nearest))

    return _crossing(given, total)


def _crossing(given: Callable[[float], float], total: int) -> Fraction:
    """Return a price where the non-decreasing ``given`` passes ``total``, by bisection in floats."""
    low, high = -4.0, 4.0
    while given(low) > total and low > -FARTHEST:
        low *= 2
    while given(high) < total and high < FARTHEST:
        high *= 2
    for _ in range(MOST_HALVINGS):
        if high - low < NEAR_ENOUGH:
            break
        middle = (low + high) / 2
        low, high = (low, middle) if given(middle) > total else (middle, high)
    return Fraction(low).limit_denominator(10**6)


def _with_gaps(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, objective: Objective
) -> Solution:
    price, bound = _bound(quotas, domains, total, objective)
    best = _good_answer(quotas, domains, total, objective, price)
    slack = None if best is None else best - bound
    choices = [
        _choices(quota, domain, total, objective, price, slack)
        for quota, domain in zip(quotas, domains, strict=True)
    ]
    if best is not None and sum(map(len, choices)) > MANY * len(choices):
        choices = _choices_by_count(quotas, domains, total, objective, best)
    return _dynamic(quotas, choices, total, objective)


def _choices_by_count(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, objective: Objective, best: Fraction
) -> list[list[int]]:
    """Return the numbers that an answer no dearer than ``best`` may hold, by how many are above nobody.

    One price bounds poorly where a single municipality with nobody is dear, as when equal shares lie just below a
    floor. With the count given, each count has its own price and bound: its cheapest members are above nobody, and
    to exchange one of them, or to leave the cheapest number, costs at least what it costs at that price.
    """
    gaps = [i for i, domain in enumerate(domains) if domain.has_gap]
    kept: list[set[int]] = [set() for _ in domains]
    for count in range(len(gaps) + 1):
        price = _price_of_count(quotas, domains, total, objective, count)
        inside = [
            _cheapest(quota, Domain(domain.low, domain.high) if domain.has_gap else domain, objective, price)[
                0
            ]
            for quota, domain in zip(quotas, domains, strict=True)
        ]
        gain = {i: inside[i] - _reduced(domains[i].none, quotas[i], objective, price) for i in gaps}
        order = sorted(gaps, key=lambda i: (gain[i], i))
        above = set(order[:count])
        spare = best - price * total - sum(inside, Fraction(0)) + sum(gain[i] for i in order[count:])
        if spare < 0:
            continue
        for i, (quota, domain) in enumerate(zip(quotas, domains, strict=True)):
            if i not in gain:
                kept[i].update(_choices(quota, domain, total, objective, price, spare))
                continue
            if i not in above or (count < len(order) and gain[order[count]] - gain[i] <= spare):
                kept[i].add(domain.none)
            entry = Fraction(0) if i in above else gain[i] - gain[order[count - 1]] if count else None
            if entry is not None and entry <= spare:
                box = Domain(domain.low, domain.high)
                kept[i].update(_choices(quota, box, total, objective, price, spare - entry))
    return [sorted(one) for one in kept]


def _price_of_count(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, objective: Objective, count: int
) -> Fraction:
    """Return a price at which, with ``count`` of those that may have nobody above it, the numbers sum to ``total``."""
    rough = [(float(quota), domain) for quota, domain in zip(quotas, domains, strict=True)]

    def given(price: float) -> float:
        persons, moves = 0.0, []
        for quota, domain in rough:
            inside = float(min(max(objective.nearest(quota, price), domain.low), domain.high))
            if not domain.has_gap:
                persons += _roughly(quota, domain, objective, price)
                continue
            weight, none = objective.curvature(quota), float(domain.none)
            gain = weight * ((inside - quota) ** 2 - (none - quota) ** 2) - price * (inside - none)
            persons += none
            moves.append((gain, inside - none))
        return persons + sum(more for _, more in sorted(moves)[:count])

    return _crossing(given, total)


def _reduced(persons: int, quota: Fraction, objective: Objective, price: Fraction) -> Fraction:
    return objective.cost(persons, quota) - price * persons


def _cheapest(quota: Fraction, domain: Domain, objective: Objective, price: Fraction) -> tuple[Fraction, int]:
    """Return the least reduced cost of a municipality at ``price``, and the number that has it."""
    candidates = [domain.none] if domain.zero else []
    if domain.low <= domain.high:
        below = _below(objective, quota, Domain(domain.low, domain.high), price)
        candidates += [below, min(domain.high, below + 1)]
    return min((_reduced(x, quota, objective, price), x) for x in candidates)


def _bound(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, objective: Objective
) -> tuple[Fraction, Fraction]:
    """Return a price per person and the lower bound on the objective that it proves, exactly.

    Any price proves a bound; the one sought (in floats) is near the best.
    """
    rough = [(float(quota), domain) for quota, domain in zip(quotas, domains, strict=True)]

    def given(price: float) -> float:
        return sum(_roughly(q, domain, objective, price) for q, domain in rough)

    price = _crossing(given, total)
    cheapest = (_cheapest(q, domain, objective, price)[0] for q, domain in zip(quotas, domains, strict=True))
    return price, sum(cheapest, price * total)


def _roughly(quota: float, domain: Domain, objective: Objective, price: float) -> float:
    """Return about the number that is cheapest at ``price``, in floats."""
    inside = float(min(max(objective.nearest(quota, price), domain.low), domain.high))
    if not domain.zero:
        return inside
    none = float(domain.none)
    if domain.low > domain.high:
        return none
    weight = objective.curvature(quota)
    taken = weight * (inside - quota) ** 2 - price * inside
    return inside if taken < weight * (none - quota) ** 2 - price * none else none


def _good_answer(
    quotas: Sequence[Fraction], domains: Sequence[Domain], total: int, objective: Objective, price: Fraction
) -> Fraction | None:
    """Return the cost of a good allowed answer: the likeliest municipalities get their interval, the rest zero.

    How many get it is tried out where the numbers that are cheapest at ``price`` come nearest to ``total``; the
    price alone cannot tell, since equal municipalities all change from zero to their interval at the same price.
    """
    gaps = [i for i, domain in enumerate(domains) if domain.has_gap]
    inside = {
        i: _cheapest(quotas[i], Domain(domains[i].low, domains[i].high), objective, price) for i in gaps
    }

    def gain(i: int) -> Fraction:
        return inside[i][0] - _reduced(domains[i].none, quotas[i], objective, price)

    order = sorted(gaps, key=lambda i: (gain(i), -quotas[i], i))
    reached = [
        sum(
            _cheapest(quota, domain, objective, price)[1]
            for quota, domain in zip(quotas, domains, strict=True)
            if not domain.has_gap
        )
        + sum(domains[i].none for i in gaps)
    ]
    for i in order:
        reached.append(reached[-1] + inside[i][1] - domains[i].none)
    best: Fraction | None = None
    found = 0
    for active in sorted(range(len(order) + 1), key=lambda k: abs(reached[k] - total)):
        chosen = set(order[:active])
        boxes = [
            Domain(domain.none, domain.none)
            if domain.has_gap and i not in chosen
            else Domain(domain.low, domain.high)
            if domain.has_gap
            else domain.without_gap()
            for i, domain in enumerate(domains)
        ]
        if not sum(box.low for box in boxes) <= total <= sum(box.high for box in boxes):
            continue
        answer = zip(_greedy(quotas, boxes, total, objective).numbers, quotas, strict=True)
        value = sum((objective.cost(number, quota) for number, quota in answer), Fraction(0))
        best = value if best is None else min(best, value)
        found += 1
        if found == 4:
            break
    return best


def _choices(
    quota: Fraction, domain: Domain, total: int, objective: Objective, price: Fraction, slack: Fraction | None
) -> list[int]:
    """Return the numbers of a municipality that an optimal answer may hold, the smallest first."""
    inside = range(max(domain.low, 0), min(domain.high, total) + 1)
    if slack is None:
        return [domain.none, *inside] if domain.zero else list(inside)
    limit = _cheapest(quota, domain, objective, price)[0] + slack

    def possible(persons: int) -> bool:
        return _reduced(persons, quota, objective, price) <= limit

    kept = [domain.none] if domain.zero and possible(domain.none) else []
    if inside:
        turning = _cheapest(quota, Domain(inside.start, inside.stop - 1), objective, price)[1]
        low = high = turning
        while low - 1 >= inside.start and possible(low - 1):
            low -= 1
        while high + 1 < inside.stop and possible(high + 1):
            high += 1
        kept += [x for x in range(low, high + 1) if not (domain.zero and x == domain.none) and possible(x)]
    return kept


def _dynamic(
    quotas: Sequence[Fraction], choices: Sequence[Sequence[int]], total: int, objective: Objective
) -> Solution:
    """Return the best combination of ``choices`` that sums to ``total``, by dynamic programming.

    Municipalities are taken in the order of the tie rule, so that among equal answers the one that gives most to
    the first of them is read off. A municipality stood equal when another best answer holds another number for it.
    """
    order = sorted(range(len(quotas)), key=lambda i: (-quotas[i], i))
    costs = _in_whole_numbers(quotas, choices, objective)
    rest: list[dict[int, int]] = [{} for _ in order] + [{0: 0}]
    spent_least = [0]
    spent_most = [0]
    for i in order:
        spent_least.append(spent_least[-1] + min(choices[i]))
        spent_most.append(spent_most[-1] + max(choices[i]))
    for place in range(len(order) - 1, -1, -1):
        i = order[place]
        priced = costs[i]
        lowest, highest = total - spent_most[place], total - spent_least[place]
        table: dict[int, int] = {}
        for left, value in rest[place + 1].items():
            for x, cost in priced:
                sum_left = left + x
                if not lowest <= sum_left <= highest:
                    continue
                together = value + cost
                if sum_left not in table or together < table[sum_left]:
                    table[sum_left] = together
        rest[place] = table

    best = rest[0][total]
    numbers, held = [0] * len(order), [{0}] * len(order)
    left, reached = total, {total: 0}
    for place, i in enumerate(order):
        table, priced = rest[place + 1], costs[i]
        numbers[i] = max(
            x for x, cost in priced if left - x in table and table[left - x] + cost == rest[place][left]
        )
        left -= numbers[i]
        # Every number that some best answer holds here, and what is then left to the others.
        onward = [
            (x, rested - x, spent + cost)
            for rested, spent in reached.items()
            for x, cost in priced
            if rested - x in table and spent + cost + table[rested - x] == best
        ]
        held[i] = {x for x, _, _ in onward}
        reached = {rested: spent for _, rested, spent in onward}
    equal = tuple(i for i, some in enumerate(held) if len(some) > 1)
    return Solution(tuple(numbers), equal, tuple(i for i in equal if numbers[i] > min(held[i])))


def _in_whole_numbers(
    quotas: Sequence[Fraction], choices: Sequence[Sequence[int]], objective: Objective
) -> list[list[tuple[int, int]]]:
    """Return every choice with its cost, all costs times what makes them whole: sums of fractions are slow."""
    costs = [
        [(x, objective.cost(x, quota)) for x in some] for quota, some in zip(quotas, choices, strict=True)
    ]
    scale = lcm(*(cost.denominator for some in costs for _, cost in some))
    return [[(x, cost.numerator * (scale // cost.denominator)) for x, cost in some] for some in costs]
