"""Making a version the round's recommendation from the page: other numbers than the round's take a reason, and clash."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from fotfeste.web.people.services import actor_for
from fotfeste.web.rounds.changes import change_request, request_of
from fotfeste.web.rounds.models import RequestChange, Round
from tests.web.weighing.conftest import ROOM, adviser
from tests.web.weighing.pages import back, ended, post, text_of

pytestmark = pytest.mark.django_db


def test_the_same_numbers_ask_for_no_reason(ready: Client) -> None:
    assert 'name="grunn"' not in text_of(ready.get(ROOM))
    assert ready.post(ROOM + "anbefal/", {"sett": 1}).status_code == 302
    assert Round.objects.get().weighed == 1


@pytest.mark.parametrize(
    ("fields", "warned", "told"),
    [
        (
            {"total": "600"},
            "Rundens måltall er 545, men avveiingen fordeler 600.",
            "Rundens måltall blir endret fra 545 til 600.",
        ),
        (
            {"mindrearige": "3"},
            "Runden har 0 enslige mindreårige, men avveiingen har 3.",
            "Enslige mindreårige i runden blir endret fra 0 til 3.",
        ),
    ],
)
def test_other_numbers_than_the_rounds_are_told_and_take_a_reason(
    ready: Client, fields: dict[str, str], warned: str, told: str
) -> None:
    from tests.web.weighing.conftest import delivered

    delivered(Round.objects.get(), "4003", minors=5)
    post(ready, "valg", **fields)
    page = text_of(ready.get(ROOM))
    assert warned in page
    assert told in page
    refused = text_of(ready.post(ROOM + "anbefal/", {"sett": 2, "grunn": " "}), 422)
    assert "Det må oppgis en grunn" in refused
    assert Round.objects.get().weighed == 0
    answer = ready.post(ROOM + "anbefal/", {"sett": 2, "grunn": "IMDi\r\nba om det"})
    assert answer.status_code == 302
    assert RequestChange.objects.get().reason == "IMDi ba om det"
    assert warned not in text_of(ready.get(ROOM))


def test_the_rounds_own_numbers_are_taken_with_one_press(ready: Client) -> None:
    Round.objects.update(total=270, minors=2)
    page = text_of(ready.get(ROOM))
    form = page[page.rindex("<form", 0, page.index('id="bruk-maltall"')) :].partition("</form>")[0]
    sent = dict(re.findall(r'name="(hva|til|mindrearige)"[^>]*value="([^"]+)"', form))
    assert sent == {"hva": "valg", "til": "total:270", "mindrearige": "2"}
    post(ready, sent.pop("hva"), **sent)
    assert 'name="grunn"' not in text_of(ready.get(ROOM))


def test_a_request_that_somebody_has_changed_meanwhile_is_shown_beside_what_was_wanted(ready: Client) -> None:
    round_ = Round.objects.get()
    before = request_of(round_)
    change_request(
        actor_for(adviser(9)), round_, before, before | {"total": 600}, "Departementet økte tallet"
    )
    page = text_of(ready.post(ROOM + "anbefal/", {"sett": 1, "grunn": "Vi står på vårt"}), 409)
    assert "Versjon 1 gjøres til rundens anbefaling, med 545 i alt." in page
    assert "Rundens måltall er endret fra 545 til 600." in page
    assert "Departementet økte tallet" in page
    assert "en annen rådgiver i fylket" in page
    assert "Navnesen Prøve9" not in page
    kept = Round.objects.get()
    assert (kept.total, kept.weighed) == (600, 0)


def test_a_refused_recommendation_keeps_the_reason_that_was_typed(ready: Client) -> None:
    post(ready, "regel-ny", slag="floor", personer="60", kilde="Møtet")
    post(ready, "valg", seen=2, total="600")
    page = text_of(ready.post(ROOM + "anbefal/", {"sett": 3, "grunn": "Avtalt i møtet"}), 422)
    assert "Reglene kan ikke oppfylles når 600 personer skal fordeles." in page
    assert "--" not in re.sub(r"<!--.*?-->|<svg.*?</svg>", "", page[page.index("<main") :], flags=re.S)


def test_the_reason_lives_through_a_session_that_ends(ready: Client) -> None:
    post(ready, "valg", total="600")
    assert ready.get(ROOM).status_code == 200
    ended(ready)
    answer = ready.post(ROOM + "anbefal/", {"sett": 2, "grunn": "En lang begrunnelse", "page": ROOM})
    assert "/konto/logg-inn/" in answer.headers["Location"]
    back(ready)
    assert "En lang begrunnelse</textarea>" in text_of(ready.get(ROOM))
    assert Round.objects.get().weighed == 0


def test_the_total_to_begin_with_lives_through_a_session_that_ends(browser: Client) -> None:
    Round.objects.update(total=None)
    page = text_of(browser.get(ROOM))
    assert f'name="page" value="{ROOM}"' in page
    ended(browser)
    assert browser.post(ROOM + "begynn/", {"total": "312", "page": ROOM}).status_code == 302
    back(browser)
    assert re.search(r'name="total"[^>]*value="312"', text_of(browser.get(ROOM)))


def test_the_name_of_an_alternative_lives_through_a_session_that_ends(ready: Client) -> None:
    assert ready.get(ROOM + "alternativer/").status_code == 200
    ended(ready)
    assert ready.post(ROOM + "alternativer/", {"sett": 1, "navn": "Slik vi begynte"}).status_code == 302
    back(ready)
    again = text_of(ready.get(ROOM + "alternativer/"))
    assert re.search(r'name="navn"[^>]*value="Slik vi begynte"', again)
    assert "Det er ikke lagret ennå" in again


def test_overrides_that_clash_are_told_of_without_words_of_the_command_line(ready: Client) -> None:
    typed = {"begrunnelse": "Prøve", "rolle": "rådgiver"}
    post(ready, "sett", kommune="4003", personer="545", kostnad_vist="545", **typed)
    post(ready, "regel-ny", seen=2, slag="floor", personer="10", kommuner=["4001"], kilde="Møtet")
    pages = [text_of(ready.get(ROOM)), text_of(ready.post(ROOM + "anbefal/", {"sett": 3}), 422)]
    assert "Overstyring" in pages[0]
    for page in pages:
        assert "fotfeste overrides" not in page
        assert "--decided" not in page
