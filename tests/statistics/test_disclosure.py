"""What is never shown."""

from __future__ import annotations

import re
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.strategies import figures

from fotfeste.regions import load_regions
from fotfeste.statistics import compute
from fotfeste.statistics.disclosure import disclose, hide_small, hide_small_rows, hide_sum
from fotfeste.statistics.figure import Figure, Mark, total
from fotfeste.statistics.indicators import load_catalogue
from fotfeste.statistics.store import open_store

SETTLED = load_catalogue()["settled_5y"]
SHARE = load_catalogue()["refugees_moved_in_share"]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_one_to_four_persons_are_never_shown(number: int) -> None:
    assert disclose(Figure.observed(number), SETTLED) == Figure.suppressed(1, 4)


@pytest.mark.parametrize("number", [0, 5, 600])
def test_zero_and_five_are_shown(number: int) -> None:
    assert disclose(Figure.observed(number), SETTLED) == Figure.observed(number)


def test_a_rate_on_a_small_base_is_not_shown_and_has_no_bounds() -> None:
    rate = Figure.observed(1)
    assert disclose(rate, SHARE, Figure.observed(29)) == Figure.missing()
    assert disclose(rate, SHARE, Figure.suppressed()) == Figure.missing()
    assert disclose(rate, SHARE, Figure.observed(30)) == rate


def test_a_population_is_shown_however_small() -> None:
    assert disclose(Figure.observed(3), load_catalogue()["population"]) == Figure.observed(3)


@given(figures)
def test_what_is_shown_of_a_count_is_never_one_to_four(figure: Figure) -> None:
    shown = hide_small(figure, 5)
    assert shown.value is None or not 0 < shown.value < 5
    if figure.mark is not Mark.OBSERVED:
        assert shown == figure


def test_rows_are_hidden_as_figures_are() -> None:
    table = pl.DataFrame(
        {
            "measure": ["settled", "settled", "requested"],
            "value": [3, 5, 3],
            "mark": ["", "", ""],
            "low": [3, 5, 3],
            "high": [3, 5, 3],
        }
    )
    shown = hide_small_rows(table, 5, ["settled"])
    assert shown["value"].to_list() == [None, 5, 3]
    assert shown["mark"].to_list() == [":", "", ""]
    assert shown["low"].to_list() == [1, 5, 3]
    assert hide_small_rows(table, 0).equals(table)


RATE = load_catalogue()["settled_per_1000_1y"]
GAP = load_catalogue()["settled_minus_decided"]


def test_a_rate_that_a_small_count_could_be_worked_out_from_is_hidden_with_the_counts_bounds() -> None:
    three_of_2000 = Figure.observed(Fraction(3, 2))
    shown = disclose(three_of_2000, RATE, Figure.observed(2000), Figure.observed(3))
    assert shown == Figure.suppressed(Fraction(1, 2), 2)
    five = disclose(Figure.observed(Fraction(5, 2)), RATE, Figure.observed(2000), Figure.observed(5))
    assert five.known


def test_a_difference_that_a_small_count_could_be_worked_out_from_is_hidden() -> None:
    shown = disclose(Figure.observed(-7), GAP, None, Figure.observed(3))
    assert shown == Figure.suppressed(-9, -6)
    assert disclose(Figure.observed(-10), GAP, None, Figure.observed(0)) == Figure.observed(-10)


MEAN = load_catalogue()["settled_mean_3y"]


def test_a_mean_under_five_of_many_persons_is_no_small_count() -> None:
    """Fourteen persons in three years are 4.7 a year: nobody is one of few."""
    mean = Figure.observed(Fraction(14, 3))
    assert disclose(mean, MEAN, None, Figure.observed(14)) == mean


def test_a_mean_of_few_persons_lies_between_the_means_of_one_and_of_four() -> None:
    mean = Figure.observed(Fraction(1, 3))
    assert disclose(mean, MEAN, None, Figure.observed(1)) == Figure.suppressed(Fraction(1, 3), Fraction(4, 3))


def test_a_mean_with_a_hidden_year_keeps_the_bounds_that_follow_from_its_years() -> None:
    """One to four, six and three: ten to thirteen in three years."""
    parts = (Figure.suppressed(1, 4), Figure.observed(6), Figure.observed(0))
    mean = total(parts).times(Fraction(1, 3))
    shown = disclose(mean, MEAN, None, total(parts))
    assert shown == Figure.suppressed(Fraction(7, 3), Fraction(10, 3))


def test_a_hidden_estimate_keeps_the_room_that_the_source_gives_it() -> None:
    piece = Figure(2, Mark.OBSERVED, 0, 9, estimated=True)
    assert hide_small(piece, 5) == Figure(None, Mark.SUPPRESSED, 0, 9, estimated=True)


def test_a_number_that_is_not_whole_is_not_said_to_be_one_to_four() -> None:
    shown = hide_small(Figure.observed(Fraction(9, 2)), 5)
    assert (shown.low, shown.high) == (0, 5)


@given(figures)
def test_the_true_number_and_the_bounds_of_the_source_lie_within_what_is_shown(figure: Figure) -> None:
    shown = hide_small(figure, 5)
    for inner in (figure.value, figure.low, figure.high):
        if inner is not None:
            assert shown.low is None or shown.low <= inner
            assert shown.high is None or inner <= shown.high
    assert figure.low is not None or shown.low is None
    assert figure.high is not None or shown.high is None


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_a_mean_lies_within_the_bounds_it_is_shown_with(counts: list[int]) -> None:
    exact = Fraction(sum(counts), 3)
    parts = [hide_small(Figure.observed(one), 5) for one in counts]
    shown = disclose(total(parts).times(Fraction(1, 3)), MEAN, None, total(parts))
    assert shown.low is not None
    assert shown.high is not None
    assert shown.low <= exact <= shown.high
    assert (shown.value is None) == any(0 < one < 5 for one in counts)


def test_rows_with_an_estimate_keep_its_bounds_too() -> None:
    table = pl.DataFrame(
        {
            "value": [2, 3, 3],
            "mark": ["", "", ""],
            "low": [0, 1, None],
            "high": [9, 3, None],
        }
    )
    shown = hide_small_rows(table, 5)
    assert shown["low"].to_list() == [0, 1, 1]
    assert shown["high"].to_list() == [9, 4, 4]


def test_no_remark_tells_the_sum_that_a_hidden_number_follows_from() -> None:
    """The sum of 2023 less the open municipalities would be the one that is hidden."""
    store = open_store()
    checked = 0
    for name in ("settlement", "settled_2023"):
        described = store.dataset(name)
        remark = re.sub(r"(?<=\d)[ \u00a0](?=\d{3})", "", described.remark)
        rows = store.frame(name).filter(pl.col("measure") == "settled")
        shown = hide_small_rows(rows, described.suppress_below, described.suppressed_measures)
        for (year,), whole in rows.group_by("year"):
            hidden = shown.filter(pl.col("year") == year, pl.col("mark") == Mark.SUPPRESSED.value).height
            if hidden and not whole["mark"].is_in([Mark.SUPPRESSED.value]).any():
                checked += 1
                assert str(whole["value"].sum()) not in remark, (name, year)
    assert checked


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.data())
def test_a_sum_beside_its_parts_does_not_depend_on_which_small_numbers_are_hidden(
    counts: list[int], data: st.DataObject
) -> None:
    others = [data.draw(st.integers(1, 4)) if 0 < one < 5 else one for one in counts]
    one, two = (
        hide_sum(Figure.observed(sum(numbers)), [Figure.observed(number) for number in numbers], 5)
        for numbers in (counts, others)
    )
    assert one == two
    assert one.low is not None
    assert one.high is not None
    assert one.low <= sum(counts) <= one.high


def test_a_rate_on_too_few_people_is_counted_with_by_the_bounds_of_its_small_count() -> None:
    """Three of Sande's 19 refugees moved there: too few to show, and 3/19 in a file would tell of three."""
    found = compute(open_store(), load_regions(), ["refugees_moved_in_share"], ["1514"], 2027)
    assert found.shown("refugees_moved_in_share", "1514").mark is Mark.MISSING
    assert found.counted("refugees_moved_in_share", "1514") == Figure.suppressed(
        Fraction(1, 19), Fraction(4, 19)
    )


def test_what_a_recommendation_counts_with_never_holds_a_small_count() -> None:
    everyone = [one.code for one in load_regions().municipalities(2026)]
    found = compute(open_store(), load_regions(), ["refugees_moved_in_share"], everyone, 2027)
    facts, counted = found.components, 0
    for code in everyone:
        moved = facts.refugees((code,), "moved_here")
        if moved.value is not None and 0 < moved.value < 5:
            counted += 1
            assert found.counted("refugees_moved_in_share", code).value is None
    assert counted > 15
