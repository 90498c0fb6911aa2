"""Figures of every kind, for properties."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from fotfeste.statistics.figure import Figure, Mark

whole = st.integers(min_value=0, max_value=10_000)


@st.composite
def suppressed(draw: st.DrawFn) -> Figure:
    low = draw(st.integers(min_value=0, max_value=4))
    return Figure.suppressed(low, draw(st.integers(min_value=low, max_value=9)))


@st.composite
def rounded(draw: st.DrawFn) -> Figure:
    value = draw(whole)
    return Figure(value, Mark.OBSERVED, max(0, value - 2), value + 2, True)


@st.composite
def partly_known(draw: st.DrawFn) -> Figure:
    low = draw(st.none() | st.integers(min_value=0, max_value=50))
    high = draw(st.none() | st.integers(min_value=50, max_value=90))
    return Figure.missing(low, high)


figures = st.one_of(
    whole.map(Figure.observed),
    whole.map(lambda value: Figure.observed(value, estimated=True)),
    suppressed(),
    rounded(),
    partly_known(),
    st.just(Figure.not_asked()),
)


@st.composite
def with_truth(draw: st.DrawFn) -> tuple[Figure, Fraction]:
    """A figure and a number that it may stand for."""
    figure = draw(figures)
    low = 0 if figure.low is None else int(figure.low)
    high = low + 100 if figure.high is None else int(figure.high)
    return figure, Fraction(draw(st.integers(min_value=low, max_value=max(low, high))))
