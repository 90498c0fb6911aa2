"""Minutes as they are kept: saved by several at once, marked as held, shared with the municipality, and summed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Locale, msg
from fotfeste.settlement.dialogue.minutes import Meetings, Minutes
from fotfeste.web.dialogue.entering import must_take_work
from fotfeste.web.dialogue.kit import asked_in
from fotfeste.web.dialogue.meetings import held, meetings_of, must_stand, thing_of_meeting
from fotfeste.web.dialogue.minutes import Written, fields_of, minutes_of, written
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.web.trace.services import record, seen_lately
from fotfeste.work.drafts import Merged, merged

SAVES_COUNT_AS_ONE = timedelta(minutes=10)
NO_DATE = Problem(
    "minutes.no_date",
    msg("Datoen da møtet ble holdt, mangler."),
    None,
    msg("Skriv datoen slik: 15.12.2026."),
)


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
        standing = held(meeting)
        must_stand(standing)
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
    thing = thing_of_meeting(meeting)
    detail = {"version": str(meeting.version)}
    if marked:
        record(by, "meeting.held", thing, detail)
    elif not seen_lately(by, "meeting.minuted", thing, SAVES_COUNT_AS_ONE):
        record(by, "meeting.minuted", thing, detail)


def share_minutes(by: Actor, meeting: Meeting, *, shared: bool) -> None:
    """Let the municipality read the minutes, or no longer; once is enough.

    Raises :class:`InputError` for minutes of a meeting that is not held, and when the round is closed.
    """
    with transaction.atomic():
        standing = held(meeting)
        if (standing.shared_at is not None) == shared:
            return
        must_take_work(standing.round)
        if shared and not standing.held:
            raise InputError(
                "meeting.not_held",
                msg("Referatet kan deles når møtet er markert som holdt."),
                remedy=msg("Skriv referatet, og marker møtet som holdt."),
            )
        standing.shared_at = timezone.now() if shared else None
        standing.save(update_fields=["shared_at"])
        if shared:
            record(by, "meeting.shared", thing_of_meeting(standing))
        else:
            record(by, "meeting.share_ended", thing_of_meeting(standing))


def all_minutes(round_: Round, locale: Locale) -> Meetings:
    """Return the minutes of every meeting that is held as the library has them; of several, the newest counts.

    The needs of all meetings with a municipality are in its minutes.
    """
    names = municipalities_of(round_)
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
