"""What two advisers see of each other's changes, and how each can turn back."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from fotfeste.web.people.services import actor_for
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Version
from tests.web.weighing.conftest import PARTLY, ROOM, adviser
from tests.web.weighing.pages import post, text_of

pytestmark = pytest.mark.django_db


def test_another_adviser_is_seen_and_their_change_stays_beneath(ready: Client) -> None:
    services.change(actor_for(adviser(9)), Round.objects.get(), _total(600), 1)
    news = text_of(ready.get(ROOM + "nytt/?sett=1", headers=PARTLY))
    assert "en annen rådgiver i fylket" in news
    assert "Totalen er endret fra 545 til 600." in news
    assert "Navnesen" not in news
    part = text_of(post(ready, "valg", part=True, **{"vekt-work": "60"}))
    assert "gjort oppå det som er endret i mellomtiden" in part
    assert choices_of(Version.objects.get(number=3).choices).total == 600


def test_without_script_too_the_others_change_is_told(ready: Client) -> None:
    services.change(actor_for(adviser(9)), Round.objects.get(), _total(600), 1)
    post(ready, "valg", **{"vekt-work": "60"})
    assert "Endret i mellomtiden (en annen rådgiver i fylket): Totalen er endret" in text_of(ready.get(ROOM))


def _total(persons: int) -> object:
    from fotfeste.settlement.weighing.changes import SetTotal

    return SetTotal(persons, 0)


def test_nothing_new_is_no_content_and_leaves_no_row_of_looks_in_the_trace(ready: Client) -> None:
    before = Entry.objects.count()
    for _ in range(4):
        assert ready.get(ROOM + "nytt/?sett=1", headers=PARTLY).status_code == 204
    assert Entry.objects.count() <= before + 1


@pytest.mark.parametrize("part", [False, True])
def test_a_clash_shows_both_and_either_can_be_chosen(ready: Client, part: bool) -> None:
    services.change(actor_for(adviser(9)), Round.objects.get(), _total(600), 1)
    page = text_of(post(ready, "valg", part=part, total="700"), 409)
    assert "fra 545 til 700" in page
    assert "fra 545 til 600" in page
    assert "Ingenting er overskrevet" in page
    assert Version.objects.count() == 2
    again = re.search(r'name="endringer" value="([^"]+)"', page)
    assert again
    post(ready, "likevel", seen=2, endringer=again[1])
    assert choices_of(Version.objects.get(number=3).choices).total == 700


def test_doing_it_anyway_takes_back_nothing_else_that_others_have_done(ready: Client) -> None:
    from fractions import Fraction

    from fotfeste.settlement.weighing.changes import SetWeight

    other = actor_for(adviser(9))
    services.change(other, Round.objects.get(), [_total(600), SetWeight("size", Fraction(70))], 1)  # type: ignore[list-item]
    page = text_of(post(ready, "valg", total="700", **{"vekt-size": "35"}), 409)
    again = re.search(r'name="endringer" value="([^"]+)"', page)
    assert again
    post(ready, "likevel", seen=3, endringer=again[1])
    choices = choices_of(Version.objects.get(number=4).choices)
    assert choices.total == 700
    assert {one.id: one.weight for one in choices.criteria.criteria}["size"] == 70


def test_a_clash_with_oneself_on_another_machine_is_not_laid_on_somebody_else(ready: Client) -> None:
    post(ready, "valg", total="600")
    clash = text_of(post(ready, "valg", seen=1, total="700"), 409)
    main = clash[clash.index("<main") :]
    assert "Det samme er endret i mellomtiden." in main
    assert "(du, " in main
    assert not re.search(r"en annen|av andre", main, re.I)


@pytest.mark.parametrize("signed", ["", "abc", "eyJhIjoxfQ:1abc:def"])
def test_changes_that_were_not_refused_here_are_not_made_again(ready: Client, signed: str) -> None:
    assert post(ready, "likevel", endringer=signed).status_code in (302, 422)
    assert Version.objects.count() == 1


def test_undo_and_redo_from_the_page(ready: Client) -> None:
    post(ready, "valg", total="600")
    assert ">Angre<" in text_of(ready.get(ROOM))
    assert ready.post(ROOM + "angre/", {"sett": 2, "til": "angre"}).status_code == 302
    page = text_of(ready.get(ROOM))
    assert "545 personer er fordelt" in page
    assert ">Gjør om igjen<" in page
    part = text_of(ready.post(ROOM + "angre/", {"sett": 3, "til": "igjen"}, headers=PARTLY))
    assert "600 personer er fordelt" in part
    ready.post(ROOM + "angre/", {"sett": 4, "til": "1"})
    assert "545 personer er fordelt" in text_of(ready.get(ROOM))
    assert "ingenting å angre" in text_of(ready.post(ROOM + "angre/", {"sett": 1, "til": "angre"}), 422)


def test_the_history_tells_who_by_role_when_and_what_and_compares_any_two(ready: Client) -> None:
    post(ready, "valg", total="600")
    services.change(actor_for(adviser(9)), Round.objects.get(), _total(650), 2)
    page = text_of(ready.get(ROOM + "versjoner/"))
    main = page[page.index("<main") :]
    assert "en annen rådgiver i fylket" in main
    assert ">du<" in main
    assert "Navnesen" not in main
    assert "Totalen er endret fra 600 til 650." in main
    compared = text_of(ready.get(ROOM + "versjoner/?fra=1&til=3"))
    assert "Totalen er endret fra 545 til 650." in compared
    assert "Forskjell" in compared
