"""What the county has entered of last year is what the next year's weighing, key and recommendation rest on."""

from __future__ import annotations

from datetime import date

import pytest

from fotfeste.settlement.last_year_entered import DATASET
from fotfeste.statistics.figure import Mark
from fotfeste.web.follow_up.models import MunicipalRequest
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import work
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import foundation_of, ready_for
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
