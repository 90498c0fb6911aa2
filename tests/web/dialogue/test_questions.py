"""Questions go back and forth, stand by their field, and are open until the other side has written."""

from __future__ import annotations

import pytest

from fotfeste.errors import InputError
from fotfeste.web.dialogue import questions
from fotfeste.web.dialogue.models import Question
from fotfeste.web.dialogue.questions import ask, open_questions, threads_of
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import member
from tests.web.people.persons import ADVISER, CONTACT, READER

pytestmark = pytest.mark.django_db

PAGE = "/bosetting/2027/40/dialog/4003/"


def test_a_question_is_open_until_the_other_side_answers(
    round_: Round, contact: Actor, adviser: Actor
) -> None:
    first = ask(adviser, round_, "4003", "Er boligene under bygging talt med?", field="housing").question
    (thread,) = threads_of(round_, "4003")
    assert (thread.open, thread.waits_for, first.side) == (True, "municipality", "county")
    ask(adviser, round_, "4003", "Vi trenger svaret før møtet.", follows=first)
    assert threads_of(round_, "4003")[0].open
    assert open_questions(round_) == {"4003": 1}
    answer = ask(contact, round_, "4003", "Ja, de som er ferdige i mars.", follows=first).question
    assert (answer.side, answer.field) == ("municipality", "housing")
    assert not threads_of(round_, "4003")[0].open
    assert not open_questions(round_)
    assert [one.act for one in Entry.objects.filter(act__startswith="question.").order_by("number")] == [
        "question.asked", "question.asked", "question.answered",
    ]  # fmt: skip


def test_the_same_sent_twice_is_one(round_: Round, contact: Actor) -> None:
    ask(contact, round_, "4003", "Når kommer svaret?")
    ask(contact, round_, "4003", " Når kommer svaret?\r\n")
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        ("   ", "", "question.empty"),
        ("x" * 4001, "", "question.long"),
        ("Gjelder 010190 12345", "", "dialogue.personal"),
        ("Hva?", "finnes_ikke", "question.field"),
    ],
)
def test_what_may_not_stand_is_refused(
    round_: Round, contact: Actor, text: str, field: str, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        ask(contact, round_, "4003", text, field=field)
    assert caught.value.code == code
    assert not Question.objects.exists()


@pytest.mark.parametrize("stage", [Stage.PREPARED, Stage.CLOSED])
def test_nothing_is_asked_in_a_round_that_is_not_open(round_: Round, adviser: Actor, stage: Stage) -> None:
    Round.objects.filter(pk=round_.pk).update(state=stage.value)
    with pytest.raises(InputError) as caught:
        ask(adviser, round_, "4003", "Hvor mange boliger?")  # the round as it was read before it was closed
    assert caught.value.code == "dialogue.closed"
    assert not Question.objects.exists()
    assert not Entry.objects.filter(act__startswith="question.").exists()
    _, _, county = member("r@example.org", ADVISER)
    assert "Still et spørsmål" not in county.get(PAGE).content.decode()
    assert county.post(PAGE + "sporsmal/", {"tekst": "Hva?"}).status_code == 422


def test_there_is_a_limit_to_how_much_is_written(
    round_: Round, contact: Actor, adviser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "limits", lambda: questions.Limits(longest=30, most=2))
    ask(contact, round_, "4003", "Når er fristen?")
    ask(adviser, round_, "4003", "Hvor mange boliger?")
    with pytest.raises(InputError) as caught:
        ask(adviser, round_, "4003", "Og hvor mange rom?")
    assert caught.value.code == "question.many"
    ask(adviser, round_, "4003", "Hvor mange boliger?")
    ask(adviser, round_, "4001", "Hvor mange boliger?")
    assert Question.objects.count() == 3
    with pytest.raises(InputError) as caught:
        ask(adviser, round_, "4001", "x" * 31)
    assert caught.value.code == "question.long"


def test_words_about_a_family_are_kept_and_pointed_out(round_: Round, contact: Actor) -> None:
    asked = ask(contact, round_, "4003", "Hva gjør vi med familien i Storgata?")
    assert [one.code for one in asked.notices] == ["question.about_somebody"]
    assert not ask(contact, round_, "4003", "Hvor mange barnefamilier kommer?").notices


def test_an_answer_to_another_municipality_s_question_is_refused(round_: Round, adviser: Actor) -> None:
    other = ask(adviser, round_, "4001", "Hvor mange boliger?").question
    with pytest.raises(InputError):
        ask(adviser, round_, "4003", "Ti", follows=other)


def test_a_question_stands_by_its_field_and_can_be_answered_on_the_page(
    round_: Round, adviser: Actor
) -> None:
    first = ask(adviser, round_, "4003", "Er boligene under bygging talt med?", field="housing").question
    _, _, contact = member("k@example.org", CONTACT)
    page = contact.get(PAGE).content.decode()
    assert page.count("Er boligene under bygging talt med?") == 2
    assert f'href="#sporsmal-{first.pk}"' in page
    assert "Venter på kommunen" in page
    answer = contact.post(PAGE + "sporsmal/", {"til": first.pk, "tekst": "Ja"}, follow=True)
    assert "Besvart" in answer.content.decode()


def test_a_stopped_text_is_shown_again_and_kept_nowhere(round_: Round) -> None:
    _, _, contact = member("k@example.org", CONTACT)
    answer = contact.post(PAGE + "sporsmal/", {"tekst": "Gjelder 01019012345", "felt": "housing"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Gjelder 01019012345" in page
    assert "fødselsnummer" in page
    assert not Question.objects.exists()


def test_who_may_not_ask_is_refused(round_: Round) -> None:
    _, _, reader = member("l@example.org", READER)
    assert reader.post(PAGE + "sporsmal/", {"tekst": "Hva?"}).status_code in {403, 404}
    _, _, other = member("n@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="4001"))
    assert other.post(PAGE + "sporsmal/", {"tekst": "Hva?"}).status_code == 404
    assert not Question.objects.exists()


def test_the_county_sees_how_many_are_open(round_: Round, contact: Actor) -> None:
    ask(contact, round_, "4003", "Når er fristen?")
    _, _, adviser = member("r@example.org", ADVISER)
    page = adviser.get("/bosetting/2027/40/dialog/?vis=sporsmal").content.decode()
    assert "Skien" in page
    assert "Porsgrunn</a></th>" not in page
