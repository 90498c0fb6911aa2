"""Figures carried from one division to another keep their total to the last person."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import DataMissing, InputError
from fotfeste.regions import load_regions
from fotfeste.regions.shares import ChangeChain, Step, origins, share_out

YEARS = st.integers(1994, 2027)
BACK_TO = 2013


def test_a_merger_adds_up() -> None:
    found = load_regions().convert({"0821": 12, "0822": 9}, 2019, 2024)
    assert found.values == {"4020": 21}
    assert found.estimated == frozenset()


def test_a_split_gives_whole_persons_and_is_marked_as_an_estimate() -> None:
    found = load_regions().convert({"5012": 10, "5013": 7}, 2019, 2020)
    assert found.values == {
        "5055": 4,
        "5056": 10,
        "5059": 3,
    }  # 3.5, 3.5 and 3: the tie goes to the lowest code
    assert found.estimated == {"5055", "5056", "5059"}


def test_nobody_to_share_out_is_not_an_estimate() -> None:
    assert load_regions().convert({"5012": 0, "5013": 7}, 2019, 2020).estimated == frozenset()


def test_the_years_before_the_merger_reach_haram_whole() -> None:
    found = load_regions().convert({"1504": 60, "1534": 15}, 2018, 2024)
    assert found.values == {"1508": 60, "1580": 15}
    assert not found.estimated


def test_the_same_year_changes_nothing() -> None:
    regions = load_regions()
    counts = {one.code: number for number, one in enumerate(regions.municipalities(2019))}
    assert regions.convert(counts, 2019, 2019).values == counts


def test_a_part_of_unknown_size_stays_where_it_was() -> None:
    found = load_regions().convert({"5039": 100}, 2019, 2020)
    assert found.values == {"5006": 100}


@given(st.data(), YEARS, YEARS)
def test_the_total_is_kept_to_the_last_person(data: st.DataObject, from_year: int, to_year: int) -> None:
    regions = load_regions()
    from_year, to_year = min(from_year, to_year), max(from_year, to_year)
    codes = [one.code for one in regions.municipalities(from_year)]
    counts = data.draw(st.dictionaries(st.sampled_from(codes), st.integers(0, 10_000_000), max_size=60))
    found = regions.convert(counts, from_year, to_year)
    assert sum(found.values.values()) == sum(counts.values())
    assert set(found.values) <= {one.code for one in regions.municipalities(to_year)}
    assert found.estimated <= set(found.values)
    assert all(count >= 0 for count in found.values.values())


@given(st.data(), st.integers(BACK_TO, 2027), st.integers(BACK_TO, 2027))
def test_the_way_back_keeps_the_total_too(data: st.DataObject, one_year: int, other_year: int) -> None:
    regions = load_regions()
    codes = [one.code for one in regions.municipalities(one_year)]
    counts = data.draw(st.dictionaries(st.sampled_from(codes), st.integers(0, 100_000), max_size=40))
    found = regions.convert(counts, one_year, other_year)
    assert sum(found.values.values()) == sum(counts.values())
    assert set(found.values) <= {one.code for one in regions.municipalities(other_year)}


@pytest.mark.parametrize("year", range(1994, 2027))
def test_every_municipality_has_shares_that_sum_to_one(year: int) -> None:
    regions = load_regions()
    for one in regions.municipalities(year):
        shares = regions.shares(one.code, year, 2027)
        assert sum(shares.values()) == 1
        assert all(0 < share <= 1 for share in shares.values())


@pytest.mark.parametrize("year", [BACK_TO, 2016, 2018, 2019, 2022])
def test_back_and_forth_returns_what_was(year: int) -> None:
    regions = load_regions()
    for one in regions.municipalities(2024):
        there = regions.shares(one.code, 2024, year)
        assert sum(there.values()) == 1
        if any(len(regions.shares(code, year, 2024)) > 1 for code in there):
            continue
        assert regions.convert(dict.fromkeys(there, 1), year, 2024).values == {one.code: len(there)}


def test_every_code_of_today_was_reached_in_2013_and_some_not_before() -> None:
    regions = load_regions()
    undefined = set()
    for one in regions.municipalities(2024):
        try:
            regions.shares(one.code, 2024, 1994)
        except DataMissing:
            undefined.add(one.name)
    assert {"Bodø", "Vindafjord", "Aure", "Kristiansund", "Inderøy", "Harstad", "Tønsberg"} <= undefined
    assert len(undefined) < 20


def test_all_that_is_wrong_with_the_counts_is_reported_at_once() -> None:
    with pytest.raises(InputError) as caught:
        load_regions().convert({"3807": 5, "0101": -1, "Skien": 3, "9999": 1, "0104": 2}, 2019, 2024)
    codes = [problem.code for problem in caught.value.problems]
    assert sorted(codes) == [
        "region.count",
        "region.no_municipality",
        "region.not_a_code",
        "region.other_year",
    ]


@pytest.mark.parametrize("count", [-1, 1.5, "7", True, None])
def test_a_count_must_be_a_whole_number(count: object) -> None:
    with pytest.raises(InputError) as caught:
        load_regions().convert({"0101": count}, 2019, 2024)  # type: ignore[dict-item]
    assert "0101" in str(caught.value)


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(1, 1000), min_size=1, max_size=8),
)
def test_sharing_out_never_errs_by_a_whole_person(count: int, weights: list[int]) -> None:
    total = sum(weights)
    shares = {f"{place:04}": Fraction(weight, total) for place, weight in enumerate(weights)}
    found = share_out(count, shares)
    assert sum(found.values()) == count
    assert all(abs(found[code] - count * share) < 1 for code, share in shares.items())


def test_a_chain_of_changes_is_followed_in_both_directions() -> None:
    chain = ChangeChain(
        [
            Step(1999, 2000, "A", "C", Fraction(1), 300),
            Step(1999, 2000, "B", "C", Fraction(1), 100),
            Step(2009, 2010, "C", "D", Fraction(1, 4), 400),
            Step(2009, 2010, "C", "E", Fraction(3, 4), 400),
        ]
    )
    assert chain.shares("A", 1999, 2010) == {"D": Fraction(1, 4), "E": Fraction(3, 4)}
    assert chain.shares("D", 2010, 1999) == {"A": Fraction(3, 4), "B": Fraction(1, 4)}
    assert chain.shares("A", 2000, 2000) == {"A": Fraction(1)}


def test_what_an_old_municipality_brought_decides_the_way_back() -> None:
    steps = [Step(1, 2, "A", "C", Fraction(1, 2), 200), Step(1, 2, "B", "C", Fraction(1), 300)]
    assert origins(steps) == {"A": Fraction(1, 4), "B": Fraction(3, 4)}
