"""Norwegian public holidays: known dates first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import easter as easter_by_dateutil
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.work.working_days import (
    easter,
    is_working_day,
    public_holidays,
    working_day_from,
    working_day_until,
)

EASTERS = [
    "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
    "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13", "2032-03-28", "2033-04-17", "2034-04-09", "2035-03-25",
]  # fmt: skip
"""Easter Sundays as they are known."""


@pytest.mark.parametrize("day", EASTERS)
def test_easter_is_when_it_is_known_to_be(day: str) -> None:
    assert easter(int(day[:4])).isoformat() == day


@given(st.integers(1900, 2200))
def test_easter_agrees_with_another_program(year: int) -> None:
    assert easter(year) == easter_by_dateutil(year)


def test_the_public_holidays_of_2026() -> None:
    assert sorted(day.isoformat() for day in public_holidays(2026)) == [
        "2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-14",
        "2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "holidays", "why"),
    [(2021, 12, "all apart"), (2035, 12, "the earliest Easter"), (2027, 11, "17 May is Whit Monday")],
)
def test_two_holidays_on_one_day_are_one_day(year: int, holidays: int, why: str) -> None:
    assert len(public_holidays(year)) == holidays, why


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        ("2026-09-15", "2026-09-15", "2026-09-15"),
        ("2026-09-19", "2026-09-21", "2026-09-18"),
        ("2026-04-02", "2026-04-07", "2026-04-01"),
        ("2026-05-17", "2026-05-18", "2026-05-15"),
        ("2022-12-31", "2023-01-02", "2022-12-30"),
    ],
)
def test_a_day_off_gives_way_to_the_nearest_working_day(day: str, after: str, before: str) -> None:
    assert working_day_from(date.fromisoformat(day)).isoformat() == after
    assert working_day_until(date.fromisoformat(day)).isoformat() == before


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_nearest_working_day_is_one_and_nothing_between_is(day: date) -> None:
    later, earlier = working_day_from(day), working_day_until(day)
    assert is_working_day(later)
    assert is_working_day(earlier)
    assert earlier <= day <= later
    between = [earlier + timedelta(days=one) for one in range(1, (later - earlier).days)]
    assert not any(is_working_day(one) for one in between)
