"""Reminders of deadlines: which are due today, each to be sent once, and none lost when a day is skipped.

A reminder is known by a key that is the same every time it is worked out. Whoever sends it stores its keys; those are
``sent`` the next time. Where several wait for the same person and deadline, because nobody asked for some days, they
become one, with all their keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.messages import Message, msg, nmsg
from fotfeste.work.deadlines import Deadline, ReminderRules, Who
from fotfeste.work.working_days import is_working_day, working_day_from, working_day_until


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who is reminded of the deadlines of ``who``.

    ``id`` is stable and never an address; ``done`` are the ids of deadlines that nobody waits for here any more: the
    reply has come, the council has decided.
    """

    id: str
    who: Who
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message to one receiver about one deadline; ``keys`` are stored when it is sent, so that it is sent once."""

    keys: tuple[str, ...]
    deadline: Deadline
    receiver: Receiver
    days_left: int


def reminder_day(deadline: date, days: int) -> date:
    """Return the working day for a reminder ``days`` after the deadline, negative before.

    A day off waits for the next working day. Where that would put a reminder before the deadline on the deadline's own
    day or later, it comes on the last working day before instead.
    """
    planned = deadline + timedelta(days=days)
    day = working_day_from(planned)
    return working_day_until(planned) if days < 0 and day >= deadline else day


def reminders_due(
    deadlines: Iterable[Deadline],
    today: date,
    receivers: Sequence[Receiver],
    sent: Set[str],
    rules: ReminderRules,
) -> tuple[Reminder, ...]:
    """Return what is to be sent ``today``, in the order of deadlines and receivers.

    A reminder whose day has passed and that is not among the ``sent`` keys is still due, until the deadline is
    forgotten. Nothing is sent on a day off. A deadline that is moved is reminded of anew: its date is part of the key.
    Nobody is reminded of what a municipality reports to its own council.
    """
    if not is_working_day(today):
        return ()
    offsets = sorted([*(-days for days in rules.before), *rules.after])
    found = []
    for deadline in deadlines:
        if deadline.to_own_council or (today - deadline.on).days > rules.forget:
            continue
        due = [days for days in offsets if reminder_day(deadline.on, days) <= today]
        for receiver in receivers:
            if receiver.who is not deadline.who or deadline.id in receiver.done:
                continue
            keys = tuple(key for days in due if (key := _key(deadline, receiver, days)) not in sent)
            if keys:
                found.append(Reminder(keys, deadline, receiver, (deadline.on - today).days))
    return tuple(found)


def _key(deadline: Deadline, receiver: Receiver, days: int) -> str:
    return f"{deadline.year}/{deadline.id}/{deadline.on.isoformat()}/{days:+d}/{receiver.id}"


def reminder_subject(reminder: Reminder, place: str = "") -> Message:
    """Return the subject of the message, in few words; ``place`` is the municipality that it is about."""
    name = reminder.deadline.name
    if place and reminder.days_left < 0:
        return msg("Fristen er ute for {place}: {name}", place=place, name=name)
    if place:
        return msg("Påminnelse om frist for {place}: {name}", place=place, name=name)
    if reminder.days_left < 0:
        return msg("Fristen er ute: {name}", name=name)
    return msg("Påminnelse om frist: {name}", name=name)


def reminder_text(reminder: Reminder) -> Message:
    """Return what the message says of the deadline: how long is left, and which year it is about."""
    deadline, days = reminder.deadline, reminder.days_left
    name, on, year = deadline.name, deadline.on, str(deadline.year)
    if days == 0:
        return msg(
            "Fristen for «{name}» er i dag, {on}. Den gjelder bosetting av flyktninger i {year}.",
            name=name,
            year=year,
            on=on,
        )
    if days > 0:
        return nmsg(
            "Fristen for «{name}» er i morgen, {on}. Den gjelder bosetting av flyktninger i {year}.",
            "Fristen for «{name}» er om {count} dager, {on}. Den gjelder bosetting av flyktninger i {year}.",
            days,
            name=name,
            year=year,
            on=on,
        )
    return nmsg(
        "Fristen for «{name}» gikk ut i går, {on}. Den gjelder bosetting av flyktninger i {year}.",
        "Fristen for «{name}» gikk ut for {count} dager siden, {on}. Den gjelder bosetting av flyktninger i {year}.",
        -days,
        name=name,
        year=year,
        on=on,
    )
