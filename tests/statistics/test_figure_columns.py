"""Sums and ratios over tables agree with those of single figures."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.strategies import figures

from fotfeste.statistics.figure import Figure, ratio, total
from fotfeste.statistics.figure_columns import from_columns, ratio_columns, sum_by, to_columns, with_marks


@given(st.lists(figures, max_size=8))
def test_figures_survive_the_way_through_columns(parts: list[Figure]) -> None:
    assert from_columns(to_columns(parts)) == tuple(parts)


@given(st.lists(st.tuples(st.sampled_from("abc"), figures), min_size=1, max_size=12))
def test_sums_in_columns_are_the_sums_of_figures(rows: list[tuple[str, Figure]]) -> None:
    table = to_columns([figure for _, figure in rows]).with_columns(key=pl.Series([key for key, _ in rows]))
    summed = sum_by(table, ["key"])
    for key, found in zip(summed["key"], from_columns(summed), strict=True):
        assert found == total(figure for name, figure in rows if name == key)


def near(number: Fraction | int | None, other: float | Fraction | int | None) -> bool:
    if number is None or other is None:
        return number is None and other is None
    return abs(float(number) - float(other)) < 1e-9


@given(st.lists(st.tuples(figures, figures), min_size=1, max_size=8))
def test_ratios_in_columns_are_the_ratios_of_figures(rows: list[tuple[Figure, Figure]]) -> None:
    table = ratio_columns(to_columns([top for top, _ in rows]), to_columns([bottom for _, bottom in rows]))
    for row, (top, bottom) in zip(table.iter_rows(named=True), rows, strict=True):
        wanted = ratio(top, bottom)
        assert row["mark"] == wanted.mark.value
        assert near(wanted.value, row["value"])
        assert near(wanted.low, row["low"])
        assert near(wanted.high, row["high"])
        assert row["estimated"] == wanted.estimated


def test_a_table_of_observed_numbers_gets_its_marks() -> None:
    table = with_marks(pl.DataFrame({"value": [0, 7]}))
    assert from_columns(table) == (Figure.observed(0), Figure.observed(7))
