"""How far one press changes what is weighed: the total by some persons, a weight by a small part of them all; never past what can be."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.settlement.weighing.choices import MOST, Choices

TOTAL_STEP = 5
"""Persons that a step changes the total by. A setting of ours: small beside a county's total, and felt in its numbers."""
WEIGHT_PART = Fraction(1, 100)
"""The most of all the weights together that a step changes one by: one where they are a hundred together. A setting of ours."""


def total_steps(choices: Choices) -> tuple[int, int]:
    """Return what a step down and a step up make of the total: at least the minors, and at most what can be chosen."""
    least = max(choices.minors, 1)
    return max(choices.total - TOTAL_STEP, least), min(choices.total + TOTAL_STEP, MOST)


def weight_steps(weight: Fraction, together: Fraction) -> tuple[Fraction, Fraction]:
    """Return what a step down and a step up make of a weight; none is below zero.

    ``together`` is the sum of all the weights, since they count only beside each other: in 0.3 and 0.7 a step of one
    would leave nothing of the other. The step is the largest of …, 0.1, 1, 10, … within :data:`WEIGHT_PART` of it.
    """
    step = _round_step(together * WEIGHT_PART) if together > 0 else Fraction(1)
    return max(weight - step, Fraction(0)), weight + step


def _round_step(most: Fraction) -> Fraction:
    step = Fraction(1)
    while step > most:
        step /= 10
    while step * 10 <= most:
        step *= 10
    return step
