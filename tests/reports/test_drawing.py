from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from fotfeste.reports.drawing import decimals, fit, number, scale
from fotfeste.reports.typeface import text_width


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_a_scale_covers_its_values_with_a_few_round_marks(low, span):
    high = low + span
    assume(high > low)
    made = scale(low, high, 0, 100)
    assert made.low <= low + span * 1e-6
    assert made.high >= high - span * 1e-6
    assert 2 <= len(made.ticks) <= 8
    steps = {after - before for before, after in zip(made.ticks, made.ticks[1:], strict=False)}
    assert len(steps) == 1


def test_known_scales():
    assert [int(tick) for tick in scale(0, 126, 0, 1).ticks] == [0, 50, 100, 150]
    assert scale(0, Fraction(1, 2), 0, 1).ticks[1] == Fraction(1, 10)
    assert scale(0, 0, 0, 1).high == 1


def test_marks_have_the_decimals_they_need():
    assert decimals([Fraction(0), Fraction(5)]) == 0
    assert decimals([Fraction(1, 4)]) == 2


@given(st.text(max_size=30), st.floats(5, 200))
def test_a_fitted_text_fits(text, width):
    assert fit(text, width) in (text, "…") or text_width(fit(text, width), 12) <= width


def test_coordinates_have_at_most_one_decimal():
    assert [number(value) for value in (1, 1.04, 1.26, -0.5)] == ["1", "1", "1.3", "-0.5"]
