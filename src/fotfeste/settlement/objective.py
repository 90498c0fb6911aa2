"""What each apportionment method minimises, so that rules can be met without leaving the method.

A method with rules is the same method with fewer allowed numbers: the sum of ``cost(x, q)`` over municipalities
is minimised over the numbers the rules allow. Without rules the minimum is the method's own answer: Hamilton
minimises Σ(x−q)², Sainte-Laguë Σ(x−q)²/q (Birkhoff 1976; Balinski and Ramírez 1999). Costs are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fotfeste.settlement.criteria import PageMethod

Real = Any
"""An exact fraction, or a float where only a good beginning is sought."""
Cost = tuple[int, Fraction]
"""Persons given to municipalities without any share (only where rules demand it), then the method's own cost."""

FREE: Cost = (0, Fraction(0))


def plus(one: Cost, other: Cost) -> Cost:
    """Return the sum of two costs."""
    return one[0] + other[0], one[1] + other[1]


def hamilton_cost(persons: int, quota: Fraction) -> Fraction:
    """Return the squared distance from the quota."""
    over, under = quota.numerator, quota.denominator
    return Fraction((persons * under - over) ** 2, under * under)


def sainte_lague_cost(persons: int, quota: Fraction) -> Fraction:
    """Return the squared distance from the quota, relative to the quota, which is above zero."""
    over, under = quota.numerator, quota.denominator
    return Fraction((persons * under - over) ** 2, under * over)


def hamilton_marginal(persons: int, quota: Fraction) -> Fraction:
    """Return the cost of one person more than ``persons``: 2x + 1 − 2q."""
    return Fraction((2 * persons + 1) * quota.denominator - 2 * quota.numerator, quota.denominator)


def sainte_lague_marginal(persons: int, quota: Fraction) -> Fraction:
    """Return the cost of one person more than ``persons``: (2x + 1)/q − 2."""
    return Fraction((2 * persons + 1) * quota.denominator - 2 * quota.numerator, quota.numerator)


@dataclass(frozen=True, slots=True)
class Objective:
    """A method's cost of one municipality's number, of one person more, and its derivative's inverse.

    ``marginal`` is the difference of two costs, worked out without them. ``nearest`` gives the real number at which one person more or less would cost ``price``: where the cost's
    slope equals the price. ``curvature`` is what the squared distance from the quota is multiplied by.
    """

    cost: Callable[[int, Fraction], Fraction]
    marginal: Callable[[int, Fraction], Fraction]
    nearest: Callable[[Real, Real], Real]
    curvature: Callable[[float], float]


OBJECTIVES: dict[PageMethod, Objective] = {
    "hamilton": Objective(
        hamilton_cost, hamilton_marginal, lambda quota, price: quota + price / 2, lambda _: 1.0
    ),
    "sainte-lague": Objective(
        sainte_lague_cost,
        sainte_lague_marginal,
        lambda quota, price: quota * (1 + price / 2),
        lambda quota: 1 / quota,
    ),
}


def cost_of(persons: int, quota: Fraction, method: PageMethod) -> Cost:
    """Return what one municipality's number costs.

    Under Sainte-Laguë persons without any quota count before everything else.
    """
    if method == "sainte-lague" and quota == 0:
        return persons, Fraction(persons * persons)
    return 0, OBJECTIVES[method].cost(persons, quota)


def objective_value(quotas: Sequence[Fraction], numbers: Sequence[int], method: PageMethod) -> Cost:
    """Return the objective that ``method`` minimises, at ``numbers``."""
    value = FREE
    for quota, number in zip(quotas, numbers, strict=True):
        value = plus(value, cost_of(number, quota, method))
    return value
