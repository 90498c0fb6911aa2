"""When a rate is marked as resting on few people, and what a county's figure is made of."""

from __future__ import annotations

import pytest

from fotfeste.regions import load_regions
from fotfeste.statistics import Mark, load_catalogue, open_store
from fotfeste.statistics.public_figures import FewPeople, PublicFigure, few_people, public_figures
from fotfeste.statistics.shown_components import ShownComponents

Figures = dict[str, dict[str, PublicFigure]]


@pytest.fixture(scope="module")
def facts() -> ShownComponents:
    return ShownComponents(open_store(), load_regions(), 2027)


def figures(facts: ShownComponents, limits: FewPeople) -> Figures:
    telemark = tuple(one.code for one in load_regions().municipalities(2026, "40"))
    places = {code: (code,) for code in (*telemark, "1151", "5618")} | {"40": telemark}
    return public_figures(facts, places, limits)


def test_the_limits_are_dated_and_say_whose_they_are() -> None:
    limits = few_people()
    assert (limits.base, limits.counted) == (300, 10)
    assert limits.dated == "2026-11-21"
    assert "uten ekstern kilde" in limits.source


def test_the_mark_follows_the_limits(facts: ShownComponents) -> None:
    none = figures(facts, FewPeople(0, 0, "", ""))
    assert not any(one.few for places in none.values() for one in places.values())
    every = figures(facts, FewPeople(10**9, 0, "", ""))
    for name, places in every.items():
        indicator = load_catalogue()[name]
        for place, one in places.items():
            rate = indicator.kind in ("share", "per_100", "per_1000") and bool(indicator.base)
            told = one.figure.mark in (Mark.OBSERVED, Mark.SUPPRESSED)
            assert one.few == (rate and told), (name, place)


def test_a_county_is_made_of_what_its_municipalities_may_show(facts: ShownComponents) -> None:
    county = figures(facts, few_people())["settled_1y"]["40"].figure
    assert (county.mark, county.low, county.high) == (Mark.SUPPRESSED, 396, 405)


def test_several_years_with_one_hidden_year_are_a_span(facts: ShownComponents) -> None:
    """Måsøy settled one to four in 2023 and none in the years around: the sum tells no more."""
    for name in ("settled_3y", "settled_5y"):
        found = figures(facts, few_people())[name]["5618"].figure
        assert (found.value, found.mark, found.low, found.high) == (None, Mark.SUPPRESSED, 1, 4)
