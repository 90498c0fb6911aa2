from datetime import date

import pytest

from fotfeste.settlement.past import national_totals
from fotfeste.settlement.past.record import row_sums
from fotfeste.settlement.past.totals import totals_of
from fotfeste.statistics import open_store


@pytest.mark.parametrize(
    ("year", "vintages"),
    [(2022, [5_500, 35_000]), (2023, [35_000, 38_000]), (2025, [18_900, 12_640]), (2020, [5_120, 3_602])],
)
def test_original_and_revised_totals_are_kept_in_order(year: int, vintages: list[int]) -> None:
    found = [one for one in national_totals() if one.year == year]
    assert [one.persons for one in found] == vintages
    assert [one.kind for one in found] == ["first", "revised"]


def test_every_tested_year_has_a_total_with_a_source_and_a_date_only_where_one_is_known() -> None:
    assert {one.year for one in national_totals()} >= set(range(2021, 2027))
    assert all(one.source for one in national_totals())
    by_persons = {(one.year, one.persons): one for one in national_totals()}
    assert by_persons[2022, 35_000].published == date(2022, 3, 18)
    assert by_persons[2025, 12_640].published is None
    assert by_persons[2025, 12_640].month is None
    assert not by_persons[2018, 5_350].confirmed
    assert by_persons[2019, 5_350].confirmed


def test_the_requests_in_the_data_sum_to_the_last_total_of_each_tested_year() -> None:
    sums = row_sums(open_store())
    last = {one.year: one.persons for one in national_totals()}
    assert {year: sums["requested", year] for year in range(2018, 2027)} == {
        year: last[year] for year in range(2018, 2027)
    }


def test_the_first_requests_in_the_data_sum_to_the_first_total() -> None:
    sums = row_sums(open_store())
    assert {year: number for (measure, year), number in sums.items() if measure == "original_request"} == {
        2020: 5_120,
        2022: 5_500,
    }


def test_the_requests_for_2017_sum_to_no_published_total() -> None:
    totals = {one.persons for one in national_totals() if one.year == 2017}
    assert row_sums(open_store())["requested", 2017] not in totals


@pytest.mark.parametrize("kinds", [["revised"], ["first", "first"], ["first", "revised", "first"]])
def test_a_year_begins_with_one_first_total(kinds: list[str]) -> None:
    entries = [{"year": 2022, "kind": kind, "persons": 10, "source": "laget for testen"} for kind in kinds]
    with pytest.raises(ValueError, match="2022"):
        totals_of({"schema": 1, "total": entries})


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema"):
        totals_of({"schema": 2, "total": []})
