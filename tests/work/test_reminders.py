"""Each reminder is sent once, on a working day, and none is lost when nobody asks for some days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fotfeste.messages import Translated, language
from fotfeste.work.deadlines import Deadline, ReminderRules, Who, deadlines_for, settlement_year
from fotfeste.work.reminders import (
    Receiver,
    Reminder,
    reminder_day,
    reminder_subject,
    reminder_text,
    reminders_due,
)
from fotfeste.work.working_days import is_working_day

NB = language("nb")
RULES = ReminderRules((14, 3), (1,), 30)
SKIEN = Receiver("kontakt-1", Who.MUNICIPALITY)
COUNTY = Receiver("rådgiver-1", Who.COUNTY)


def deadline(on: date, name: str = "reply", who: Who = Who.MUNICIPALITY) -> Deadline:
    texts = {"nb": "Svar fra kommunen", "nn": "Svar frå kommunen", "en": "Reply"}
    return Deadline(name, 2027, who, Translated(texts), on, on)


def due(
    on: date, today: str, sent: set[str] | None = None, receiver: Receiver = SKIEN
) -> tuple[Reminder, ...]:
    return reminders_due([deadline(on)], date.fromisoformat(today), [receiver], sent or set(), RULES)


TUESDAY = date(2026, 9, 15)


@pytest.mark.parametrize(
    ("today", "keys"),
    [
        ("2026-08-31", []),
        ("2026-09-01", ["-14"]),
        ("2026-09-11", ["-14"]),
        ("2026-09-14", ["-14", "-3"]),
        ("2026-09-15", ["-14", "-3"]),
        ("2026-09-16", ["-14", "-3", "+1"]),
        ("2026-10-15", ["-14", "-3", "+1"]),
        ("2026-10-16", []),
    ],
)
def test_what_is_due_when_nothing_has_been_sent(today: str, keys: list[str]) -> None:
    found = [key for one in due(TUESDAY, today) for key in one.keys]
    assert found == [f"2027/reply/2026-09-15/{key}/kontakt-1" for key in keys]


def test_several_reminders_that_wait_become_one() -> None:
    (found,) = due(TUESDAY, "2026-09-16")
    assert len(found.keys) == 3
    assert found.days_left == -1


def test_what_is_sent_is_not_sent_again() -> None:
    (first,) = due(TUESDAY, "2026-09-01")
    assert due(TUESDAY, "2026-09-01", set(first.keys)) == ()
    assert [one.keys for one in due(TUESDAY, "2026-09-14", set(first.keys))] == [
        ("2027/reply/2026-09-15/-3/kontakt-1",)
    ]


@pytest.mark.parametrize(
    ("on", "days", "day", "why"),
    [
        ("2026-09-15", -3, "2026-09-14", "Saturday waits for Monday"),
        ("2026-09-18", 1, "2026-09-21", "the day after a Friday is Monday"),
        ("2026-04-07", -3, "2026-04-01", "Easter is over first on the day of the deadline itself"),
        ("2026-04-06", -3, "2026-04-01", "the deadline is on Easter Monday"),
        ("2026-12-28", -3, "2026-12-24", "from 25 December the next working day is the deadline itself"),
        ("2026-12-23", 1, "2026-12-24", "Christmas Eve is a working day by law"),
    ],
)
def test_a_reminder_on_a_day_off_moves(on: str, days: int, day: str, why: str) -> None:
    assert reminder_day(date.fromisoformat(on), days).isoformat() == day, why


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from([-30, -14, -3, -1, 1, 7]))
def test_a_reminder_before_comes_before_and_one_after_comes_after(on: date, days: int) -> None:
    day = reminder_day(on, days)
    assert is_working_day(day)
    assert (day < on) is (days < 0)
    assert abs((day - on).days - days) <= 6


def test_nothing_is_sent_on_a_day_off_and_waits_till_the_next() -> None:
    assert due(TUESDAY, "2026-09-05") == ()
    assert len(due(TUESDAY, "2026-09-07")) == 1


def test_who_has_done_it_is_not_reminded() -> None:
    replied = Receiver("kontakt-2", Who.MUNICIPALITY, frozenset({"reply"}))
    assert due(TUESDAY, "2026-09-14", receiver=replied) == ()
    other = Receiver("kontakt-3", Who.MUNICIPALITY, frozenset({"council"}))
    assert len(due(TUESDAY, "2026-09-14", receiver=other)) == 1


def test_the_county_is_not_reminded_of_what_the_municipalities_are_to_do() -> None:
    assert due(TUESDAY, "2026-09-14", receiver=COUNTY) == ()


def test_a_deadline_that_is_moved_is_reminded_of_anew() -> None:
    (first,) = due(TUESDAY, "2026-09-14")
    (again,) = due(date(2026, 9, 22), "2026-09-15", set(first.keys))
    assert again.keys == ("2027/reply/2026-09-22/-14/kontakt-1",)


def test_the_same_deadline_of_two_years_is_two() -> None:
    rules = settlement_year().reminders
    sent: set[str] = set()
    for year in (2027, 2028):
        found = reminders_due(deadlines_for(year), date(year - 1, 9, 14), [SKIEN], sent, rules)
        assert [one.deadline.id for one in found if one.deadline.id == "reply"] == ["reply"]
        sent |= {key for one in found for key in one.keys}


def test_overlapping_rounds_remind_of_both() -> None:
    both = [*deadlines_for(2027), *deadlines_for(2028)]
    found = reminders_due(both, date(2027, 9, 27), [SKIEN], set(), RULES)
    assert [(one.deadline.year, one.deadline.id) for one in found] == [(2028, "reply")]
    found = reminders_due(both, date(2027, 9, 1), [COUNTY], set(), RULES)
    assert [(one.deadline.year, one.deadline.id) for one in found] == [(2027, "status-2")]


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_nobody_is_reminded_of_what_a_municipality_reports_to_its_own_council(today: date) -> None:
    found = reminders_due(deadlines_for(2027), today, [SKIEN, COUNTY], set(), RULES)
    assert not [one.deadline.id for one in found if one.deadline.id.startswith("tertial")]


@pytest.mark.parametrize(
    ("days_left", "text"),
    [
        (
            14,
            "Fristen for «Svar fra kommunen» er om 14 dager, 15. september 2026. Den gjelder bosetting av flyktninger i 2027.",
        ),
        (
            1,
            "Fristen for «Svar fra kommunen» er i morgen, 15. september 2026. Den gjelder bosetting av flyktninger i 2027.",
        ),
        (
            0,
            "Fristen for «Svar fra kommunen» er i dag, 15. september 2026. Den gjelder bosetting av flyktninger i 2027.",
        ),
        (
            -1,
            "Fristen for «Svar fra kommunen» gikk ut i går, 15. september 2026. Den gjelder bosetting av flyktninger i 2027.",
        ),
        (
            -6,
            "Fristen for «Svar fra kommunen» gikk ut for 6 dager siden, 15. september 2026. Den gjelder bosetting av flyktninger i 2027.",
        ),
    ],
)
def test_a_reminder_says_how_long_is_left(days_left: int, text: str) -> None:
    assert NB.text(reminder_text(Reminder((), deadline(TUESDAY), SKIEN, days_left))) == text


def test_the_subject_says_whether_the_deadline_has_passed() -> None:
    before, after = (Reminder((), deadline(TUESDAY), SKIEN, days) for days in (0, -1))
    assert NB.text(reminder_subject(before)) == "Påminnelse om frist: Svar fra kommunen"
    assert NB.text(reminder_subject(after)) == "Fristen er ute: Svar fra kommunen"
    told = "Påminnelse om frist for Bamble: Svar fra kommunen"
    assert NB.text(reminder_subject(before, "Bamble")) == told
    assert NB.text(reminder_subject(after, "Bamble")) == "Fristen er ute for Bamble: Svar fra kommunen"


rules = st.builds(
    lambda before, after, forget: ReminderRules(tuple(before), tuple(after), forget),
    st.lists(st.integers(1, 40), unique=True, max_size=3),
    st.lists(st.integers(1, 10), unique=True, max_size=3),
    st.integers(20, 40),
)


def run(asked: list[date], on: date, rules: ReminderRules, receivers: list[Receiver]) -> list[str]:
    """All keys in the order they are sent, when somebody asks on the days ``asked``, each day twice."""
    sent: list[str] = []
    for today in asked:
        for _ in range(2):
            for one in reminders_due([deadline(on)], today, receivers, set(sent), rules):
                assert is_working_day(today)
                sent.extend(one.keys)
    return sent


@given(st.dates(date(2025, 1, 1), date(2035, 1, 1)), rules, st.sets(st.integers(-60, 45)))
def test_reminders_are_sent_once_and_never_lost_when_days_are_skipped(
    on: date, rules: ReminderRules, skipped: set[int]
) -> None:
    every_day = [on + timedelta(days=days) for days in range(-60, 46)]
    receivers = [SKIEN, Receiver("kontakt-2", Who.MUNICIPALITY)]
    wanted = set(run(every_day, on, rules, receivers))
    assert len(wanted) == 2 * len({*rules.before}) + 2 * len({*rules.after})
    asked = [day for number, day in enumerate(every_day, start=-60) if number not in skipped]
    last = max(
        (day for day in asked if is_working_day(day) and (day - on).days <= rules.forget), default=None
    )
    latest = max(
        (reminder_day(on, days) for days in (*(-one for one in rules.before), *rules.after)), default=on
    )
    assume(last is not None and last >= latest)
    sent = run(asked, on, rules, receivers)
    assert len(sent) == len(set(sent))
    assert set(sent) == wanted


@given(st.dates(date(2025, 1, 1), date(2035, 1, 1)), rules, st.integers(-60, 45))
def test_one_message_at_most_to_each_about_each_deadline_on_a_day(
    on: date, rules: ReminderRules, days: int
) -> None:
    found = reminders_due([deadline(on)], on + timedelta(days=days), [SKIEN, COUNTY], set(), rules)
    assert len(found) <= 1
    assert all(one.keys for one in found)
