"""Shares that sum to one exactly and are the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

PARTS = 10**12


def exact_shares(weights: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Return shares of one in whole parts of 10^12, by largest remainder.

    Ties go to the lower code. The weights are not negative, and one at least is above zero.
    """
    whole = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
    ideal = {code: Fraction(weight) * PARTS / whole for code, weight in weights.items()}
    parts = {code: int(number) for code, number in ideal.items()}
    by_remainder = sorted(ideal, key=lambda code: (parts[code] - ideal[code], code))
    for code in by_remainder[: PARTS - sum(parts.values())]:
        parts[code] += 1
    return {code: Fraction(parts[code], PARTS) for code in weights}
