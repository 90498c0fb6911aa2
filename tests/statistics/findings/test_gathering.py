"""Findings of real places: what they rest on, and that nothing hidden comes back."""

from __future__ import annotations

from functools import cache

import pytest

from fotfeste.regions import load_regions
from fotfeste.statistics import Mark, load_catalogue, open_store
from fotfeste.statistics.findings.choosing import findings_among
from fotfeste.statistics.findings.comparing import compared
from fotfeste.statistics.findings.gathering import alike_places, beside_result, candidates_of
from fotfeste.statistics.findings.rule import finding_rule
from fotfeste.statistics.findings.sentences import about_finding, not_said, why_chosen
from fotfeste.statistics.findings.values import Comparison, Finding, Model
from fotfeste.statistics.series.counts import YearlyCounts
from fotfeste.statistics.shown_components import ShownComponents

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


@pytest.mark.parametrize("place", ["4028", "4001", "0301", "5618", "1151", "40", "03"])
def test_every_place_has_five_findings_of_at_least_three_themes_with_words(place: str) -> None:
    several = found(place)
    assert len(several) == 5
    assert len({one.comparison.candidate.theme for one in several}) >= 3
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


def test_a_published_uncertainty_is_used_as_it_is_declared() -> None:
    result = comparisons("40")["intro_programme_result"]
    assert result.candidate.noise.model is Model.PUBLISHED
    assert result.deviation == pytest.approx(0.005 / 3**0.5)


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
