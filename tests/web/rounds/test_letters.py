"""Letters about a round, through a real mail server on this machine: to whom, what, once, and not lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.mail import EmailMessage as DjangoMessage

from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.people import services as people
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.letters import send_due
from fotfeste.web.rounds.models import Round, Sent
from fotfeste.web.rounds.opening import open_round
from fotfeste.web.rounds.services import county_municipality
from fotfeste.web.rounds.stages import advance
from fotfeste.work.requirements import Stage
from tests.web.people.persons import ADVISER, CONTACT, PARTNER, READER, person, signed_in
from tests.web.rounds.adopting import again
from tests.web.rounds.post import PostBox, post

pytestmark = pytest.mark.django_db
__all__ = ["post"]
ASKED = datetime(2026, 6, 1, 6, tzinfo=UTC)
FOURTEEN_DAYS = datetime(2026, 9, 1, 6, tzinfo=UTC)
"""Fourteen days before the replies for 2027 are due, 15 September 2026."""


@pytest.fixture
def by(db: None) -> Actor:
    return actor_for(person("kari@example.org", ADVISER))


def in_dialogue(by: Actor) -> Round:
    opened = open_round(by, "40", 2027, 545)
    advance(by, opened, Stage.DIALOGUE, "Prøve")
    return again(opened)


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_every_contact_is_invited_once_in_their_own_language_with_the_dates(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    person("porsgrunn@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="4001"), language="nn")
    person("oslo@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="0301"))
    round_ = in_dialogue(by)
    assert send_due(ASKED) == 2
    assert sorted(str(one["To"]) for one in post.taken) == ["porsgrunn@example.org", "skien@example.org"]
    letter = post.to("skien@example.org")[0]
    assert "15. september 2026" in body(letter)
    assert "ikke et vedtak" in body(letter)
    assert "https://fotfeste.example.org/bosetting/2027/40/dialog/4003/" in body(letter)
    assert "Telemark fylkeskommune (prøve)" in body(letter)
    assert letter["Auto-Submitted"] == "auto-generated"
    calendar = [one for one in letter.iter_attachments() if one.get_content_type() == "text/calendar"]
    assert calendar[0].get_content().count("BEGIN:VEVENT") == 2
    assert post.to("porsgrunn@example.org")[0]["Content-Language"] == "nn"
    assert send_due(ASKED + timedelta(days=1)) == 0
    assert Sent.objects.filter(round=round_).exclude(done_at=None).count() == 2


def plain(message: EmailMessage) -> str:
    """The whole text with the kind of line break that tests are written with."""
    return body(message).replace("\r\n", "\n")


def test_a_contact_who_comes_later_is_invited_then(post: PostBox, by: Actor) -> None:
    in_dialogue(by)
    assert send_due(ASKED) == 0
    person("skien@example.org", CONTACT)
    assert send_due(ASKED + timedelta(days=1)) == 1


def test_those_who_have_not_answered_are_reminded_and_those_who_have_are_not(
    post: PostBox, by: Actor
) -> None:
    person("skien@example.org", CONTACT)
    person("porsgrunn@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="4001"))
    round_ = in_dialogue(by)
    send_due(ASKED)
    reply = Reply.objects.get(round=round_, municipality="4001")
    Delivery.objects.create(reply=reply, number=1, values={}, checksum="0", at=ASKED)
    post.taken.clear()
    assert send_due(FOURTEEN_DAYS - timedelta(days=1)) == 0
    assert send_due(FOURTEEN_DAYS) == 1
    letter = post.to("skien@example.org")[0]
    assert str(letter["Subject"]).startswith("Påminnelse om frist")
    assert "om 14 dager" in body(letter)
    assert send_due(FOURTEEN_DAYS + timedelta(hours=20)) == 0


def test_days_that_nobody_asked_become_one_reminder(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    in_dialogue(by)
    send_due(ASKED)
    post.taken.clear()
    assert send_due(datetime(2026, 9, 16, 6, tzinfo=UTC)) >= 1
    assert len(post.to("skien@example.org")) == 1
    assert str(post.taken[0]["Subject"]).startswith("Fristen er ute")


def test_advisers_are_reminded_of_the_countys_deadlines_and_others_of_nothing(
    post: PostBox, by: Actor
) -> None:
    person("les@example.org", READER)
    person("nav@example.org", PARTNER)
    in_dialogue(by)
    assert send_due(datetime(2026, 10, 1, 6, tzinfo=UTC)) == 1
    assert [str(one["To"]) for one in post.taken] == ["kari@example.org"]
    assert "/bosetting/2027/40/arbeid/" in body(post.taken[0])


def test_partners_are_told_when_the_round_is_shared_with_them(post: PostBox, by: Actor) -> None:
    person("nav@example.org", PARTNER)
    person("husbanken@example.org", Held(Role.PARTNER, organisation="Husbanken"))
    round_ = in_dialogue(by)
    assert send_due(ASKED) == 0
    Round.objects.filter(pk=round_.pk).update(shared_with=["Nav"])
    assert send_due(ASKED) == 1
    assert [str(one["To"]) for one in post.taken] == ["nav@example.org"]
    assert send_due(ASKED + timedelta(days=1)) == 0


def test_whoever_has_left_gets_nothing(post: PostBox, by: Actor) -> None:
    left = person("skien@example.org", CONTACT)
    in_dialogue(by)
    people.end(left.memberships.get(), NOBODY)
    assert send_due(ASKED) == 0


def test_a_letter_that_the_server_refuses_is_told_and_sent_the_next_day(post: PostBox, by: Actor) -> None:
    person("skien@example.org", CONTACT)
    round_ = in_dialogue(by)
    post.refuses = True
    assert send_due(ASKED) == 0
    assert Sent.objects.get(round=round_).fault
    room = signed_in(person("ola@example.org", ADVISER)).get("/bosetting/2027/40/arbeid/").content.decode()
    assert "kunne ikke sendes" in room
    post.refuses = False
    assert send_due(ASKED + timedelta(hours=1)) == 0, "it waits for the next day"
    assert send_due(ASKED + timedelta(days=1)) == 1
    assert send_due(ASKED + timedelta(days=2)) == 0


def test_a_mail_server_that_is_away_stops_nothing_else(post: PostBox, by: Actor, settings: Any) -> None:
    person("skien@example.org", CONTACT)
    in_dialogue(by)
    settings.EMAIL_PORT = 1
    assert send_due(ASKED) == 0
    assert Sent.objects.get().fault == "ConnectionRefusedError"


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_program_that_dies_while_sending_leaves_nobody_without(
    post: PostBox, by: Actor, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    person("skien@example.org", CONTACT)
    in_dialogue(by)
    send = DjangoMessage.send

    def dying(message: DjangoMessage, *args: Any, **named: Any) -> int:
        if when == "after":
            send(message, *args, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(DjangoMessage, "send", dying)
        with pytest.raises(KeyboardInterrupt):
            send_due(ASKED)
    assert send_due(ASKED + timedelta(minutes=5)) == 0, "somebody may be sending it"
    assert send_due(ASKED + timedelta(days=1)) == 1
    identities = {str(one["Message-ID"]) for one in post.taken}
    assert len(identities) == 1, "the same letter is known as the same"
    assert len(post.taken) == (2 if when == "after" else 1)


def test_nothing_is_sent_and_nothing_marked_without_a_mail_server(by: Actor) -> None:
    person("skien@example.org", CONTACT)
    in_dialogue(by)
    assert send_due(ASKED) == 0
    assert not Sent.objects.exists()


def test_a_letter_is_from_the_county_municipality_as_it_is_called(by: Actor) -> None:
    from fotfeste.web.rounds.letters_of_invitation import invitations

    person("skien@example.org", CONTACT)
    in_dialogue(by)
    (letter,) = invitations(Round.objects.get(), ASKED.date())
    assert str(letter.lines[0]).startswith("Telemark fylkeskommune spør Skien om bosetting")


def test_oslo_is_its_own_county_municipality() -> None:
    oslo = Round(county="03", county_name="Oslo", year=2027)
    assert str(county_municipality(oslo)) == "Oslo kommune"
