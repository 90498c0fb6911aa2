"""Disclosure control: what is never shown, whatever the computation knew.

Primary suppression: a count from one to four (below the limit) is shown as suppressed, and so is a rate or difference
that such a count could be worked out from. Smallest base: a rate on fewer people than its indicator's smallest base
is not shown. Every path out of the program uses
:func:`disclose`; computations use the exact numbers the source published.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from fotfeste.statistics.figure import Figure, Mark, Number, total

if TYPE_CHECKING:
    from polars import DataFrame


class Disclosed(Protocol):
    """What is needed of an indicator to know what may be shown of it."""

    @property
    def kind(self) -> str:
        """``count``, ``share``, ``per_1000``, ``index``, ``class`` or ``flag``."""

    @property
    def suppress_below(self) -> int:
        """Counts from one up to, but not including, this are hidden; zero hides none."""

    @property
    def smallest_base(self) -> int:
        """The smallest base for which a rate is shown; zero shows all."""


def disclose(
    figure: Figure, indicator: Disclosed, base: Figure | None = None, count: Figure | None = None
) -> Figure:
    """Return ``figure`` as it may be shown.

    ``base`` is the number of people the figure is a rate of; a base that may be below the smallest base hides the
    rate as missing, without bounds. ``count`` is the count the figure is made of; where that count is hidden, so is
    the figure, since the count could be worked out from it. The bounds are then those of the hidden count. So it is
    with a mean of counts: a mean below the limit is no count of persons, and may be shown when they are many together.
    """
    if indicator.kind == "count" and count is None:
        return hide_small(figure, indicator.suppress_below)
    if (
        base is not None
        and indicator.smallest_base
        and (base.low is None or base.low < indicator.smallest_base)
    ):
        return Figure.missing()
    if count is not None and count.value and figure.value is not None:
        hidden = hide_small(count, indicator.suppress_below)
        if hidden.value is None and hidden.low is not None and hidden.high is not None:
            return _behind(figure.value, count.value, hidden.low, hidden.high, indicator.kind == "difference")
    return figure


def _behind(value: Number, count: Number, low: Number, high: Number, difference: bool) -> Figure:
    """Return the figure that stands between what it would be at the ends of a hidden count."""
    if difference:
        return Figure.suppressed(value - count + low, value - count + high)
    each = Fraction(value) / Fraction(count)
    return Figure.suppressed(each * low, each * high)


def hide_small(figure: Figure, below: int) -> Figure:
    """Return a count with one to ``below - 1`` hidden; zero, marks and larger numbers pass.

    A hidden number keeps no narrower bounds than the limit itself gives, so that it cannot be read from them, and none
    narrower than the source's own: an estimate may be further off. An estimate that is not whole lies between zero and
    the limit.
    """
    if figure.mark is not Mark.OBSERVED or figure.value is None or not 0 < figure.value < below:
        return figure
    whole = Fraction(figure.value).denominator == 1
    least, most = (1, below - 1) if whole else (0, below)
    low = None if figure.low is None else min(least, figure.low)
    high = None if figure.high is None else max(most, figure.high)
    return Figure(None, Mark.SUPPRESSED, low, high, figure.estimated)


def hide_sum(whole: Figure, parts: Sequence[Figure], below: int) -> Figure:
    """Return a count of persons as it may stand beside all its ``parts``, of which those from one to ``below - 1`` are hidden.

    Beside a hidden part the sum would give it away; then the sum is told by the bounds that follow from what is shown of the
    parts. A number that the parts do not add up to (a rate, a count of something else) says nothing of them.
    """
    shown = [hide_small(one, below) for one in parts]
    hidden = any(one.mark is Mark.SUPPRESSED for one in shown)
    if whole.value is None or not hidden or not _adds_up(whole.value, parts):
        return hide_small(whole, below)
    told = total(shown)
    return Figure(None, Mark.SUPPRESSED, told.low, told.high, whole.estimated)


def _adds_up(whole: Number, parts: Sequence[Figure]) -> bool:
    known = [one.value for one in parts if one.value is not None]
    if any(Fraction(one).denominator != 1 for one in (whole, *known)):
        return False
    told = total(Figure.observed(one.value) if one.value is not None else one for one in parts)
    return (told.low is None or told.low <= whole) and (told.high is None or whole <= told.high)


def hide_small_rows(table: DataFrame, below: int, measures: Sequence[str] = ()) -> DataFrame:
    """Return a table of counts with one to ``below - 1`` hidden, as :func:`hide_small` hides one figure.

    The table has the columns ``value``, ``mark``, ``low`` and ``high``; without a limit it is returned unchanged.
    ``measures`` limits the hiding to those values of the column ``measure``.
    """
    import polars as pl

    if not below or "mark" not in table.columns:
        return table
    small = (pl.col("mark") == Mark.OBSERVED.value) & (pl.col("value") > 0) & (pl.col("value") < below)
    unbounded = pl.col("low").is_null() & pl.col("high").is_null()
    if measures:
        small &= pl.col("measure").is_in(measures)
    kinds = table.schema
    return table.with_columns(
        value=pl.when(small).then(None).otherwise("value"),
        mark=pl.when(small).then(pl.lit(Mark.SUPPRESSED.value)).otherwise("mark"),
        low=pl.when(small & (unbounded | (pl.col("low") > 1))).then(pl.lit(1, kinds["low"])).otherwise("low"),
        high=pl.when(small & (unbounded | (pl.col("high") < below - 1)))
        .then(pl.lit(below - 1, kinds["high"]))
        .otherwise("high"),
    )
