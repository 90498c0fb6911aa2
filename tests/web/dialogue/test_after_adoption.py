"""A reply that comes after the recommendation is adopted: taken in, told to change nothing by itself, and marked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.dialogue.shown import overview
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.work.replying import TAKES_REPLIES
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import ANSWERS, member, sent
from tests.web.dialogue.forms import text
from tests.web.people.persons import ADVISER, CONTACT

pytestmark = pytest.mark.django_db

LIST = "/bosetting/2027/40/dialog/"
PAGE = f"{LIST}4003/"
UNCHANGED = "endrer den ikke av seg selv"


def adopted(round_: Round, number: int = 1, ago: timedelta = timedelta(0)) -> Adoption:
    """A recommendation that was adopted; what it says does not matter here."""
    round_.state = Stage.SENT.value
    round_.save()
    return Adoption.objects.create(
        round=round_,
        number=number,
        decided_by="body",
        body="fylkesutvalget",
        case_number="26/101",
        decided_on=timezone.localdate(),
        total=545,
        bundle=b"",
        bundle_checksum="0" * 64,
        at=timezone.now() - ago,
    )


def test_it_is_said_above_the_form_that_the_recommendation_stands(round_: Round, skien: Reply) -> None:
    browser = member("a@example.org", CONTACT)[2]
    assert UNCHANGED not in text(browser.get(PAGE))
    adopted(round_)
    page = text(browser.get(PAGE))
    assert UNCHANGED in page
    assert page.index(UNCHANGED) < page.index("Lever svaret")
    told = browser.post(PAGE, sent(ANSWERS, sett="0", grunnlag="{}", gjor="lever"), follow=True)
    assert "Svaret er levert etter at anbefalingen ble vedtatt." in text(told)
    assert "er ikke med i den" in text(told)


def test_the_county_sees_which_replies_came_after_the_adoption(
    round_: Round, skien: Reply, contact: Actor, adviser: Actor
) -> None:
    in_time = Reply.objects.get(round=round_, municipality="4001")
    deliver(adviser, in_time, ANSWERS, 0, {}, notices_seen=True)
    adopted(round_)
    deliver(contact, skien, ANSWERS, 0, {}, notices_seen=True)
    assert [one.code for one in overview(round_).after_adoption] == ["4003"]
    browser = member("b@example.org", ADVISER)[2]
    assert "Kom etter at anbefalingen ble vedtatt, og er ikke med i den: Skien ." in text(browser.get(LIST))
    page = browser.get(PAGE)
    assert "Levert etter at anbefalingen ble vedtatt" in text(page)
    assert "må anbefalingen revideres" in text(page)
    assert "Etter vedtaket" in text(browser.get(LIST))
    assert "etter at anbefalingen" not in text(browser.get(f"{LIST}4001/"))


def test_a_revision_that_is_adopted_later_has_the_reply_in_it(
    round_: Round, skien: Reply, contact: Actor
) -> None:
    adopted(round_)
    deliver(contact, skien, ANSWERS, 0, {}, notices_seen=True)
    adopted(round_, 2, -timedelta(seconds=1))
    assert not overview(round_).after_adoption


def test_an_annulled_adoption_makes_no_reply_late(round_: Round, skien: Reply, contact: Actor) -> None:
    standing = adopted(round_)
    deliver(contact, skien, ANSWERS, 0, {}, notices_seen=True)
    standing.annulled_at = timezone.now()
    standing.save()
    assert not overview(round_).after_adoption


def test_replies_are_taken_in_until_the_round_is_closed() -> None:
    assert {Stage.PREPARED, Stage.CLOSED} == set(Stage) - TAKES_REPLIES
