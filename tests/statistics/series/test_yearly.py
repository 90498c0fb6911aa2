"""Figures from year to year: published numbers, breaks that are shown, and nothing hidden that comes back."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from fotfeste.errors import DataMissing
from fotfeste.regions import load_regions
from fotfeste.statistics import Mark, load_catalogue, open_store
from fotfeste.statistics.series.counts import YearlyCounts
from fotfeste.statistics.series.declared import declared_breaks, declared_series
from fotfeste.statistics.series.values import Series
from fotfeste.statistics.series.yearly import has_series, series_of


@cache
def counts() -> YearlyCounts:
    return YearlyCounts(open_store(), load_regions())


@cache
def series(indicator: str, place: str) -> Series:
    return series_of(counts(), indicator, place)


def value(indicator: str, place: str, year: int) -> int | Fraction | None:
    point = series(indicator, place).at(year)
    assert point is not None
    return point.figure.value


def breaks(indicator: str, place: str) -> set[tuple[str, int]]:
    return {(one.id, one.between[1][0]) for one in series(indicator, place).breaks if one.between}


def test_the_country_has_the_published_population() -> None:
    assert value("population", "0", 2024) == 5_550_203
    assert value("population", "0", 2026) == 5_627_400


def test_immigrants_are_the_published_ones_of_2013_within_five() -> None:
    found = value("immigrants", "0", 2013)
    assert found is not None
    assert 593_316 <= found <= 593_326


def test_immigrants_go_on_in_2022_from_another_table_and_say_so() -> None:
    assert value("immigrants", "0", 2022) == 819_356
    assert ("immigrants_2022_other_table", 2022) in breaks("immigrants", "4001")
    assert len(series("immigrants", "4001").runs) == 1
    assert "immigrants_2022" in series("immigrants", "4001").datasets
    assert series("refugees", "4001").points[-1].year == 2021


def test_a_county_is_todays_municipalities_in_every_year() -> None:
    telemark = [one.code for one in load_regions().municipalities(2026, "40")]
    for year in (2006, 2019, 2026):
        parts = [value("population", code, year) for code in telemark]
        assert value("population", "40", year) == sum(part for part in parts if part is not None)


def test_porsgrunn_settled_the_published_number_in_2024_and_2026_is_a_status() -> None:
    assert value("settled_1y", "4001", 2024) == 111
    newest = series("settled_1y", "4001").points[-1]
    assert (newest.year, newest.status) == (2026, "2026-09-28")
    assert 2026 not in [one.year for one in series("settled_1y", "4001").newest_run]


def test_a_divided_municipality_breaks_where_it_was_divided_and_its_county_does_not() -> None:
    assert ("municipality_split", 2024) in breaks("population", "1580")
    assert ("municipality_split", 2024) in breaks("population", "1508")
    assert ("municipality_split", 2020) in breaks("population", "5059")
    assert not [one for one, _ in breaks("population", "15") if one == "municipality_split"]
    assert not breaks("population", "4001")
    assert [one.year for one in series("population", "1580").newest_run] == [2024, 2025, 2026]


def test_figures_that_are_shares_of_a_divided_municipality_throughout_say_so() -> None:
    found = [one for one in series("immigrants", "1580").breaks if one.id == "municipality_split"]
    assert [one.between for one in found] == [None]


def test_a_merged_municipality_is_the_sum_of_those_before_and_is_not_parted() -> None:
    found = [one for one in series("population", "4020").breaks if one.id == "municipality_merged"]
    assert [(one.bridged, one.between) for one in found] == [(True, ((2019, 0), (2020, 0)))]
    assert len(series("population", "4020").runs) == 1


def test_moves_between_merged_municipalities_part_the_series_of_moves() -> None:
    assert ("moves_within_merged", 2020) in breaks("refugees_moved_in_share", "4020")
    assert ("moves_became_known", 2016) in breaks("refugees_moved_in_share", "4001")


def test_collective_protection_parts_the_settled_of_2022_from_those_before() -> None:
    runs = [[one.year for one in run] for run in series("settled_1y", "4001").runs]
    assert [2022, 2023, 2024, 2025] in runs
    assert any(run[-1] == 2021 for run in runs)


def test_a_year_whose_requests_were_changed_stands_alone() -> None:
    runs = [[one.year for one in run] for run in series("requested_last", "4001").runs]
    for year in (2020, 2022, 2025):
        assert [year] in runs


def test_rounding_is_told_of_the_whole_series_and_keeps_its_bounds() -> None:
    one = next(one for one in series("refugees", "4028").breaks if one.kind == "rounding")
    assert (one.between, one.bridged) == (None, True)


@pytest.mark.parametrize("indicator", ["settled_1y", "immigrants", "refugees"])
def test_no_series_shows_a_count_of_one_to_four(indicator: str) -> None:
    for code in counts().all_codes:
        for point in series(indicator, code).points:
            assert point.figure.value is None or not 0 < point.figure.value < 5, (code, point.year)
            assert point.count.value is None or not 0 < point.count.value < 5


def test_a_county_beside_a_hidden_municipality_has_bounds() -> None:
    point = series("settled_1y", "40").at(2025)
    assert point is not None
    assert (point.figure.mark, point.figure.low, point.figure.high) == (Mark.SUPPRESSED, 396, 405)


def test_every_declared_series_is_an_indicator_and_every_break_says_who_says_so() -> None:
    for name, one in declared_series().items():
        assert name in load_catalogue()
        assert set(one.name.texts) == {"nb", "nn", "en"}
    for found in declared_breaks():
        assert set(found.why.texts) == {"nb", "nn", "en"}
        assert found.source
        assert found.throughout or found.rule or found.between


def test_runs_hold_every_point_once_and_meet_at_the_breaks() -> None:
    for name in declared_series():
        for place in ("4001", "4020", "1580", "40", "0"):
            found = series(name, place)
            assert [point for run in found.runs for point in run] == list(found.points)
            cut = {one.between[1] for one in found.parting if one.between}
            assert {run[0].when for run in found.runs[1:]} == cut


def test_an_indicator_of_one_year_has_no_series() -> None:
    assert not has_series("area")
    with pytest.raises(DataMissing):
        series_of(counts(), "area", "4001")
    with pytest.raises(DataMissing):
        series_of(counts(), "population", "4099")
