"""Invitations: who may invite whom, and what the link opens."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.web.people import invitations, services
from fotfeste.web.people.models import Invitation, Membership, User
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.opening import open_round
from fotfeste.web.rounds.stages import advance
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from tests.web.people.persons import (
    ADMINISTRATOR,
    ADVISER,
    CONTACT,
    OTHER_ADVISER,
    PARTNER,
    PASSWORD,
    READER,
    person,
    signed_in,
)

pytestmark = pytest.mark.django_db

FORM = {"name": "Ola Prøve", "language": "nn", "password": PASSWORD, "again": PASSWORD}


def invited(by: User, held: Held, address: str = "ny@example.org") -> str:
    """Invite, and return the path of the link."""
    sent = invitations.invite(address, held, "nb", by, services.actor_for(by))
    return sent.link.removeprefix(settings.FOTFESTE.serving.base_url)


def test_an_invitation_opens_an_account_with_the_role_and_nothing_more() -> None:
    path = invited(person("rad@example.org", ADVISER), READER)
    answer = Client().post(path, FORM)
    assert answer.status_code == 302, answer.content.decode()
    user = User.objects.get(email="ny@example.org")
    assert (user.name, user.language) == ("Ola Prøve", "nn")
    assert [one.held for one in user.memberships.in_force()] == [READER]


def test_the_secret_of_the_link_is_nowhere_in_the_database() -> None:
    path = invited(person("rad@example.org", ADVISER), READER)
    token = path.rstrip("/").rpartition("/")[2]
    row = Invitation.objects.get()
    assert token not in str(
        [getattr(row, one.name) for one in Invitation._meta.fields if not one.is_relation]
    )


def test_the_same_link_opens_nothing_the_second_time() -> None:
    path = invited(person("rad@example.org", ADVISER), READER)
    Client().post(path, FORM)
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize("how", ["expired", "revoked", "renewed"])
def test_a_link_that_is_too_old_taken_back_or_renewed_opens_nothing(how: str) -> None:
    by = person("rad@example.org", ADVISER)
    path = invited(by, READER)
    row = Invitation.objects.get()
    if how == "expired":
        Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    elif how == "revoked":
        invitations.revoke(row, services.actor_for(by))
    else:
        invitations.resend(row, services.actor_for(by))
    assert Client().get(path).status_code == 410
    assert Client().post(path, FORM).status_code == 410
    assert not User.objects.filter(email="ny@example.org").exists()


def test_what_was_typed_is_kept_but_never_the_password() -> None:
    path = invited(person("rad@example.org", ADVISER), READER)
    page = Client().post(path, {**FORM, "again": "noe annet"}).content.decode()
    assert 'value="Ola Prøve"' in page
    assert PASSWORD not in page
    assert 'aria-describedby="id_again_error"' in page
    assert 'href="#id_again"' in page


@pytest.mark.parametrize("password", ["kort", "passord1234", "Ola Prøve 1234"])
def test_a_password_that_is_short_or_easily_guessed_is_refused(password: str) -> None:
    path = invited(person("rad@example.org", ADVISER), READER)
    answer = Client().post(path, {**FORM, "password": password, "again": password})
    assert answer.status_code == 200
    assert not User.objects.filter(email="ny@example.org").exists()


def test_an_invitation_for_somebody_with_an_account_is_accepted_by_that_person_only() -> None:
    by = person("rad@example.org", ADVISER)
    path = invited(by, CONTACT, "kjent@example.org")
    known = person("kjent@example.org", READER)
    assert Client().post(path, FORM).status_code == 200
    signed_in(person("annen@example.org", READER)).post(path)
    assert Membership.objects.filter(role="municipality_contact").count() == 0
    signed_in(known).post(path)
    assert {one.held for one in known.memberships.in_force()} == {READER, CONTACT}


def test_an_invitation_is_mailed_in_the_language_that_was_chosen(settings: Any) -> None:
    settings.FOTFESTE = with_mail(settings.FOTFESTE)
    by = person("rad@example.org", ADVISER, name="Rådgiver Prøve")
    sent = invitations.invite("Ny@Example.org", READER, "nb", by, services.actor_for(by))
    assert sent.link == ""
    letter = mail.outbox[0]
    assert letter.to == ["ny@example.org"]
    assert "Rådgiver Prøve inviterer deg" in letter.body
    found = re.search(r"http\S+", letter.body)
    assert found is not None
    assert Client().get(found[0].removeprefix(settings.FOTFESTE.serving.base_url)).status_code == 200


def with_mail(whole: Any, **serving: str) -> Any:
    """Return the settings as if there were a mail server; the tests' outbox takes the letters."""
    from dataclasses import replace

    return replace(whole, serving=replace(whole.serving, email_url="console://", **serving))


def test_an_invitation_says_what_it_is_in_whose_name_by_when_and_whom_to_ask(settings: Any) -> None:
    settings.FOTFESTE = with_mail(settings.FOTFESTE, contact="bosetting@fylket.example.org")
    by = person("rad@example.org", ADVISER, name="Rådgiver Prøve")
    actor = services.actor_for(by)
    opened = open_round(actor, "40", 2050, 545)
    invitations.invite("en@example.org", CONTACT, "nb", by, actor)
    advance(actor, opened, Stage.DIALOGUE)
    invitations.invite("to@example.org", CONTACT, "nb", by, actor)
    before, now = mail.outbox
    assert now.subject == "Telemark fylkeskommune: invitasjon til Fotfeste, om bosetting av flyktninger"
    assert (
        "Rådgiver Prøve inviterer deg til Fotfeste. Rollen din blir: kontakt i kommunen, Skien." in now.body
    )
    assert "Telemark fylkeskommune bruker det til å spørre kommunene" in now.body
    waited_for = "Telemark fylkeskommune venter svar fra Skien for 2050. Svarfristen er 15. september 2049."
    assert waited_for in now.body
    assert "venter svar" not in before.body, "nobody is asked before the dialogue is open"
    assert now.reply_to == ["bosetting@fylket.example.org"]
    assert "svare på denne e-posten eller skrive til bosetting@fylket.example.org" in now.body
    assert now.body.count("/konto/invitasjon/") == 1, "the link is the only secret"


@pytest.mark.parametrize(
    ("contact", "answers", "said"),
    [
        ("", [], ""),
        ("mailto:post@fylket.example.org", ["post@fylket.example.org"], "svare på denne e-posten"),
        ("Sentralbordet, 35 00 00 00", [], "ta kontakt: Sentralbordet, 35 00 00 00"),
        ("https://fylket.example.org/kontakt", [], "ta kontakt: https://fylket.example.org/kontakt"),
        ("post@fylket.example.org\nBcc: alle@example.org", [], "ta kontakt: post@fylket.example.org Bcc:"),
    ],
)
def test_answers_go_to_the_contact_when_it_is_an_address(
    settings: Any, contact: str, answers: list[str], said: str
) -> None:
    settings.FOTFESTE = with_mail(settings.FOTFESTE, contact=contact)
    by = person("rad@example.org", ADVISER)
    invitations.invite("en@example.org", READER, "nb", by, services.actor_for(by))
    (letter,) = mail.outbox
    assert letter.reply_to == answers
    assert ("har du spørsmål" in letter.body.lower()) is bool(contact)
    assert said in letter.body


def test_letters_about_an_account_have_the_contact_too(settings: Any) -> None:
    settings.FOTFESTE = with_mail(settings.FOTFESTE, contact="bosetting@fylket.example.org")
    person("rad@example.org", ADVISER)
    Client().post("/konto/glemt/", {"email": "rad@example.org"})
    (letter,) = mail.outbox
    assert letter.reply_to == ["bosetting@fylket.example.org"]
    assert "bosetting@fylket.example.org" in letter.body


@pytest.mark.parametrize(
    ("by", "to", "may"),
    [
        (ADMINISTRATOR, ADMINISTRATOR, True),
        (ADMINISTRATOR, OTHER_ADVISER, True),
        (ADVISER, READER, True),
        (ADVISER, CONTACT, True),
        (ADVISER, PARTNER, True),
        (ADVISER, ADMINISTRATOR, False),
        (ADVISER, ADVISER, False),
        (ADVISER, Held(Role.COUNTY_READER, county="42"), False),
        (ADVISER, Held(Role.MUNICIPALITY_CONTACT, municipality="4204"), False),
        (ADVISER, Held(Role.PARTNER, organisation="Nav"), False),
        (READER, READER, False),
        (CONTACT, CONTACT, False),
        (PARTNER, PARTNER, False),
    ],
)
def test_who_may_invite_whom(by: Held, to: Held, may: bool) -> None:
    client = signed_in(person("den@example.org", by))
    form = {
        "email": "ny@example.org",
        "role": to.role.value,
        "county": to.county,
        "municipality": to.municipality,
        "organisation": to.organisation,
        "language": "nb",
    }
    answer = client.post("/konto/invitasjoner/ny/", form)
    assert Invitation.objects.exists() == may, answer.content.decode()


def test_an_adviser_sees_and_changes_only_the_invitations_of_the_own_county() -> None:
    invited(person("rad@example.org", ADVISER), READER)
    row = Invitation.objects.get()
    other = signed_in(person("annen@example.org", OTHER_ADVISER))
    assert "ny@example.org" not in other.get("/konto/invitasjoner/").content.decode()
    assert other.post(f"/konto/invitasjoner/{row.pk}/trekk/").status_code == 404
    assert other.post(f"/konto/invitasjoner/{row.pk}/send/").status_code == 404
    own = signed_in(person("samme@example.org", ADVISER))
    assert "ny@example.org" in own.get("/konto/invitasjoner/").content.decode()
    assert own.post(f"/konto/invitasjoner/{row.pk}/trekk/").status_code == 302
    assert Invitation.objects.get().revoked is not None


def test_inviting_an_administrator_asks_who_it_is_once_more() -> None:
    user = person("adm@example.org", ADMINISTRATOR)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    form = {"email": "ny@example.org", "role": "administrator", "language": "nb"}
    answer = client.post("/konto/invitasjoner/ny/", form)
    assert answer.headers["Location"].startswith("/konto/bekreft/")
    assert not Invitation.objects.exists()


def test_the_first_administrators_link_holds_once_and_the_newest_only() -> None:
    first, second = services.first_administrator_link(), services.first_administrator_link()
    assert first is not None
    assert second is not None
    form = {**FORM, "email": "sjef@example.org"}
    assert Client().post(first, form).status_code == 410
    assert Client().post(second, form).status_code == 302
    assert User.objects.get(email="sjef@example.org").memberships.in_force().get().held == ADMINISTRATOR
    assert Client().post(second, form).status_code == 410
    assert services.first_administrator_link() is None


def test_the_first_administrators_link_is_too_old_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    path = services.first_administrator_link()
    assert path is not None
    Invitation.objects.update(expires=timezone.now() + timedelta(days=9))
    import time

    later = time.time() + 25 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert Client().get(path).status_code == 410


def test_a_first_link_with_another_signature_opens_nothing() -> None:
    path = services.first_administrator_link()
    assert path is not None
    forged = "x~1abc~forged"
    Invitation.objects.update(token_hash=invitations.hash_of(forged))
    assert Client().get(f"/konto/invitasjon/{forged}/").status_code == 410


def test_an_accepted_invitation_cannot_be_taken_back() -> None:
    by = person("rad@example.org", ADVISER)
    Client().post(invited(by, READER), FORM)
    with pytest.raises(InputError, match="tatt imot"):
        invitations.revoke(Invitation.objects.get(), services.actor_for(by))


def test_guessing_links_is_stopped() -> None:
    client = Client(REMOTE_ADDR="203.0.113.7")
    statuses = [client.get(f"/konto/invitasjon/gjett{number}/").status_code for number in range(21)]
    assert statuses[:20] == [410] * 20
    assert statuses[20] == 429


def test_addresses_of_invitations_that_came_to_nothing_are_forgotten() -> None:
    invited(person("rad@example.org", ADVISER), READER)
    Invitation.objects.update(
        expires=timezone.now() - timedelta(days=settings.FOTFESTE.serving.invitation_days + 1)
    )
    assert invitations.forget_old() == 1
    assert Invitation.objects.get().email == ""


def test_every_step_stands_in_the_trace_without_an_address() -> None:
    by = person("rad@example.org", ADVISER)
    Client().post(invited(by, READER), FORM)
    acts = list(Entry.objects.values_list("act", flat=True))
    assert {"invitation.made", "account.opened", "membership.granted", "invitation.accepted"} <= set(acts)
    assert not Entry.objects.filter(detail__contains="@").exists()
