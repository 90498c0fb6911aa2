"""What is never shown."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from tests.statistics.strategies import figures

from fotfeste.statistics.disclosure import disclose, hide_small, hide_small_rows
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicators import load_catalogue

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
