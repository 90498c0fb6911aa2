"""Figures in today's borders: conserved, marked and bounded."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.statistics.strategies import figures

from fotfeste.regions import load_regions
from fotfeste.statistics.borders import Borders, split
from fotfeste.statistics.figure import Figure, Mark, total

ÅLESUND_2023 = ("1507", 2023)
HALF = {"1806": Fraction(1, 2), "1875": Fraction(1, 2)}


def test_a_municipality_that_only_changed_number_keeps_its_figure() -> None:
    carried = Borders(load_regions()).carry({("3807", 2023): Figure.observed(138)}, 2023)
    assert carried["4003"] == Figure.observed(138)


def test_merged_municipalities_are_summed_with_their_marks() -> None:
    rows = {("0805", 2019): Figure.observed(10), ("0811", 2019): Figure.suppressed()}
    carried = Borders(load_regions()).carry(rows, 2019)
    assert carried["4001"] == Figure.observed(10)
    assert carried["4010"] == Figure.suppressed()


def test_a_predecessor_without_a_figure_makes_the_sum_missing() -> None:
    carried = Borders(load_regions()).carry(
        {("0821", 2019): Figure.observed(12)}, 2019
    )  # Bø, without Sauherad
    assert (carried["4020"].mark, carried["4020"].low, carried["4020"].high) == (Mark.MISSING, 12, None)


def test_a_split_municipality_is_shared_out_to_the_last_person_and_estimated() -> None:
    carried = Borders(load_regions()).carry({ÅLESUND_2023: Figure.observed(101)}, 2023)
    parts = [carried["1508"], carried["1580"]]
    assert sum(part.value or 0 for part in parts) == 101
    assert all(part.estimated and (part.low, part.high) == (0, 101) for part in parts)


def test_a_split_municipality_counts_whole_where_all_its_parts_are_summed() -> None:
    carried = Borders(load_regions()).carry({ÅLESUND_2023: Figure.observed(101)}, 2023)
    assert carried.sum(["1508", "1580"]) == Figure.observed(101)


def test_a_part_of_a_suppressed_number_may_be_zero() -> None:
    parts = split(Figure.suppressed(), HALF)
    assert {(part.mark, part.low, part.high) for part in parts.values()} == {(Mark.SUPPRESSED, 0, 4)}


def test_a_part_of_what_was_not_asked_was_not_asked() -> None:
    assert set(split(Figure.not_asked(), HALF).values()) == {Figure.not_asked()}


def test_rows_in_the_codes_of_another_year_cover_the_municipalities_they_are_about() -> None:
    """IMDi's Trøndelag rows for 2018 carry the codes of 2017."""
    carried = Borders(load_regions()).carry({("1601", 2017): Figure.observed(300)}, 2018)
    assert carried["5001"].low == 300


@given(st.integers(min_value=0, max_value=100_000), st.integers(min_value=1, max_value=99))
def test_splitting_conserves_every_count(count: int, hundredths: int) -> None:
    shares = {"a": Fraction(hundredths, 100), "b": 1 - Fraction(hundredths, 100)}
    parts = split(Figure.observed(count), shares)
    assert total(parts.values()).value == count
    assert all(abs((part.value or 0) - count * shares[code]) < 1 for code, part in parts.items())


@given(st.lists(figures, min_size=422, max_size=422), st.sampled_from([2019, 2021]))
@settings(max_examples=10)
def test_the_country_is_the_same_before_and_after(drawn: list[Figure], year: int) -> None:
    regions = load_regions()
    rows = {
        (one.code, year): figure for one, figure in zip(regions.municipalities(year), drawn, strict=False)
    }
    carried = Borders(regions).carry(rows, year)
    assert carried.sum([one.code for one in regions.municipalities(2026)]) == total(rows.values())
