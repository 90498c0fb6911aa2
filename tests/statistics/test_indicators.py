"""Indicators: known values, marks, sums before ratios, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from fotfeste.errors import DataMissing
from fotfeste.regions import load_regions
from fotfeste.statistics import Indicators, compute, load_catalogue, open_store
from fotfeste.statistics.figure import Figure, Mark, total
from fotfeste.statistics.formulas import bases, formulas
from fotfeste.statistics.formulas.settled import highest
from fotfeste.statistics.indicators import Indicator

TELEMARK = "40"
PORSGRUNN, SKIEN, KVITESEID, MOSKENES, BINDAL = "4001", "4003", "4028", "1874", "1811"
VÆRØY, MÅSØY = "1857", "5618"


@cache
def indicators(year: int = 2027) -> Indicators:
    codes = [one.code for one in load_regions().municipalities(2026)]
    return compute(open_store(), load_regions(), [one.id for one in load_catalogue()], codes, year)


FILLED = [one for one in load_catalogue() if not one.written]


def test_every_indicator_has_a_formula_named_as_its_id_or_written_and_every_formula_an_entry() -> None:
    assert {one.id for one in FILLED} == set(formulas())
    assert all(one.tree for one in load_catalogue() if one.written)


@pytest.mark.parametrize("one", load_catalogue(), ids=lambda one: one.id)
def test_every_indicator_is_described_in_three_languages_and_knows_its_sources(one: object) -> None:
    entry = load_catalogue()[one.id]  # type: ignore[attr-defined]
    for texts in (entry.names, entry.definition, entry.units):
        assert set(texts) == {"nb", "nn", "en"}
        assert all(texts.values())
    assert entry.kind in {"count", "difference", "share", "per_100", "per_1000", "index", "class", "flag"}
    assert not entry.base or entry.base in bases.__all__
    assert bool(entry.smallest_base) <= bool(entry.base or entry.written)
    assert not entry.count or (entry.count in bases.__all__ and entry.suppress_below)
    assert bool(indicators().sources(entry.id)) or entry.written
    assert (indicators().why_missing(entry.id) is None) == (not entry.written)
    assert entry.id in str(entry.supply)


@pytest.mark.parametrize(("year", "people"), [(2024, 5_550_203), (2025, 5_594_340), (2027, 5_627_400)])
def test_the_population_of_the_country_is_the_published_one(year: int, people: int) -> None:
    assert indicators(year).country("population") == Figure.observed(people)


def test_population_of_a_recommendation_is_the_newest_first_of_january() -> None:
    assert indicators().period("population") == "1.1.2026"
    assert indicators(2024).period("population") == "1.1.2024"
    assert indicators().figure("population", PORSGRUNN) == Figure.observed(37_435)


def test_immigrants_of_the_country_are_the_published_number() -> None:
    found = indicators().country("immigrants")
    assert found.value == 800_106


def test_immigrants_of_2022_are_the_published_number_to_the_person() -> None:
    assert indicators().country("immigrants_2022") == Figure.observed(819_356)
    people = bases.population_2022(indicators().components, indicators().components.all_codes).value or 1
    assert indicators().country("immigrant_share_2022").value == Fraction(819_356) / people


def test_immigrants_of_2013_are_within_five_of_the_published_number() -> None:
    """Statistics Norway: 593 321 on 1 January 2013; the source here rounds one and two."""
    facts = indicators().components
    found = facts.immigrants(facts.all_codes, year=2013)
    assert abs(Fraction(found.value or 0) - 593_321) <= 5


def test_reasons_for_immigration_sum_to_all_immigrants() -> None:
    facts = indicators().components
    reasons = ("work", "family", "refugee_and_family", "education_or_other", "unspecified")
    parts = {one: facts.immigrants(facts.all_codes, one).value or 0 for one in reasons}
    assert sum(parts.values()) == 800_106
    shares = (
        "labour_immigrant_share",
        "family_immigrant_share",
        "education_immigrant_share",
        "refugee_share",
    )
    named = sum(indicators().country(one).value or 0 for one in shares)
    assert named == Fraction(800_106 - parts["unspecified"], 5_391_371)


def test_ages_of_the_country_sum_to_the_published_population() -> None:
    facts = indicators().components
    assert facts.aged(facts.all_codes, 0) == Figure.observed(5_627_400)
    men, women = (facts.aged(facts.all_codes, 0, 105, sex).value or 0 for sex in ("male", "female"))
    assert men + women == 5_627_400
    assert facts.aged(facts.all_codes, 20, 66).value == facts.population(facts.all_codes, "20-66").value
    assert facts.aged(["9999"], 0).mark is Mark.MISSING


def test_half_of_the_people_are_younger_than_the_median_age() -> None:
    facts = indicators().components
    for codes in (facts.all_codes, (SKIEN,), (MOSKENES,)):
        ages = facts.ages(codes)[0] or ()
        median = (
            indicators().country("median_age")
            if codes == facts.all_codes
            else indicators().figure("median_age", codes[0])
        )
        whole = int(median.value or 0)
        younger = sum(ages[:whole]) + ((median.value or 0) - whole) * ages[whole]
        assert younger == Fraction(sum(ages), 2)
    assert 39 < (indicators().country("median_age").value or 0) < 42


def test_dependency_and_shares_of_ages_hang_together() -> None:
    """Those aged 0-19 and 67 or more are everyone less those aged 20-66."""
    found = indicators()
    for code in (PORSGRUNN, SKIEN, KVITESEID):
        working = found.figure("working_age_share", code).value or 0
        assert found.figure("dependency_ratio", code).value == (1 - Fraction(working)) / working * 100
        rest = sum(
            found.figure(name, code).value or 0
            for name in ("children_share", "school_age_share", "youth_share", "old_age_share")
        )
        assert rest == 1 - Fraction(working)
        assert (found.figure("very_old_share", code).value or 0) < (
            found.figure("old_age_share", code).value or 0
        )
    assert 100 < (found.country("men_per_100_women").value or 0) < 110


def test_change_over_one_year_is_exact() -> None:
    assert indicators().country("population_change_1y").value == Fraction(5_627_400 - 5_594_340, 5_594_340)


def test_moving_in_by_residence_time_sums_to_moving_in() -> None:
    """Published for 2022: 244 562 refugees, of whom 35 085 with less than five years in Norway."""
    facts = indicators().components
    published = {"all": 244_562, "0-4": 35_085, "5+": 209_477}
    for time, number in published.items():
        found = facts.refugees(facts.all_codes, "all", time)
        assert found.mark is Mark.MISSING, "twenty-five municipalities have no row"
        assert number - 400 <= (found.low or 0) <= number, "those of one and two are written as zero or three"
    for code in (PORSGRUNN, SKIEN):
        new, long = (facts.refugees([code], "moved_here", time).value or 0 for time in ("0-4", "5+"))
        every = facts.refugees([code], "moved_here").value or 0
        assert abs(Fraction(new + long - every)) <= 4


def test_a_change_in_a_share_is_told_in_percentage_points() -> None:
    found = indicators()
    facts = found.components
    now = Fraction(facts.immigrants([SKIEN]).value or 0) / (facts.population([SKIEN], year=2021).value or 1)
    before = Fraction(facts.immigrants([SKIEN], year=2016).value or 0) / (
        facts.population([SKIEN], year=2016).value or 1
    )
    assert found.figure("immigrant_share_change_5y", SKIEN).value == (now - before) * 100


def test_collective_protection_is_hidden_where_the_source_hides_it() -> None:
    found = indicators()
    marks = [found.shown("collective_protection_share", code).mark for code in found.codes]
    assert marks.count(Mark.OBSERVED) > 60
    assert marks.count(Mark.SUPPRESSED) + marks.count(Mark.MISSING) > 200


def test_at_least_forty_indicators_are_filled_for_every_municipality() -> None:
    """Filled: a number, a mark of nobody asked, or hidden because it is small; not missing."""
    found = indicators()
    whole = [
        one.id
        for one in FILLED
        if all(found.figure(one.id, code).mark is not Mark.MISSING for code in found.codes)
    ]
    assert len(whole) >= 40
    assert len(load_catalogue()) >= 60


def test_settled_in_the_last_years_is_summed_exactly() -> None:
    """Porsgrunn: 26 in 2021, 122 in 2022, 138 in 2023, 111 in 2024, 62 in 2025."""
    found = indicators()
    assert found.figure("settled_1y", PORSGRUNN) == Figure.observed(62)
    assert found.figure("settled_3y", PORSGRUNN) == Figure.observed(138 + 111 + 62)
    assert found.figure("settled_5y", PORSGRUNN) == Figure.observed(26 + 122 + 138 + 111 + 62)
    assert found.figure("settled_per_1000_3y", PORSGRUNN).value == Fraction(311 * 1000, 37_435)
    assert (found.period("settled_1y"), found.period("settled_5y")) == ("2025", "2021–2025")


def test_a_hidden_year_hides_the_sum_and_bounds_it() -> None:
    found = indicators().figure("settled_1y", KVITESEID)
    assert found == Figure.suppressed(1, 4)
    county = indicators().county("settled_1y", TELEMARK)
    assert (county.mark, county.low, county.high) == (Mark.SUPPRESSED, 396, 405)


def test_last_year_is_a_status_with_its_date() -> None:
    assert indicators().period("requested_last") == "2026 (28.9.2026)"
    assert indicators().county("requested_last", TELEMARK) == Figure.observed(559)
    assert indicators().county("decided_last", TELEMARK) == Figure.observed(334)


def test_gaps_are_of_the_last_finished_year_and_not_asked_where_nobody_was_asked() -> None:
    """In 2025 requests were lowered, so that decisions exceed them."""
    assert indicators().county("decided_minus_requested", TELEMARK) == Figure.observed(80)
    assert indicators().figure("settled_minus_decided", PORSGRUNN) == Figure.observed(62 - 80)
    assert indicators().figure("decided_minus_requested", KVITESEID) == Figure.not_asked()


def test_means_of_decisions_leave_out_years_without_a_request() -> None:
    """Kviteseid was not asked in 2025: the mean is over 2023 and 2024."""
    settled = [
        indicators(2024).figure("decided_last", KVITESEID),
        indicators(2025).figure("decided_last", KVITESEID),
    ]
    assert indicators().figure("decided_mean_3y", KVITESEID) == total(settled).times(Fraction(1, 2))


def test_a_mean_of_three_open_years_is_shown_though_it_is_below_five() -> None:
    """Værøy settled fourteen in three years, and no year is hidden; Måsøy settled one to four in all."""
    assert indicators().shown("settled_mean_3y", VÆRØY) == Figure.observed(Fraction(14, 3))
    assert indicators().shown("settled_mean_3y", MÅSØY) == Figure.suppressed(Fraction(1, 3), Fraction(4, 3))


@pytest.mark.parametrize("one", FILLED, ids=lambda one: one.id)
def test_what_is_shown_holds_the_true_figure_and_the_bounds_that_the_source_gives(one: Indicator) -> None:
    found = indicators()
    places = [(found.figure(one.id, code), found.shown(one.id, code)) for code in found.codes]
    counties = sorted({code[:2] for code in found.codes})
    places += [(found.county(one.id, code), found.shown_county(one.id, code)) for code in counties]
    places.append((found.country(one.id), found.shown_country(one.id)))
    for exact, shown in places:
        if shown.mark is not Mark.SUPPRESSED:
            assert shown.mark is Mark.MISSING or shown == exact
            continue
        for end in (exact.value, exact.low, exact.high):
            assert end is None or shown.low is None or shown.low <= end
            assert end is None or shown.high is None or end <= shown.high


def test_a_county_is_never_shown_exactly_beside_a_hidden_municipality() -> None:
    """Else what is hidden would be the county less the open ones."""
    found = indicators()
    seen = 0
    for name in (
        "refugees",
        "refugee_share",
        "settled_1y",
        "settled_3y",
        "settled_5y",
        "settled_per_1000_5y",
    ):
        for county in sorted({code[:2] for code in found.codes}):
            inside = [found.shown(name, code).mark for code in found.codes if code.startswith(county)]
            if Mark.SUPPRESSED in inside:
                seen += 1
                assert found.shown_county(name, county).value is None, (name, county)
                assert found.shown_country(name).value is None
    assert seen > 20


def test_the_largest_settlement_is_the_best_known_year() -> None:
    assert indicators().figure("settled_max_10y", PORSGRUNN) == Figure.observed(138)


def test_the_highest_of_figures_may_hide_behind_a_suppressed_one() -> None:
    assert highest([Figure.observed(9), Figure.suppressed()]) == Figure.observed(9)
    assert highest([Figure.observed(2), Figure.suppressed()]) == Figure.suppressed(2, 4)
    assert highest([]) == Figure.missing(low=0)
    assert highest([Figure.observed(3), Figure.missing(low=0)]) == Figure.missing(low=3)
    assert highest([Figure.not_asked()]) == Figure.not_asked()


def test_a_county_is_made_of_sums_and_not_of_means() -> None:
    found = indicators()
    codes = [code for code in found.codes if code.startswith(TELEMARK)]
    people = sum(found.figure("population", code).value or 0 for code in codes)
    working = sum(
        (found.figure("working_age_share", c).value or 0) * (found.figure("population", c).value or 0)
        for c in codes
    )
    assert found.county("working_age_share", TELEMARK).value == Fraction(working) / people


def test_age_shares_and_change_are_exact_fractions_between_sensible_ends() -> None:
    found = indicators()
    for name in ("children_share", "school_age_share", "working_age_share", "old_age_share"):
        for code in found.codes:
            value = found.figure(name, code).value
            assert isinstance(value, Fraction)
            assert 0 < value < 1
    assert found.country("population_change_5y").value == Fraction(5_627_400 - 5_391_371, 5_391_371)


def test_refugees_and_other_immigrants_sum_to_all() -> None:
    found = indicators()
    parts = (found.figure("refugee_share", SKIEN).value or 0) + (
        found.figure("other_immigrant_share", SKIEN).value or 0
    )
    assert parts == found.figure("immigrant_share", SKIEN).value


def test_small_numbers_of_immigrants_keep_the_bounds_of_their_rounding() -> None:
    small = [code for code in indicators().codes if indicators().figure("refugees", code).value in (0, 3)]
    assert small
    for code in small:
        figure = indicators().figure("refugees", code)
        assert (figure.low, figure.high, figure.estimated) in {(0, 2, True), (1, 3, True)}


def test_district_is_class_five_and_six() -> None:
    found = indicators()
    assert found.figure("district", SKIEN).value == 0
    assert found.figure("district", KVITESEID).value == 1
    assert found.country("district").value == Fraction(104 + 108, 357)
    assert found.county("centrality_class", TELEMARK) == Figure.missing()


def test_need_index_lacks_two_municipalities() -> None:
    lacking = [code for code in indicators().codes if not indicators().figure("need_index_2026", code).known]
    assert sorted(lacking) == ["1151", "4629"]


def test_reduced_work_capacity_is_navs_share() -> None:
    """NED155: Oslo 29 756 persons, 5.9 per cent."""
    assert round(
        (indicators().figure("reduced_work_capacity_share", "0301").value or 0) * 100, 1
    ) == Fraction("5.9")
    assert indicators().figure("reduced_work_capacity_share", "1151").mark is Mark.SUPPRESSED


def test_the_labour_market_region_crosses_counties() -> None:
    found = indicators()
    oslo, bærum = "0301", "3201"
    both = {found.figure("labour_market_region_population", code) for code in (oslo, bærum)}
    assert len(both) == 1
    assert (found.figure("labour_market_region_population", oslo).value or 0) > 1_000_000


def test_retention_and_programme_results_exist_for_counties_only() -> None:
    found = indicators()
    assert found.figure("retention_first_municipality", SKIEN) == Figure.missing()
    assert found.county("retention_first_municipality", TELEMARK).value == Fraction(92, 100)
    programme = found.county("intro_programme_result", TELEMARK)
    assert (programme.value, programme.estimated) == (Fraction(70, 100), True)
    assert not found.county("intro_programme_result", "46").estimated
    assert found.country("intro_programme_result").value == Fraction(67, 100)


def test_moving_in_is_unknown_for_those_without_a_row() -> None:
    found = indicators()
    unknown = [
        code for code in found.codes if found.figure("refugees_moved_in_share", code).mark is Mark.MISSING
    ]
    assert 24 <= len(unknown) <= 30


def test_what_is_shown_hides_small_numbers_and_rates_on_small_bases() -> None:
    found = indicators()
    for name in ("settled_1y", "settled_last", "settled_5y", "immigrants", "refugees"):
        for code in found.codes:
            shown = found.shown(name, code)
            assert shown.value is None or not 0 < shown.value < 5
    small = [code for code in found.codes if (bases.refugees_2022(found.components, [code]).low or 0) < 30]
    assert small
    assert {found.shown("refugees_moved_in_share", code).value for code in small} == {None}


@pytest.mark.parametrize("one", [one for one in load_catalogue() if one.count], ids=lambda one: one.id)
def test_no_shown_rate_lets_a_count_of_one_to_four_be_worked_out(one: object) -> None:
    found = indicators()
    name, count = one.id, getattr(bases, one.count)  # type: ignore[attr-defined]
    for code in found.codes:
        persons = count(found.components, [code]).value
        assert not (persons and 0 < persons < 5 and found.shown(name, code).known)


def test_a_year_before_the_data_gives_missing_figures_and_no_error() -> None:
    found = indicators(2012)
    assert found.figure("settled_5y", SKIEN).mark is Mark.MISSING
    assert found.figure("settled_max_10y", SKIEN).mark is Mark.MISSING
    assert found.period("settled_5y") == ""


def test_an_unknown_indicator_is_refused_with_a_suggestion() -> None:
    with pytest.raises(DataMissing) as caught:
        compute(open_store(), load_regions(), ["setled_5y"], [SKIEN], 2027)
    assert "settled_5y" in str(caught.value)
    assert "--data" in str(caught.value)


def test_an_indicator_that_was_not_asked_for_is_not_there() -> None:
    found = compute(open_store(), load_regions(), ["population"], [SKIEN], 2027)
    assert found.has("population")
    assert not found.has("settled_5y")
    assert found.figure("settled_5y", SKIEN) == Figure.missing()


def test_the_method_page_tells_every_indicator_as_the_catalogue_has_it(root: Path) -> None:
    from tools.indicator_table import with_table

    page = (root / "docs" / "method" / "indicators.md").read_text("utf-8")
    assert page == with_table(page)
