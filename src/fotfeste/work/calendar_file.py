"""Deadlines and meetings as a calendar file (iCalendar, RFC 5545) that any calendar program takes in.

The same deadline or meeting has the same UID in every file, so that a program that takes in a newer file moves what it
has and adds nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.work.deadlines import Deadline, ReminderRules
from fotfeste.work.reminders import reminder_day

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Timezone

PRODUCER = "-//Fotfeste//Fotfeste//NB"
ZONE = ZoneInfo("Europe/Oslo")
ALARM_AT = time(9)
_NAMES = UUID("5f0b7a0e-6d0f-5c0a-9a51-2f1d6f4b8e27")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What may not stand in a calendar file; tabs and line breaks may (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; times without a zone are Norwegian. ``id`` is stable, and its own within the round."""

    id: str
    title: Message | str
    starts: datetime
    ends: datetime
    place: str = ""
    text: Message | str = ""


def calendar_file(
    round_key: str,
    title: Message | Translated | str,
    deadlines: Iterable[Deadline],
    meetings: Sequence[Meeting],
    rules: ReminderRules,
    *,
    words: Language,
    stamp: datetime,
    place: str = "",
    links: Mapping[str, str] | None = None,
) -> bytes:
    """Return the calendar of a round in the reader's language.

    ``round_key`` is stable and its own for the round (``40/2027``), or for one municipality in it (``40/2027/4003``), whose
    name then is the ``place`` that every deadline tells of; ``links`` are pages where a deadline is met, by its id.
    ``stamp`` is the moment the file is made, with its zone. What a municipality reports to its own council is not in it.
    Deadlines last the whole day and take no time; meetings have their time in Norway. Both have an alarm at nine
    on the days of ``rules`` before. Raises :class:`InputError` for a stamp without a zone and for a meeting that ends
    before it begins.
    """
    from icalendar import Calendar

    if stamp.tzinfo is None:
        raise InputError("calendar.stamp", msg("Tidspunktet for kalenderfilen mangler tidssone."))
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = _line(words.text(title))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for deadline in (one for one in deadlines if not one.to_own_council):
        event = _deadline(round_key, place, deadline, rules, words, stamp)
        _describe(event, name, deadline, (links or {}).get(deadline.id, ""), words)
        calendar.add_component(event)
    for meeting in meetings:
        calendar.add_component(_meeting(round_key, meeting, rules, words, stamp))
    if meetings:
        calendar.add_component(_zone())
    return bytes(calendar.to_ical())


def uid_of(round_key: str, kind: str, name: str) -> str:
    """Return the UID of a deadline or meeting of a round: the same in every file, and telling nothing (RFC 7986)."""
    return str(uuid5(_NAMES, f"{round_key}/{kind}/{name}"))


def _deadline(
    round_key: str, place: str, deadline: Deadline, rules: ReminderRules, words: Language, stamp: datetime
) -> Event:
    what = msg("Frist: {name}", name=deadline.name)
    if place:
        what = msg("Frist for {place}: {name}", place=place, name=deadline.name)
    summary = _line(words.text(what))
    event = _event(uid_of(round_key, "deadline", deadline.id), summary, words, stamp)
    event.add("dtstart", deadline.on)
    event.add("dtend", deadline.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    midnight = datetime.combine(deadline.on, time())
    for alarm in _alarms(midnight, rules, summary):
        event.add_component(alarm)
    return event


def _describe(event: Event, title: str, deadline: Deadline, link: str, words: Language) -> None:
    """Let a deadline tell which round it belongs to, whose date it is, and where it is met."""
    lines = [title]
    if not deadline.own:
        lines.append(
            words.text(msg("Datoen er et forslag fra Fotfeste. Fylkeskommunen har ikke ført inn en egen."))
        )
    if link := _line(link):
        lines.append(words.text(msg("Åpne siden (du må logge inn): {link}", link=link)))
        event.add("url", link)
    event.add("description", "\n".join(lines))


def _meeting(
    round_key: str, meeting: Meeting, rules: ReminderRules, words: Language, stamp: datetime
) -> Event:
    starts, ends = _in_norway(meeting.starts), _in_norway(meeting.ends)
    summary = _line(words.text(meeting.title))
    if ends <= starts:
        raise InputError(
            "calendar.meeting",
            msg("Møtet slutter før det begynner."),
            place=summary,
            remedy=msg("Rett tidspunktene for møtet."),
        )
    event = _event(uid_of(round_key, "meeting", meeting.id), summary, words, stamp)
    if text := _clean(words.text(meeting.text)):
        event.add("description", text)
    if place := _line(meeting.place):
        event.add("location", place)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    for alarm in _alarms(starts.replace(tzinfo=None), rules, summary):
        event.add_component(alarm)
    return event


def _event(uid: str, summary: str, words: Language, stamp: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("summary", summary, parameters={"LANGUAGE": words.locale})
    return event


def _alarms(starts: datetime, rules: ReminderRules, text: str) -> list[Alarm]:
    """Return an alarm for each day of reminders before, counted from ``starts`` by the clock on the wall."""
    from icalendar import Alarm as NewAlarm

    alarms = []
    for days in sorted(rules.before, reverse=True):
        alarm = NewAlarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", text)
        alarm.add("trigger", datetime.combine(reminder_day(starts.date(), -days), ALARM_AT) - starts)
        alarms.append(alarm)
    return alarms


def _zone() -> Timezone:
    """Return the description of Norwegian time: summer time from the last Sunday of March to that of October.

    As rules that repeat: calendar programs read those more surely than lists of days, and icalendar's own description
    has summer time begin an hour late.
    """
    from icalendar import Timezone as NewTimezone
    from icalendar import TimezoneDaylight, TimezoneStandard

    zone = NewTimezone()
    zone.add("tzid", ZONE.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for part, name, begins, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer),  # noqa: DTZ001 - by the clock on the wall
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        part.add("rrule", {"freq": "yearly", "bymonth": begins.month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def _in_norway(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


def _clean(text: str) -> str:
    """Return ``text`` with one kind of line break and without signs that a calendar file cannot hold."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(text: str) -> str:
    """Return ``text`` on one line."""
    return " ".join(_clean(text).split())
