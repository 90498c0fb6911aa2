"""Whom the county can ask, who has been told, and how one municipality is reminded. Nobody here exists."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.people.models import Invitation
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round, Sent
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import ANSWERS, LATE, make_round, member
from tests.web.dialogue.forms import text
from tests.web.people.persons import ADVISER, CONTACT, READER

pytestmark = pytest.mark.django_db
COUNTY = "/bosetting/2027/40/dialog/"
SKIEN, PORSGRUNN = f"{COUNTY}4003/paminnelse/", f"{COUNTY}4001/paminnelse/"


@pytest.fixture
def county(round_: Round) -> Client:
    return member("ase@example.org", ADVISER)[2]


@pytest.fixture
def with_mail(settings: Any) -> None:
    """A workspace that can send e-mail; it goes to Django's own box."""
    whole = settings.FOTFESTE
    settings.FOTFESTE = replace(whole, serving=replace(whole.serving, email_url="smtp://127.0.0.1:1"))


def row(answer: HttpResponse, name: str) -> str:
    found = re.search(rf"<tr><th scope=\"row\"><a[^>]*>{name}</a>.*?</tr>", answer.content.decode(), re.S)
    assert found, name
    return found[0]


def test_where_nobody_can_answer_it_is_said_that_there_is_nobody_to_ask(county: Client) -> None:
    page = county.get(COUNTY)
    assert "Ingen å spørre" in row(page, "Skien")
    assert "Spurt" not in text(page)
    assert "Ingen å spørre i " in text(page)


def test_the_way_to_invite_stands_in_the_row_and_the_form_knows_the_municipality(county: Client) -> None:
    address = "/konto/invitasjoner/ny/?rolle=municipality_contact&amp;kommune=4003"
    assert address in row(county.get(COUNTY), "Skien")
    form = county.get(address.replace("&amp;", "&")).content.decode()
    assert 'value="4003"' in form
    assert re.search(r'value="municipality_contact"[^>]*checked', form)


def test_an_invitation_that_nobody_has_taken_up_is_told_as_that(county: Client) -> None:
    Invitation.objects.create(
        token_hash="0" * 64,
        email="ny@example.org",
        role=Role.MUNICIPALITY_CONTACT.value,
        municipality="4003",
        expires=timezone.now() + timedelta(days=3),
    )
    page = county.get(COUNTY)
    assert "Invitert, ikke tatt imot" in row(page, "Skien")
    assert "Skien" not in text(page).partition("Ingen å spørre i ")[2].partition(":")[0]
    Invitation.objects.update(expires=timezone.now() - timedelta(days=1))
    assert "Ingen å spørre" in row(county.get(COUNTY), "Skien")


def test_a_reader_is_offered_neither_invitations_nor_reminders(round_: Round, contact: Actor) -> None:
    reader = member("leser@example.org", READER)[2]
    page = reader.get(COUNTY).content.decode()
    assert "/konto/invitasjoner/" not in page
    assert "/paminnelse/" not in page
    assert reader.get(SKIEN).status_code == 403


def test_whoever_has_a_contact_is_not_asked_before_somebody_is_told(county: Client, contact: Actor) -> None:
    page = county.get(COUNTY)
    assert "Ikke varslet" in row(page, "Skien")
    assert "E-post er ikke satt opp, så ingen er varslet i Skien." in text(page)
    Sent.objects.create(
        round=Round.objects.get(), key="invitation/4003", receiver_id=contact.user_id, done_at=timezone.now()
    )
    page = county.get(COUNTY)
    assert "Spurt, ikke begynt" in row(page, "Skien")
    assert "ingen er varslet" not in text(page)


def test_a_letter_that_did_not_get_through_has_told_nobody(county: Client, contact: Actor) -> None:
    Sent.objects.create(round=Round.objects.get(), key="invitation/4003", receiver_id=contact.user_id)
    assert "Ikke varslet" in row(county.get(COUNTY), "Skien")


def test_a_letter_about_another_municipality_has_not_told_this_one(round_: Round) -> None:
    both = member("to@example.org", CONTACT, Held(Role.MUNICIPALITY_CONTACT, municipality="4001"))[1]
    Sent.objects.create(round=round_, key="invitation/4001", receiver_id=both.user_id, done_at=timezone.now())
    page = member("ase@example.org", ADVISER)[2].get(COUNTY)
    assert "Spurt, ikke begynt" in row(page, "Porsgrunn")
    assert "Ikke varslet" in row(page, "Skien")


def test_without_mail_the_text_can_be_copied_and_the_county_says_that_it_has_written(
    county: Client, contact: Actor
) -> None:
    page = county.get(SKIEN)
    assert "E-post er ikke satt opp, så programmet sender ingenting." in text(page)
    assert "venter på svaret fra Skien kommune" in text(page)
    assert 'href="mailto:kontakt@example.org?subject=' in page.content.decode()
    assert "Send påminnelsen" not in text(page)
    refused = county.post(SKIEN, {"text": "Husk svaret"})
    assert refused.status_code == 422
    assert "E-post er ikke satt opp" in text(refused)
    assert county.post(SKIEN, {"gjor": "skrevet"}).status_code == 302
    assert "Spurt, ikke begynt" in row(county.get(COUNTY), "Skien")
    county.post(SKIEN, {"gjor": "skrevet"})
    assert Sent.objects.count() == 1
    assert Entry.objects.filter(act="input.told").count() == 1
    assert not mail.outbox


@pytest.mark.usefixtures("with_mail")
def test_a_reminder_goes_to_the_contacts_of_the_municipality_once_a_day(
    county: Client, contact: Actor, colleague: Actor
) -> None:
    assert "Skriv påminnelse" in row(county.get(COUNTY), "Skien")
    assert "Send påminnelsen" in text(county.get(SKIEN))
    sent = county.post(SKIEN, {"text": "Husk svaret om bolig."}, follow=True)
    assert "Påminnelsen er sendt til 2 kontakter i Skien." in text(sent)
    assert {one.to[0] for one in mail.outbox} == {"kontakt@example.org", "kollega@example.org"}
    assert all("Husk svaret om bolig." in one.body for one in mail.outbox)
    assert all("/bosetting/2027/40/dialog/4003/" in one.body for one in mail.outbox)
    assert "Spurt, ikke begynt" in row(county.get(COUNTY), "Skien")
    again = county.post(SKIEN, {"text": "Husk svaret om bolig."}, follow=True)
    assert "har alt fått en påminnelse i dag" in text(again)
    assert len(mail.outbox) == 2
    assert Entry.objects.filter(act="input.reminded").count() == 1


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize(
    ("typed", "why"),
    [("", "feltet"), ("Ring 01019012345", "fødselsnummer"), ("x" * 2001, "2000")],
)
def test_a_reminder_that_may_not_stand_is_refused_and_shown_again(
    county: Client, contact: Actor, typed: str, why: str
) -> None:
    answer = county.post(SKIEN, {"text": typed})
    assert answer.status_code == 422
    assert "Dette må rettes" in text(answer)
    assert typed in answer.content.decode()
    assert not mail.outbox
    assert not Sent.objects.exists()


@pytest.mark.usefixtures("with_mail")
def test_a_mail_server_that_refuses_is_told_and_nobody_counts_as_asked(
    county: Client, contact: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> int:
        raise OSError("no")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)
    answer = county.post(SKIEN, {"text": "Husk svaret."})
    assert answer.status_code == 422
    assert "E-posttjeneren tok ikke imot den" in text(answer)
    assert "Husk svaret." in text(answer)
    assert "Ikke varslet" in row(county.get(COUNTY), "Skien")


@pytest.mark.usefixtures("with_mail")
def test_nobody_is_written_to_where_there_is_nobody_or_nobody_waits(
    county: Client, contact: Actor, round_: Round
) -> None:
    page = county.get(PORSGRUNN)
    assert "Ingen kontaktperson er invitert fra Porsgrunn" in text(page)
    assert "kommune=4001" in page.content.decode()
    assert county.post(PORSGRUNN, {"text": "Husk svaret."}).status_code == 422
    deliver(contact, Reply.objects.get(round=round_, municipality="4003"), ANSWERS, 0, {})
    assert "Ingen venter på svaret" in text(county.get(SKIEN))
    assert county.post(SKIEN, {"text": "Husk svaret."}).status_code == 422
    Round.objects.update(state=Stage.CLOSED.value)
    assert county.post(PORSGRUNN, {"gjor": "skrevet"}).status_code == 422
    assert not mail.outbox


def test_only_those_who_can_be_reminded_should_be(contact: Actor) -> None:
    make_round(due=LATE)
    page = member("ase@example.org", ADVISER)[2].get(COUNTY)
    assert text(page).partition("Bør påminnes:")[2].partition(".")[0].strip() == "Skien"
    assert f'href="{SKIEN}"' in page.content.decode()
