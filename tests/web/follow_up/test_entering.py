"""Requests and decisions: what is written holds, what was written stays, and two who write at once are told."""

from __future__ import annotations

from datetime import date

import pytest

from fotfeste.errors import InputError
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.web.follow_up import entering, models, services
from fotfeste.web.follow_up.entering import Clash
from fotfeste.web.follow_up.stored import decision_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round, Step
from fotfeste.web.trace.models import Entry
from fotfeste.work.municipal_stages import (
    DecisionStage,
    MunicipalFacts,
    RequestStage,
    SettlementStage,
    municipal_stage,
)
from tests.web.follow_up.year import (
    FYRESDAL,
    PORSGRUNN,
    RESERVED,
    SILJAN,
    SKIEN,
    VINJE,
    a_round,
    asked,
    decided,
    settled,
    whole_year,
)

pytestmark = pytest.mark.django_db
FUTURE = 2027
"""A year that the embedded data know nothing of."""


@pytest.fixture
def coming(db: None) -> Round:
    return a_round(FUTURE)


def test_the_newest_decision_holds_and_the_earlier_stay(sent: Round, contact: Actor) -> None:
    assert entering.decide(contact, sent, decided(SKIEN, 40), 0) == 1
    assert entering.decide(contact, sent, decided(SKIEN, 55, 5), 1) == 2
    assert services.decisions_of(sent)[SKIEN].persons == 55
    kept = models.Decision.objects.filter(round=sent, municipality=SKIEN)
    assert [one.persons for one in kept] == [40, 55]
    assert {one.role for one in kept} == {"municipality_contact"}


def test_a_form_sent_twice_is_stored_once(sent: Round, contact: Actor) -> None:
    for _ in range(3):
        assert entering.decide(contact, sent, decided(SKIEN, 40), 0) == 1
    assert models.Decision.objects.count() == 1
    assert Entry.objects.filter(act="outcome.decision_entered").count() == 1


def test_of_two_who_write_from_the_same_page_the_second_is_told(
    sent: Round, contact: Actor, adviser: Actor
) -> None:
    entering.decide(contact, sent, decided(SKIEN, 40), 0)
    clash = entering.decide(adviser, sent, decided(SKIEN, 41), 0)
    assert clash == Clash(1, decided(SKIEN, 40))
    same_words = entering.decide(adviser, sent, decided(SKIEN, 40), 0)
    assert isinstance(same_words, Clash), "somebody else's words are not one's own form sent twice"
    assert models.Decision.objects.count() == 1


def test_a_decision_with_a_reservation_is_stored_and_pointed_to(sent: Round, contact: Actor) -> None:
    entering.decide(contact, sent, decided(SKIEN, 10, text=RESERVED), 0)
    flags = services.decisions_of(sent)[SKIEN].flags
    assert [flag.word for flag in flags] == ["under forutsetning"]
    assert models.Decision.objects.get().text == RESERVED


@pytest.mark.parametrize(
    "wrong",
    [
        decided(SKIEN, 10, 11),
        decided(SKIEN, 10, dated=date(2999, 1, 1)),
        decided(SKIEN, 10, case_reference=" "),
        decided("5001", 10),
        Decision(SKIEN, "decided", dated=date(2026, 4, 9), body="kommunestyret", case_reference="1"),
        Decision(SKIEN, "awaited"),
    ],
)
def test_a_wrong_decision_is_refused_and_nothing_is_stored(
    sent: Round, adviser: Actor, wrong: Decision
) -> None:
    with pytest.raises(InputError):
        entering.decide(adviser, sent, wrong, 0)
    assert not models.Decision.objects.exists()
    assert not Entry.objects.filter(act__startswith="outcome").exists()


def test_nothing_is_entered_before_the_recommendation_is_sent(adviser: Actor) -> None:
    early = a_round(2028, "weighing")
    with pytest.raises(InputError, match="sendt"):
        entering.enter_request(adviser, early, asked(SKIEN, 10), 0)
    assert not models.MunicipalRequest.objects.exists()


def test_councils_decide_while_the_recommendation_is_revised(adviser: Actor) -> None:
    revised = a_round(2028, "weighing")
    Step.objects.create(round=revised, number=1, before="adopted", after="sent")
    assert entering.enter_request(adviser, revised, asked(SKIEN, 10), 0) == 1


def test_requests_follow_each_other_too(sent: Round, adviser: Actor) -> None:
    assert entering.enter_request(adviser, sent, asked(SKIEN, 10), 0) == 1
    assert entering.enter_request(adviser, sent, asked(SKIEN, 10), 0) == 1
    assert entering.enter_request(adviser, sent, asked(SKIEN, 20, 3), 1) == 2
    assert isinstance(entering.enter_request(adviser, sent, asked(SKIEN, 30), 0), Clash)
    standing = services.requests_of(sent)
    assert standing is not None
    assert standing.by_code[SKIEN].persons.value == 20


def test_two_rounds_overlap_without_touching_each_other(sent: Round, coming: Round, adviser: Actor) -> None:
    entering.decide(adviser, sent, decided(SKIEN, 40), 0)
    entering.decide(adviser, coming, decided(SKIEN, 60), 0)
    assert services.decisions_of(sent)[SKIEN].persons == 40
    assert services.decisions_of(coming)[SKIEN].persons == 60


def test_the_stages_of_the_municipalities_follow_from_what_is_entered(coming: Round, adviser: Actor) -> None:
    before = services.outcomes(coming, date(FUTURE, 3, 1))
    assert all(
        municipal_stage(MunicipalFacts(after=one)).request is RequestStage.EXPECTED for one in before.values()
    )
    whole_year(adviser, coming)
    after = {
        code: municipal_stage(MunicipalFacts(after=one))
        for code, one in services.outcomes(coming, date(FUTURE, 10, 1)).items()
    }
    assert after[SILJAN].request is RequestStage.NOT_ASKED
    assert after[SKIEN].decision is DecisionStage.FEWER
    assert after[SKIEN].settlement is SettlementStage.UNDER_WAY
    assert after[VINJE].decision is DecisionStage.DECLINED
    assert after["4012"].decision is DecisionStage.EXPECTED
    assert after[FYRESDAL].settlement is SettlementStage.COMPLETE
    over = services.outcomes(coming, date(FUTURE + 1, 1, 1))
    assert municipal_stage(MunicipalFacts(after=over["4012"])).decision is DecisionStage.UNDECIDED


def test_a_revision_stands_on_what_is_decided_and_settled_without_the_small_counts(
    coming: Round, adviser: Actor
) -> None:
    assert services.standing(coming) is None
    entering.decide(adviser, coming, decided(SKIEN, 40), 0)
    only_decided = services.standing(coming)
    assert only_decided is not None
    assert only_decided.as_of == "2026-04-09"
    settled(adviser, coming, {SKIEN: 3, PORSGRUNN: 12}, date(FUTURE, 6, 15))
    status = services.standing(coming)
    assert status is not None
    assert (status.as_of, status.origin) == (f"{FUTURE}-06-15", "IMDi: status.csv")
    assert status.standing[SKIEN].decided == Figure.observed(40)
    assert status.standing[SKIEN].settled == Figure.suppressed()
    assert status.standing[PORSGRUNN].settled == Figure.observed(12)
    assert status.standing[PORSGRUNN].decided.mark is Mark.MISSING


def test_of_two_statuses_the_newest_day_holds_whichever_came_in_last(sent: Round, adviser: Actor) -> None:
    settled(adviser, sent, {SKIEN: 20}, date(2026, 9, 1))
    settled(adviser, sent, {SKIEN: 12}, date(2026, 6, 1))
    newest, earlier = services.statuses_of(sent)
    assert newest is not None
    assert earlier is not None
    assert (newest.by_code[SKIEN].persons.value, earlier.by_code[SKIEN].persons.value) == (20, 12)


def test_what_is_stored_of_a_decision_is_the_decision(sent: Round, adviser: Actor) -> None:
    whole = decided(SKIEN, 40, 5, extra=3, text="Første linje.\nAndre linje.")
    entering.decide(adviser, sent, whole, 0)
    assert decision_of(models.Decision.objects.get()) == whole
