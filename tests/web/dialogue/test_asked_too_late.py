"""Municipalities that were asked when the deadline had passed already: what they send is not late."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.dialogue.services import reply_facts
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import OwnDeadline, Round
from fotfeste.work.municipal_stages import ReplyStage, reply_stage
from tests.web.dialogue.conftest import ANSWERS, LATE, make_round, member
from tests.web.dialogue.forms import text
from tests.web.people.persons import ADVISER, CONTACT, READER

pytestmark = pytest.mark.django_db
COUNTY = "/bosetting/2027/40/dialog/"


@pytest.fixture
def round_(db: None) -> Round:
    """A round whose deadline passed in 2020, and whose municipalities are asked now."""
    made = make_round(due=LATE)
    Reply.objects.update(asked_at=timezone.now())
    return made


def test_what_is_sent_is_not_marked_as_late(round_: Round, contact: Actor) -> None:
    deliver(contact, Reply.objects.get(municipality="4003"), ANSWERS, 0, {})
    assert not Delivery.objects.get().late
    assert reply_stage(reply_facts(round_)["4003"]) is ReplyStage.DELIVERED
    page = text(member("ase@example.org", ADVISER)[2].get(COUNTY))
    assert "Levert etter fristen" not in page


def test_the_contact_is_not_met_by_a_deadline_that_was_over_before_they_were_asked(round_: Round) -> None:
    page = text(member("kari@example.org", CONTACT)[2].get(f"{COUNTY}4003/"))
    assert "etter at fristen 1. januar 2020 var ute" in page
    assert "Svaret merkes derfor ikke som levert etter fristen." in page
    assert "og merkes som levert etter fristen" not in page


def test_the_county_is_told_and_led_to_a_new_deadline(round_: Round) -> None:
    page = member("ase@example.org", ADVISER)[2].get(COUNTY)
    assert "Fristen 1. januar 2020 var ute da kommunene ble spurt" in text(page)
    assert 'href="/bosetting/2027/40/arbeid/frister/"' in page.content.decode()
    reader = member("leser@example.org", READER)[2].get(COUNTY)
    assert "Sett en ny svarfrist" not in text(reader)


def test_a_new_deadline_holds_as_any_other(round_: Round, contact: Actor) -> None:
    OwnDeadline.objects.update(on=date(2099, 1, 1))
    assert "var ute da kommunene ble spurt" not in text(member("ase@example.org", ADVISER)[2].get(COUNTY))
    assert reply_facts(round_)["4003"].deadline == date(2099, 1, 1)


def test_whoever_was_asked_in_time_and_sends_after_the_deadline_is_late(contact: Actor) -> None:
    make_round(due=LATE)
    deliver(contact, Reply.objects.get(municipality="4003"), ANSWERS, 0, {})
    assert Delivery.objects.get().late
