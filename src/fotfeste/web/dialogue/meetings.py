"""Meetings with the municipalities: planned, moved, called off, and in a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Language, Message, msg
from fotfeste.web.dialogue.entering import must_take_work, refuse
from fotfeste.web.dialogue.minutes import text_faults
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of, title_of
from fotfeste.web.trace.services import record
from fotfeste.work.calendar_file import Meeting as InCalendar
from fotfeste.work.calendar_file import calendar_file
from fotfeste.work.deadlines import MeetingBounds, settlement_year
from fotfeste.work.drafts import Merged, merged

LONGEST_PLACE = 200


def thing_of(round_: Round, code: str = "", meeting: Meeting | None = None) -> Thing:
    """Return the meetings of a round, of one municipality, or one meeting, as the rights see them."""
    named = str(meeting.pk) if meeting else f"{round_.pk}:{code}" if code else str(round_.pk)
    return Thing(Kind.MEETING, named, county=round_.county, municipality=code)


def minutes_thing(meeting: Meeting) -> Thing:
    """Return the minutes as the rights see them: the county's own until they are shared."""
    thing = thing_of(meeting.round, meeting.municipality, meeting)
    return thing if meeting.shared_at else replace(thing, municipality="")


def thing_of_meeting(meeting: Meeting) -> Thing:
    """Return one meeting as the rights see it."""
    return thing_of(meeting.round, meeting.municipality, meeting)


def bounds() -> MeetingBounds:
    """Return how long a meeting may last, and in which years it may lie."""
    return settlement_year().meeting


def meetings_of(round_: Round, code: str = "") -> QuerySet[Meeting]:
    """Return the meetings of a round, or of one municipality in it, oldest first."""
    found = Meeting.objects.filter(round=round_).select_related("round").defer("round__bundle")
    return found.filter(municipality=code) if code else found


def meeting_in(round_: Round, code: str, number: int) -> Meeting | None:
    """Return one meeting by its number within the municipality."""
    return meetings_of(round_, code).filter(number=number).first()


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a meeting is."""

    starts_at: datetime
    minutes_long: int
    place: str = ""

    @property
    def as_stored(self) -> dict[str, object]:
        """The plan as a form carries it."""
        local = timezone.localtime(self.starts_at)
        return {
            "day": local.date().isoformat(),
            "time": f"{local:%H:%M}",
            "length": self.minutes_long,
            "place": self.place,
        }


def plan_of(meeting: Meeting) -> Plan:
    """Return when and where a meeting is."""
    return Plan(meeting.starts_at, meeting.minutes_long, meeting.place)


def plan(by: Actor, round_: Round, code: str, wanted: Plan) -> Meeting:
    """Plan a meeting; one at the same time with the same municipality is the same meeting.

    Raises :class:`InputError` for a time or a length that cannot be.
    """
    wanted = _checked(round_, wanted)
    with transaction.atomic():
        standing = Round.objects.select_for_update().defer("bundle").get(pk=round_.pk)
        must_take_work(standing)
        theirs = meetings_of(standing, code)
        if same := theirs.filter(starts_at=wanted.starts_at, cancelled_at=None).first():
            return same
        last = theirs.order_by("-number").values_list("number", flat=True).first() or 0
        made = Meeting.objects.create(
            round=standing,
            municipality=code,
            number=last + 1,
            starts_at=wanted.starts_at,
            minutes_long=wanted.minutes_long,
            place=wanted.place,
            by_id=by.user_id,
        )
        record(by, "meeting.planned", thing_of(standing, code, made), {"on": _day(made)})
    return made


def change_plan(by: Actor, meeting: Meeting, base: Mapping[str, object], wanted: Plan) -> Merged:
    """Move a meeting; what others have changed meanwhile is taken along, and conflicts are returned with nothing kept."""
    wanted = _checked(meeting.round, wanted)
    with transaction.atomic():
        standing = held(meeting)
        must_stand(standing)
        before = plan_of(standing).as_stored
        together = merged(base, wanted.as_stored, before)
        if together.conflicts or dict(together.values) == before:
            return together
        values = together.values
        starts = datetime.fromisoformat(f"{values['day']}T{values['time']}")
        standing.starts_at = timezone.make_aware(starts)
        standing.minutes_long = int(str(values["length"]))
        standing.place = str(values["place"])
        standing.save(update_fields=["starts_at", "minutes_long", "place"])
        record(by, "meeting.changed", thing_of_meeting(standing), {"on": _day(standing)})
    return together


def call_off(by: Actor, meeting: Meeting) -> None:
    """Call a meeting off; once is enough. Raises :class:`InputError` for one that was held."""
    with transaction.atomic():
        standing = held(meeting)
        if standing.cancelled_at is not None:
            return
        must_take_work(standing.round)
        if standing.held:
            raise InputError("meeting.held", msg("Møtet er holdt og kan ikke avlyses."))
        standing.cancelled_at = timezone.now()
        standing.save(update_fields=["cancelled_at"])
        record(by, "meeting.called_off", thing_of_meeting(standing), {"on": _day(standing)})


def held(meeting: Meeting) -> Meeting:
    """Return the meeting as it stands, held until the transaction ends; to be called within one."""
    standing = Meeting.objects.select_for_update().get(pk=meeting.pk)
    standing.round = Round.objects.defer("bundle").get(pk=standing.round_id)
    return standing


def must_stand(meeting: Meeting) -> None:
    """Raise :class:`InputError` when nothing can be done with the meeting: the round is closed, or it was called off."""
    must_take_work(meeting.round)
    if meeting.cancelled_at is not None:
        raise InputError("meeting.called_off", msg("Møtet er avlyst."), remedy=msg("Planlegg et nytt møte."))


def in_calendar(meeting: Meeting, words: Language, stamp: datetime) -> bytes:
    """Return the meeting as a calendar file in the reader's language."""
    round_ = meeting.round
    title = msg(
        "Dialogmøte om bosetting i {year}: {name}",
        year=str(round_.year),
        name=municipalities_of(round_)[meeting.municipality],
    )
    one = InCalendar(
        f"{meeting.municipality}/{meeting.number}",
        title,
        meeting.starts_at,
        meeting.starts_at + timedelta(minutes=meeting.minutes_long),
        meeting.place,
    )
    key = f"{round_.county}/{round_.year}"
    return calendar_file(
        key, title_of(round_), (), (one,), settlement_year().reminders, words=words, stamp=stamp
    )


def state_of(meeting: Meeting, now: datetime) -> Message:
    """Return where a meeting stands, in words."""
    if meeting.cancelled_at is not None:
        return msg("avlyst")
    if meeting.held:
        return msg("holdt, referatet er delt") if meeting.shared_at else msg("holdt")
    if meeting.version:
        return msg("referat er påbegynt")
    return msg("planlagt") if meeting.starts_at > now else msg("referat mangler")


def _checked(round_: Round, wanted: Plan) -> Plan:
    place = " ".join(wanted.place.replace("\0", "").split())
    rules = bounds()
    first, last = rules.years.of(round_.year)
    problems = []
    if not rules.shortest <= wanted.minutes_long <= rules.longest:
        what = msg("Et møte varer fra {least} til {most} minutter.", least=rules.shortest, most=rules.longest)
        problems.append(Problem("meeting.length", what, "length"))
    if not first <= wanted.starts_at.year <= last:
        what = msg("Datoen må være i årene {first}–{last}.", first=str(first), last=str(last))
        problems.append(Problem("meeting.day", what, "day"))
    if (fault := text_faults(place, "place", LONGEST_PLACE)) is not None:
        problems.append(fault)
    refuse(problems)
    return replace(wanted, place=place)


def _day(meeting: Meeting) -> str:
    return timezone.localdate(meeting.starts_at).isoformat()
