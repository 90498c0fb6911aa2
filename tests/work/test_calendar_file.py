"""Calendar files: read again by a reader of the format, they say what was put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from fotfeste.errors import InputError
from fotfeste.messages import Locale, language
from fotfeste.work.calendar_file import Meeting, calendar_file, uid_of
from fotfeste.work.deadlines import Deadline, deadlines_for, settlement_year


def norwegian(moment: str) -> datetime:
    """A moment as people write it, without a zone."""
    return datetime.fromisoformat(moment)


STAMP = datetime(2026, 8, 20, 12, 30, tzinfo=UTC)
RULES = settlement_year().reminders
SKIEN = Meeting(
    "møte-4003",
    "Dialogmøte med Skien",
    norwegian("2026-10-06 10:00"),
    norwegian("2026-10-06 12:00"),
    place="Fylkeshuset, rom 3; Skien",
    text="Saker:\n1. Svaret\n2. Behov",
)


def written(
    deadlines: Sequence[Deadline] = (), meetings: Sequence[Meeting] = (), locale: Locale = "nb"
) -> bytes:
    return calendar_file(
        "40/2027",
        "Bosetting i Telemark i 2027",
        deadlines,
        meetings,
        RULES,
        words=language(locale),
        stamp=STAMP,
    )


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).events)


def test_a_calendar_is_published_and_says_what_it_is() -> None:
    calendar = Calendar.from_ical(written(deadlines_for(2027)))
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert calendar["prodid"].startswith("-//Fotfeste//")
    assert calendar["x-wr-calname"] == "Bosetting i Telemark i 2027"
    assert not calendar.errors


def asked_of_somebody() -> tuple[Deadline, ...]:
    """The deadlines of a round without what municipalities report to their own councils."""
    return tuple(one for one in deadlines_for(2027) if not one.id.startswith("tertial"))


def test_what_a_municipality_reports_to_its_own_council_is_not_in_the_calendar() -> None:
    assert len(events(written(deadlines_for(2027)))) == len(asked_of_somebody()) == 8


def test_a_municipalitys_deadline_names_it_and_leads_to_the_page() -> None:
    link = "https://fotfeste.example.org/bosetting/2027/40/dialog/4003/"
    content = calendar_file(
        "40/2027/4003",
        "Bosetting i Telemark i 2027",
        deadlines_for(2027, {"council": date(2027, 3, 1)}),
        (),
        RULES,
        words=language("nb"),
        stamp=STAMP,
        place="Skien",
        links={"council": link},
    )
    found = {event.start: event for event in events(content)}
    decided = found[date(2027, 3, 1)]
    assert decided["summary"] == "Frist for Skien: Vedtak i kommunestyret"
    assert decided["url"] == link
    assert str(decided["description"]).splitlines() == [
        "Bosetting i Telemark i 2027",
        f"Åpne siden (du må logge inn): {link}",
    ]
    assert "url" not in found[date(2026, 9, 15)]
    others = {event["uid"] for event in events(written(deadlines_for(2027)))}
    assert not others & {event["uid"] for event in found.values()}


def test_every_deadline_is_there_and_lasts_the_whole_day() -> None:
    deadlines = asked_of_somebody()
    found = events(written(deadlines))
    assert [event.start for event in found] == [one.on for one in deadlines]
    assert all(event.end - event.start == timedelta(days=1) for event in found)
    assert {type(event.start) for event in found} == {date}
    assert {event["transp"] for event in found} == {"TRANSPARENT"}
    assert found[0]["summary"] == "Frist: Svar fra kommunen"
    assert b"DTSTART;VALUE=DATE:20260915\r\n" in written(deadlines)
    assert b"VTIMEZONE" not in written(deadlines)


def test_a_default_date_says_that_it_is_one_and_the_countys_own_does_not() -> None:
    own = [
        one for one in deadlines_for(2027, {"reply": date(2026, 9, 22)}) if not one.id.startswith("tertial")
    ]
    texts = {event.start: str(event["description"]) for event in events(written(own))}
    assert "forslag fra Fotfeste" not in texts[date(2026, 9, 22)]
    assert sum("forslag fra Fotfeste" in text for text in texts.values()) == len(own) - 1
    assert all(text.startswith("Bosetting i Telemark i 2027") for text in texts.values())


def test_a_meeting_has_its_time_in_norway_summer_and_winter() -> None:
    winter = replace(
        SKIEN, id="vinter", starts=norwegian("2026-11-03 10:00"), ends=norwegian("2026-11-03 11:00")
    )
    content = written(meetings=[SKIEN, winter])
    found = events(content)
    assert b"DTSTART;TZID=Europe/Oslo:20261006T100000\r\n" in content
    assert [event.start.astimezone(UTC).hour for event in found] == [8, 9]
    assert found[0]["location"] == "Fylkeshuset, rom 3; Skien"
    assert found[0]["description"] == "Saker:\n1. Svaret\n2. Behov"


def test_the_zone_in_the_file_says_when_the_clock_changes_as_norway_does() -> None:
    calendar = Calendar.from_ical(written(meetings=[SKIEN]))
    (zone,) = calendar.timezones
    described, oslo = zone.to_tz(lookup_tzid=False), ZoneInfo("Europe/Oslo")
    compared = 0
    for day in (f"{year}-{month:02}-24 00:30" for year in range(2024, 2041) for month in (1, 3, 7, 10)):
        for hour in range(8 * 24):
            moment = norwegian(day) + timedelta(hours=hour)
            here = moment.replace(tzinfo=oslo)
            if here.utcoffset() == here.replace(fold=1).utcoffset():  # neither skipped nor passed twice
                compared += 1
                assert moment.replace(tzinfo=described).utcoffset() == here.utcoffset(), moment
    assert compared == 17 * (4 * 8 * 24 - 2)


def test_the_clock_changes_at_one_in_the_morning_in_greenwich() -> None:
    (zone,) = Calendar.from_ical(written(meetings=[SKIEN])).timezones
    changes = [one["dtstart"].dt - one["tzoffsetfrom"].td for one in zone.subcomponents]
    assert [one.isoformat() for one in changes] == ["1996-03-31T01:00:00", "1996-10-27T01:00:00"]


def test_a_meeting_given_in_another_zone_is_at_the_same_moment() -> None:
    starts = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
    (event,) = events(written(meetings=[replace(SKIEN, starts=starts, ends=starts + timedelta(hours=2))]))
    assert event.start == starts
    assert event.start.hour == 10


def test_the_alarms_come_at_nine_on_the_working_days_of_the_reminders() -> None:
    reply = [one for one in deadlines_for(2027) if one.id == "reply"]
    (event,) = events(written(reply))
    starts = norwegian("2026-09-15 00:00")
    assert [starts + alarm.TRIGGER for alarm in event.walk("VALARM")] == [
        norwegian("2026-09-01 09:00"),
        norwegian("2026-09-14 09:00"),
    ]
    (event,) = events(written(meetings=[SKIEN]))
    assert [(event.start + alarm.TRIGGER).replace(tzinfo=None) for alarm in event.walk("VALARM")] == [
        norwegian("2026-09-22 09:00"),
        norwegian("2026-10-05 09:00"),
    ]
    assert {alarm["action"] for alarm in event.walk("VALARM")} == {"DISPLAY"}
    assert all(alarm["description"] for alarm in event.walk("VALARM"))


def test_the_same_input_gives_the_same_bytes_and_a_moved_deadline_keeps_its_uid() -> None:
    before, after = deadlines_for(2027), deadlines_for(2027, {"reply": date(2026, 9, 22)})
    assert written(before, [SKIEN]) == written(before, [SKIEN])
    assert {event["uid"] for event in events(written(before))} == {
        event["uid"] for event in events(written(after))
    }


def test_uids_are_all_different_also_between_rounds_and_between_deadlines_and_meetings() -> None:
    uids = [
        uid_of(key, kind, name)
        for key in ("40/2027", "40/2028", "33/2027")
        for kind in ("deadline", "meeting")
        for name in ("reply", "council")
    ]
    assert len(set(uids)) == 12
    assert uid_of("40/2027", "deadline", "reply") == "640f3974-1198-5720-825a-f0ae3dc0da83"


@pytest.mark.parametrize(
    ("locale", "text"),
    [("nb", "Svar fra kommunen"), ("nn", "Svar frå kommunen"), ("en", "Reply from the municipality")],
)
def test_the_text_is_in_the_readers_language(locale: Locale, text: str) -> None:
    (first, *_) = events(written(deadlines_for(2027), locale=locale))
    assert first["summary"].endswith(text)
    assert first["summary"].params["LANGUAGE"] == locale


def test_a_long_line_is_folded_at_75_bytes_and_no_letter_is_cut_in_two() -> None:
    title = "Møte om økt bosetting på Ås, Sør-Øst og Nærøy " * 8
    content = written(meetings=[replace(SKIEN, title=title)])
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert events(content)[0]["summary"] == title.strip()


def test_signs_that_mean_something_in_the_format_are_only_text() -> None:
    sly = "Kaffe; te, og \\n kake\nEND:VEVENT\nATTACH:file:///etc/passwd"
    content = written(meetings=[replace(SKIEN, text=sly, title=sly)])
    (event,) = events(content)
    assert event["description"] == sly
    assert event["summary"] == sly.replace("\n", " ")
    assert "ATTACH" not in event
    assert content.count(b"\r\nEND:VEVENT") == 1


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(texts, texts, texts)
def test_whatever_is_written_is_read_again_without_signs_the_format_cannot_hold(
    title: str, place: str, text: str
) -> None:
    content = written(meetings=[replace(SKIEN, title=title, place=place, text=text)])
    (event,) = events(content)
    assert max(map(len, content.split(b"\r\n"))) <= 75
    control = {chr(sign) for sign in (*range(9), *range(11, 32), 127)}

    def held(one: str) -> str:
        one = one.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(sign for sign in one if sign not in control).strip()

    assert event.get("description", "") == held(text)
    assert event["summary"] == " ".join(held(title).split())
    assert event.get("location", "") == " ".join(held(place).split())


def test_a_stamp_without_a_zone_and_a_meeting_that_ends_before_it_begins_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        calendar_file("40/2027", "", (), (), RULES, words=language("nb"), stamp=norwegian("2026-08-20 00:00"))
    assert caught.value.code == "calendar.stamp"
    with pytest.raises(InputError, match="Dialogmøte med Skien") as caught:
        written(meetings=[replace(SKIEN, ends=SKIEN.starts)])
    assert caught.value.code == "calendar.meeting"
