"""Disclosure control: what is never shown, whatever the computation knew.

Primary suppression: a count from one to four (below the data set's limit) is shown as suppressed. Smallest base: a
rate on fewer people than its indicator's smallest base is not shown. Every path out of the program uses
:func:`disclose`; computations use the exact numbers the source published.
"""

from __future__ import annotations

from typing import Protocol

from fotfeste.statistics.figure import Figure, Mark


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


def disclose(figure: Figure, indicator: Disclosed, base: Figure | None = None) -> Figure:
    """Return ``figure`` as it may be shown.

    ``base`` is the number of people the figure is a rate of; a base that may be below the smallest base hides the
    rate as missing, without bounds.
    """
    if indicator.kind == "count":
        return hide_small(figure, indicator.suppress_below)
    if (
        base is not None
        and indicator.smallest_base
        and (base.low is None or base.low < indicator.smallest_base)
    ):
        return Figure.missing()
    return figure


def hide_small(figure: Figure, below: int) -> Figure:
    """Return a count with one to ``below - 1`` hidden; zero, marks and larger numbers pass.

    A hidden number keeps no narrower bounds than the limit itself gives, so that it cannot be read from them.
    """
    if figure.mark is not Mark.OBSERVED or figure.value is None:
        return figure
    if 0 < figure.value < below:
        return Figure(None, Mark.SUPPRESSED, 1, below - 1, figure.estimated)
    return figure
