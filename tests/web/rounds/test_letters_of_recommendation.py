"""What was recommended, told to each municipality through a real mail server when it is sent: once, and only then."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from fotfeste.settlement.bundle import bundle_of_text
from fotfeste.web.follow_up.models import Decision
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.adoption import adopt
from fotfeste.web.rounds.letter_sending import send
from fotfeste.web.rounds.letters import send_due
from fotfeste.web.rounds.letters_of_recommendation import recommendations
from fotfeste.web.rounds.models import Adoption, OwnDeadline, Round, Sent
from fotfeste.web.rounds.stages import advance
from fotfeste.work.requirements import Stage
from tests.web.people.persons import ADVISER, CONTACT, PARTNER, READER, person, signed_in
from tests.web.rounds.adopting import DETAILS, again, recommended, weighed_round, with_documents
from tests.web.rounds.conftest import telemark
from tests.web.rounds.post import PostBox, post
from tests.web.rounds.test_adoption import revised_text
from tests.web.rounds.test_letters import body

pytestmark = pytest.mark.django_db
__all__ = ["post"]
PORSGRUNN = Held(Role.MUNICIPALITY_CONTACT, municipality="4001")


@pytest.fixture
def by(db: None) -> Actor:
    return actor_for(person("kari@example.org", ADVISER))


def sent(by: Actor) -> Round:
    """A round whose recommendation is adopted and sent today; what happened before is told already."""
    weighed = weighed_round(by)
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    advance(by, again(weighed), Stage.SENT, sent_on=timezone.localdate())
    return again(weighed)


def revised(by: Actor, round_: Round) -> Round:
    recommended(by, round_, *revised_text())
    with_documents(again(round_))
    standing = again(round_)
    adopt(by, standing, replace(DETAILS, reason="Halvert"), 0, standing.bundle_checksum)
    return again(round_)


def about_the_number(post: PostBox, address: str) -> list[str]:
    """The letters that somebody has got about what was recommended."""
    found = [
        one for one in post.to(address) if str(one["Subject"]).strip().startswith("Anbefalingen om bosetting")
    ]
    return [body(one).replace("\r\n", "\n") for one in found]


def number(text: str, code: str) -> int:
    return bundle_of_text(text, "prøve").outcome.numbers[code]


def test_every_municipality_is_told_its_own_number_when_it_is_sent_and_once(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    person("porsgrunn@example.org", PORSGRUNN)
    person("les@example.org", READER)
    person("nav@example.org", PARTNER)
    sent(by)
    send_due(timezone.now() + timedelta(minutes=1))
    (skien,), (porsgrunn,) = (about_the_number(post, f"{one}@example.org") for one in ("skien", "porsgrunn"))
    own, other = number(telemark()[0], "4003"), number(telemark()[0], "4001")
    assert f"be Skien om å bosette {own} flyktninger i 2027" in skien
    assert f"be Porsgrunn om å bosette {other} flyktninger i 2027" in porsgrunn
    assert f" {other} " not in skien
    assert f"ble sendt {timezone.localdate().day}. " in skien
    assert not about_the_number(post, "les@example.org") + about_the_number(post, "nav@example.org")
    post.taken.clear()
    send_due(timezone.now() + timedelta(days=1))
    assert not about_the_number(post, "skien@example.org")


def test_nothing_is_told_before_it_is_sent(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    weighed = weighed_round(by)
    send_due(timezone.now() + timedelta(minutes=1))
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    send_due(timezone.now() + timedelta(days=1))
    assert not about_the_number(post, "skien@example.org")
    assert not any("anbefalt" in body(one) for one in post.taken)


def test_a_revision_is_told_first_when_it_is_sent_and_names_what_was_told_before(
    post: PostBox, by: Actor
) -> None:
    person("skien@example.org", CONTACT)
    round_ = sent(by)
    send_due(timezone.now() + timedelta(minutes=1))
    post.taken.clear()
    again_ = revised(by, round_)
    send_due(timezone.now() + timedelta(days=1))
    assert not about_the_number(post, "skien@example.org"), "it is adopted and not sent"
    advance(by, again_, Stage.SENT, sent_on=timezone.localdate())
    send_due(timezone.now() + timedelta(days=2))
    (letter,) = about_the_number(post, "skien@example.org")
    before, now = (number(text, "4003") for text in (telemark()[0], revised_text()[0]))
    assert before != now
    assert f"bosette {now} flyktninger" in letter
    assert f"der tallet for kommunen var {before}" in letter
    assert "Anbefalingen om bosetting i Skien i 2027 er endret" in {str(one["Subject"]) for one in post.taken}
    post.taken.clear()
    send_due(timezone.now() + timedelta(days=3))
    assert not about_the_number(post, "skien@example.org")


def test_a_number_that_was_never_told_is_not_named_later(post: PostBox, by: Actor) -> None:
    round_ = revised(by, sent(by))
    person("skien@example.org", CONTACT)
    advance(by, round_, Stage.SENT, sent_on=timezone.localdate())
    send_due(timezone.now() + timedelta(minutes=1))
    (letter,) = about_the_number(post, "skien@example.org")
    assert "tidligere" not in letter


def test_a_letter_about_what_is_replaced_while_it_waits_is_not_sent(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    round_ = sent(by)
    (waiting,) = recommendations(round_, timezone.localdate())
    revised(by, round_)
    assert send(waiting, timezone.now()) == 0
    assert not post.taken
    assert not Sent.objects.filter(key__startswith="sent/").exists()


def test_the_letter_leads_to_the_reasons_which_the_contact_may_read(post: PostBox, by: Actor) -> None:
    skien = person("skien@example.org", CONTACT)
    sent(by)
    send_due(timezone.now() + timedelta(minutes=1))
    (letter,) = about_the_number(post, "skien@example.org")
    assert "Les hvorfor tallet for Skien ble slik" in letter
    found = re.search(r"https://fotfeste\.example\.org(/bosetting/2027/40/4003/)\n", letter)
    assert found
    page = signed_in(skien).get(found[1])
    assert page.status_code == 200
    assert str(number(telemark()[0], "4003")) in page.content.decode()


def test_the_letter_says_by_when_and_to_whom_comments_are_sent(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    round_ = sent(by)
    soon = timezone.localdate() + timedelta(days=20)
    facts = {"comments_to": "postmottak@fylket.example.org", "comments_by": soon.isoformat()}
    Adoption.objects.update(case_facts=facts)
    (letter,) = recommendations(round_, timezone.localdate())
    said = [str(one) for one in letter.lines]
    assert "Merknader sendes til postmottak@fylket.example.org." in said
    assert any(one.startswith("Fristen for merknader er ") for one in said)
    Adoption.objects.update(case_facts={})
    OwnDeadline.objects.create(round=round_, kind="council", on=date(2027, 3, 1))
    (letter,) = recommendations(round_, date(2026, 11, 21))
    assert any("vedtaket i kommunestyret, som er 1. mars 2027" in str(one) for one in letter.lines)
    assert any("/dialog/4003/#sporsmal" in str(one) for one in letter.lines)


def test_a_municipality_that_is_recommended_nobody_is_told_so_in_words(
    post: PostBox, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("skien@example.org", CONTACT)
    round_ = sent(by)
    monkeypatch.setattr("fotfeste.web.rounds.letters_of_recommendation.numbers_of", lambda *_: {"4003": 0})
    (letter,) = recommendations(round_, timezone.localdate())
    assert "0 for Skien: at kommunen ikke blir bedt om å bosette" in str(letter.lines[0])


def test_whoever_comes_after_the_council_has_answered_is_not_told_what_was_recommended(
    post: PostBox, by: Actor
) -> None:
    round_ = sent(by)
    Decision.objects.create(
        round=round_,
        municipality="4003",
        number=1,
        answer="decided",
        persons=10,
        decided_on=timezone.localdate(),
    )
    person("skien@example.org", CONTACT)
    assert not list(recommendations(round_, timezone.localdate()))


def test_a_recommendation_that_cannot_be_read_stops_no_other_letters(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    sent(by)
    Adoption.objects.update(bundle=b"ikke en pakke", bundle_checksum="0" * 64)
    send_due(timezone.now() + timedelta(minutes=1))
    assert not about_the_number(post, "skien@example.org")
    assert post.to("kari@example.org"), "others get theirs"
