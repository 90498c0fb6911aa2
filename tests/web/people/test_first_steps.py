"""What people meet first, and what asks once more: the account, invitations, roles that end, recovery codes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail

from fotfeste.web.people import services
from fotfeste.web.people.models import Invitation
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role
from tests.web.people.persons import ADMINISTRATOR, ADVISER, CONTACT, PARTNER, READER, person, signed_in
from tests.web.people.test_invitations import with_mail

pytestmark = pytest.mark.django_db
INVITATION = {
    "email": "ny@example.org",
    "language": "nb",
    "county": "",
    "municipality": "",
    "organisation": "",
}


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_a_role_ends_only_after_it_is_confirmed() -> None:
    user = person("les@example.org", READER, name="Lise Prøve")
    client = signed_in(person("adm@example.org", ADMINISTRATOR))
    membership = user.memberships.get()
    address = f"/konto/personer/roller/{membership.pk}/avslutt/"
    assert address in page(client, f"/konto/personer/{user.pk}/")
    asked = page(client, address)
    assert "Lise Prøve er ikke lenger leser i fylket, Telemark" in asked
    assert f'href="/konto/personer/{user.pk}/"' in asked
    assert user.memberships.in_force().exists()
    assert client.post(address).status_code == 302
    assert not user.memberships.in_force().exists()
    assert client.get(address).status_code == 302


def test_keys_and_codes_are_removed_only_after_it_is_confirmed(settings: Any) -> None:
    user = person("les@example.org", READER)
    client = signed_in(person("adm@example.org", ADMINISTRATOR))
    address = f"/konto/personer/{user.pk}/to-trinn/"
    assert "du må si fra til personen selv" in page(client, address)
    assert services.has_second_factor(user)
    client.post(address)
    assert not services.has_second_factor(user)
    assert mail.outbox == []
    settings.FOTFESTE = with_mail(settings.FOTFESTE)
    assert "Personen får beskjed på e-post" in page(client, address)


def test_without_mail_no_address_waits_for_what_cannot_come(settings: Any) -> None:
    from allauth.account.models import EmailAddress

    user = person("les@example.org", READER)
    EmailAddress.objects.create(user=user, email="ny@example.org", primary=False, verified=False)
    client = signed_in(user)
    assert "venter på bekreftelse" not in page(client, "/konto/")
    settings.FOTFESTE = with_mail(settings.FOTFESTE)
    assert "ny@example.org venter på bekreftelse" in page(client, "/konto/")


@pytest.mark.parametrize(
    ("held", "told", "address"),
    [
        (ADMINISTRATOR, "Du er administrator.", "/konto/personer/"),
        (ADVISER, "Du er rådgiver i Telemark.", "/fylke/40/"),
        (READER, "Du er leser i Telemark.", "/fylke/40/"),
        (CONTACT, "Du er kontakt for Skien kommune. Du svarer for kommunen i dialogen", "/kommune/4003/"),
        (CONTACT, "Bosettingsrundene du kan se", "/bosetting/"),
        (PARTNER, "Bosettingsrundene du kan se", "/bosetting/"),
        (PARTNER, "Du er samarbeidspart fra Nav i Telemark.", "/fylke/40/"),
        (Held(Role.PARTNER, organisation="KS"), "Du er samarbeidspart fra KS.", "/"),
    ],
)
def test_the_account_says_what_the_person_is_and_where_to_go(held: Held, told: str, address: str) -> None:
    shown = page(signed_in(person("en@example.org", held)), "/konto/")
    part = shown.partition('class="ds-card duties"')[2].partition("</section>")[0]
    assert told in part
    assert f'href="{address}"' in part


@pytest.mark.parametrize("typed", ["4003", "Skien", "skien", "4003 Skien"])
def test_a_municipality_is_understood_by_name_and_by_number(typed: str) -> None:
    client = signed_in(person("rad@example.org", ADVISER))
    form = {**INVITATION, "role": "municipality_contact", "municipality": typed}
    assert client.post("/konto/invitasjoner/ny/", form).status_code == 302
    assert Invitation.objects.get().municipality == "4003"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Skriv kommunen"),
        ("Xyz", "ingen kommune"),
        ("Telemark", "ikke en kommune"),
        ("Oslo", "annet fylke"),
    ],
)
def test_what_is_no_municipality_of_the_county_is_told_beside_the_field(typed: str, told: str) -> None:
    client = signed_in(person("rad@example.org", ADVISER))
    answer = client.post(
        "/konto/invitasjoner/ny/", {**INVITATION, "role": "municipality_contact", "municipality": typed}
    )
    assert told in answer.content.decode()
    assert not Invitation.objects.exists()


def test_the_form_says_when_each_field_is_filled_in() -> None:
    shown = page(signed_in(person("rad@example.org", ADVISER)), "/konto/invitasjoner/ny/")
    assert "(valgfritt)" not in shown
    assert shown.count("Fylles ut for") == 3
    assert 'data-suggest="/sok/forslag/" data-choose="value"' in shown
    assert "Leser i fylket<span" in shown
    controls = re.findall(
        r"<(?:input|select)[^>]*name=.(?:role|county|municipality|organisation)[^>]*>", shown
    )
    assert len(controls) == 6
    assert all("ds-input" in one for one in controls), controls


def test_the_link_of_an_invitation_is_shown_once_and_reloading_sends_nothing() -> None:
    client = signed_in(person("rad@example.org", ADVISER))
    answer = client.post("/konto/invitasjoner/ny/", {**INVITATION, "role": "county_reader", "county": "40"})
    assert answer.headers["Location"] == "/konto/invitasjoner/lenke/"
    shown = page(client, "/konto/invitasjoner/lenke/")
    found = re.search(r"/konto/invitasjon/[\w~-]+/", shown)
    assert found is not None
    assert 'data-copy="lenke"' in shown
    assert found[0] not in str(dict(client.session))
    assert client.get("/konto/invitasjoner/lenke/").headers["Location"] == "/konto/invitasjoner/"
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(("address", "status"), [("/finnes-ikke/", 404), ("/konto/personer/", 404)])
def test_somebody_turned_away_is_told_who_they_are_here(address: str, status: int) -> None:
    answer = signed_in(person("les@example.org", READER, name="Lise Prøve")).get(address)
    assert answer.status_code == status
    assert "Du er logget inn som Lise Prøve." in answer.content.decode()
    assert 'href="/konto/"' in answer.content.decode()


def test_the_key_for_the_app_is_in_fours_with_a_link_for_the_telephone() -> None:
    client = signed_in(person("les@example.org", READER, second=False))
    shown = page(client, "/konto/to-trinn/app/")
    assert re.search(r'class="secret">([A-Z2-7]{4} )+[A-Z2-7]{1,4}<', shown)
    assert 'href="otpauth://totp/' in shown
    assert "Microsoft Authenticator eller Google Authenticator" in shown


def test_new_recovery_codes_come_with_one_notice_and_buttons_to_copy_and_print() -> None:
    client = signed_in(person("les@example.org", READER))
    answer = client.post("/konto/to-trinn/koder/nye/", follow=True)
    shown = answer.content.decode()
    assert 'id="kodene"' in shown
    assert shown.count('class="ds-alert"') == 1
    assert 'data-copy="kodene"' in shown
    assert "data-print" in shown
