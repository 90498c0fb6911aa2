"""Who stays: closed groups followed for five years, by hand, in sums, and where they must not be followed."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from fotfeste.regions import load_regions
from fotfeste.statistics import Figure, Mark, open_store
from fotfeste.statistics.figure import total
from fotfeste.statistics.series.counts import YearlyCounts
from fotfeste.statistics.series.residence import (
    Cohort,
    _share,
    about_cohort,
    cohort_rule,
    cohorts_of,
    newest,
    residents_of,
    retention_outcomes,
    usable_years,
)


@cache
def counts() -> YearlyCounts:
    return YearlyCounts(open_store(), load_regions())


@cache
def cohorts(place: str) -> dict[int, Cohort]:
    return {one.since: one for one in cohorts_of(counts(), place)}


def test_years_in_which_moves_are_unknown_for_many_are_not_used() -> None:
    """39 780 of 187 837 are unknown in 2015, 4 754 of 228 108 in 2018; 2014 does not say."""
    assert not {2014, 2015, 2018} & set(usable_years(counts()))
    assert set(cohorts("0")) == {2016, 2017}


def test_porsgrunn_as_the_source_has_it() -> None:
    """Settled here: 950 in 2016 in all; 793 with five years or more in 2021 (IMDi/SSB)."""
    one = cohorts("4001")[2016]
    assert (one.began.value, one.stayed.value, one.share.value) == (950, 793, Fraction(793, 950))
    assert one.interval is not None
    assert one.interval[0] < 793 / 950 < one.interval[1]
    assert not one.open_to_chance
    assert str(about_cohort(one, "Porsgrunn")) == (
        "Av 950 flyktninger som var bosatt i Porsgrunn og bodde der i 2016, bodde 83 prosent der fortsatt i 2021. "
        "Resten har flyttet, utvandret eller er døde; tallene skiller ikke mellom dem."
    )


def test_a_merged_municipality_is_not_followed_across_its_merger() -> None:
    one = cohorts("4020")[2016]
    assert one.share.mark is Mark.MISSING
    assert "slått sammen" in str(about_cohort(one, "Midt-Telemark"))


def test_a_small_group_is_not_shown() -> None:
    one = cohorts("4028")[2017]
    assert one.share == Figure.missing()
    assert "mindre enn 30" in str(one.why)


def test_a_county_sums_the_municipalities_that_can_be_followed() -> None:
    one = cohorts("40")[2016]
    codes = [code for code in counts().all_codes if code.startswith("40")]
    parts = [cohorts(code)[2016] for code in codes]
    followed = [part for part in parts if part.covered]
    assert (one.covered, one.municipalities) == (len(followed), 17)
    together = total(part.began for part in followed)
    assert (one.began.low, one.began.high) == (together.low, together.high)
    assert one.began.value is None, "one of them has bounds, since a part of it is hidden"
    assert "15 av 17 kommuner er med" in str(about_cohort(one, "Telemark"))


def test_one_to_four_who_left_are_hidden() -> None:
    share, why = _share(Figure.observed(40), Figure.observed(38), cohort_rule(), 1)
    assert why is None
    assert (share.mark, share.low, share.high) == (Mark.SUPPRESSED, Fraction(36, 40), Fraction(39, 40))


def test_more_at_the_end_than_at_the_start_is_no_closed_group() -> None:
    share, why = _share(Figure.observed(40), Figure.observed(41), cohort_rule(), 1)
    assert share.mark is Mark.MISSING
    assert "ikke den samme" in str(why)


def test_a_group_of_fifty_is_open_to_chance_and_one_of_a_thousand_is_not() -> None:
    for code in counts().all_codes:
        one = cohorts(code)[2017]
        if one.share.value is not None and one.began.value is not None:
            if one.began.value < 50 and Fraction(1, 5) < one.share.value < Fraction(4, 5):
                assert one.open_to_chance, code
            if one.began.value > 1000:
                assert not one.open_to_chance, code


def test_no_share_that_is_shown_tells_of_one_to_four_persons() -> None:
    for code in counts().all_codes:
        for one in cohorts(code).values():
            if one.share.value is not None and one.began.value is not None:
                left = one.began.value - one.share.value * one.began.value
                assert not 0 < left < 5, code


def test_residents_add_up_where_all_is_known() -> None:
    for one in residents_of(counts(), "4001"):
        parts = [one.settled_here.value, one.moved_here.value]
        if one.year >= 2019 and None not in parts and one.all.value is not None:
            assert sum(part for part in parts if part is not None) <= one.all.value
    newest_year = [one for one in residents_of(counts(), "4001") if one.year == 2022]
    assert {one.residence_time for one in newest_year} == {"0-4", "5+", "all"}
    assert next(one for one in newest_year if one.residence_time == "5+").moved_share.value == Fraction(
        739, 1540
    )


def test_the_outcomes_of_a_county_are_the_published_per_cents() -> None:
    found = retention_outcomes(counts(), "40")
    assert found["first_municipality"].value == Fraction(92, 100)
    assert sum(one.value or 0 for one in found.values()) == pytest.approx(1, abs=0.03)


def test_the_newest_group_that_may_be_shown() -> None:
    assert newest(tuple(cohorts("4001").values())) == cohorts("4001")[2017]
    assert newest(tuple(cohorts("4028").values())) is None
