"""Where a municipality stands in a round, read from what has happened with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.messages import language
from fotfeste.work.municipal_stages import (
    AfterFacts,
    DecisionStage,
    MunicipalFacts,
    MunicipalStage,
    Open,
    ReplyFacts,
    ReplyStage,
    RequestStage,
    SettlementStage,
    decision_stage,
    decision_stage_name,
    municipal_stage,
    open_of,
    reply_stage,
    reply_stage_name,
    request_stage,
    request_stage_name,
    settlement_stage,
    settlement_stage_name,
)

ASKED, DEADLINE = date(2026, 8, 20), date(2026, 9, 15)
NB = language("nb")


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({}, ReplyStage.NOT_ASKED),
        ({"asked_on": ASKED}, ReplyStage.ASKED),
        ({"asked_on": ASKED, "drafted": True}, ReplyStage.DRAFT),
        ({"asked_on": ASKED, "delivered_on": DEADLINE}, ReplyStage.DELIVERED),
        ({"asked_on": ASKED, "delivered_on": date(2026, 9, 16)}, ReplyStage.DELIVERED_LATE),
        ({"asked_on": ASKED, "delivered_on": DEADLINE, "reopened": True}, ReplyStage.REOPENED),
        ({"asked_on": ASKED, "waiting_ended": True}, ReplyStage.NONE),
        ({"asked_on": ASKED, "waiting_ended": True, "drafted": True}, ReplyStage.NONE),
        (
            {"asked_on": ASKED, "waiting_ended": True, "delivered_on": date(2026, 10, 1)},
            ReplyStage.DELIVERED_LATE,
        ),
    ],
)
def test_how_far_the_reply_has_come(facts: dict[str, Any], stage: ReplyStage) -> None:
    assert reply_stage(ReplyFacts(deadline=DEADLINE, **facts)) is stage


def test_a_reply_without_a_deadline_is_never_late() -> None:
    assert reply_stage(ReplyFacts(ASKED, delivered_on=date(2030, 1, 1))) is ReplyStage.DELIVERED


@pytest.mark.parametrize(
    ("facts", "asked", "decision", "settlement"),
    [
        ({}, "none", "not_yet", "not_yet"),
        ({"sent": True}, "expected", "not_yet", "not_yet"),
        ({"sent": True, "published": True}, "not_asked", "none", "none"),
        ({"sent": True, "requested": 20}, "asked", "expected", "not_yet"),
        ({"sent": True, "requested": 0}, "asked", "none", "none"),
        ({"sent": True, "requested": 0, "decided": 0}, "asked", "decided", "none"),
        ({"sent": True, "requested": 20, "decided": 20}, "asked", "decided", "unknown"),
        ({"sent": True, "requested": 20, "decided": 20, "settled": 0}, "asked", "decided", "not_begun"),
        ({"sent": True, "requested": 20, "decided": 15, "settled": 4}, "asked", "decided_fewer", "under_way"),
        ({"sent": True, "requested": 20, "decided": 25, "settled": 25}, "asked", "decided_more", "complete"),
        ({"sent": True, "requested": 20, "decided": 20, "settled": 22}, "asked", "decided", "complete"),
        ({"sent": True, "requested": 20, "decided": 0}, "asked", "declined", "none"),
        ({"sent": True, "decided": 0}, "expected", "declined", "none"),
        ({"sent": True, "published": True, "decided": 10, "settled": 1}, "not_asked", "decided", "under_way"),
        (
            {"sent": True, "requested": 20, "decided": 20, "settled": 18, "ended": True},
            "asked", "decided", "ended_short",
        ),
        ({"sent": True, "requested": 20, "decided": 20, "ended": True}, "asked", "decided", "ended"),
        ({"sent": True, "requested": 20, "ended": True}, "asked", "undecided", "none"),
        ({"sent": True, "requested": 20, "settled": 3}, "asked", "expected", "under_way"),
        ({"sent": True, "ended": True}, "none", "none", "none"),
    ],
)  # fmt: skip
def test_how_far_request_decision_and_settlement_have_come(
    facts: dict[str, Any], asked: str, decision: str, settlement: str
) -> None:
    after = AfterFacts(**facts)
    assert request_stage(after).value == asked
    assert decision_stage(after).value == decision
    assert settlement_stage(after).value == settlement


def test_nobody_settled_and_not_known_are_two_things() -> None:
    asked = {"sent": True, "requested": 20, "decided": 20}
    assert settlement_stage(AfterFacts(**asked, settled=0)) is not settlement_stage(AfterFacts(**asked))


def after() -> st.SearchStrategy[AfterFacts]:
    number = st.none() | st.integers(0, 30)
    return st.builds(AfterFacts, st.booleans(), st.booleans(), number, number, number, st.booleans())


@given(after())
def test_what_has_ended_waits_for_nothing(facts: AfterFacts) -> None:
    stage = municipal_stage(MunicipalFacts(after=facts))
    waits = open_of({"4003": stage})
    assert stage.ended is (waits == Open())
    if facts.ended:
        assert stage.ended


@given(after(), st.integers(1, 30))
def test_settlement_never_goes_back_when_more_people_come(facts: AfterFacts, more: int) -> None:
    order = [SettlementStage.NOT_BEGUN, SettlementStage.UNDER_WAY, SettlementStage.COMPLETE]
    if not facts.decided or facts.settled is None or facts.ended:
        return
    later = replace(facts, settled=facts.settled + more)
    assert order.index(settlement_stage(later)) >= order.index(settlement_stage(facts))
    assert (settlement_stage(later) is SettlementStage.COMPLETE) is (facts.settled + more >= facts.decided)


def test_who_is_waited_for_comes_in_the_order_of_the_county() -> None:
    def standing(**known: Any) -> MunicipalStage:
        return municipal_stage(MunicipalFacts(after=AfterFacts(sent=True, **known)))

    stages = {
        "4001": standing(requested=20),
        "4003": standing(requested=20, decided=20),
        "4005": standing(),
        "4010": standing(requested=5, decided=5, settled=5),
        "4012": standing(requested=8, decided=8, settled=2),
        "4014": standing(requested=12),
    }
    assert open_of(stages) == Open(("4005",), ("4001", "4014"), ("4003", "4012"))


@pytest.mark.parametrize(
    ("stages", "name_of"),
    [
        (ReplyStage, reply_stage_name),
        (RequestStage, request_stage_name),
        (DecisionStage, decision_stage_name),
        (SettlementStage, settlement_stage_name),
    ],
)
def test_every_stage_has_a_name_of_its_own(stages: type[StrEnum], name_of: Any) -> None:
    assert len({NB.text(name_of(stage)) for stage in stages}) == len(stages)


def test_that_nothing_is_to_be_decided_or_settled_is_said_only_when_it_is_known() -> None:
    def told(**known: Any) -> tuple[str, str]:
        after = AfterFacts(**known)
        return NB.text(decision_stage_name(decision_stage(after))), NB.text(
            settlement_stage_name(settlement_stage(after))
        )

    later = ("kommer etter anmodningen", "kommer etter vedtaket")
    assert told() == told(sent=True) == later
    assert told(sent=True, published=True) == ("trengs ikke", "ingen skal bosettes")
    assert told(sent=True, requested=0) == ("trengs ikke", "ingen skal bosettes")
