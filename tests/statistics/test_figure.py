"""Figures keep what they are through every operation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.strategies import figures, with_truth

from fotfeste.statistics.figure import Figure, Mark, ratio, total


def test_missing_suppressed_not_asked_and_zero_are_four_things() -> None:
    four = {Figure.missing(), Figure.suppressed(), Figure.not_asked(), Figure.observed(0)}
    assert len(four) == 4
    assert [one.mark for one in sorted(four, key=lambda one: one.mark)] == ["", "-", ".", ":"]


def test_a_sum_over_suppressed_cells_has_bounds_and_no_value() -> None:
    found = total([Figure.observed(10), Figure.suppressed(), Figure.suppressed()])
    assert (found.value, found.mark, found.low, found.high) == (None, Mark.SUPPRESSED, 12, 18)


def test_a_missing_part_makes_the_sum_missing_but_keeps_what_is_known() -> None:
    found = total([Figure.observed(10), Figure.suppressed(), Figure.missing(low=0)])
    assert (found.mark, found.low, found.high) == (Mark.MISSING, 11, None)


def test_parts_not_asked_add_nothing_and_only_such_parts_were_not_asked() -> None:
    assert total([Figure.observed(7), Figure.not_asked()]) == Figure.observed(7)
    assert total([Figure.not_asked(), Figure.not_asked()]) == Figure.not_asked()
    assert total([]) == Figure.observed(0)


def test_a_rounded_number_keeps_its_bounds_in_sums_and_ratios() -> None:
    three = Figure(3, Mark.OBSERVED, 1, 3, True)
    found = total([three, Figure.observed(10)])
    assert (found.value, found.low, found.high, found.estimated) == (13, 11, 13, True)
    share = ratio(three, Figure.observed(100))
    assert (share.value, share.low, share.high) == (Fraction(3, 100), Fraction(1, 100), Fraction(3, 100))


def test_an_observed_number_without_bounds_is_its_own_bounds() -> None:
    assert Figure(5) == Figure.observed(5)


def test_a_difference_turns_the_bounds() -> None:
    found = Figure.observed(10).minus(Figure.suppressed())
    assert (found.mark, found.low, found.high) == (Mark.SUPPRESSED, 6, 9)
    open_end = Figure.observed(10).minus(Figure.missing(low=2))
    assert (open_end.low, open_end.high) == (None, 8)


def test_a_ratio_of_something_that_may_be_zero_is_missing() -> None:
    assert ratio(Figure.observed(1), Figure.observed(0)) == Figure.missing()
    assert ratio(Figure.observed(1), Figure.missing(low=0, high=9)) == Figure.missing()


def test_a_rate_of_what_was_not_asked_was_not_asked() -> None:
    assert ratio(Figure.not_asked(), Figure.observed(100)) == Figure.not_asked()


def test_a_missing_part_of_a_ratio_weighs_more_than_a_suppressed_one() -> None:
    assert ratio(Figure.suppressed(), Figure.missing(low=1)).mark is Mark.MISSING
    assert ratio(Figure.missing(low=0), Figure.suppressed()).mark is Mark.MISSING


def test_a_suppressed_denominator_bounds_the_ratio() -> None:
    found = ratio(Figure.observed(2), Figure.suppressed())
    assert (found.mark, found.low, found.high) == (Mark.SUPPRESSED, Fraction(1, 2), 2)


@pytest.mark.parametrize(("value", "mark"), [(None, Mark.OBSERVED), (3, Mark.MISSING)])
def test_a_value_without_its_mark_is_refused(value: int | None, mark: Mark) -> None:
    with pytest.raises(ValueError, match="exactly when"):
        Figure(value, mark)


def test_bounds_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="lower bound"):
        Figure.missing(5, 4)


@given(st.lists(with_truth(), max_size=6))
def test_the_bounds_of_a_sum_hold_the_true_sum(parts: list[tuple[Figure, Fraction]]) -> None:
    found = total(figure for figure, _ in parts)
    truth = sum((number for _, number in parts), Fraction(0))
    assert found.low is None or found.low <= truth
    assert found.high is None or truth <= found.high


@given(with_truth(), with_truth())
def test_the_bounds_of_a_difference_and_a_ratio_hold_the_truth(
    one: tuple[Figure, Fraction], other: tuple[Figure, Fraction]
) -> None:
    difference = one[0].minus(other[0])
    assert difference.low is None or difference.low <= one[1] - other[1]
    assert difference.high is None or one[1] - other[1] <= difference.high
    quotient = ratio(one[0], other[0])
    if other[1] and other[0].low:
        assert quotient.low is None or quotient.low <= one[1] / other[1]
        assert quotient.high is None or one[1] / other[1] <= quotient.high


@given(st.lists(figures, max_size=6), st.randoms(use_true_random=False))
def test_the_order_and_grouping_of_a_sum_do_not_matter(parts: list[Figure], chance: object) -> None:
    shuffled = list(parts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert total(shuffled) == total(parts)
    if len(parts) > 1:
        assert total([total(parts[:1]), total(parts[1:])]) == total(parts)


@given(figures, st.integers(min_value=-5, max_value=5))
def test_multiplying_keeps_the_mark_and_orders_the_bounds(figure: Figure, factor: int) -> None:
    found = figure.times(factor)
    assert found.mark is figure.mark
    assert found.low is None or found.high is None or found.low <= found.high
