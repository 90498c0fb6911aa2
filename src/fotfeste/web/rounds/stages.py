"""The stages of a round as they stand in the database: what is in place, and the steps that are taken."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settings import LOCALES
from fotfeste.web.jobs import services as jobs
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import services
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.lessons import lessons_of, unanswered
from fotfeste.web.rounds.models import Adoption as AdoptionRow
from fotfeste.web.rounds.models import Round, Step
from fotfeste.web.rounds.opening import year_before
from fotfeste.web.trace.services import record
from fotfeste.work.municipal_stages import (
    MunicipalFacts,
    MunicipalStage,
    ReplyStage,
    municipal_stage,
    open_of,
    reply_stage,
)
from fotfeste.work.requirements import Adoption, Publication, RoundFacts, Stage
from fotfeste.work.stages import Taken, step_between, take

REPLY = "reply"
LONGEST_REASON = 500


def facts_of(round_: Round, adoption: Adoption | None = None) -> RoundFacts:
    """Return what is known of the round when it is asked where it can go; ``adoption`` is what is about to be entered."""
    before = year_before(round_.county, round_.year)
    replies = replies_by_stage(round_)
    waiting = open_of(_after(round_))
    asked = deadline_of(round_, REPLY)
    return RoundFacts(
        stage=Stage(round_.state),
        municipalities=len(services.municipalities_of(round_)),
        total_known=round_.total is not None,
        lessons_written=None if before is None else not unanswered(lessons_of(before)),
        replies_delivered=replies.get(ReplyStage.DELIVERED, 0) + replies.get(ReplyStage.REOPENED, 0),
        replies_late=replies.get(ReplyStage.DELIVERED_LATE, 0),
        replies_missing=replies.get(ReplyStage.ASKED, 0) + replies.get(ReplyStage.DRAFT, 0),
        deadline_passed=timezone.localdate() > asked,
        recommendation_made=round_.ready,
        recommendation_current=_current(round_),
        documents_made=documents_made(round_),
        adoption=adoption or Adoption(),
        sent_on=round_.sent_on,
        publication=Publication(round_.publication),
        open_requests=waiting.requests,
        open_decisions=waiting.decisions,
        open_settlement=waiting.settlement,
    )


def deadline_of(round_: Round, kind: str) -> date:
    """Return the date that holds for one deadline of the round."""
    return next(one.on for one in deadlines_of(round_) if one.id == kind)


def replies_by_stage(round_: Round) -> dict[ReplyStage, int]:
    """Return how many municipalities' replies are at each stage."""
    from fotfeste.web.dialogue.services import reply_facts

    counted: dict[ReplyStage, int] = {}
    for one in reply_facts(round_).values():
        stage = reply_stage(one)
        counted[stage] = counted.get(stage, 0) + 1
    return counted


def _after(round_: Round) -> dict[str, MunicipalStage]:
    from fotfeste.web.follow_up.services import outcomes

    return {code: municipal_stage(MunicipalFacts(after=one)) for code, one in outcomes(round_).items()}


def documents_made(round_: Round) -> bool:
    """Whether the documents of the recommendation as it stands are made, in any language."""
    return round_.ready and any(services.documents_path(round_, one).is_file() for one in LOCALES)


def _current(round_: Round) -> bool:
    """Whether the recommendation was made after the last change of the request, the weighing and the replies."""
    from fotfeste.web.dialogue.models import Delivery
    from fotfeste.web.weighing.models import Version

    made = round_.calculated_at
    if made is None:
        return False
    newest = Version.objects.filter(round=round_).aggregate(number=Max("number"))["number"]
    delivered: datetime | None = Delivery.objects.filter(reply__round=round_).aggregate(at=Max("at"))["at"]
    changes = [one for one in (round_.changed_at, delivered) if one is not None]
    return (newest is None or newest == round_.weighed) and all(one <= made for one in changes)


def advance(by: Actor, round_: Round, to: Stage, reason: str = "", *, sent_on: date | None = None) -> Step:
    """Let the round, which stands where ``round_`` was seen to stand, take the step to ``to``.

    ``sent_on`` is the day it was sent, where that is what the step lacks. Raises :class:`InputError` when somebody else
    was first, when something that stops is lacking, and when a reason is asked and none is given.
    """
    seen = Stage(round_.state)
    with transaction.atomic():
        standing = services.held(round_)
        if sent_on is not None and to is Stage.SENT:
            standing.sent_on = _checked_day(standing, sent_on)
        taken = take(step_between(seen, to), facts_of(standing), _checked(reason))
        return note(by, standing, taken)


def note(by: Actor, standing: Round, taken: Taken) -> Step:
    """Keep a step that is taken, within the transaction that holds ``standing``, and do what follows from it."""
    number = (Step.objects.filter(round=standing).aggregate(last=Max("number"))["last"] or 0) + 1
    step = Step.objects.create(
        round=standing,
        number=number,
        before=taken.step.origin.value,
        after=taken.stage.value,
        reason=taken.reason,
        by_id=by.user_id,
    )
    standing.state = taken.stage.value
    if taken.stage is not Stage.SENT and taken.step.back:
        standing.sent_on = None
    standing.save(update_fields=["state", "sent_on"])
    if taken.step.back and taken.step.origin is Stage.ADOPTED:
        AdoptionRow.objects.filter(round=standing, annulled_at=None).update(annulled_at=timezone.now())
    if taken.stage is Stage.DIALOGUE and not taken.step.back:
        from fotfeste.web.dialogue.services import ask_all

        ask_all(by, standing)
        jobs.submit(services.INVITE, services.arguments_of(standing), f"{standing.pk}:{number}", by)
    detail = {"stage": taken.stage.value}
    if taken.passed:
        detail["passed"] = " ".join(one.requirement.value for one in taken.passed)
    record(by, "round.moved", services.thing_of(standing), detail)
    return step


def _checked(reason: str) -> str:
    if len(reason) > LONGEST_REASON:
        what = msg("Grunnen er lengre enn {most} tegn.", most=LONGEST_REASON)
        raise InputError("round.reason", what, problems=[Problem("round.reason", what, "reason")])
    return reason


def _checked_day(round_: Round, day: date) -> date:
    """Return the day the recommendation was sent: not before it was adopted, and not one to come."""
    adopted = AdoptionRow.objects.filter(round=round_, annulled_at=None).order_by("-number").first()
    what = None
    if day > timezone.localdate():
        what = msg("Datoen for oversendelsen kan ikke være i framtiden.")
    elif adopted is not None and day < adopted.decided_on:
        what = msg("Anbefalingen kan ikke være sendt før den ble vedtatt, {day}.", day=adopted.decided_on)
    if what is not None:
        raise InputError("round.sent_on", what, problems=[Problem("round.sent_on", what, "sent_on")])
    return day


__all__ = ["advance", "deadline_of", "documents_made", "facts_of", "note", "replies_by_stage"]
