"""What letters about a round say: who asks, by when, what is left; and what they leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.follow_up.models import Decision
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.deadlines_file import deadlines_file
from fotfeste.web.rounds.letters import send_due
from fotfeste.web.rounds.models import Round
from fotfeste.work.deadlines import Who
from fotfeste.work.requirements import Stage
from tests.web.people.persons import CONTACT, PARTNER, person
from tests.web.rounds.post import PostBox, post
from tests.web.rounds.test_letters import ASKED, FOURTEEN_DAYS, by, in_dialogue, plain

pytestmark = pytest.mark.django_db
__all__ = ["by", "post"]


def test_whoever_comes_when_the_municipality_has_answered_is_not_invited_to_answer(
    post: PostBox, by: Actor
) -> None:
    round_ = in_dialogue(by)
    reply = Reply.objects.get(round=round_, municipality="4003")
    Delivery.objects.create(reply=reply, number=1, values={}, checksum="0", at=ASKED)
    person("skien@example.org", CONTACT)
    assert send_due(ASKED + timedelta(days=1)) == 0
    Reply.objects.filter(pk=reply.pk).update(reopened_at=ASKED + timedelta(days=1))
    send_due(ASKED + timedelta(days=2))
    assert str(post.to("skien@example.org")[0]["Subject"]).startswith("Svar til fylkeskommunen")


def test_whoever_comes_after_the_deadline_is_told_that_the_reply_is_taken_in_all_the_same(
    post: PostBox, by: Actor
) -> None:
    in_dialogue(by)
    person("skien@example.org", CONTACT)
    send_due(datetime(2026, 11, 2, 6, tzinfo=UTC))
    (letter,) = post.to("skien@example.org")
    text = plain(letter)
    assert "Svarfristen var 15. september 2026. Svaret tas imot likevel" in text
    assert "etter fristen" not in text, "asked when the deadline was over, nothing is marked as late"
    (calendar,) = [one for one in letter.iter_attachments() if one.get_content_type() == "text/calendar"]
    assert "20260915" not in calendar.get_content()
    assert "Vedtak i kommunestyret: 1. februar 2027 (forslag fra Fotfeste" in text


def test_an_invitation_is_not_followed_by_a_reminder_of_the_same_the_next_day(
    post: PostBox, by: Actor
) -> None:
    in_dialogue(by)
    person("skien@example.org", CONTACT)
    assert send_due(datetime(2026, 9, 16, 6, tzinfo=UTC)) == 1
    assert send_due(datetime(2026, 9, 17, 6, tzinfo=UTC)) == 0
    assert str(post.taken[0]["Subject"]).startswith("Svar til fylkeskommunen")


def test_a_reminder_names_the_municipality_and_what_is_left(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    person("porsgrunn@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="4001"))
    round_ = in_dialogue(by)
    send_due(ASKED)
    post.taken.clear()
    values = {"own_wish": 30, "housing": 35, "unknown": 1}
    Reply.objects.filter(round=round_, municipality="4003").update(values=values, version=3)
    send_due(FOURTEEN_DAYS)
    skien, porsgrunn = (plain(post.to(f"{one}@example.org")[0]) for one in ("skien", "porsgrunn"))
    fields = [one.id for one in load_reply_form().fields]
    left = sum(1 for one in values if one in fields)
    assert left == 2
    assert f"Svaret fra Skien er påbegynt, men ikke levert. 2 av {len(fields)} felt er fylt ut." in skien
    assert "Svaret fra Porsgrunn er ikke påbegynt." in porsgrunn
    assert "35" not in skien, "nothing of what is answered"
    assert "for Skien" in str(post.to("skien@example.org")[0]["Subject"])


def test_the_calendar_in_a_letter_names_the_municipality_and_leads_to_its_pages(
    post: PostBox, by: Actor
) -> None:
    person("skien@example.org", CONTACT)
    in_dialogue(by)
    send_due(ASKED)
    (one,) = [one for one in post.taken[0].iter_attachments() if one.get_content_type() == "text/calendar"]
    found = {
        str(event["summary"]): str(event["url"]) for event in Calendar.from_ical(one.get_content()).events
    }
    assert found == {
        "Frist for Skien: Svar fra kommunen": "https://fotfeste.example.org/bosetting/2027/40/dialog/4003/",
        "Frist for Skien: Vedtak i kommunestyret": "https://fotfeste.example.org/bosetting/2027/40/etter/4003/",
    }


def test_a_contact_of_two_municipalities_gets_entries_that_do_not_replace_each_other(by: Actor) -> None:
    round_ = in_dialogue(by)
    theirs = [one for one in deadlines_of(round_) if one.who is Who.MUNICIPALITY]
    first, second = (
        {str(event["uid"]) for event in Calendar.from_ical(deadlines_file(round_, theirs, "nb", code)).events}
        for code in ("4001", "4003")
    )
    assert len(first) == len(second) == 2
    assert not first & second


def test_no_letter_speaks_of_a_round_and_all_say_who_asks_what_fotfeste_is_and_whom_to_ask(
    post: PostBox, by: Actor, settings: Any
) -> None:
    serving = replace(settings.FOTFESTE.serving, contact="bosetting@fylket.example.org")
    settings.FOTFESTE = replace(settings.FOTFESTE, serving=serving)
    person("skien@example.org", CONTACT)
    person("nav@example.org", PARTNER)
    round_ = in_dialogue(by)
    Round.objects.filter(pk=round_.pk).update(shared_with=["Nav"])
    for now in (ASKED, FOURTEEN_DAYS, datetime(2026, 10, 1, 6, tzinfo=UTC)):
        send_due(now)
    assert {str(one["To"]) for one in post.taken} == {
        "skien@example.org",
        "nav@example.org",
        "kari@example.org",
    }
    for one in post.taken:
        text = plain(one)
        assert "runde" not in (text + str(one["Subject"])).lower()
        assert "bosetting av flyktninger" in text
        assert "\nTelemark fylkeskommune\nSendt fra Fotfeste, nettstedet der" in text
        assert one["Reply-To"] == "bosetting@fylket.example.org"
        assert "skrive til bosetting@fylket.example.org" in text


def test_nobody_is_reminded_here_of_what_the_municipality_reports_to_its_own_council(
    post: PostBox, by: Actor
) -> None:
    person("skien@example.org", CONTACT)
    round_ = in_dialogue(by)
    Round.objects.filter(pk=round_.pk).update(state=Stage.SENT.value)
    Decision.objects.create(
        round=round_, municipality="4003", number=1, answer="decided", persons=10, decided_on=ASKED.date()
    )
    for one in deadlines_of(round_):
        if one.to_own_council:
            send_due(datetime.combine(one.on, ASKED.timetz()) + timedelta(days=2))
    assert not post.to("skien@example.org")
