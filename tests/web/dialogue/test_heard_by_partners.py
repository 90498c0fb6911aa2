"""What a partner has got answers to: the municipality confirms it with one press, and until then it stands as the partner's."""

from __future__ import annotations

from datetime import date

import pytest

from fotfeste.settlement.replies import Heard, Service
from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.models import PartnerInput, Reply
from fotfeste.web.dialogue.services import checksum_of, replies_of
from fotfeste.web.dialogue.shown import overview
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from tests.web.dialogue.conftest import ANSWERS, member, sent
from tests.web.dialogue.forms import carried, text
from tests.web.people.persons import ADVISER, CONTACT

pytestmark = pytest.mark.django_db

PAGE = "/bosetting/2027/40/dialog/4003/"
STATE = "Statsforvalteren"


@pytest.fixture
def asked(round_: Round) -> PartnerInput:
    """A survey in which Skien has answered 12 for health, and no limit for school."""
    return PartnerInput.objects.create(
        round=round_,
        organisation=STATE,
        title="Kartlegging",
        dated=date(2026, 11, 21),
        values={"4003": {"health": 12, "school": "no_limit"}},
    )


def test_what_is_not_confirmed_is_asked_about_before_it_is_delivered(
    asked: PartnerInput, skien: Reply, contact: Actor
) -> None:
    outcome = deliver(contact, skien, ANSWERS, 0, {})
    assert outcome.delivery is None
    assert [one.code for one in outcome.notices] == ["reply.not_confirmed", "reply.not_confirmed"]
    skien.refresh_from_db()
    answered = {**ANSWERS, "health": "28", "school": "0 "}
    outcome = deliver(contact, skien, answered, skien.version, dict(skien.values))
    assert "reply.not_confirmed" not in [one.code for one in outcome.notices]


def test_one_press_makes_the_partners_number_the_municipalitys_own(asked: PartnerInput, skien: Reply) -> None:
    browser = member("a@example.org", CONTACT)[2]
    page = browser.get(PAGE)
    assert "Bruk tallet fra Statsforvalteren: 12" in text(page)
    assert "Bruk tallet fra Statsforvalteren: ingen begrensning" in text(page)
    answer = browser.post(
        PAGE, sent({"housing": "30", "health": ""}, sett="0", grunnlag="{}", gjor="bruk-health")
    )
    assert answer["Location"] == f"{PAGE}#health"
    skien.refresh_from_db()
    assert skien.values == {"housing": 30, "health": 12}
    assert "Bruk tallet fra Statsforvalteren: 12" not in text(browser.get(PAGE))


def test_all_numbers_are_taken_over_at_once_and_then_delivered(asked: PartnerInput, skien: Reply) -> None:
    browser = member("a@example.org", CONTACT)[2]
    held_up = browser.post(PAGE, sent(ANSWERS, sett="0", grunnlag="{}", gjor="lever"))
    assert held_up.status_code == 422
    assert "Bruk alle 2 tallene fra samarbeidspartene" in text(held_up)
    carry = {"sett": carried(held_up, "sett"), "grunnlag": carried(held_up, "grunnlag")}
    browser.post(PAGE, sent(ANSWERS, **carry, gjor="bruk-alle"))
    page = browser.get(PAGE)
    skien.refresh_from_db()
    assert (skien.values["health"], skien.values["school"]) == (12, "no_limit")
    carry = {"sett": carried(page, "sett"), "grunnlag": carried(page, "grunnlag")}
    typed = {**ANSWERS, "health": "12", "school": ""}
    assert browser.post(PAGE, sent(typed, **carry, uten_grense="school", gjor="lever")).status_code == 302
    assert replies_of(skien.round).by_code["4003"].bottleneck == (Service.HEALTH, 12)  # type: ignore[union-attr]


def test_what_is_not_confirmed_stands_as_the_partners_and_is_used_by_no_rule(
    asked: PartnerInput, skien: Reply, contact: Actor
) -> None:
    deliver(contact, skien, ANSWERS, 0, {}, notices_seen=True)
    replies = replies_of(skien.round)
    assert replies is not None
    reply = replies.by_code["4003"]
    assert reply.heard == {Service.HEALTH: Heard(12, STATE, date(2026, 11, 21))}
    assert reply.bottleneck == (Service.ADULT_EDUCATION, 20)
    before = checksum_of(replies)
    asked.values = {"4003": {"health": 9}}
    asked.save()
    assert checksum_of(replies_of(skien.round)) == before
    adviser = member("b@example.org", ADVISER)[2]
    assert "12 (fra Statsforvalteren 21.11.2026, ikke bekreftet av kommunen)" not in text(adviser.get(PAGE))
    assert "9 (fra Statsforvalteren 21.11.2026, ikke bekreftet av kommunen)" in text(adviser.get(PAGE))
    row = next(one for one in overview(skien.round).rows if one.code == "4003")
    assert row.heard is not None
    assert row.heard[1:] == (9, STATE)
    listed = text(adviser.get("/bosetting/2027/40/dialog/"))
    assert "20 (voksenopplæring) Statsforvalteren fikk svaret 9 (helse), ikke bekreftet av kommunen" in listed


def test_what_is_withdrawn_is_heard_by_nobody(asked: PartnerInput, skien: Reply, contact: Actor) -> None:
    deliver(contact, skien, ANSWERS, 0, {}, notices_seen=True)
    asked.withdrawn_at = asked.at
    asked.save()
    assert replies_of(skien.round).by_code["4003"].heard == {}  # type: ignore[union-attr]
