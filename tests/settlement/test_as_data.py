"""A recommendation as data: numbers stay exact, marks stay marks; the few figures that stand beside a number."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.settlement.as_data import figure_as_data, number_as_data
from fotfeste.settlement.comparison import figures_of, per_thousand
from fotfeste.settlement.facts import YearFigures
from fotfeste.statistics.figure import Figure, Mark


@pytest.mark.parametrize(
    ("number", "data"),
    [
        (None, None),
        (7, 7),
        (Fraction(6, 2), 3),
        (Fraction(1, 3), 0.333333),
        (Decimal("12.30"), 12.3),
        (Fraction(-1, 8), -0.125),
    ],
)
def test_numbers_are_whole_where_they_are_whole(number: int | Fraction | None, data: object) -> None:
    assert number_as_data(number) == data
    assert isinstance(number_as_data(number), type(data))


@given(st.integers(-10_000_000, 10_000_000))
def test_hundredths_come_back_from_json_as_they_were(hundredths: int) -> None:
    exact = Decimal(hundredths) / 100
    text = json.dumps(number_as_data(exact))
    assert Decimal(text) == exact


@pytest.mark.parametrize(
    ("figure", "data"),
    [
        (Figure.observed(5), {"value": 5, "mark": "", "low": 5, "high": 5}),
        (Figure.suppressed(), {"value": None, "mark": ":", "low": 1, "high": 4}),
        (Figure.missing(), {"value": None, "mark": ".", "low": None, "high": None}),
        (Figure.not_asked(), {"value": None, "mark": "-", "low": 0, "high": 0}),
        (
            Figure.observed(Fraction(1, 2), estimated=True),
            {"value": 0.5, "mark": "", "low": 0.5, "high": 0.5, "estimated": True},
        ),
    ],
)
def test_missing_hidden_not_asked_and_zero_are_four_things(figure: Figure, data: dict[str, object]) -> None:
    assert figure_as_data(figure) == data


def test_persons_per_thousand_are_exact_and_unknown_where_the_population_is() -> None:
    assert per_thousand(3, Figure.observed(2000)).value == Fraction(3, 2)
    assert per_thousand(3, Figure.missing()).mark is Mark.MISSING


def test_a_year_without_a_row_is_unknown_and_not_zero() -> None:
    known = YearFigures(2025, Figure.observed(1), Figure.observed(2), Figure.observed(3))
    assert figures_of([known], 2025) is known
    assert figures_of([known], 2024).settled == Figure.missing()
