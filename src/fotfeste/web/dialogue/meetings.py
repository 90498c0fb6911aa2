"""Meetings with the municipalities: planned, called off, held, and their minutes kept and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Language, Locale, Message, msg
from fotfeste.settlement.dialogue.minutes import Meetings, Minutes
from fotfeste.web.dialogue.kit import asked_in
from fotfeste.web.dialogue.minutes import Written, fields_of, minutes_of, text_faults, written
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.dialogue.services import names_of
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import title_of
from fotfeste.web.trace.services import record, seen_lately
from fotfeste.work.calendar_file import Meeting as InCalendar
from fotfeste.work.calendar_file import calendar_file
from fotfeste.work.deadlines import settlement_year
from fotfeste.work.drafts import Merged, merged
from fotfeste.work.requirements import Stage

LENGTHS = (15, 480)
"""Minutes that a meeting lasts: at least, at most."""
YEARS = (-2, 2)
"""How many years before and after the settlement year a meeting of a round may lie."""
LONGEST_PLACE = 200
SAVES_COUNT_AS_ONE = timedelta(minutes=10)


def thing_of(round_: Round, code: str = "", meeting: Meeting | None = None) -> Thing:
    """Return the meetings of a round, of one municipality, or one meeting, as the rights see them."""
    named = str(meeting.pk) if meeting else f"{round_.pk}:{code}" if code else str(round_.pk)
    return Thing(Kind.MEETING, named, county=round_.county, municipality=code)


def minutes_thing(meeting: Meeting) -> Thing:
    """Return the minutes as the rights see them: the county's own until they are shared."""
    thing = thing_of(meeting.round, meeting.municipality, meeting)
    return thing if meeting.shared_at else replace(thing, municipality="")


def takes_work(round_: Round) -> bool:
    """Whether meetings, needs and input can be entered: until the round is closed, and never in an example."""
    return not round_.is_example and round_.state != Stage.CLOSED


def must_take_work(round_: Round) -> None:
    """Raise :class:`InputError` when nothing can be entered in the round."""
    if not takes_work(round_):
        raise InputError(
            "dialogue.closed",
            msg("Runden er avsluttet."),
            remedy=msg("Åpne runden igjen for å endre den."),
        )


def meetings_of(round_: Round, code: str = "") -> QuerySet[Meeting]:
    """Return the meetings of a round, or of one municipality in it, oldest first."""
    found = Meeting.objects.filter(round=round_).select_related("round")
    return found.filter(municipality=code) if code else found


def meeting_in(round_: Round, code: str, number: int) -> Meeting | None:
    """Return one meeting by its number within the municipality."""
    return meetings_of(round_, code).filter(number=number).first()


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a meeting is."""

    starts_at: datetime
    minutes_long: int = 60
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
        standing = _held(meeting)
        _must_stand(standing)
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
        record(by, "meeting.changed", _thing(standing), {"on": _day(standing)})
    return together


def call_off(by: Actor, meeting: Meeting) -> None:
    """Call a meeting off; once is enough. Raises :class:`InputError` for one that was held."""
    with transaction.atomic():
        standing = _held(meeting)
        if standing.cancelled_at is not None:
            return
        must_take_work(standing.round)
        if standing.held:
            raise InputError("meeting.held", msg("Møtet er holdt og kan ikke avlyses."))
        standing.cancelled_at = timezone.now()
        standing.save(update_fields=["cancelled_at"])
        record(by, "meeting.called_off", _thing(standing), {"on": _day(standing)})


def questions_for(meeting: Meeting) -> list[list[str]]:
    """Return the questions of the minutes, id and text: as they were put when writing began, else as they are now."""
    return meeting.asked or [list(one) for one in asked_in(meeting.round, meeting.municipality)]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of saving minutes: the texts together, or what stands in the way, and what to look at once more."""

    together: Merged | None
    written: Written


def save_minutes(
    by: Actor,
    meeting: Meeting,
    base: Mapping[str, object],
    typed: Mapping[str, str],
    asked: list[list[str]],
    *,
    hold: bool = False,
) -> Saved:
    """Save minutes as a draft; with ``hold`` the meeting is marked as held, for which all must be readable.

    What others have saved since ``base`` is taken along; where both have changed the same, nothing is kept and the
    conflicts are returned. Nothing is kept either where a text has a number of a person, or, in minutes of a meeting
    that is held, where something cannot be read.
    """
    with transaction.atomic():
        standing = _held(meeting)
        _must_stand(standing)
        questions = standing.asked or asked
        mine = written(fields_of(questions), typed)
        problems = dict(mine.problems) if hold or standing.held else {}
        if (hold or standing.held) and "met_on" not in mine.values:
            problems["met_on"] = NO_DATE
        if mine.refused or problems:
            return Saved(None, replace(mine, problems=problems))
        theirs = {str(name): str(text) for name, text in standing.minutes.items()}
        together = merged(base, mine.values, theirs)
        if together.conflicts:
            return Saved(together, mine)
        changed = dict(together.values) != theirs
        marked = hold and not standing.held
        if changed or marked:
            _keep(by, standing, dict(together.values), questions, changed=changed, marked=marked)
    return Saved(together, mine)


NO_DATE = Problem(
    "minutes.no_date",
    msg("Datoen da møtet ble holdt, mangler."),
    None,
    msg("Skriv datoen slik: 15.12.2026."),
)


def _keep(
    by: Actor,
    meeting: Meeting,
    values: dict[str, object],
    asked: list[list[str]],
    *,
    changed: bool,
    marked: bool,
) -> None:
    meeting.minutes, meeting.asked = values, asked
    meeting.version += changed
    meeting.held = meeting.held or marked
    meeting.save(update_fields=["minutes", "asked", "version", "held"])
    thing = _thing(meeting)
    detail = {"version": str(meeting.version)}
    if marked:
        record(by, "meeting.held", thing, detail)
    elif not seen_lately(by, "meeting.minuted", thing, SAVES_COUNT_AS_ONE):
        record(by, "meeting.minuted", thing, detail)


def share_minutes(by: Actor, meeting: Meeting, *, shared: bool) -> None:
    """Let the municipality read the minutes, or no longer; once is enough.

    Raises :class:`InputError` for minutes of a meeting that is not held.
    """
    with transaction.atomic():
        standing = _held(meeting)
        if (standing.shared_at is not None) == shared:
            return
        if shared and not standing.held:
            raise InputError(
                "meeting.not_held",
                msg("Referatet kan deles når møtet er markert som holdt."),
                remedy=msg("Skriv referatet, og marker møtet som holdt."),
            )
        standing.shared_at = timezone.now() if shared else None
        standing.save(update_fields=["shared_at"])
        if shared:
            record(by, "meeting.shared", _thing(standing))
        else:
            record(by, "meeting.share_ended", _thing(standing))


def all_minutes(round_: Round, locale: Locale) -> Meetings:
    """Return the minutes of every meeting that is held as the library has them; of several, the newest counts.

    The needs of all meetings with a municipality are in its minutes.
    """
    names = names_of(round_)
    found: dict[str, Minutes] = {}
    for one in meetings_of(round_).filter(held=True, cancelled_at=None):
        made = minutes_of(one, locale)
        if made is not None:
            earlier = found.get(one.municipality)
            needs = (*(earlier.needs if earlier else ()), *made.needs)
            found[one.municipality] = replace(made, needs=needs)
    return Meetings(
        round_.county,
        round_.county_name,
        round_.year,
        {code: found[code] for code in names if code in found},
        tuple(code for code in names if code not in found),
        names,
    )


def in_calendar(meeting: Meeting, words: Language, stamp: datetime) -> bytes:
    """Return the meeting as a calendar file in the reader's language."""
    round_ = meeting.round
    title = msg(
        "Dialogmøte om bosetting i {year}: {name}",
        year=str(round_.year),
        name=names_of(round_)[meeting.municipality],
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
    first, last = (round_.year + one for one in YEARS)
    problems = []
    if not LENGTHS[0] <= wanted.minutes_long <= LENGTHS[1]:
        what = msg("Et møte varer fra {least} til {most} minutter.", least=LENGTHS[0], most=LENGTHS[1])
        problems.append(Problem("meeting.length", what, "length"))
    if not first <= wanted.starts_at.year <= last:
        what = msg("Datoen må være i årene {first}–{last}.", first=str(first), last=str(last))
        problems.append(Problem("meeting.day", what, "day"))
    if (fault := text_faults(place, "place", LONGEST_PLACE)) is not None:
        problems.append(fault)
    if problems:
        raise InputError(
            problems[0].code,
            problems[0].what,
            place=problems[0].place,
            remedy=problems[0].remedy,
            problems=problems,
        )
    return replace(wanted, place=place)


def _held(meeting: Meeting) -> Meeting:
    """Return the meeting as it stands, held until the transaction ends."""
    standing = Meeting.objects.select_for_update().get(pk=meeting.pk)
    standing.round = Round.objects.defer("bundle").get(pk=standing.round_id)
    return standing


def _must_stand(meeting: Meeting) -> None:
    must_take_work(meeting.round)
    if meeting.cancelled_at is not None:
        raise InputError("meeting.called_off", msg("Møtet er avlyst."), remedy=msg("Planlegg et nytt møte."))


def _thing(meeting: Meeting) -> Thing:
    return thing_of(meeting.round, meeting.municipality, meeting)


def _day(meeting: Meeting) -> str:
    return timezone.localdate(meeting.starts_at).isoformat()
