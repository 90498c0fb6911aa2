"""What has happened in the dialogue, through a real mail server: one letter a day to each whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fotfeste.web.dialogue import questions
from fotfeste.web.dialogue.deliveries import reopen
from fotfeste.web.dialogue.models import Delivery, Question, Reply
from fotfeste.web.people.models import Membership, User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.adoption import adopt
from fotfeste.web.rounds.letters import send_due
from fotfeste.web.rounds.models import Round, Sent
from fotfeste.web.rounds.opening import open_round
from fotfeste.web.rounds.stages import advance
from fotfeste.work.deadlines import settlement_year
from fotfeste.work.requirements import Stage
from tests.web.people.persons import ADVISER, CONTACT, READER, person
from tests.web.rounds.adopting import DETAILS, again, weighed_round
from tests.web.rounds.post import PostBox, post
from tests.web.rounds.test_letters import body

pytestmark = pytest.mark.django_db
__all__ = ["post"]
PORSGRUNN = Held(Role.MUNICIPALITY_CONTACT, municipality="4001")
SOON, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def by(db: None) -> Actor:
    return actor_for(person("kari@example.org", ADVISER))


@pytest.fixture
def skien(db: None) -> User:
    return person("skien@example.org", CONTACT)


@pytest.fixture
def round_(post: PostBox, by: Actor, skien: User) -> Round:
    """A round in dialogue, in which everybody has got their invitation and the reminders there are."""
    opened = open_round(by, "40", 2027, 545)
    advance(by, opened, Stage.DIALOGUE, "Prøve")
    send_due(timezone.now())
    post.taken.clear()
    return again(opened)


def delivered(round_: Round, code: str, **values: object) -> Delivery:
    reply = Reply.objects.get(round=round_, municipality=code)
    number = reply.deliveries.count() + 1
    return Delivery.objects.create(reply=reply, number=number, values={"wish": 7}, checksum="0", **values)


def about_the_dialogue(post: PostBox, address: str) -> list[tuple[str, str]]:
    """Subjects and bodies of what somebody has got; without reminders, which come on the days that they come on."""
    found = [
        (str(one["Subject"]).strip(), body(one).replace("\r\n", "\n"))
        for one in (post.to(address) if address else post.taken)
    ]
    return [one for one in found if "frist" not in one[0].lower()]


def news(post: PostBox, address: str) -> tuple[str, str]:
    """The subject and the body of the one letter that somebody has got."""
    (one,) = about_the_dialogue(post, address)
    return one


def sends_nothing_more(post: PostBox, days: int = 1) -> bool:
    post.taken.clear()
    send_due(timezone.now() + days * DAY)
    return not about_the_dialogue(post, "")


def test_whoever_delivers_gets_a_receipt_once(post: PostBox, round_: Round) -> None:
    delivered(round_, "4003")
    send_due(timezone.now() + SOON)
    subject, text = news(post, "skien@example.org")
    assert subject == "Kvittering: svaret fra Skien om bosetting i 2027"
    assert "ble levert" in text
    assert "be Telemark fylkeskommune åpne svaret igjen" in text
    assert "/bosetting/2027/40/dialog/4003/\n" in text
    assert sends_nothing_more(post)


def test_contacts_are_told_when_the_county_asks_answers_or_opens_the_reply_again(
    post: PostBox, round_: Round, by: Actor, skien: User
) -> None:
    asked = questions.ask(actor_for(skien), round_, "4003", "Hva menes med bolig?").question
    questions.ask(by, round_, "4003", "Det som er ledig nå.", follows=asked)
    send_due(timezone.now() + SOON)
    subject, text = news(post, "skien@example.org")
    assert subject == "Telemark fylkeskommune har svart Skien om bosetting i 2027"
    assert "bolig" not in text + subject
    assert "ledig" not in text
    post.taken.clear()
    questions.ask(by, round_, "4003", "Hvor mange plasser har barnehagene?")
    questions.ask(by, round_, "4003", "Og skolene?")
    send_due(timezone.now() + SOON)
    subject, text = news(post, "skien@example.org")
    assert subject == "Telemark fylkeskommune spør Skien om bosetting i 2027"
    assert "har stilt Skien 2 spørsmål" in text
    post.taken.clear()
    delivered(round_, "4003")
    reopen(by, Reply.objects.get(round=round_, municipality="4003"), "Tallet for bolig mangler.")
    send_due(timezone.now() + SOON)
    subject, text = news(post, "skien@example.org")
    assert subject == "Nytt om svaret fra Skien om bosetting i 2027", (
        "the receipt and the reopening are one letter"
    )
    assert "Det må leveres på nytt" in text
    assert "Tallet for bolig" not in text, "the reason stands on the page"


def test_advisers_get_one_letter_about_all_that_the_municipalities_have_done(
    post: PostBox, round_: Round, by: Actor, skien: User
) -> None:
    person("les@example.org", READER)
    asked = questions.ask(by, round_, "4001", "Hvor mange?").question
    delivered(round_, "4003")
    delivered(round_, "4012")
    delivered(round_, "4010", on_behalf=True)
    questions.ask(actor_for(skien), round_, "4003", "Hva menes?")
    porsgrunn = person("porsgrunn@example.org", PORSGRUNN)
    questions.ask(actor_for(porsgrunn), round_, "4001", "Ti.", follows=asked)
    send_due(timezone.now() + SOON)
    subject, text = news(post, "kari@example.org")
    assert subject == "Nytt fra kommunene om bosetting i 2027"
    assert "Har levert svar: Bamble, Skien." in text, "what the county has entered itself is no news to it"
    assert "Har spurt fylket om noe: Skien." in text
    assert "Har svart på spørsmål fra fylket: Porsgrunn." in text
    assert "/bosetting/2027/40/dialog/\n" in text
    assert "7" not in text.replace("2027", ""), "nothing of what is answered"
    assert not post.to("les@example.org")
    assert sends_nothing_more(post)


def test_a_question_that_is_answered_is_no_news(post: PostBox, round_: Round, by: Actor, skien: User) -> None:
    asked = questions.ask(actor_for(skien), round_, "4003", "Hva menes?").question
    questions.ask(by, round_, "4003", "Det som er ledig.", follows=asked)
    send_due(timezone.now() + SOON)
    assert not about_the_dialogue(post, "kari@example.org")
    assert Sent.objects.filter(key=f"written/4003/number-{asked.pk}").count() == 0


def test_what_the_county_enters_for_a_municipality_is_told_to_it(post: PostBox, round_: Round) -> None:
    delivered(round_, "4003", on_behalf=True)
    send_due(timezone.now() + SOON)
    subject, text = news(post, "skien@example.org")
    assert subject == "Svaret fra Skien om bosetting i 2027 er ført inn"
    assert "Se etter at det stemmer" in text


def test_others_municipalities_are_told_nothing(post: PostBox, round_: Round, by: Actor) -> None:
    delivered(round_, "4001")
    questions.ask(by, round_, "4001", "Hvor mange?")
    send_due(timezone.now() + SOON)
    assert not about_the_dialogue(post, "skien@example.org")


def test_nobody_is_told_of_what_happened_before_they_came_or_long_ago(post: PostBox, round_: Round) -> None:
    delivered(round_, "4003", at=timezone.now() - DAY)
    send_due(timezone.now() + SOON)
    assert not about_the_dialogue(post, ""), "both got their roles today"
    Membership.objects.update(since=timezone.now() - timedelta(days=400))
    lately = settlement_year().news_for
    assert sends_nothing_more(post, lately.days), "it is no news any more"
    post.taken.clear()
    send_due(timezone.now() + SOON)
    assert news(post, "skien@example.org")[0].startswith("Kvittering")


def test_a_reply_that_comes_after_the_adoption_is_said_to_change_nothing(
    post: PostBox, by: Actor, skien: User
) -> None:
    weighed = weighed_round(by)
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    send_due(timezone.now() + SOON)
    post.taken.clear()
    delivered(weighed, "4003", at=timezone.now() + timedelta(seconds=1))
    send_due(timezone.now() + DAY)
    assert "Svaret endrer den ikke" in news(post, "skien@example.org")[1]
    assert "etter at anbefalingen ble vedtatt: Skien" in news(post, "kari@example.org")[1]


def test_news_that_the_server_refuses_come_the_next_day_together_with_what_has_happened_since(
    post: PostBox, round_: Round, by: Actor
) -> None:
    delivered(round_, "4003")
    post.refuses = True
    send_due(timezone.now() + SOON)
    assert not post.taken
    post.refuses = False
    Question.objects.create(
        round=round_,
        municipality="4003",
        side="county",
        text="Hvor mange?",
        at=timezone.now() + timedelta(hours=2),
    )
    send_due(timezone.now() + DAY)
    _, text = news(post, "skien@example.org")
    assert "ble levert" in text
    assert "har stilt Skien et spørsmål" in text
    assert sends_nothing_more(post, 2)
