"""What waits for a person in the rounds they have a part in: in the list of rounds, on the account, and after signing in."""

from __future__ import annotations

import html
from datetime import date

import pytest
from django.test import Client

from fotfeste.web.dialogue.models import Reply
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import OwnDeadline, Round
from fotfeste.web.rounds.own_work import first_page
from tests.web.people.persons import ADVISER, CONTACT, PARTNER, PASSWORD, add_second, person, signed_in
from tests.web.people.test_sign_in import code_of
from tests.web.rounds.conftest import own_round

pytestmark = pytest.mark.django_db
REPLY, INPUTS = "/bosetting/2027/40/dialog/4003/", "/bosetting/2027/40/innspill/"


def in_dialogue(**more: object) -> Round:
    made = own_round(ready=False, **more)  # type: ignore[arg-type]
    Round.objects.filter(pk=made.pk).update(state="dialogue")
    OwnDeadline.objects.create(round=made, kind="reply", on=date(2026, 12, 4))
    for code in ("4003", "4001"):
        Reply.objects.create(round=made, municipality=code, asked_at=made.created_at)
    return Round.objects.get(pk=made.pk)


def page(browser: Client, address: str) -> str:
    return html.unescape(browser.get(address).content.decode())


def test_a_contact_finds_the_own_reply_first_and_the_example_last(example: Round) -> None:
    in_dialogue()
    found = page(signed_in(person("k@example.org", CONTACT)), "/bosetting/")
    told = "Svar fra Skien for 2027: spurt, ikke begynt, frist 4. desember 2026"
    assert f'href="{REPLY}">{told}' in found
    assert found.index(told) < found.index("Eksempel: Bosetting i Telemark i 2027")


def test_the_account_says_the_same(example: Round) -> None:
    in_dialogue()
    found = page(signed_in(person("k@example.org", CONTACT)), "/konto/")
    assert "Svar fra Skien for 2027: spurt, ikke begynt, frist 4. desember 2026" in found


def test_an_adviser_finds_the_own_round_before_the_example_with_how_far_it_has_come(example: Round) -> None:
    in_dialogue()
    found = page(signed_in(person("a@example.org", ADVISER)), "/bosetting/")
    assert "Vår egen runde: Dialog med kommunene" in found
    cards = found[found.index('class="grid"') :]
    assert cards.index("Vår egen runde") < cards.index("Eksempel: Bosetting i Telemark")


def test_nobody_else_is_told_of_a_countys_work(example: Round) -> None:
    in_dialogue()
    others = (
        Held(Role.MUNICIPALITY_CONTACT, municipality="3305"),
        Held(Role.COUNTY_ADVISER, county="42"),
        PARTNER,
    )
    for number, held in enumerate(others):
        found = page(signed_in(person(f"o{number}@example.org", held)), "/bosetting/")
        assert "Ditt arbeid" not in found, held
    assert "Ditt arbeid" not in page(Client(), "/bosetting/")


def test_signing_in_leads_a_contact_to_the_reply_and_a_partner_to_the_inputs() -> None:
    in_dialogue(shared=("Nav",))
    contact, partner = person("k@example.org", CONTACT), person("p@example.org", PARTNER)
    both = person("b@example.org", CONTACT, Held(Role.MUNICIPALITY_CONTACT, municipality="4001"))
    adviser = person("a@example.org", ADVISER)
    assert first_page(actor_for(contact)) == REPLY
    assert first_page(actor_for(partner)) == INPUTS
    assert first_page(actor_for(both)) == "/bosetting/"
    assert first_page(actor_for(adviser)) == "", "to the account"


def test_a_contact_is_led_on_when_nothing_waits_for_the_reply_any_more() -> None:
    made = in_dialogue()
    Round.objects.filter(pk=made.pk).update(state="sent")
    contact = person("k@example.org", CONTACT)
    assert first_page(actor_for(contact)) == "/bosetting/2027/40/etter/4003/"
    Round.objects.filter(pk=made.pk).update(state="closed")
    assert first_page(actor_for(contact)) == ""


def test_a_contact_who_signs_in_stands_before_the_reply() -> None:
    in_dialogue()
    contact = person("k@example.org", CONTACT, second=False)
    secret = add_second(contact)
    browser = Client()
    browser.post("/konto/logg-inn/", {"login": contact.email, "password": PASSWORD})
    answer = browser.post("/konto/logg-inn/to-trinn/", {"code": code_of(secret)})
    assert answer.headers["Location"] == REPLY


def test_a_reply_that_is_waited_for_goes_before_older_and_newer_rounds_that_wait_for_nothing() -> None:
    in_dialogue()
    newer = own_round(2029, ready=False)
    Round.objects.filter(pk=newer.pk).update(state="sent")
    contact = person("k@example.org", CONTACT)
    assert first_page(actor_for(contact)) == REPLY
    found = page(signed_in(contact), "/bosetting/")
    assert found.index("Svar fra Skien for 2027") < found.index("Skien etter anbefalingen for 2029")


def test_nobody_is_led_to_a_reply_that_is_not_asked_for() -> None:
    in_dialogue()
    other = person("v@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="4036"))
    assert first_page(actor_for(other)) == ""
