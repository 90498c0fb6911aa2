"""Meetings: planned, called off, held; minutes that two write at once; what the municipality sees, and when."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.web.dialogue import kit, meetings, minutes_kept, needs
from fotfeste.web.dialogue.meetings import Plan
from fotfeste.web.dialogue.minutes import minutes_of, written
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import make_round, member
from tests.web.dialogue.forms import carried, text
from tests.web.people.persons import ADVISER, CONTACT, OTHER_ADVISER, PARTNER, READER

pytestmark = pytest.mark.django_db

OSLO = ZoneInfo("Europe/Oslo")
PLAN = Plan(datetime(2026, 9, 15, 9, 30, tzinfo=OSLO), 90, "Fylkeshuset")
WRITTEN = {
    "met_on": "15.9.2026",
    "place": "Fylkeshuset",
    "participants_municipality": "kommunedirektør; leder for flyktningtjenesten",
    "capacity_said": "30",
    "note": "Boligmarkedet er stramt.\nTolk mangler.",
}
ASKED = [["goal", "Hva er viktigst i 2027?"]]
PAGE = "/bosetting/2027/40/dialog/4003/moter/"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _few_questions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The questions need the figures of the whole county; most tests do with one question."""
    if "figures" not in request.fixturenames:
        monkeypatch.setattr(minutes_kept, "asked_in", lambda *_: tuple(tuple(one) for one in ASKED))


@pytest.fixture
def figures() -> None:
    """The questions are those that the figures raise."""


def planned(by: Actor, round_: Round, code: str = "4003") -> Meeting:
    return meetings.plan(by, round_, code, PLAN)


def held(by: Actor, round_: Round, **more: str) -> Meeting:
    one = planned(by, round_)
    minutes_kept.save_minutes(by, one, {}, {**WRITTEN, **more}, ASKED, hold=True)
    one.refresh_from_db()
    return one


def test_a_meeting_that_is_planned_twice_is_one_meeting(adviser: Actor, round_: Round) -> None:
    assert planned(adviser, round_).pk == planned(adviser, round_).pk
    later = meetings.plan(adviser, round_, "4003", Plan(datetime(2026, 10, 1, 9, tzinfo=OSLO), 60))
    assert (later.number, planned(adviser, round_, "4001").number) == (2, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Plan(datetime(2026, 9, 15, 9, tzinfo=OSLO), 5), "length"),
        (Plan(datetime(2026, 9, 15, 9, tzinfo=OSLO), 5000), "length"),
        (Plan(datetime(1999, 9, 15, 9, tzinfo=OSLO), 60), "day"),
        (Plan(datetime(2026, 9, 15, 9, tzinfo=OSLO), 60, "Hos 01010112345"), "place"),
        (Plan(datetime(2026, 9, 15, 9, tzinfo=OSLO), 60, "x" * 201), "place"),
    ],
)
def test_a_time_or_place_that_cannot_be_is_refused(
    adviser: Actor, round_: Round, wrong: Plan, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        meetings.plan(adviser, round_, "4003", wrong)
    assert refused.value.problem.place == field
    assert not Meeting.objects.exists()


def test_nothing_is_planned_in_a_round_that_is_closed(adviser: Actor, round_: Round) -> None:
    round_.state = Stage.CLOSED.value
    round_.save()
    with pytest.raises(InputError):
        planned(adviser, round_)


def test_two_who_move_a_meeting_each_in_their_own_way_are_told(adviser: Actor, round_: Round) -> None:
    one = planned(adviser, round_)
    base = meetings.plan_of(one).as_stored
    meetings.change_plan(adviser, one, base, Plan(PLAN.starts_at, 90, "Video"))
    other = meetings.change_plan(adviser, one, base, Plan(PLAN.starts_at, 90, "Rådhuset"))
    assert [clash.field for clash in other.conflicts] == ["place"]
    third = meetings.change_plan(
        adviser, one, base, Plan(datetime(2026, 9, 16, 12, 0, tzinfo=OSLO), 90, "Fylkeshuset")
    )
    one.refresh_from_db()
    assert not third.conflicts
    assert (timezone.localtime(one.starts_at).day, one.place) == (16, "Video")


def test_a_meeting_that_is_held_cannot_be_called_off_and_one_that_is_called_off_takes_no_minutes(
    adviser: Actor, round_: Round
) -> None:
    off = meetings.plan(adviser, round_, "4003", Plan(datetime(2026, 10, 1, 9, tzinfo=OSLO), 60))
    meetings.call_off(adviser, off)
    meetings.call_off(adviser, off)
    with pytest.raises(InputError):
        minutes_kept.save_minutes(adviser, off, {}, WRITTEN, ASKED)
    with pytest.raises(InputError):
        meetings.call_off(adviser, held(adviser, round_))
    assert Entry.objects.filter(act="meeting.called_off").count() == 1


def test_a_draft_keeps_what_cannot_be_read_yet_but_a_meeting_that_is_held_does_not(
    adviser: Actor, round_: Round
) -> None:
    one = planned(adviser, round_)
    typed = {**WRITTEN, "capacity_said": "omtrent tretti"}
    saved = minutes_kept.save_minutes(adviser, one, {}, typed, ASKED)
    one.refresh_from_db()
    assert saved.together is not None
    assert one.minutes["capacity_said"] == "omtrent tretti"
    refused = minutes_kept.save_minutes(adviser, one, one.minutes, typed, ASKED, hold=True)
    one.refresh_from_db()
    assert refused.together is None
    assert list(refused.written.problems) == ["capacity_said"]
    assert not one.held


def test_minutes_without_a_date_are_not_held(adviser: Actor, round_: Round) -> None:
    one = planned(adviser, round_)
    refused = minutes_kept.save_minutes(adviser, one, {}, {"note": "Kort"}, ASKED, hold=True)
    assert "met_on" in refused.written.problems
    assert minutes_of(one, "nb") is None


def test_a_number_of_a_person_stops_the_whole_save(adviser: Actor, round_: Round) -> None:
    one = planned(adviser, round_)
    refused = minutes_kept.save_minutes(adviser, one, {}, {**WRITTEN, "note": "Gjelder 010101 12345"}, ASKED)
    one.refresh_from_db()
    assert refused.together is None
    assert list(refused.written.refused) == ["note"]
    assert one.minutes == {}


def test_words_of_a_person_are_pointed_at_and_kept(adviser: Actor, round_: Round) -> None:
    one = planned(adviser, round_)
    saved = minutes_kept.save_minutes(
        adviser, one, {}, {**WRITTEN, "note": "En familie venter på bolig"}, ASKED
    )
    one.refresh_from_db()
    assert [notice.code for notice in saved.written.notices] == ["minutes.about_somebody"]
    assert one.minutes["note"] == "En familie venter på bolig"


def test_two_who_write_different_fields_are_brought_together_and_the_same_field_is_told(
    adviser: Actor, round_: Round
) -> None:
    one = planned(adviser, round_)
    minutes_kept.save_minutes(adviser, one, {}, {"note": "Først"}, ASKED)
    base = {"note": "Først"}
    minutes_kept.save_minutes(adviser, one, base, {"note": "Først", "place": "Video"}, ASKED)
    clash = minutes_kept.save_minutes(adviser, one, base, {"note": "Først", "place": "Rådhuset"}, ASKED)
    assert clash.together is not None
    assert [found.field for found in clash.together.conflicts] == ["place"]
    minutes_kept.save_minutes(adviser, one, base, {"note": "Først", "next_step": "Svarskjema"}, ASKED)
    one.refresh_from_db()
    assert one.minutes == {"note": "Først", "place": "Video", "next_step": "Svarskjema"}


def test_minutes_become_the_librarys_with_questions_as_they_were_put(adviser: Actor, round_: Round) -> None:
    one = held(adviser, round_, answer_goal="Bolig")
    needs.add(adviser, round_, needs.Stated("Flere tolker", "interpreters", "4003", shared=True), one)
    needs.add(adviser, round_, needs.Stated("Internt", "guidance", "4003"), one)
    made = minutes_of(one, "nb")
    assert made is not None
    assert (made.capacity_said, made.answers) == (30, (("Hva er viktigst i 2027?", "Bolig"),))
    assert made.participants_municipality == ("kommunedirektør", "leder for flyktningtjenesten")
    assert [need.text for need in made.needs] == ["Flere tolker", "Internt"]
    shared = minutes_of(one, "nb", shared_only=True)
    assert shared is not None
    assert [need.text for need in shared.needs] == ["Flere tolker"]
    all_ = minutes_kept.all_minutes(round_, "nb")
    assert list(all_.minutes) == ["4003"]
    assert len(all_.not_met) == 16


def test_names_of_owners_never_come_into_minutes(round_: Round) -> None:
    user, adviser, _ = member("kari@example.org", ADVISER)
    one = held(adviser, round_)
    needs.add(adviser, round_, needs.Stated("Flere tolker", "interpreters", "4003", owner=user.pk), one)
    made = minutes_of(one, "nb")
    assert made is not None
    assert made.needs[0].follow_up == "rådgiver i fylkeskommunen"


def test_minutes_are_shared_only_when_the_meeting_is_held(adviser: Actor, round_: Round) -> None:
    one = planned(adviser, round_)
    with pytest.raises(InputError):
        minutes_kept.share_minutes(adviser, one, shared=True)
    minutes_kept.save_minutes(adviser, one, {}, WRITTEN, ASKED, hold=True)
    minutes_kept.share_minutes(adviser, one, shared=True)
    minutes_kept.share_minutes(adviser, one, shared=True)
    assert Entry.objects.filter(act="meeting.shared").count() == 1


def test_minutes_are_neither_shared_nor_taken_back_when_the_round_is_closed(
    adviser: Actor, round_: Round
) -> None:
    one = held(adviser, round_)
    Round.objects.filter(pk=round_.pk).update(state=Stage.CLOSED.value)
    with pytest.raises(InputError, match="avsluttet"):
        minutes_kept.share_minutes(adviser, one, shared=True)
    one.refresh_from_db()
    assert one.shared_at is None


def test_the_calendar_file_has_the_meeting_at_its_time_in_norway(adviser: Actor, round_: Round) -> None:
    content = meetings.in_calendar(planned(adviser, round_), language("nb"), timezone.now()).decode()
    assert "DTSTART;TZID=Europe/Oslo:20260915T093000" in content
    assert "DTEND;TZID=Europe/Oslo:20260915T110000" in content
    assert "Fylkeshuset" in content
    assert "BEGIN:VTIMEZONE" in content


def test_the_saves_of_a_draft_leave_one_entry_in_the_trace(adviser: Actor, round_: Round) -> None:
    one = planned(adviser, round_)
    for number in range(4):
        one.refresh_from_db()
        minutes_kept.save_minutes(adviser, one, one.minutes, {"note": f"Utkast {number}"}, ASKED)
    one.refresh_from_db()
    assert one.version == 4
    assert Entry.objects.filter(act="meeting.minuted").count() == 1


def test_values_are_stored_as_they_are_read() -> None:
    from fotfeste.web.dialogue.minutes import fields_of

    found = written(fields_of([]), {"met_on": "1.9.2026", "capacity_said": " 1 200 ", "note": "a\r\nb\0"})
    assert found.values == {"met_on": "2026-09-01", "capacity_said": "1200", "note": "a\nb"}


@pytest.fixture
def county(round_: Round) -> Client:
    return member("ase@example.org", ADVISER)[2]


@pytest.fixture
def skien(round_: Round) -> Client:
    return member("per@example.org", CONTACT)[2]


def sent_plan(**more: str) -> dict[str, str]:
    return {"day": "2026-09-15", "time": "09:30", "length": "60", "place": "Video", **more}


def test_an_adviser_plans_writes_holds_and_shares_and_the_municipality_reads(
    county: Client, skien: Client
) -> None:
    answer = county.post(PAGE, sent_plan())
    assert answer.status_code == 302
    assert county.post(PAGE, sent_plan()).headers["Location"] == answer.headers["Location"]
    page = skien.get(PAGE + "1/")
    assert "Video" in text(page)
    assert "Skriv referatet" not in text(page)
    assert skien.get(PAGE + "1/mote.ics").headers["Content-Type"].startswith("text/calendar")
    assert skien.get(PAGE + "1/referat.pdf").status_code == 404
    form = county.get(PAGE + "1/referat/")
    assert 'value="2026-09-15"' in form.content.decode()
    minutes = {"seen": carried(form), "met_on": "2026-09-15", "note": "Stramt boligmarked", "hold": "1"}
    assert county.post(PAGE + "1/referat/", minutes).status_code == 302
    assert "Stramt boligmarked" not in text(skien.get(PAGE + "1/"))
    assert "ikke delt referatet" in text(skien.get(PAGE + "1/"))
    county.post(PAGE + "1/referat/deling/", {"share": "yes"})
    assert "Stramt boligmarked" in text(skien.get(PAGE + "1/"))
    pdf = skien.get(PAGE + "1/referat.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert county.get(PAGE + "1/referat.docx").content.startswith(b"PK")
    county.post(PAGE + "1/referat/deling/", {"share": "no"})
    assert skien.get(PAGE + "1/referat.docx").status_code == 404


def test_what_both_have_written_is_shown_with_both_texts_and_can_be_saved_then(county: Client) -> None:
    county.post(PAGE, sent_plan())
    form = county.get(PAGE + "1/referat/")
    first = {"seen": carried(form), "met_on": "2026-09-15", "note": "Den enes tekst"}
    assert county.post(PAGE + "1/referat/", first).status_code == 302
    clash = county.post(PAGE + "1/referat/", {**first, "note": "Den andres tekst"})
    assert clash.status_code == 409
    assert "Den enes tekst" in text(clash)
    assert "Den andres tekst" in text(clash)
    assert Meeting.objects.get().minutes["note"] == "Den enes tekst"
    again = {**first, "seen": carried(clash), "note": "Den andres tekst"}
    assert county.post(PAGE + "1/referat/", again).status_code == 302
    assert Meeting.objects.get().minutes["note"] == "Den andres tekst"


def test_a_form_that_is_sent_twice_is_saved_once(county: Client) -> None:
    county.post(PAGE, sent_plan())
    sent = {"seen": carried(county.get(PAGE + "1/referat/")), "met_on": "2026-09-15", "note": "En gang"}
    assert [county.post(PAGE + "1/referat/", sent).status_code for _ in range(2)] == [302, 302]
    assert Meeting.objects.get().version == 1


def test_what_a_form_was_made_from_counts_only_for_its_own_meeting(county: Client) -> None:
    county.post(PAGE, sent_plan())
    county.post(PAGE, sent_plan(time="13:00"))
    for page in ("referat/", "endre/"):
        seen = carried(county.get(f"{PAGE}1/{page}"))
        assert (
            county.post(f"{PAGE}2/{page}", {"seen": seen, "note": "Tekst", **sent_plan()}).status_code == 422
        )
    assert "Ikke lagret" in text(
        county.post(
            PAGE + "2/referat/kladd/", {"seen": carried(county.get(PAGE + "1/referat/")), "note": "Tekst"}
        )
    )
    assert [one.minutes for one in Meeting.objects.all()] == [{}, {}]


def test_what_is_typed_survives_a_session_that_ends(county: Client) -> None:
    county.post(PAGE, sent_plan())
    form = county.get(PAGE + "1/referat/")
    del county.cookies[settings.SESSION_COOKIE_NAME]
    answer = county.post(PAGE + "1/referat/", {"seen": carried(form), "note": "Ikke mist meg"})
    assert answer.status_code == 302
    assert "/konto/logg-inn/" in answer.headers["Location"]
    from fotfeste.web.people.models import User

    county.force_login(
        User.objects.get(email="ase@example.org"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    back = county.get(PAGE + "1/referat/")
    assert "Ikke mist meg" in back.content.decode()
    assert Meeting.objects.get().minutes == {}


def test_a_draft_is_saved_while_it_is_typed_and_never_what_others_may_read(county: Client) -> None:
    county.post(PAGE, sent_plan())
    where = PAGE + "1/referat/kladd/"
    typed = {
        "seen": carried(county.get(PAGE + "1/referat/")),
        "page": PAGE + "1/referat/",
        "next_on": "snart",
    }
    first = county.post(where, {**typed, "note": "Utkast"}, headers={"HX-Request": "true"})
    assert "Lagret kl." in text(first)
    second = county.post(
        where, {**typed, "seen": carried(first), "note": "Utkast to"}, headers={"HX-Request": "true"}
    )
    assert "Lagret kl." in text(second)
    assert Meeting.objects.get().minutes == {"note": "Utkast to", "next_on": "snart"}
    assert 'value="snart"' in county.get(PAGE + "1/referat/").content.decode()
    old = county.post(
        where, {**typed, "seen": carried(first), "note": "Gammel side"}, headers={"HX-Request": "true"}
    )
    assert "Ikke lagret" in text(old)
    assert "Ikke lagret" in text(
        county.post(where, {**typed, "seen": carried(second), "note": "01010112345"})
    )
    Meeting.objects.update(held=True)
    assert "Ikke lagret" in text(county.post(where, {**typed, "seen": carried(second), "note": "Delt"}))
    assert Meeting.objects.get().minutes["note"] == "Utkast to"


def test_what_another_writes_meanwhile_is_told_and_kept_while_one_types(
    county: Client, adviser: Actor
) -> None:
    county.post(PAGE, sent_plan())
    where, typed = PAGE + "1/referat/kladd/", {"seen": carried(county.get(PAGE + "1/referat/"))}
    minutes_kept.save_minutes(adviser, Meeting.objects.get(), {}, {"place": "Rådhuset"}, ASKED)
    first = county.post(where, {**typed, "note": "En"})
    assert "Noe er også skrevet et annet sted" in text(first)
    second = county.post(where, {"seen": carried(first), "note": "En og to"})
    assert "Lagret kl." in text(second)
    assert Meeting.objects.get().minutes == {"place": "Rådhuset", "note": "En og to"}


def test_faults_are_told_at_the_fields_and_what_was_typed_stands(county: Client) -> None:
    answer = county.post(PAGE, sent_plan(length="2", place="Rådhuset"))
    assert answer.status_code == 422
    assert "Rådhuset" in answer.content.decode()
    assert 'href="#id_length"' in answer.content.decode()


def test_the_calendar_file_of_a_meeting_that_is_called_off_is_gone(county: Client) -> None:
    county.post(PAGE, sent_plan())
    county.post(PAGE + "1/avlys/")
    assert county.get(PAGE + "1/mote.ics").status_code == 404
    assert "Avlyst" in text(county.get(PAGE + "1/"))


@pytest.mark.parametrize(
    ("held_", "statuses"),
    [
        (READER, {"": 200, "1/": 200, "1/referat/": 403, "1/referat.pdf": 403, "ark.pdf": 403}),
        (CONTACT, {"": 200, "1/": 200, "1/referat/": 403, "1/referat.pdf": 404, "ark/": 404, "ark.pdf": 404}),
        (OTHER_ADVISER, {"": 404, "1/": 404, "1/referat/": 404}),
        (PARTNER, {"": 404, "1/": 404, "1/referat/": 404}),
    ],
)
def test_who_sees_what(county: Client, held_: Any, statuses: dict[str, int]) -> None:
    county.post(PAGE, sent_plan())
    client = member("noen@example.org", held_)[2]
    assert {tail: client.get(PAGE + tail).status_code for tail in statuses} == statuses


def test_a_contact_is_led_from_all_meetings_to_their_own(skien: Client) -> None:
    answer = skien.get("/bosetting/2027/40/dialog/moter/")
    assert answer.headers["Location"] == PAGE
    assert skien.get(PAGE.replace("4003", "4001")).status_code == 404


@pytest.mark.usefixtures("figures")
def test_the_sheet_of_a_municipality_is_two_pages_and_tells_of_last_year(
    adviser: Actor, round_: Round, county: Client
) -> None:
    from fotfeste.reports.documents.dialogue_fit import pages_of

    last = make_round(2026)
    needs.add(adviser, last, needs.Stated("Flere gjennomgangsboliger", "housing", "4003"))
    shown = county.get(PAGE + "ark/")
    assert "Flere gjennomgangsboliger" in text(shown)
    pdf = county.get(PAGE + "ark.pdf")
    assert pages_of(pdf.content) <= 2
    assert county.get(PAGE + "ark.docx").content.startswith(b"PK")
    assert "attachment" in county.get(PAGE + "ark.html").headers["Content-Disposition"]
    asked = dict(kit.asked_in(round_, "4003"))
    assert len(asked) > 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("figures")
def test_the_kits_of_all_municipalities_come_as_one_archive(round_: Round, county: Client) -> None:
    from tests.web.rounds.conftest import work_off

    where = "/bosetting/2027/40/dialog/moter/"
    assert county.get(where + "ark.zip").status_code == 404
    assert county.post(where + "ark/bestill/").status_code == 302
    assert county.post(where + "ark/bestill/").status_code == 302
    assert "Venter på tur" in text(county.get(where))
    work_off()
    with zipfile.ZipFile(io.BytesIO(b"".join(county.get(where + "ark.zip")))) as archive:  # type: ignore[arg-type]
        names = archive.namelist()
    assert len(names) == 17 * 5
    assert "Hent møtearkene" in text(county.get(where))


def test_the_summary_has_what_was_held(adviser: Actor, round_: Round, county: Client) -> None:
    held(adviser, round_)
    page = county.get("/bosetting/2027/40/dialog/moter/")
    assert "Det er holdt møte med 1 av 17 kommuner." in text(page)
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        assert county.get(f"/bosetting/2027/40/dialog/moter/samlet.{ending}").content.startswith(start)
