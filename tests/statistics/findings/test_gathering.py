"""Findings of real places: what they rest on, and that nothing hidden comes back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from fotfeste.regions import load_regions
from fotfeste.statistics import Figure, Mark, load_catalogue, open_store
from fotfeste.statistics.findings.choosing import findings_among
from fotfeste.statistics.findings.comparing import compared
from fotfeste.statistics.findings.gathering import alike_places, beside_result, candidates_of, noise_of
from fotfeste.statistics.findings.rule import finding_rule
from fotfeste.statistics.findings.sentences import about_comparison, about_finding, not_said, why_chosen
from fotfeste.statistics.findings.values import Comparison, Finding, Model, Verdict
from fotfeste.statistics.series.counts import YearlyCounts
from fotfeste.statistics.shown_components import ShownComponents
from fotfeste.statistics.uncertainty import Uncertainty

RULE = finding_rule()


@cache
def counts() -> YearlyCounts:
    return YearlyCounts(open_store(), load_regions())


@cache
def facts() -> ShownComponents:
    return ShownComponents(open_store(), load_regions(), 2027)


@cache
def comparisons(place: str) -> dict[str, Comparison]:
    found = compared(candidates_of(facts(), counts(), place, RULE), RULE)
    return {one.candidate.indicator.id: one for one in found}


@cache
def found(place: str) -> tuple[Finding, ...]:
    return findings_among(tuple(comparisons(place).values()), RULE)


def test_those_alike_are_the_twenty_most_alike_or_the_other_counties() -> None:
    assert alike_places(counts(), "4028", RULE) == tuple(
        one.code for one in load_regions().similar("4028", 20)
    )
    assert len(alike_places(counts(), "40", RULE)) == 14
    assert alike_places(counts(), "0", RULE) == ()


@pytest.mark.parametrize(("place", "number"), [("4028", 0), ("4001", 2), ("0301", 5), ("40", 5), ("03", 5)])
def test_every_place_has_up_to_five_findings_all_of_them_clear_with_words(place: str, number: int) -> None:
    several = found(place)
    assert len(several) == number
    assert all(one.clear for one in several)
    names = {"": "stedet", place[:2]: "fylket", "0": "landet"}
    named = {one.id: one.name for one in load_catalogue()}
    for one in several:
        told = [*about_finding(one, names), why_chosen(one), *not_said(one, named)]
        assert all(str(part).strip() for part in told)
        assert "{" not in " ".join(map(str, told))


def test_a_small_municipality_says_less_than_the_country_would() -> None:
    """Kviteseid has 2 463 inhabitants: its shares are uncertain by more than a percentage point."""
    share = comparisons("4028")["working_age_share"]
    assert share.candidate.noise.model is Model.SHARE
    assert 0.01 < share.deviation < 0.02


@pytest.mark.parametrize("name", ["intro_programme_result", "retention_first_municipality"])
def test_that_a_source_rounds_says_nothing_of_chance_so_the_figure_is_shown_and_not_judged(name: str) -> None:
    """Whole per cent without how many they are of: 92 against 86 may be a few people."""
    for place in ("11", "40"):
        result = comparisons(place)[name]
        assert result.candidate.noise.model is Model.NONE
        verdicts = [one.verdict for one in (*result.larger, result.beside_alike) if one is not None]
        assert set(verdicts) == {Verdict.UNTOLD}
        assert name not in {one.indicator.id for one in found(place)}


def test_a_declared_standard_deviation_is_the_noise() -> None:
    declared = Uncertainty("relative_sd", Fraction(1, 10), "oppdiktet")
    one = replace(load_catalogue()["children_share"], uncertainty=declared)
    noise = noise_of(one, facts(), ("4028",), Figure.observed(Fraction(1, 5)), RULE, 1.0)
    assert (noise.model, noise.size) == (Model.PUBLISHED, pytest.approx(0.02))


def test_a_guess_is_not_judged_and_is_not_among_those_alike() -> None:
    """Haram was part of Ålesund until 2024; who lived there before is shared out by people."""
    one = comparisons("1580")["population_change_5y"]
    assert one.candidate.own.estimated
    assert {other.verdict for other in one.larger} == {Verdict.UNTOLD}
    assert "population_change_5y" not in {each.indicator.id for each in found("1580")}
    told = " ".join(map(str, about_comparison(one, {"": "Haram", "15": "fylket", "0": "landet"})))
    assert "Tallet her er et anslag" in told
    assert "høyere" not in told
    assert "lavere" not in told
    for place in ("1580", "1508", "1577"):
        assert not {"1508", "1580"} & set(comparisons(place)["population_change_5y"].candidate.alike)


def test_a_county_with_the_figure_of_a_larger_one_is_not_compared_with_itself() -> None:
    """Telemark and Vestfold both have the result of Vestfold og Telemark."""
    telemark, rogaland = (comparisons(place)["intro_programme_result"] for place in ("40", "11"))
    assert telemark.candidate.own.estimated
    assert not {"31", "32", "33", "39", "40", "55", "56"} & set(rogaland.candidate.alike)
    assert rogaland.alike is None


def test_where_municipalities_were_divided_within_a_county_its_own_sum_is_judged() -> None:
    one = comparisons("15")["population_change_5y"]
    assert one.candidate.own.estimated
    assert one.candidate.noise.model is Model.CHANGE


def test_settled_vary_more_than_poisson() -> None:
    assert comparisons("4001")["settled_per_1000_3y"].candidate.noise.factor > 2


def test_a_hidden_figure_stays_hidden_beside_those_alike() -> None:
    one = comparisons("4028")["settled_per_1000_1y"].candidate.own
    assert one.mark is Mark.SUPPRESSED
    for other in ("4028", "5618"):
        for comparison in comparisons(other).values():
            for figure in (comparison.candidate.own, *comparison.candidate.alike.values()):
                if figure.mark is Mark.SUPPRESSED:
                    assert figure.value is None


def test_the_country_is_compared_with_nobody() -> None:
    assert found("0") == ()


def test_composition_and_labour_market_stand_beside_every_result() -> None:
    found, missing = beside_result(facts(), counts(), "40", RULE, "intro_programme_result")
    at_hand = {one.indicator.id for one in found}
    assert {"refugee_share", "unemployment_share_2022", "reduced_work_capacity_share"} <= at_hand
    assert not at_hand & set(missing)
    assert beside_result(facts(), counts(), "40", RULE, "children_share") == ((), ())
