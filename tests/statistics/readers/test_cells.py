"""One cell at a time."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import Problem
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.readers.cells import CellRules, read_cell

LOOSE = CellRules(negative=True, fractions=True)
NEEDED = CellRules(needed=True)


@pytest.mark.parametrize(
    ("content", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1_234_567),
        (12.0, 12),
        (7, 7),
        ("12.0", 12),
        ("0", 0),
    ],
)
def test_numbers_as_people_and_programs_write_them(content: object, number: int) -> None:
    assert read_cell(content, "A1", CellRules()) == Figure.observed(number)


@pytest.mark.parametrize(
    ("content", "number"),
    [("0,25", Fraction(1, 4)), ("-3", -3), ("\u22123,5", Fraction(-7, 2)), (0.1, Fraction(1, 10))],
)
def test_decimals_and_negatives_are_exact_where_they_are_allowed(content: object, number: Fraction) -> None:
    assert read_cell(content, "A1", LOOSE) == Figure.observed(number)


@pytest.mark.parametrize(
    ("content", "mark"),
    [
        ("", Mark.MISSING),
        (None, Mark.MISSING),
        (".", Mark.MISSING),
        ("..", Mark.MISSING),
        ("-", Mark.NOT_ASKED),
        (":", Mark.SUPPRESSED),
        ("*", Mark.SUPPRESSED),
    ],
)
def test_signs_are_marks_and_never_zero(content: object, mark: Mark) -> None:
    found = read_cell(content, "A1", CellRules())
    assert isinstance(found, Figure)
    assert (found.mark, found.value) == (mark, None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("tolv", "cell.text"), ("12 personer", "cell.text"), ("1,2,3", "cell.text"), ("1 23", "cell.text"), (True, "cell.text"),
        (float("nan"), "cell.text"), ("-3", "cell.negative"), ("2,5", "cell.whole"), ("=SUM(A1:A9)", "cell.formula"),
        ("=1+1", "cell.formula"), ("@SUM(A1)", "cell.formula"), ("+cmd", "cell.formula"),
    ],
)  # fmt: skip
def test_everything_else_is_a_problem_that_names_its_cell(content: object, code: str) -> None:
    found = read_cell(content, "tall.xlsx, celle C7", CellRules())
    assert isinstance(found, Problem)
    assert (found.code, found.place) == (code, "tall.xlsx, celle C7")


@pytest.mark.parametrize("content", ["", ":", "-", "."])
def test_a_mark_where_a_number_is_needed_is_refused(content: str) -> None:
    found = read_cell(content, "A1", NEEDED)
    assert isinstance(found, Problem)
    assert found.code == "cell.needed"


@given(st.text(max_size=12) | st.integers() | st.floats(allow_infinity=False) | st.none() | st.booleans())
def test_no_cell_whatever_breaks_the_reader(content: object) -> None:
    found = read_cell(content, "A1", LOOSE)
    assert isinstance(found, Figure | Problem)


@pytest.mark.parametrize(
    "content", ["9" * 5_000, "1" * 400 + ",5", float("inf"), float("-inf"), float("nan")]
)
def test_what_is_longer_than_any_number_is_refused(content: object) -> None:
    assert isinstance(read_cell(content, "celle A1", LOOSE), Problem)
