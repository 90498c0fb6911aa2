"""The municipality's draft is its own until it is delivered; what the county enters on its behalf stands apart from it."""

from __future__ import annotations

import io

import pytest
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from fotfeste.web.dialogue import sheets
from fotfeste.web.dialogue.deliveries import deliver, reopen
from fotfeste.web.dialogue.drafts import draft_of, save_draft
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from tests.web.dialogue.conftest import ANSWERS, member, sent
from tests.web.dialogue.test_pages import carried, text, value_of
from tests.web.dialogue.test_sheets import sheet
from tests.web.people.persons import ADVISER, CONTACT, READER

pytestmark = pytest.mark.django_db

PAGE = "/bosetting/2027/40/dialog/4003/"
BEHALF = PAGE + "?paa-vegne=1"


@pytest.fixture
def county(round_: Round) -> Client:
    return member("ase@example.org", ADVISER)[2]


def cells(answer: HttpResponse) -> set[object]:
    book = load_workbook(io.BytesIO(answer.content))
    return {cell.value for row in book.worksheets[0] for cell in row}


def test_the_county_enters_in_a_form_of_its_own(county: Client, skien: Reply, contact: Actor) -> None:
    save_draft(contact, skien, {"housing": "77", "wish_note": "Ikke avklart politisk"}, 0, {})
    page = county.get(BEHALF)
    assert (value_of(page, "housing"), value_of(page, "wish_note")) == ("", "")
    assert "Ikke avklart politisk" not in page.content.decode()
    assert "Kommunens egen kladd vises ikke her" in text(page)
    assert carried(page)["grunnlag"] == "{}"
    county.post(PAGE, sent({"housing": "30"}, gjor="lagre", **carried(page)))
    skien.refresh_from_db()
    assert (skien.values["housing"], skien.entered) == (77, {"housing": 30})
    assert value_of(county.get(BEHALF), "housing") == "30"
    _, _, own = member("k@example.org", CONTACT)
    assert value_of(own.get(PAGE), "housing") == "77"


def test_saving_while_typing_tells_the_county_nothing_of_the_municipality_s_draft(
    county: Client, skien: Reply, contact: Actor
) -> None:
    save_draft(contact, skien, {"housing": "77"}, 0, {})
    answer = county.post(PAGE + "kladd/", sent({"school": "5"}, sett="0", grunnlag="{}"))
    assert "77" not in answer.content.decode()
    clash = county.post(PAGE, sent({"housing": "31"}, gjor="lagre", sett="0", grunnlag="not json"))
    assert "77" not in text(clash)


@pytest.mark.parametrize("held", [ADVISER, READER], ids=["adviser", "reader"])
def test_the_sheet_that_the_county_fetches_has_no_draft_of_the_municipality(
    round_: Round, skien: Reply, contact: Actor, held: object
) -> None:
    save_draft(contact, skien, {"housing": "77"}, 0, {})
    _, _, client = member("fylke@example.org", held)  # type: ignore[arg-type]
    answer = client.get(PAGE + "svarskjema.xlsx")
    if answer.status_code == 200:
        assert 77 not in cells(answer)
    deliver(contact, skien, {**ANSWERS, "housing": "78"}, 1, {"housing": 77})
    assert held != ADVISER or 78 in cells(client.get(PAGE + "svarskjema.xlsx"))


def test_what_the_county_delivers_does_not_take_the_rest_of_the_draft_with_it(
    skien: Reply, contact: Actor, adviser: Actor
) -> None:
    save_draft(contact, skien, {"school": "12", "housing": "77"}, 0, {})
    outcome = deliver(adviser, skien, ANSWERS, 0, {})
    assert outcome.delivery is not None
    assert "school" not in outcome.delivery.values
    skien.refresh_from_db()
    assert (skien.values["school"], skien.values["housing"]) == (12, 30)
    assert skien.entered == outcome.delivery.values
    assert skien.version == 2, "who had the page open is told"


def test_both_go_on_from_what_is_delivered_when_it_is_opened_again(
    skien: Reply, contact: Actor, adviser: Actor
) -> None:
    save_draft(adviser, skien, {"housing": "1", "school": "2"}, 0, {})
    outcome = deliver(contact, skien, ANSWERS, 0, {})
    assert outcome.delivery is not None
    skien.refresh_from_db()
    reopen(adviser, skien, "Et siffer mangler")
    assert draft_of(adviser, skien).values == draft_of(contact, skien).values == outcome.delivery.values


def test_a_sheet_read_by_the_county_is_held_against_its_own_entering(
    round_: Round, skien: Reply, contact: Actor, adviser: Actor
) -> None:
    save_draft(contact, skien, {"housing": "77"}, 0, {})
    read = sheets.read_sheets(adviser, round_, [("svar.xlsx", sheet())], "4003")
    assert all(one.before is None for one in read.incoming[0].changes)
    saved = sheets.take_into_draft(adviser, round_, "4003", read.token)
    assert saved.clashes == ()
    skien.refresh_from_db()
    assert (skien.values, skien.entered["housing"]) == ({"housing": 77}, 30)
    assert not Delivery.objects.exists()


def test_two_advisers_who_enter_the_same_are_asked(skien: Reply, adviser: Actor) -> None:
    _, other, _ = member("annen@example.org", ADVISER)
    save_draft(adviser, skien, {"housing": "30"}, 0, {})
    saved = save_draft(other, skien, {"housing": "25"}, 0, {})
    assert [(one.mine, one.theirs) for one in saved.clashes] == [(25, 30)]
