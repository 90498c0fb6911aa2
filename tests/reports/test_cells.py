from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fotfeste.messages import language
from fotfeste.reports.blocks import Column, Table
from fotfeste.reports.cells import format_cell, legend, total_row
from fotfeste.statistics.figure import Figure, Mark, ratio, total

NB, EN = language("nb"), language("en")
WHOLE = Column("Tall", "number")


@pytest.mark.parametrize(
    ("value", "column", "shown"),
    [
        (1234, WHOLE, "1\u00a0234"),
        (-7, WHOLE, "−7"),
        (Fraction(5, 2), Column("Tall", "number", 1), "2,5"),
        (Fraction(1, 8), Column("Andel", "percent", 1), "12,5\u00a0%"),
        (5, Column("Endring", "number", signed=True), "+5"),
        (0, Column("Endring", "number", signed=True), "0"),
        (Fraction(1, 100), Column("Endring", "number", 1, signed=True), "0,0"),
        (Fraction(-1, 100), Column("Endring", "number", 1, signed=True), "0,0"),
        (-5, Column("Endring", "number", signed=True), "−5"),
        (2026, Column("År"), "2026"),
        ("=1+1", WHOLE, "=1+1"),
        (None, WHOLE, ""),
        (date(2026, 11, 21), Column("Dato", "date"), "21. november 2026"),
        (Figure.observed(40), WHOLE, "40"),
        (Figure.observed(40, estimated=True), WHOLE, "40*"),
        (Figure.missing(), WHOLE, "."),
        (Figure.suppressed(), WHOLE, ":"),
        (Figure.not_asked(), WHOLE, "–"),
    ],
)
def test_a_cell_looks_as_norwegian_readers_expect(value, column, shown):
    assert format_cell(value, column, NB) == shown


def test_the_bounds_of_a_share_have_one_sign_for_per_cent():
    share = ratio(total([Figure.observed(10), Figure.suppressed()]), Figure.observed(1000))
    assert format_cell(share, Column("Andel", "percent", 1), NB) == "1,1–1,4\u00a0%"
    assert format_cell(share, Column("Share", "percent", 1), EN) == "1.1–1.4%"


def test_an_english_reader_gets_english_separators():
    assert format_cell(Fraction(12345, 10), Column("Number", "number", 1), EN) == "1,234.5"
    assert format_cell(Fraction(1, 8), Column("Share", "percent", 1), EN) == "12.5%"


def summed(*values):
    return Table(
        "T", (Column("K"), Column("N", "number", summed=True)), tuple(("a", v) for v in values), "Sum"
    )


def test_a_total_of_plain_numbers_is_their_sum():
    assert total_row(summed(1, 2, Figure.observed(3))) == ("Sum", Figure.observed(6))


def test_a_total_over_a_hidden_figure_is_hidden_and_never_the_sum_of_the_rest():
    row = total_row(summed(10, Figure.suppressed()))
    assert row is not None
    assert row[1] == Figure(None, Mark.SUPPRESSED, 11, 14)


def test_a_municipality_that_was_not_asked_adds_nothing_to_the_total():
    assert total_row(summed(10, Figure.not_asked())) == ("Sum", Figure.observed(10))


def test_a_table_without_a_total_label_has_no_total():
    assert total_row(replace(summed(1), total_label="")) is None


def test_columns_that_are_not_summed_are_empty_in_the_total():
    table = Table("T", (Column("K"), Column("N", "number")), (("a", 3),), "Sum")
    assert total_row(table) == ("Sum", None)


def test_the_legend_explains_exactly_the_signs_that_are_used():
    assert legend(summed(1, 2), NB) == ""
    assert ":" in legend(summed(Figure.suppressed()), NB)
    assert "«–»" not in legend(summed(Figure.suppressed()), NB)
    everything = legend(summed(Figure.suppressed(), Figure.missing(), Figure.not_asked(),
                               Figure.observed(1, estimated=True)), NB)  # fmt: skip
    assert all(sign in everything for sign in ("«:»", "«.»", "«–»", "«*»"))


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (46, 49, "46–49"),
        (1, 4, ":"),
        (0, 4, ":"),
        (-3, 2, "−3 … 2"),
    ],
)
def test_a_sum_with_hidden_parts_shows_its_bounds_and_one_hidden_cell_its_sign(
    low: int, high: int, shown: str
) -> None:
    assert format_cell(Figure.suppressed(low, high), Column("", "number"), language("nb")) == shown


def test_bounds_that_show_as_the_same_number_show_as_that_number() -> None:
    rate = Figure.suppressed(Fraction(2201, 1000), Fraction(2204, 1000))
    assert format_cell(rate, Column("", "number", 1), language("nb")) == "2,2"
