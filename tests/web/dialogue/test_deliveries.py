"""A delivery is frozen and numbered; late ones are taken and marked, double ones are one, and reopening takes a reason."""

from __future__ import annotations

import hashlib

import pytest
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.settlement.replies import Service
from fotfeste.web.dialogue.deliveries import content_of, deliver, differences, reopen
from fotfeste.web.dialogue.drafts import save_draft
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.dialogue.services import ask_all, deadline_of, replies_of, reply_facts
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import OwnDeadline, Round
from fotfeste.web.trace.models import Entry
from fotfeste.work.municipal_stages import ReplyStage, reply_stage
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import ANSWERS, LATE, make_round

pytestmark = pytest.mark.django_db


def delivered(by: Actor, reply: Reply, **changes: str) -> Delivery:
    reply.refresh_from_db()
    outcome = deliver(by, reply, {**ANSWERS, **changes}, reply.version, dict(reply.values), notices_seen=True)
    assert outcome.delivery is not None, outcome
    return outcome.delivery


def stage_of(round_: Round, code: str = "4003") -> ReplyStage:
    return reply_stage(reply_facts(round_)[code])


def test_every_municipality_is_asked_once(round_: Round) -> None:
    assert Reply.objects.filter(round=round_).exclude(asked_at=None).count() == 17
    assert ask_all(NOBODY, round_) == 0
    assert Entry.objects.filter(act="input.asked").count() == 1


def test_the_county_s_own_deadline_goes_before_the_default(round_: Round) -> None:
    OwnDeadline.objects.filter(round=round_).delete()
    assert deadline_of(round_).isoformat() == "2026-09-15"
    OwnDeadline.objects.create(round=round_, kind="reply", on=LATE)
    assert deadline_of(round_) == LATE


def test_a_reply_goes_from_asked_to_draft_to_delivered(round_: Round, skien: Reply, contact: Actor) -> None:
    assert stage_of(round_) is ReplyStage.ASKED
    save_draft(contact, skien, {"housing": "30"}, 0, {})
    assert stage_of(round_) is ReplyStage.DRAFT
    delivered(contact, skien)
    assert stage_of(round_) is ReplyStage.DELIVERED


def test_what_is_delivered_is_what_the_library_reads(round_: Round, skien: Reply, contact: Actor) -> None:
    assert replies_of(round_) is None
    one = delivered(contact, skien)
    replies = replies_of(round_)
    assert replies is not None
    told = replies.by_code["4003"]
    assert (told.own_wish, told.minors, told.bottleneck) == (25, 3, (Service.ADULT_EDUCATION, 20))
    assert told.texts["capacity_note"] == "Flere boliger fra august"
    assert str(told.approved_on) == "2026-09-10"
    assert (one.number, one.late, one.on_behalf) == (1, False, False)


def test_the_checksum_is_that_of_the_file(skien: Reply, contact: Actor) -> None:
    one = delivered(contact, skien)
    assert hashlib.sha256(content_of(one.reply, one.values)).hexdigest() == one.checksum


def test_a_reply_after_the_deadline_is_taken_and_marked(contact: Actor) -> None:
    round_ = make_round(due=LATE)
    one = delivered(contact, Reply.objects.get(round=round_, municipality="4003"))
    assert one.late
    assert stage_of(round_) is ReplyStage.DELIVERED_LATE


def test_the_day_of_the_deadline_is_in_time(contact: Actor) -> None:
    round_ = make_round(due=timezone.localdate())
    assert not delivered(contact, Reply.objects.get(round=round_, municipality="4003")).late


def test_one_who_never_answers_is_not_waited_for_when_the_round_goes_on(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(state=Stage.WEIGHING.value)
    round_.refresh_from_db()
    assert stage_of(round_) is ReplyStage.NONE


def test_a_reply_that_comes_during_the_weighing_is_taken(round_: Round, skien: Reply, contact: Actor) -> None:
    Round.objects.filter(pk=round_.pk).update(state=Stage.WEIGHING.value)
    assert delivered(contact, skien).number == 1


def test_the_same_sent_twice_is_one_delivery(skien: Reply, contact: Actor) -> None:
    first = deliver(contact, skien, ANSWERS, 0, {})
    second = deliver(contact, skien, ANSWERS, 0, {})
    assert first.delivery == second.delivery
    assert Delivery.objects.count() == 1
    assert Entry.objects.filter(act="input.delivered").count() == 1


def test_something_else_sent_after_delivery_is_refused(skien: Reply, contact: Actor) -> None:
    deliver(contact, skien, ANSWERS, 0, {})
    with pytest.raises(InputError) as caught:
        deliver(contact, skien, {**ANSWERS, "housing": "31"}, 0, {})
    assert caught.value.code == "dialogue.delivered"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"housing": "mange"}, {"housing"}),
        ({"in_work": "3"}, {"in_work"}),
        ({"approved_by": ""}, {"approved_by"}),
        ({"approved_on": ""}, {"approved_on"}),
        ({"capacity_note": "f. 01019012345"}, {"capacity_note"}),
        ({"wish_note": "å" * 4001}, {"wish_note"}),
        (dict.fromkeys(ANSWERS, ""), {"housing", "approved_by", "approved_on"}),
    ],
)
def test_what_is_wrong_stands_in_the_way_and_the_rest_is_kept(
    skien: Reply, contact: Actor, changes: dict[str, str], wrong: set[str]
) -> None:
    outcome = deliver(contact, skien, {**ANSWERS, **changes}, 0, {})
    assert outcome.delivery is None
    assert set(outcome.problems or {}) == wrong
    assert not Delivery.objects.exists()
    skien.refresh_from_db()
    assert skien.values.get("own_wish") == (25 if changes.get("own_wish", "x") else None)


def test_more_minors_than_the_wish_is_to_be_seen_before_it_is_delivered(skien: Reply, contact: Actor) -> None:
    typed = {**ANSWERS, "minors": "40"}
    outcome = deliver(contact, skien, typed, 0, {})
    assert [one.code for one in outcome.notices] == ["reply.minors_above_wish"]
    assert outcome.delivery is None
    again = deliver(contact, skien, typed, 1, dict(outcome.saved.base), notices_seen=True)  # type: ignore[union-attr]
    assert again.delivery is not None


def test_what_another_has_written_meanwhile_is_seen_before_it_is_delivered(
    skien: Reply, contact: Actor, colleague: Actor
) -> None:
    save_draft(colleague, skien, {"school": "12"}, 0, {})
    outcome = deliver(contact, skien, {**ANSWERS, "school": ""}, 0, {})
    assert outcome.delivery is None
    assert outcome.saved is not None
    assert outcome.saved.others == ("school",)


def test_reopening_takes_a_reason_and_the_next_delivery_is_number_two(
    round_: Round, skien: Reply, contact: Actor, adviser: Actor
) -> None:
    first = delivered(contact, skien)
    reopen(adviser, skien, "Tallet for bolig er skrevet feil")
    assert stage_of(round_) is ReplyStage.REOPENED
    second = delivered(contact, skien, housing="32")
    assert (second.number, second.reason) == (2, "Tallet for bolig er skrevet feil")
    assert stage_of(round_) is ReplyStage.DELIVERED
    (change,) = differences(first.values, second.values)
    assert (change.field.id, change.before, change.after) == ("housing", 30, 32)
    first.refresh_from_db()
    assert first.values["housing"] == 30


def test_one_that_came_in_time_and_was_opened_again_is_never_late(
    round_: Round, skien: Reply, contact: Actor, adviser: Actor
) -> None:
    delivered(contact, skien)
    OwnDeadline.objects.filter(round=round_).update(on=LATE)
    reopen(adviser, skien, "Ny opplysning")
    assert not delivered(contact, skien, housing="32").late


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "Gjelder 01019012345"])
def test_a_reply_is_not_opened_without_a_reason_that_may_stand(
    skien: Reply, contact: Actor, adviser: Actor, reason: str
) -> None:
    delivered(contact, skien)
    with pytest.raises(InputError):
        reopen(adviser, skien, reason)
    skien.refresh_from_db()
    assert skien.reopened_at is None


def test_a_reply_that_is_not_delivered_cannot_be_opened(skien: Reply, adviser: Actor) -> None:
    with pytest.raises(InputError):
        reopen(adviser, skien, "Grunn")


def test_what_the_county_enters_is_marked(skien: Reply, adviser: Actor) -> None:
    outcome = deliver(adviser, skien, ANSWERS, 0, {}, origin=" e-post\n3. september ")
    assert outcome.delivery is not None
    assert (outcome.delivery.on_behalf, outcome.delivery.origin) == (True, "e-post 3. september")
