"""Requested, decided and settled: known years, and what is not known of them."""

from __future__ import annotations

from functools import cache

import pytest

from fotfeste.regions import load_regions
from fotfeste.statistics import open_store, settlement_history
from fotfeste.statistics.borders import Borders
from fotfeste.statistics.figure import Figure, Mark, total
from fotfeste.statistics.history import HistoryYear, newest_finished, settlement_years


@cache
def everybody(year: int) -> dict[str, HistoryYear]:
    codes = [one.code for one in load_regions().municipalities(2026)]
    found = settlement_history(open_store(), load_regions(), codes, [year])
    return {code: years[0] for code, years in found.items()}


def year_of(code: str, year: int) -> HistoryYear:
    return everybody(year)[code]


def test_porsgrunn_2024_has_the_published_numbers() -> None:
    one = year_of("4001", 2024)
    assert (one.requested.value, one.decided.value, one.settled.value) == (110, 110, 111)


@pytest.mark.parametrize(("year", "requested"), [(2024, 37_000), (2025, 12_640), (2026, 13_000)])
def test_requests_sum_to_the_published_total(year: int, requested: int) -> None:
    assert total(one.requested for one in everybody(year).values()).value == requested


def test_2023_settled_is_the_whole_year() -> None:
    years = settlement_years(open_store(), Borders(load_regions()), [2023])
    codes = [one.code for one in load_regions().municipalities(2026)]
    assert years[0].figures["settled"].sum(codes) == Figure.observed(33_420)
    assert years[0].finished


def test_haram_2023_is_its_part_of_ålesund_and_not_zero() -> None:
    settled = year_of("1580", 2023).settled
    assert settled.estimated
    assert settled.value


def test_2022_settled_sums_to_the_published_total_with_two_hidden() -> None:
    years = settlement_years(open_store(), Borders(load_regions()), [2022])
    found = years[0].figures["settled"].sum([one.code for one in load_regions().municipalities(2026)])
    assert (found.mark, found.low, found.high) == (Mark.SUPPRESSED, 31_255, 31_261)


def test_an_absent_row_is_unknown_never_zero() -> None:
    """Fyresdal is not in the file for 2019."""
    one = year_of("4032", 2019)
    for figure in (one.requested, one.decided, one.settled):
        assert (figure.mark, figure.low, figure.high) == (Mark.MISSING, 0, None)


def test_about_a_third_of_the_municipalities_are_unknown_in_2018_to_2020() -> None:
    for year in (2018, 2019, 2020):
        unknown = [code for code, one in everybody(year).items() if one.settled.mark is Mark.MISSING]
        assert 135 <= len(unknown) <= 175  # some of the 145 or so have since become part of others


def test_settled_is_missing_before_2012() -> None:
    assert {one.settled.mark for one in everybody(2011).values()} == {Mark.MISSING}
    assert Mark.OBSERVED in {one.settled.mark for one in everybody(2012).values()}


def test_not_requested_is_not_asked_and_not_zero() -> None:
    one = year_of("4028", 2025)
    assert (one.requested, one.decided, one.settled) == (
        Figure.not_asked(),
        Figure.not_asked(),
        Figure.suppressed(),
    )


def test_a_decision_that_is_awaited_is_missing() -> None:
    one = year_of("5612", 2026)
    assert one.requested == Figure.observed(10)
    assert one.decided == Figure.missing(low=0)


def test_2026_is_a_status_and_2025_is_finished() -> None:
    assert year_of("4001", 2026).status_date == "2026-09-28"
    assert year_of("4001", 2025).status_date is None
    assert newest_finished(open_store(), 2027) == 2025
    assert newest_finished(open_store(), 2024) == 2023
    assert newest_finished(open_store(), 2012) is None


def test_inderøy_and_harstad_stand_under_two_numbers_in_2012_and_are_one() -> None:
    one = year_of("5053", 2012)
    assert (one.requested.value, one.decided.value, one.settled.value) == (15, 10, 11)
    two = year_of("5503", 2012)
    assert (two.requested.value, two.decided.value) == (70, 60)


def test_years_without_data_are_left_out_and_order_is_kept() -> None:
    found = settlement_history(open_store(), load_regions(), ["4001"], [2031, 2025, 2024])
    assert [one.year for one in found["4001"]] == [2024, 2025]


def test_one_to_four_settled_are_hidden_when_shown() -> None:
    """Måsøy settled one person in 2023, which the source shows."""
    one = year_of("5618", 2023)
    assert one.settled == Figure.observed(1)
    assert one.shown().settled == Figure.suppressed(1, 4)


@pytest.mark.parametrize("year", range(1995, 2027))
def test_every_year_can_be_carried_to_todays_municipalities(year: int) -> None:
    found = everybody(year)
    assert len(found) == 357
    assert any(one.requested.known for one in found.values())
