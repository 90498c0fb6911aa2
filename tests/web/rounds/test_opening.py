"""Opening a round: one a county and year, an unknown total, and what was learned the year before."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from fotfeste.errors import InputError
from fotfeste.settlement.follow_up.lessons import load_lesson_form
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round, Step
from fotfeste.web.rounds.opening import open_round
from fotfeste.web.trace.models import Entry
from tests.web.people.persons import ADVISER, CONTACT, OTHER_ADVISER, READER, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(db: None) -> User:
    return person("kari@example.org", ADVISER)


@pytest.fixture
def by(adviser: User) -> Actor:
    return actor_for(adviser)


def learned(round_: Round) -> None:
    round_.lessons = {one.id: "Vi lærte det." for one in load_lesson_form().questions}
    round_.save()


def test_a_round_is_opened_with_a_first_step_and_a_line_in_the_trace(by: Actor) -> None:
    made = open_round(by, "40", 2027, 545, 12, "Vår runde")
    assert (made.state, made.total, made.minors, made.county_name) == ("prepared", 545, 12, "Telemark")
    assert [(one.number, one.before, one.after) for one in made.steps.all()] == [(1, "", "prepared")]
    assert Entry.objects.filter(act="round.opened", county="40").count() == 1


def test_a_total_may_be_unknown(by: Actor) -> None:
    assert open_round(by, "40", 2027, None).total is None


@pytest.mark.parametrize(
    ("total", "minors", "field"),
    [(0, 0, "total"), (100_001, 0, "total"), (10, 11, "minors"), (None, 1, "minors")],
)
def test_numbers_that_cannot_be_are_refused_at_their_field(
    by: Actor, total: int | None, minors: int, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        open_round(by, "40", 2027, total, minors)
    assert [one.place for one in refused.value.problems] == [field]
    assert not Round.objects.exists()


def test_a_county_has_one_round_a_year_and_rounds_of_successive_years_overlap(by: Actor) -> None:
    first = open_round(by, "40", 2027, 545)
    with pytest.raises(InputError) as refused:
        open_round(by, "40", 2027, 500)
    assert refused.value.code == "round.exists"
    learned(first)
    second = open_round(by, "40", 2028, None)
    assert first.state == second.state == "prepared"
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(county="40", county_name="T", year=2027, total=1)


def test_what_was_learned_last_year_is_asked_for_first_or_a_reason(by: Actor) -> None:
    before = open_round(by, "40", 2027, 545)
    with pytest.raises(InputError) as refused:
        open_round(by, "40", 2028, None)
    assert refused.value.code == "round.lessons"
    made = open_round(by, "40", 2028, None, reason="Runden for 2027 er ikke ferdig.")
    assert Step.objects.get(round=made).reason == "Runden for 2027 er ikke ferdig."
    learned(before)
    made.steps.all().delete()
    made.delete()
    assert open_round(by, "40", 2028, None).pk


def test_nobody_opens_a_round_for_another_county(by: Actor) -> None:
    with pytest.raises(InputError):
        open_round(by, "42", 2027, 100)
    with pytest.raises(InputError):
        open_round(by, "40", 1999, 100)


def test_the_form_opens_a_round_and_leads_to_its_room(adviser: User) -> None:
    browser = signed_in(adviser)
    page = browser.get("/bosetting/ny/")
    assert b"Telemark" in page.content
    answer = browser.post("/bosetting/ny/", {"county": "40", "year": "2027", "total": "0", "minors": ""})
    assert answer.headers["Location"] == "/bosetting/2027/40/arbeid/"
    assert Round.objects.get().total is None
    room = browser.get(answer.headers["Location"]).content.decode()
    assert "Runden forberedes." in room
    assert 'aria-current="step"' in room
    assert "ikke kjent ennå" in room


def test_a_form_that_is_posted_twice_opens_one_round(adviser: User) -> None:
    browser = signed_in(adviser)
    for _ in range(2):
        answer = browser.post("/bosetting/ny/", {"county": "40", "year": "2027", "total": "545"})
        assert answer.headers["Location"] == "/bosetting/2027/40/arbeid/"
    assert Round.objects.count() == Step.objects.count() == 1


def test_the_form_tells_that_last_years_lessons_are_not_written_and_asks_for_a_reason(adviser: User) -> None:
    browser = signed_in(adviser)
    open_round(actor_for(adviser), "40", 2027, 545)
    page = browser.get("/bosetting/ny/").content.decode()
    assert 'href="/bosetting/2027/40/arbeid/lerdom/"' in page
    asked = {"county": "40", "year": "2028", "total": "300"}
    refused = browser.post("/bosetting/ny/", asked)
    assert refused.status_code == 422
    assert 'value="300"' in refused.content.decode(), "what was typed stands"
    assert browser.post("/bosetting/ny/", asked | {"reason": "Venter på tall"}).status_code == 302


@pytest.mark.parametrize("held", [READER, CONTACT])
def test_who_does_not_lead_the_work_opens_nothing(held: object) -> None:
    browser = signed_in(person("o@example.org", held))  # type: ignore[arg-type]
    for answer in (
        browser.get("/bosetting/ny/"),
        browser.post("/bosetting/ny/", {"county": "40", "year": "2027"}),
    ):
        assert answer.status_code in (403, 404)
    assert not Round.objects.exists()


def test_an_adviser_elsewhere_opens_nothing_here() -> None:
    browser = signed_in(person("o@example.org", OTHER_ADVISER))
    answer = browser.post("/bosetting/ny/", {"county": "40", "year": "2027", "total": "5"})
    assert answer.status_code == 422
    assert not Round.objects.exists()
