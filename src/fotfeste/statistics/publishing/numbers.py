"""Numbers as they stand in files: exact to six decimals, the same in every format."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from fotfeste.statistics.figure import Number

DECIMALS = 6


def rounded(value: Number) -> Decimal:
    """Return a number with at most six decimals, half away from zero."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**DECIMALS
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-DECIMALS)


def decimal_text(value: Number | None) -> str | None:
    """Return a number with a decimal point: exact where it has at most six decimals, else rounded half away from zero."""
    return None if value is None else plain(rounded(value))


def plain(number: Decimal) -> str:
    """Return a decimal without exponent and without zeros at the end."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
