"""A figure: value, mark and bounds, through every operation.

Missing, not asked, suppressed and zero are four different things. A figure keeps which of them it is, and the
bounds within which the true number lies. Arithmetic is exact (integers and fractions).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

Number = int | Fraction


class Mark(StrEnum):
    """What a figure is when it is not simply a number; the value is the sign used in files."""

    OBSERVED = ""
    MISSING = "."
    NOT_ASKED = "-"
    SUPPRESSED = ":"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its mark and its bounds.

    ``value`` is the exact number, present only when the mark is :attr:`Mark.OBSERVED`. ``low`` and ``high`` bound
    the true number; ``None`` means unbounded on that side, except that an observed number without bounds is its
    own bounds (a source that rounds small numbers gives observed numbers with wider bounds). A figure that was
    not asked is zero in sums (nobody was requested) but is never shown as zero. ``estimated`` tells that the
    source, or the conversion between years, estimated it.
    """

    value: Number | None
    mark: Mark = Mark.OBSERVED
    low: Number | None = None
    high: Number | None = None
    estimated: bool = False

    def __post_init__(self) -> None:
        if (self.value is None) == (self.mark is Mark.OBSERVED):
            raise ValueError("a figure has a value exactly when it is observed")
        if self.value is not None and self.low is None and self.high is None:
            object.__setattr__(self, "low", self.value)
            object.__setattr__(self, "high", self.value)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("the lower bound of a figure lies above its upper bound")

    @classmethod
    def observed(cls, value: Number, *, estimated: bool = False) -> Figure:
        """Return a known number; its bounds are the number itself."""
        return cls(value, Mark.OBSERVED, value, value, estimated)

    @classmethod
    def missing(cls, low: Number | None = None, high: Number | None = None) -> Figure:
        """Return an unknown number, with bounds if anything is known."""
        return cls(None, Mark.MISSING, low, high)

    @classmethod
    def suppressed(cls, low: Number = 1, high: Number = 4) -> Figure:
        """Return a number that the source hides; by default it is one to four."""
        return cls(None, Mark.SUPPRESSED, low, high)

    @classmethod
    def not_asked(cls) -> Figure:
        """Return the mark of a municipality that was not asked."""
        return cls(None, Mark.NOT_ASKED, 0, 0)

    @property
    def known(self) -> bool:
        """Whether there is a number to show."""
        return self.mark is Mark.OBSERVED

    @property
    def middle(self) -> Fraction | None:
        """The middle of the bounds, or ``None`` where a bound is open."""
        if self.low is None or self.high is None:
            return None
        return (Fraction(self.low) + Fraction(self.high)) / 2

    def times(self, factor: Number) -> Figure:
        """Return the figure multiplied by a known number."""
        ends = [None if end is None else end * factor for end in (self.low, self.high)]
        low, high = ends if factor >= 0 else reversed(ends)
        value = None if self.value is None else self.value * factor
        return replace(self, value=value, low=low, high=high)

    def plus(self, other: Figure) -> Figure:
        """Return the sum of two figures; see :func:`total`."""
        return total((self, other))

    def minus(self, other: Figure) -> Figure:
        """Return the difference of two figures, with bounds that hold for both."""
        return total((self, other.times(-1)))


def total(figures: Iterable[Figure]) -> Figure:
    """Return the sum of ``figures`` with its mark and bounds.

    A missing part makes the sum missing, a suppressed part makes it suppressed; bounds are summed either way.
    Parts that were not asked add nothing; a sum of only such parts was itself not asked.
    """
    parts = tuple(figures)
    low: Number | None = 0
    high: Number | None = 0
    value: Number = 0
    for part in parts:
        low = None if low is None or part.low is None else low + part.low
        high = None if high is None or part.high is None else high + part.high
        value += part.value or 0
    marks = {part.mark for part in parts}
    estimated = any(part.estimated for part in parts)
    if parts and marks == {Mark.NOT_ASKED}:
        return Figure.not_asked()
    for mark in (Mark.MISSING, Mark.SUPPRESSED):
        if mark in marks:
            return Figure(None, mark, low, high, estimated)
    return Figure(value, Mark.OBSERVED, low, high, estimated)


def ratio(numerator: Figure, denominator: Figure) -> Figure:
    """Return ``numerator / denominator`` with mark and bounds.

    A denominator that may be zero gives missing. A numerator that was not asked gives not asked: no rate of
    nothing asked for is shown as zero.
    """
    if denominator.low is None or denominator.low <= 0:
        return Figure.missing()
    small = Fraction(denominator.low)
    large = None if denominator.high is None else Fraction(denominator.high)
    low = None if numerator.low is None else _quotient(numerator.low, small, large, min)
    high = None if numerator.high is None else _quotient(numerator.high, small, large, max)
    estimated = numerator.estimated or denominator.estimated
    if numerator.value is not None and denominator.value is not None:
        return Figure(Fraction(numerator.value) / denominator.value, Mark.OBSERVED, low, high, estimated)
    if numerator.mark is Mark.NOT_ASKED:
        return Figure.not_asked()
    marks = {numerator.mark, denominator.mark}
    mark = Mark.MISSING if Mark.MISSING in marks else Mark.SUPPRESSED
    return Figure(None, mark, low, high, estimated)


def _quotient(
    top: Number, small: Fraction, large: Fraction | None, end: Callable[[Fraction, Fraction], Fraction]
) -> Fraction:
    """Return the lowest or highest (``end``) of ``top`` over every denominator from ``small`` to ``large``."""
    return end(top / small, Fraction(0) if large is None else top / large)
