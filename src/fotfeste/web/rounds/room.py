"""What the round's room shows: where the round stands, what comes next, what lacks, the dates, and what has been done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from fotfeste.messages import Message, Translated, msg
from fotfeste.web.people.models import Membership
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds import revising, stages
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.models import Adoption, Round, Sent
from fotfeste.web.rounds.published import public_adoption, standing_adoption
from fotfeste.web.rounds.room_history import Done, history_of
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.work.deadlines import Deadline, Who
from fotfeste.work.requirements import Requirement, RoundFacts, Stage, requirement_name
from fotfeste.work.stages import (
    ORDER,
    Unmet,
    asks_reason,
    met,
    not_yet,
    stage_name,
    step_name,
    steps_from,
    unmet,
)
from fotfeste.work.stages import Step as Way

DONE_HERE: dict[Requirement, tuple[str, ...]] = {
    Requirement.TOTAL_KNOWN: ("round_request",),
    Requirement.DEADLINE_AHEAD: ("",),
    Requirement.DEADLINE_PASSED: ("round_dialogue",),
    Requirement.ALL_REPLIED: ("round_dialogue",),
    Requirement.RECOMMENDATION_MADE: ("round_weighing",),
    Requirement.RECOMMENDATION_CURRENT: ("round_weighing",),
    Requirement.DOCUMENTS_MADE: ("round_documents",),
    Requirement.ADOPTION_FILLED: ("round_adoptions",),
    Requirement.PUBLICATION_DECIDED: ("round_room", "#publisering"),
    Requirement.NOT_PUBLIC: ("round_room", "#publisering"),
    Requirement.REQUESTS_ENDED: ("follow_up",),
    Requirement.DECISIONS_ENDED: ("follow_up",),
    Requirement.SETTLEMENT_ENDED: ("follow_up",),
}
"""Where what lacks is done: the name of an address of the round, and a place on the page."""
WHO_NAMES: dict[Who, Message] = {Who.MUNICIPALITY: msg("kommunen"), Who.COUNTY: msg("fylket")}


@dataclass(frozen=True, slots=True)
class StageShown:
    """One stage in the line: ``done``, ``now`` or neither."""

    name: Message
    done: bool
    now: bool


@dataclass(frozen=True, slots=True)
class LackShown:
    """What lacks, the way out, where it is done, and whose municipalities it is about."""

    what: Message
    remedy: Message
    stops: bool
    address: str
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step from where the round stands: what is in place of what it requires, and what cannot be told yet.

    ``asks_deadline`` is where a new day to answer by can be given instead of a reason. ``address`` is of the page where the
    step is taken, when that is not here.
    """

    name: Message
    origin: str
    target: str
    back: bool
    met: tuple[Message, ...]
    not_yet: tuple[Message, ...]
    lacks: tuple[LackShown, ...]
    blocked: bool
    asks_reason: bool
    reason_needed: bool
    asks_day: bool
    asks_deadline: bool
    address: str


@dataclass(frozen=True, slots=True)
class DeadlineShown:
    """A deadline; ``passed`` when its day is over."""

    name: Translated
    who: Message
    deadline: Deadline
    passed: bool


@dataclass(frozen=True, slots=True)
class RevisionShown:
    """What comes next in a revision, why, and the page where it is done."""

    name: Message
    why: Message
    address: str


@dataclass(frozen=True, slots=True)
class Room:
    """The whole room.

    ``where`` says where the round stands, and ``answer`` what comes next too, for those who can do it; ``revision`` is
    that where it is about a revision. ``public`` is the adoption that is open to all. ``unsent``
    is how many people a letter could not be sent to.
    """

    where: Message
    answer: Message
    revision: RevisionShown | None
    line: tuple[StageShown, ...]
    steps: tuple[StepShown, ...]
    deadlines: tuple[DeadlineShown, ...]
    history: tuple[Done, ...]
    adopted: Adoption | None
    public: Adoption | None
    unsent: int


def room_of(round_: Round) -> Room:
    """Return what the room of the round shows now."""
    facts = stages.facts_of(round_)
    names = municipalities_of(round_)
    today = timezone.localdate()
    revision = _revision(round_)
    where = _where(round_, facts)
    return Room(
        where,
        _answer(where, facts, revision),
        revision,
        tuple(_line(Stage(round_.state))),
        tuple(_step(round_, way, facts, names) for way in steps_from(facts.stage)),
        tuple(
            DeadlineShown(one.name, WHO_NAMES[one.who], one, one.on < today) for one in deadlines_of(round_)
        ),
        history_of(round_),
        standing_adoption(round_),
        public_adoption(round_),
        Sent.objects.filter(round=round_, done_at=None)
        .exclude(fault="")
        .values("receiver")
        .distinct()
        .count(),
    )


def _line(now: Stage) -> Iterable[StageShown]:
    at = ORDER.index(now)
    for place, stage in enumerate(ORDER):
        yield StageShown(stage_name(stage), place < at, stage is now)


def _revision(round_: Round) -> RevisionShown | None:
    """Return what comes next where what is adopted is to be revised."""
    if revising.needs_revision(round_):
        why = msg("Noe er endret etter at anbefalingen ble regnet ut.")
        if not stages.request_is_same(round_):
            why = msg("Måltallet er endret etter at anbefalingen ble regnet ut.")
        return RevisionShown(msg("Lag en revisjon"), why, address_of(round_, "order_revision"))
    if revising.open_to_choices(round_):
        why = msg("Revisjonen er laget, og er ikke vedtatt.")
        return RevisionShown(
            msg("Før inn vedtaket om revisjonen"), why, address_of(round_, "round_adoptions")
        )
    return None


def _answer(where: Message, facts: RoundFacts, revision: RevisionShown | None) -> Message:
    if revision is not None:
        return msg("{where} Det neste: «{step}».", where=where, step=revision.name)
    ahead = next((one for one in steps_from(facts.stage) if not one.back), None)
    if ahead is None:
        return where
    lacking = unmet(ahead, facts)
    first = next((one for one in lacking if one.stops), lacking[0] if lacking else None)
    if first is None:
        return msg("{where} Alt er på plass for det neste: «{step}».", where=where, step=step_name(ahead))
    return msg("{where} Det neste: {remedy}", where=where, remedy=first.remedy)


def _where(round_: Round, facts: RoundFacts) -> Message:
    if facts.stage is Stage.PREPARED:
        return msg("Runden forberedes.")
    if facts.stage is Stage.DIALOGUE:
        replied = facts.replies_delivered + facts.replies_late
        return msg(
            "Runden er i dialog: {replied} av {count} kommuner har svart, og fristen er {day}.",
            replied=replied,
            count=replied + facts.replies_missing,
            day=stages.deadline_of(round_, stages.REPLY),
        )
    if facts.stage is Stage.WEIGHING:
        return msg("Runden avveies.")
    adopted = standing_adoption(round_)
    changed = adopted is not None and round_.total is not None and adopted.total != round_.total
    if adopted is not None and changed and facts.stage in revising.REVISED_IN:
        return msg(
            "Det som gjelder, er vedtatt for {before}. Måltallet er nå {total}.",
            before=adopted.total,
            total=round_.total,
        )
    if facts.stage is Stage.ADOPTED and adopted is not None and stages.was_sent(round_):
        return msg(
            "Revisjonen ble vedtatt {day} ({body}), og er ikke sendt ennå.",
            day=adopted.decided_on,
            body=adopted.body,
        )
    if facts.stage is Stage.ADOPTED and adopted is not None:
        return msg("Anbefalingen ble vedtatt {day} ({body}).", day=adopted.decided_on, body=adopted.body)
    if facts.stage is Stage.SENT and round_.sent_on is not None:
        return msg("Anbefalingen ble sendt {day}.", day=round_.sent_on)
    return msg("Runden er avsluttet.")


def _step(round_: Round, way: Way, facts: RoundFacts, names: dict[str, str]) -> StepShown:
    lacking = unmet(way, facts)
    here = [one for one in lacking if one.requirement is not Requirement.SENT_ON_KNOWN]
    adopting = way.target is Stage.ADOPTED and not way.back
    late = any(one.requirement is Requirement.DEADLINE_AHEAD for one in lacking)
    return StepShown(
        step_name(way),
        way.origin.value,
        way.target.value,
        way.back,
        tuple(requirement_name(one) for one in met(way, facts)),
        tuple(requirement_name(one) for one in not_yet(way, facts) if one is not Requirement.LESSONS_WRITTEN),
        tuple(_lack(round_, one, names) for one in here),
        any(one.stops for one in here),
        asks_reason(way, facts),
        asks_reason(way, replace(facts, deadline_passed=False) if late else facts),
        way.target is Stage.SENT and not way.back,
        late,
        address_of(round_, "round_adoptions") if adopting else "",
    )


def _lack(round_: Round, one: Unmet, names: dict[str, str]) -> LackShown:
    if one.requirement is Requirement.LESSONS_WRITTEN:
        kwargs = {"year": round_.year - 1, "name": round_.name}
        address = reverse("round_lessons", kwargs=kwargs)
    else:
        name, *place = DONE_HERE.get(one.requirement, ("",))
        address = address_of(round_, name) + "".join(place)
    return LackShown(
        one.what, one.remedy, one.stops, address, tuple(names.get(code, code) for code in one.municipalities)
    )


def address_of(round_: Round, name: str) -> str:
    """Return the address of a page of the round; empty when there is none of that name."""
    try:
        return reverse(name, kwargs={"year": round_.year, "name": round_.name}) if name else ""
    except NoReverseMatch:
        return ""


def organisations_of(round_: Round) -> list[str]:
    """Return the partners that somebody in the county belongs to now, and those that the round is shared with."""
    held = Membership.objects.in_force().filter(role=Role.PARTNER.value, county__in=["", round_.county])
    there = {one.organisation for one in held}
    codes = set(municipalities_of(round_))
    return sorted(there | {one for one in round_.partners if one not in codes})
