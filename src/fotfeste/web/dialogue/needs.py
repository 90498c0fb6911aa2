"""Needs that were heard: tasks with an owner among the county's advisers, followed until they are done or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.web.dialogue import minutes
from fotfeste.web.dialogue.entering import must_take_work, refuse
from fotfeste.web.dialogue.minutes import text_faults
from fotfeste.web.dialogue.models import Meeting, Need, NeedStep
from fotfeste.web.dialogue.need_owners import NO_ADVISER, owners_of
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.web.trace.services import record
from fotfeste.work import tasks
from fotfeste.work.drafts import Merged, merged_for_readers
from fotfeste.work.tasks import Task, TaskState

LONGEST, LONGEST_ROLE, LONGEST_REASON = 2_000, 120, 500
ENDED = (TaskState.DONE.value, TaskState.DROPPED.value)


def thing_of(round_: Round, need: Need | None = None) -> Thing:
    """Return the needs of a round, or one of them, as the rights see them: the county's own."""
    return Thing(Kind.NEED, str(need.pk) if need else str(round_.pk), county=round_.county)


def needs_of(round_: Round) -> QuerySet[Need]:
    """Return the needs of a round, those due first first."""
    found = Need.objects.filter(round=round_).select_related("owner", "meeting")
    return found.order_by(F("due").asc(nulls_last=True), "pk")


def of_municipality(round_: Round, code: str) -> list[Need]:
    """Return the needs of one municipality."""
    return list(needs_of(round_).filter(municipality=code))


def shown_to_municipality(round_: Round, code: str) -> list[Need]:
    """Return the needs that the municipality may see: its own, where the county has let it."""
    return list(needs_of(round_).filter(municipality=code, shared=True))


def of_meeting(meeting: Meeting) -> list[Need]:
    """Return the needs that were heard in a meeting."""
    return list(needs_of(meeting.round).filter(meeting=meeting))


def open_needs(round_: Round) -> tuple[Task, ...]:
    """Return what is not ended, as the library has tasks, those due first first."""
    return tuple(task_of(one) for one in needs_of(round_).exclude(state__in=ENDED))


def task_of(need: Need) -> Task:
    """Return a need as a task."""
    return Task(
        str(need.pk),
        need.text,
        str(need.owner_id or ""),
        need.changed_on,
        need.theme,
        need.municipality,
        need.due,
        TaskState(need.state),
        need.reason,
    )


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said of a need: its text and theme, who does what is to be done, who sees to it, by when, and for whom."""

    text: str
    theme: str
    municipality: str = ""
    follow_up: str = ""
    owner: int | None = None
    due: date | None = None
    shared: bool = False

    @property
    def as_stored(self) -> dict[str, object]:
        """The same as a form carries it."""
        return {
            "text": self.text,
            "theme": self.theme,
            "municipality": self.municipality,
            "follow_up": self.follow_up,
            "owner": self.owner,
            "due": self.due.isoformat() if self.due else "",
            "shared": self.shared,
        }


def stated_in(need: Need) -> Stated:
    """Return what is said of a need as it stands."""
    return Stated(
        need.text, need.theme, need.municipality, need.follow_up, need.owner_id, need.due, need.shared
    )


def add(by: Actor, round_: Round, stated: Stated, meeting: Meeting | None = None) -> Need:
    """Enter a need; the same text from the same place that is not ended is the same need.

    Raises :class:`InputError` for a text with a number of a person, an unknown theme, municipality or owner.
    """
    stated = _checked(round_, stated)
    with transaction.atomic():
        standing = Round.objects.select_for_update().defer("bundle").get(pk=round_.pk)
        must_take_work(standing)
        alike = needs_of(standing).filter(municipality=stated.municipality, text=stated.text, meeting=meeting)
        if same := alike.exclude(state__in=ENDED).first():
            return same
        last = needs_of(standing).aggregate(last=Max("number"))["last"] or 0
        made = Need.objects.create(
            round=standing,
            number=last + 1,
            meeting=meeting,
            text=stated.text,
            theme=stated.theme,
            municipality=stated.municipality,
            follow_up=stated.follow_up,
            owner_id=stated.owner,
            due=stated.due,
            shared=stated.shared,
            changed_on=timezone.localdate(),
            by_id=by.user_id,
        )
        record(by, "need.added", thing_of(standing, made))
    return made


def change(by: Actor, need: Need, base: Mapping[str, object], mine: Stated) -> Merged:
    """Change what is said of a need; what others have changed meanwhile is taken along, conflicts keep nothing."""
    with transaction.atomic():
        standing = _held(need)
        mine = _checked(standing.round, mine, standing.owner_id)
        before = stated_in(standing).as_stored
        together = merged_for_readers(base, mine.as_stored, before, ["municipality", "shared"], ["text"])
        if together.conflicts or dict(together.values) == before:
            return together
        for name, value in together.values.items():
            if name == "owner":
                standing.owner_id = int(str(value)) if value else None
            elif name == "due":
                standing.due = date.fromisoformat(str(value)) if value else None
            else:
                setattr(standing, name, value)
        _checked(standing.round, stated_in(standing), standing.owner_id)
        standing.version += 1
        standing.save()
        record(by, "need.changed", thing_of(standing.round, standing), {"version": str(standing.version)})
    return together


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A need that somebody else has changed since it was seen; nothing was done."""

    need: Need


def move(by: Actor, need: Need, state: TaskState, reason: str, seen: int) -> Need | Meanwhile:
    """Bring a need to another state; the same step sent twice is one.

    ``seen`` is the version it was seen in. Raises :class:`InputError` where the library's tasks do, and for a reason that
    may not stand.
    """
    reason = " ".join(reason.replace("\0", "").split())
    if (fault := text_faults(reason, "reason", LONGEST_REASON)) is not None:
        raise InputError(fault.code, fault.what, place=fault.place, remedy=fault.remedy)
    with transaction.atomic():
        standing = _held(need)
        if standing.state == state.value and standing.reason == reason:
            return standing
        if standing.version != seen:
            return Meanwhile(standing)
        today = max(timezone.localdate(), standing.changed_on)
        after = tasks.moved(task_of(standing), state, today, reason)
        NeedStep.objects.create(
            need=standing, before=standing.state, after=state.value, reason=after.reason, by_id=by.user_id
        )
        standing.state, standing.reason = state.value, after.reason
        standing.changed_on = after.changed_on
        standing.version += 1
        standing.save(update_fields=["state", "reason", "changed_on", "version"])
        record(by, "need.moved", thing_of(standing.round, standing), {"state": state.value})
    return standing


def _checked(round_: Round, stated: Stated, owner_now: int | None = None) -> Stated:
    text = stated.text.replace("\r\n", "\n").replace("\0", "").strip()
    role = " ".join(stated.follow_up.replace("\0", "").split())
    problems = [
        text_faults(text, "text", LONGEST),
        text_faults(role, "follow_up", LONGEST_ROLE),
        None if text else Problem("need.empty", msg("Skriv hva det er behov for."), "text"),
        None
        if stated.theme in minutes.form().theme_names
        else Problem("need.theme", msg("Velg et tema."), "theme"),
        None
        if not stated.municipality or stated.municipality in municipalities_of(round_)
        else Problem("need.municipality", msg("Velg en kommune i fylket."), "municipality"),
        None
        if stated.owner in (None, owner_now) or stated.owner in owners_of(round_)
        else Problem("need.owner", NO_ADVISER, "owner"),
        None
        if not stated.shared or stated.municipality
        else Problem("need.shared", msg("Et behov for hele fylket kan ikke deles med én kommune."), "shared"),
    ]
    refuse(problems)
    return Stated(text, stated.theme, stated.municipality, role, stated.owner, stated.due, stated.shared)


def _held(need: Need) -> Need:
    """Return the need as it stands, held until the transaction ends; raises when the round is closed."""
    standing = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    standing.round = Round.objects.defer("bundle").get(pk=standing.round_id)
    must_take_work(standing.round)
    return standing
