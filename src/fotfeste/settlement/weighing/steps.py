"""How far one press changes what is weighed: the total by some persons, a weight by one, and never past what can be."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.settlement.weighing.choices import MOST, Choices

TOTAL_STEP = 5
"""Persons that a step changes the total by. A setting of ours: small beside a county's total, and felt in its numbers."""
WEIGHT_STEP = 1


def total_steps(choices: Choices) -> tuple[int, int]:
    """Return what a step down and a step up make of the total: at least the minors, and at most what can be chosen."""
    least = max(choices.minors, 1)
    return max(choices.total - TOTAL_STEP, least), min(choices.total + TOTAL_STEP, MOST)


def weight_steps(weight: Fraction) -> tuple[Fraction, Fraction]:
    """Return what a step down and a step up make of a weight; none is below zero."""
    return max(weight - WEIGHT_STEP, Fraction(0)), weight + WEIGHT_STEP
