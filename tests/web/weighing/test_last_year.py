"""What the county has entered of last year is what the next year's weighing, key and recommendation rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.settlement.criteria import Key, KeyForm
from fotfeste.settlement.last_year_entered import DATASET
from fotfeste.settlement.weighing.changes import UseCriteria
from fotfeste.settlement.weighing.weighed import bundle_from
from fotfeste.statistics.figure import Mark
from fotfeste.web.follow_up.models import MunicipalRequest
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import work
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.revising import prepared_revision
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of, foundation_of, ready_for
from fotfeste.web.weighing.recommending import recommendation_of
from tests.web.weighing.conftest import own_round

pytestmark = pytest.mark.django_db
SKIEN = "4003"


@pytest.fixture
def last(db: None) -> Round:
    return own_round(state="sent")


@pytest.fixture
def next_round(last: Round) -> Round:
    return own_round(year=2028, total=400)


def asked(round_: Round, persons: int, number: int = 1) -> None:
    MunicipalRequest.objects.create(
        round=round_,
        municipality=SKIEN,
        number=number,
        persons=persons,
        minors=0,
        dated=date(2026, 12, 15),
        source="IMDi",
    )


def test_the_weighing_rests_on_last_years_request_as_soon_as_it_is_entered(
    last: Round, next_round: Round, kari: Actor
) -> None:
    version = services.begin(kari, next_round)
    before = foundation_of(next_round)
    assert ready_for(before).gathered.last_requested[SKIEN].mark is Mark.MISSING
    asked(last, 140)
    now = foundation_of(next_round)
    assert now != before
    gathered = ready_for(now).gathered
    assert (gathered.last_requested[SKIEN].value, gathered.figures["requested_last"][SKIEN].value) == (
        140,
        140,
    )
    asked(last, 90, 2)
    found = recommendation_of(next_round, version).recommendation
    assert found is not None
    told = next(one for one in found.municipalities if one.code == SKIEN).facts.history[-1]
    assert (told.year, told.requested.value) == (2027, 90)
    assert DATASET in {one.dataset for one in found.sources}


def test_the_recommendation_that_is_calculated_rests_on_it_too(last: Round, next_round: Round) -> None:
    asked(last, 140)
    assert work._prepared(next_round, 400).last_requested[SKIEN].value == 140


@pytest.mark.parametrize("indicator", ["population", "unemployment_share_2022"])
def test_a_revision_rests_on_it_whether_figures_are_kept_or_gathered_anew(
    last: Round, next_round: Round, kari: Actor, indicator: str
) -> None:
    asked(last, 140)
    version = services.begin(kari, next_round)
    ready, choices = ready_for(foundation_of(next_round)), choices_of(version.choices)
    bundle = bundle_from(ready, choices, date(2027, 9, 1), "0")
    one = choices.criteria.criteria[0]
    key = replace(one, key=Key(KeyForm.POWER, indicator))
    criteria = replace(choices.criteria, criteria=(key, *choices.criteria.criteria[1:]))
    services.change(kari, next_round, UseCriteria(criteria), 1)
    found = prepared_revision(next_round, bundle, Adoption(round=next_round, weighed=1), None)
    assert found.revision is not None
    assert ("data" in found.revision.also) is (indicator != "population")
    assert found.last_requested[SKIEN].value == 140
    assert [one.dataset for one in found.sources].count(DATASET) == 1
