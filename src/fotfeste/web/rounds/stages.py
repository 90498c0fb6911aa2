"""The stages of a round as they stand in the database: what is in place, and the steps that are taken."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settings import LOCALES
from fotfeste.web.jobs import services as jobs
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import services
from fotfeste.web.rounds.archives import documents_path
from fotfeste.web.rounds.changes import deadlines_of, refuse_long, set_deadline
from fotfeste.web.rounds.lessons import lessons_of, unanswered
from fotfeste.web.rounds.models import Adoption as AdoptionRow
from fotfeste.web.rounds.models import Round, Step
from fotfeste.web.rounds.opening import year_before
from fotfeste.web.trace.services import record
from fotfeste.work.municipal_stages import (
    MunicipalFacts,
    Open,
    ReplyStage,
    municipal_stage,
    open_of,
    reply_stage,
)
from fotfeste.work.requirements import Adoption, Publication, RoundFacts, Stage
from fotfeste.work.stages import Taken, step_between, take

REPLY = "reply"


def facts_of(round_: Round, adoption: Adoption | None = None, waiting: Open | None = None) -> RoundFacts:
    """Return what is known of the round when it is asked where it can go; ``adoption`` is what is about to be entered.

    ``waiting`` is what :func:`waiting_of` gave; who holds the round has asked before that, since it reads figures.
    """
    before = year_before(round_.county, round_.year)
    replies = replies_by_stage(round_)
    waiting = waiting_of(round_) if waiting is None else waiting
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
        recommendation_current=is_current(round_),
        documents_made=documents_made(round_),
        adoption=adoption or Adoption(),
        sent_on=round_.sent_on,
        publication=Publication(round_.publication),
        year_passed=timezone.localdate().year > round_.year,
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


def was_sent(round_: Round) -> bool:
    """Whether the recommendation has been sent, and stands: also while a revision of it waits to be sent."""
    if round_.state == Stage.SENT:
        return True
    adopted = AdoptionRow.objects.filter(round=round_, annulled_at=None).order_by("number")
    moments = list(adopted.values_list("at", flat=True))
    sent = Step.objects.filter(round=round_, after=Stage.SENT.value)
    return len(moments) > 1 and sent.filter(at__gt=moments[0], at__lt=moments[-1]).exists()


def waiting_of(round_: Round) -> Open:
    """Return which municipalities wait for a request, a decision or people to come."""
    from fotfeste.web.follow_up.services import outcomes

    return open_of(
        {code: municipal_stage(MunicipalFacts(after=one)) for code, one in outcomes(round_).items()}
    )


def documents_made(round_: Round) -> bool:
    """Whether the documents of the recommendation as it stands are made, in any language."""
    return round_.ready and any(documents_path(round_, one).is_file() for one in LOCALES)


def is_current(round_: Round) -> bool:
    """Whether the recommendation follows from the request, the choices and the replies as they stand now."""
    from fotfeste.web.dialogue.services import checksum_of, replies_of
    from fotfeste.web.weighing.models import Version

    if not round_.ready or not request_is_same(round_):
        return False
    newest = Version.objects.filter(round=round_).aggregate(number=Max("number"))["number"]
    return newest in (None, round_.weighed) and checksum_of(replies_of(round_)) == round_.replied


def request_is_same(round_: Round) -> bool:
    """Whether the recommendation was made for the total and the minors as they stand."""
    return (round_.total, round_.minors) == (round_.made_total, round_.made_minors)


def advance(
    by: Actor,
    round_: Round,
    to: Stage,
    reason: str = "",
    *,
    sent_on: date | None = None,
    reply_by: date | None = None,
) -> Step:
    """Let the round, which stands where ``round_`` was seen to stand, take the step to ``to``.

    ``sent_on`` is the day it was sent, where that is what the step lacks, and ``reply_by`` a new day that the
    municipalities answer by when the dialogue opens. The same step sent twice is taken once. Raises :class:`InputError` when somebody else was first, when something that stops is lacking, and when a reason is asked and
    none is given.
    """
    seen, waiting = Stage(round_.state), waiting_of(round_)
    with transaction.atomic():
        standing = services.held(round_)
        if (before := _taken_before(by, standing, seen, to, reason, sent_on)) is not None:
            return before
        if sent_on is not None and to is Stage.SENT:
            standing.sent_on = _checked_day(standing, sent_on)
        refuse_long(reason)
        if reply_by is not None and (seen, to) == (Stage.PREPARED, Stage.DIALOGUE):
            set_deadline(by, standing, REPLY, _checked_reply_by(reply_by))
        taken = take(step_between(seen, to), facts_of(standing, waiting=waiting), reason)
        return note(by, standing, taken)


def _taken_before(
    by: Actor, standing: Round, seen: Stage, to: Stage, reason: str, sent_on: date | None
) -> Step | None:
    """Return the round's newest step when it is the very one that is asked for, by the same person: sent twice."""
    newest = Step.objects.filter(round=standing).order_by("-number").first()
    if newest is None or standing.state != to or by.user_id is None or newest.by_id != by.user_id:
        return None
    if to is Stage.SENT and seen is Stage.ADOPTED and sent_on != standing.sent_on:
        return None
    same = (newest.before, newest.after, newest.reason) == (seen.value, to.value, reason.strip())
    return newest if same else None


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
    if taken.stage in (Stage.DIALOGUE, Stage.SENT) and not taken.step.back:
        jobs.submit(services.LETTERS, services.arguments_of(standing), f"{standing.pk}:{number}", by)
    detail = {"stage": taken.stage.value}
    if taken.passed:
        detail["passed"] = " ".join(one.requirement.value for one in taken.passed)
    record(by, "round.moved", services.thing_of(standing), detail)
    return step


def _checked_reply_by(day: date) -> date:
    if day >= timezone.localdate():
        return day
    what = msg("Svarfristen kan ikke være ute alt.")
    raise InputError("round.reply_by", what, problems=[Problem("round.reply_by", what, "reply_by")])


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
