"""A figure stands out by one rule for all: far enough from both the county and those alike, to the same side."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.settlement.dialogue.examples import compared

from fotfeste.settlement.dialogue.questions import OutLimit
from fotfeste.settlement.dialogue.questions_file import load_questions
from fotfeste.settlement.dialogue.standing_out import standing_out, stands_out
from fotfeste.statistics.figure import Figure

QUARTER = OutLimit("refugee_share", "share", Fraction(1, 4))
POINTS = OutLimit("population_change_5y", "points", Fraction(3, 100))


def test_just_at_the_limit_stands_out_and_just_below_does_not() -> None:
    at = stands_out(compared("refugee_share", "0.05", "0.04", "0.04"), QUARTER)
    assert at is not None
    assert (at.side, at.times) == ("above", 1)
    assert stands_out(compared("refugee_share", "0.0499", "0.04", "0.04"), QUARTER) is None


def test_above_the_county_and_below_those_alike_is_neither() -> None:
    assert stands_out(compared("refugee_share", "0.05", "0.02", "0.09"), QUARTER) is None


def test_below_both_stands_out_on_the_low_side() -> None:
    found = stands_out(compared("refugee_share", "0.02", "0.04", "0.05"), QUARTER)
    assert found is not None
    assert found.side == "below"


def test_a_change_is_compared_in_points_since_it_may_be_negative() -> None:
    found = stands_out(compared("population_change_5y", "-0.03", "0.01", "0"), POINTS)
    assert found is not None
    assert (found.side, found.times) == ("below", 1)


def test_a_hidden_or_missing_own_figure_never_stands_out() -> None:
    for own in (Figure.suppressed(), Figure.missing()):
        assert stands_out(compared("refugee_share", own, "0.04", "0.04"), QUARTER) is None


def test_a_county_with_hidden_parts_counts_by_its_bounds() -> None:
    county = Figure.suppressed(Fraction(20), Fraction(22))
    limit = OutLimit("settled_per_1000_5y", "share", Fraction(1, 4))
    assert stands_out(compared("settled_per_1000_5y", 28, county, 20), limit) is not None
    assert stands_out(compared("settled_per_1000_5y", 26, county, 20), limit) is None, "22 may be the truth"


def test_the_furthest_come_first_and_no_more_than_the_file_says() -> None:
    form = load_questions()
    many = tuple(compared(limit.indicator, 10 + place, 1, 1) for place, limit in enumerate(form.standing_out))
    found = standing_out(many, form)
    assert len(found) == form.most_standing_out == 5
    assert [one.times for one in found] == sorted((one.times for one in found), reverse=True)


shares = st.fractions(min_value=0, max_value=1, max_denominator=1000)


@given(shares, shares, shares)
def test_standing_out_means_the_same_side_of_both(own: Fraction, county: Fraction, alike: Fraction) -> None:
    found = stands_out(
        compared("refugee_share", Figure.observed(own), Figure.observed(county), Figure.observed(alike)),
        QUARTER,
    )
    if found is not None:
        assert all((own > other) == (found.side == "above") for other in (county, alike))
