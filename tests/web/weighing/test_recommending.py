"""The recommendation that is made of a version: what it holds, when it is current, and when it is not made at all."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from fotfeste.errors import Infeasible, InputError
from fotfeste.settlement.bundle import bundle_of_text
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.verify import verify
from fotfeste.settlement.weighing.changes import AddRule, SetTotal
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.changes import change_request, request_of
from fotfeste.web.rounds.models import RequestChange, Round
from fotfeste.web.rounds.services import bundle_text
from fotfeste.web.rounds.stages import facts_of
from fotfeste.web.trace.models import Entry
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import foundation_of
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.recommending import make_recommendation, recommendation_of
from fotfeste.web.weighing.services import Clash
from tests.web.weighing.changing import OVERRIDE, WORK, made
from tests.web.weighing.conftest import delivered, own_round

pytestmark = pytest.mark.django_db


def test_the_recommendation_is_the_bundle_of_the_version_and_can_be_computed_anew(
    round_: Round, kari: Actor, begun: Version
) -> None:
    version = made(services.change(kari, round_, [SetTotal(500, 0), OVERRIDE], 1))
    done = make_recommendation(kari, round_, version.number, "IMDi ba om færre")
    assert isinstance(done, Round)
    kept = Round.objects.get()
    assert (kept.weighed, kept.total, kept.minors, kept.state) == (version.number, 500, 0, "weighing")
    bundle = bundle_of_text(bundle_text(kept.pk), kept.bundle_checksum)
    assert verify(bundle).same
    assert bundle.outcome.numbers["4003"] == 90
    assert bundle.outcome.numbers == recommendation_of(kept, version).numbers
    assert facts_of(kept).recommendation_current


def test_a_recommendation_is_not_current_after_a_change_or_a_reply(
    round_: Round, kari: Actor, begun: Version
) -> None:
    make_recommendation(kari, round_, 1)
    services.change(kari, round_, WORK, 1)
    assert not facts_of(Round.objects.get()).recommendation_current
    make_recommendation(kari, round_, 2)
    assert facts_of(Round.objects.get()).recommendation_current
    delivered(round_, "4003", housing=50)
    assert not facts_of(Round.objects.get()).recommendation_current
    make_recommendation(kari, round_, 2)
    assert facts_of(Round.objects.get()).recommendation_current


def test_a_recommendation_is_made_of_what_was_seen_or_not_at_all(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    services.change(ola, round_, WORK, 1)
    assert isinstance(make_recommendation(kari, round_, 1), Clash)
    assert not Round.objects.get().bundle_checksum


def test_choices_that_cannot_be_met_are_kept_and_recommended_to_nobody(
    round_: Round, kari: Actor, begun: Version
) -> None:
    floor = AddRule(Rule(RuleKind.FLOOR, (), 60, source="Møtet"))
    version = made(services.change(kari, round_, floor, 1))
    weighed = recommendation_of(round_, version)
    assert weighed.recommendation is None
    assert weighed.ways
    with pytest.raises(Infeasible):
        make_recommendation(kari, round_, version.number)
    assert not Round.objects.get().bundle_checksum


@pytest.mark.parametrize("state", ["prepared", "dialogue"])
def test_before_the_weighing_choices_can_be_tried_and_nothing_recommended(kari: Actor, state: str) -> None:
    round_ = own_round(state=state)
    services.begin(kari, round_)
    services.change(kari, round_, WORK, 1)
    with pytest.raises(InputError) as caught:
        make_recommendation(kari, round_, 2)
    assert caught.value.code == "weighing.stage"


def test_the_same_recommendation_made_twice_is_one(round_: Round, kari: Actor, begun: Version) -> None:
    make_recommendation(kari, round_, 1)
    entries = Entry.objects.count()
    make_recommendation(kari, round_, 1)
    assert Entry.objects.count() == entries


def test_numbers_follow_the_newest_replies(round_: Round, kari: Actor, begun: Version) -> None:
    before = recommendation_of(round_, begun).numbers["4003"]
    empty = foundation_of(round_)
    delivered(round_, "4003", housing=50)
    full = foundation_of(round_)
    assert (empty.replied, full.replied) != ("", "")
    assert empty.replied != full.replied
    after = recommendation_of(round_, begun)
    assert before > 50
    assert after.prepared.replies is not None
    assert after.numbers["4003"] == 50


def test_what_follows_is_worked_out_once_for_the_same_version_and_replies(
    round_: Round, kari: Actor, begun: Version
) -> None:
    assert recommendation_of(round_, begun) is recommendation_of(round_, begun)
    assert timezone.now() - begun.at < timedelta(minutes=5)


def request(by: Actor, round_: Round, total: int, minors: int = 0, reason: str = "IMDi ba om flere") -> None:
    """Change the round's request in its room, as somebody else does meanwhile."""
    before = request_of(Round.objects.get(pk=round_.pk))
    change_request(by, round_, before, before | {"total": total, "minors": minors}, reason)


@pytest.mark.parametrize(("total", "minors"), [(600, 0), (545, 7)])
def test_a_request_that_was_changed_after_the_version_is_never_set_back(
    round_: Round, kari: Actor, ola: Actor, begun: Version, total: int, minors: int
) -> None:
    request(ola, round_, total, minors)
    done = make_recommendation(kari, round_, 1, "Vi fordeler det vi begynte med")
    assert isinstance(done, Clash)
    assert done.request is not None
    assert (done.request.total, done.request.minors) == (total, minors)
    kept = Round.objects.get()
    assert (kept.total, kept.minors, kept.bundle_checksum) == (total, minors, "")


def test_a_version_with_another_total_changes_the_request_only_with_a_reason(
    round_: Round, kari: Actor, begun: Version
) -> None:
    delivered(round_, "4003", minors=5)
    version = made(services.change(kari, round_, SetTotal(500, 4), 1))
    for reason in ("", "   "):
        with pytest.raises(InputError) as caught:
            make_recommendation(kari, round_, version.number, reason)
        assert caught.value.code == "round.reason"
    kept = Round.objects.get()
    assert (kept.total, kept.minors, kept.bundle_checksum) == (545, 0, "")
    assert isinstance(make_recommendation(kari, round_, version.number, "IMDi ba om færre"), Round)
    change = RequestChange.objects.get()
    assert (change.total_before, change.total, change.minors_before, change.minors) == (545, 500, 0, 4)
    assert (change.reason, change.by_id) == ("IMDi ba om færre", kari.user_id)
    acts = [one.act for one in Entry.objects.order_by("number")]
    assert acts[-3:] == ["round.changed", "round.calculated", "weighing.recommended"]
    numbers = json.loads(Entry.objects.get(act="round.changed").detail)
    assert (numbers["total"], numbers["new_total"], numbers["new_minors"]) == ("545", "500", "4")
    assert facts_of(Round.objects.get()).recommendation_current


def test_a_version_that_is_made_after_the_request_was_changed_may_change_it_again(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    request(ola, round_, 600)
    version = made(services.change(kari, round_, SetTotal(580, 0), 1))
    assert isinstance(make_recommendation(kari, round_, version.number, "Avtalt i møtet"), Round)
    assert Round.objects.get().total == 580


def test_a_round_without_a_total_gets_that_of_the_version_and_no_reason_is_asked(kari: Actor) -> None:
    round_ = own_round(total=None)
    services.begin(kari, round_, 300)
    assert isinstance(make_recommendation(kari, round_, 1), Round)
    assert Round.objects.get().total == 300


def test_the_same_request_takes_no_reason_and_leaves_no_change_of_it(
    round_: Round, kari: Actor, begun: Version
) -> None:
    assert isinstance(make_recommendation(kari, round_, 1), Round)
    assert not RequestChange.objects.exists()
    assert not Entry.objects.filter(act="round.changed").exists()
