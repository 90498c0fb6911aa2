"""The room of a weighing: what it shows, that it works without script, and who sees it."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from fotfeste.settlement.ledger_file import ledger_of_text
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Alternative, Version
from fotfeste.web.weighing.recommending import recommendation_of
from tests.web.people.persons import ADMINISTRATOR, CONTACT, OTHER_ADVISER, PARTNER, READER, person, signed_in
from tests.web.weighing.conftest import ROOM, delivered, own_round
from tests.web.weighing.pages import back, ended, post, text_of

pytestmark = pytest.mark.django_db


def test_an_empty_room_teaches_and_offers_to_begin(browser: Client) -> None:
    page = text_of(browser.get(ROOM))
    assert "Avveiingen er ikke begynt" in page
    assert "Begynn avveiingen" in page
    assert browser.post(ROOM + "begynn/").headers["Location"] == ROOM
    assert Version.objects.count() == 1


def test_a_round_without_a_total_asks_what_to_try_with(browser: Client) -> None:
    Round.objects.update(total=None)
    assert 'name="total"' in text_of(browser.get(ROOM))
    assert "må være mellom" in text_of(browser.post(ROOM + "begynn/"), 422)
    assert "helt tall" in text_of(browser.post(ROOM + "begynn/", {"total": "mange"}), 422)
    browser.post(ROOM + "begynn/", {"total": "300"})
    assert choices_of(Version.objects.get().choices).total == 300


def test_the_room_opens_with_the_sentence_and_has_every_municipality_with_its_number(ready: Client) -> None:
    page = text_of(ready.get(ROOM))
    assert page.index("545 personer er fordelt på 17 kommuner i Telemark for 2027.") < page.index("Valgene")
    numbers = recommendation_of(Round.objects.get(), Version.objects.get()).numbers
    for code, number in numbers.items():
        assert re.search(rf'id="tall-{code}"[^>]*>{number}<', page), code
    assert page.count("<svg") >= 2, "a map and bars"
    assert "Anmodet 2026" in page
    assert "Endring fra 2026" in page


def test_every_control_has_a_label_and_an_id_that_stays(ready: Client) -> None:
    page = text_of(ready.get(ROOM))
    main = page[page.index("<main") :]
    fields = re.findall(r'<(?:input|select|textarea)\b(?![^>]*type="hidden")[^>]*>', main)
    ids = [re.search(r'\bid="([^"]+)"', one) for one in fields]
    assert fields
    assert all(ids), [one for one, found in zip(fields, ids, strict=True) if not found]
    for found in filter(None, ids):
        assert f'for="{found[1]}"' in main, found[1]
    every = re.findall(r'\bid="([^"]+)"', page)
    assert len(every) == len(set(every))


def test_a_weight_is_changed_without_script_and_the_page_tells_what_it_did(ready: Client) -> None:
    answer = post(ready, "valg", **{"vekt-work": "60", "total": "545"})
    assert (answer.status_code, answer.headers["Location"]) == (302, ROOM)
    page = text_of(ready.get(ROOM))
    assert "Vekten for «Muligheter for arbeid» er endret fra 25 til 60." in page
    assert re.search(r"\d+ (person )?(flere|færre)", page)
    assert "Endring fra forrige versjon" in page


def test_with_htmx_the_room_is_drawn_again_and_the_change_is_announced(ready: Client) -> None:
    part = text_of(post(ready, "valg", part=True, **{"vekt-work": "60"}))
    assert "<html" not in part
    announced = part[part.index('hx-swap-oob="innerHTML"') :]
    assert re.search(r"Skien \d+ færre|Skien \d+ flere", announced)
    assert 'value="60"' in part


def test_everything_that_is_typed_is_used_together(ready: Client) -> None:
    post(ready, "valg", total="600", mindrearige="12", metode="hamilton", **{"vekt-work": "12,5"})
    choices = choices_of(services.current(Round.objects.get()).choices)  # type: ignore[union-attr]
    weights = {one.id: one.weight for one in choices.criteria.criteria}
    assert (choices.total, choices.minors, choices.criteria.method) == (600, 12, "hamilton")
    assert weights["work"] == 12.5


def test_a_step_changes_its_own_field_and_keeps_what_is_typed_elsewhere(ready: Client) -> None:
    page = text_of(ready.get(ROOM))
    assert 'value="total:550"' in page
    assert 'value="work:26"' in page
    assert 'value="work:24"' in page
    post(ready, "valg", til="work:26", total="600", **{"vekt-work": "25", "vekt-size": "30"})
    choices = choices_of(services.current(Round.objects.get()).choices)  # type: ignore[union-attr]
    weights = {one.id: one.weight for one in choices.criteria.criteria}
    assert (choices.total, weights["work"], weights["size"]) == (600, 26, 30)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"total": "mange"}, "Totalen må være et helt tall"),
        ({"total": "0"}, "Totalen må være mellom"),
        ({"mindrearige": "600"}, "må være mellom 0 og totalen"),
        ({"vekt-work": "-3"}, "Vekten må være et tall"),
        (
            {f"vekt-{one}": "0" for one in ("work", "size", "shown-capacity", "balance")},
            "ingenting å fordele",
        ),
    ],
)
@pytest.mark.parametrize("part", [False, True])
def test_what_cannot_be_used_stands_as_typed_with_what_is_wrong(
    ready: Client, fields: dict[str, str], told: str, part: bool
) -> None:
    page = text_of(post(ready, "valg", part=part, **fields), 422)
    assert told in page
    for field, typed in fields.items():
        assert re.search(rf'name="{field}"[^>]*value="{re.escape(typed)}"', page)
    assert Version.objects.count() == 1


def test_alternatives_stand_side_by_side_with_those_that_have_names(ready: Client) -> None:
    assert ready.post(ROOM + "alternativer/", {"sett": 1, "navn": "Slik vi begynte"}).status_code == 302
    post(ready, "valg", **{"vekt-work": "60"})
    page = text_of(ready.get(ROOM + "alternativer/"))
    assert "Slik vi begynte (versjon 1)" in page
    assert "Samme kriterier uten regler" in page
    assert "<svg" in page
    assert "alt «Slik vi begynte»" in text_of(
        ready.post(ROOM + "alternativer/", {"sett": 2, "navn": "Slik vi begynte"}), 422
    )
    assert Alternative.objects.count() == 1


def test_the_version_becomes_the_rounds_recommendation(ready: Client) -> None:
    assert "Gjør versjon 1 til rundens anbefaling" in text_of(ready.get(ROOM))
    assert ready.post(ROOM + "anbefal/", {"sett": 1}).status_code == 302
    assert Round.objects.get().weighed == 1
    page = text_of(ready.get(ROOM))
    assert "Versjon 1 er nå rundens anbefaling." in page
    assert "Denne versjonen er rundens anbefaling" in page
    post(ready, "valg", total="600")
    assert "laget av versjon 1. Valgene er endret siden." in text_of(ready.get(ROOM))


def test_another_total_in_the_round_is_told_and_taken_with_one_press(ready: Client) -> None:
    Round.objects.update(total=270)
    assert "Rundens måltall er 270, men avveiingen fordeler 545." in text_of(ready.get(ROOM))
    post(ready, "valg", til="total:270")
    assert choices_of(Version.objects.get(number=2).choices).total == 270


def test_the_ledger_and_the_criteria_are_those_that_the_command_line_reads(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "80", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    post(ready, "sett", kostnad_vist="80", **typed)
    ledger = ledger_of_text(ready.get(ROOM + "overstyringer.json").content.decode(), "prøve")
    assert [(one.code, one.persons) for one in ledger.entries] == [("4003", 80)]


def test_on_a_wall_there_are_the_numbers_and_few_controls(ready: Client) -> None:
    page = text_of(ready.get(ROOM + "?visning=stor"))
    assert "weighing-wall" in page
    assert "<table" not in page, "rows that grow with the screen"
    assert 'id="vekt-work"' in page
    assert "Skien" in page
    answer = post(ready, "valg", total="600", visning="stor")
    assert answer.headers["Location"].endswith("?visning=stor")
    part = text_of(post(ready, "valg", seen=2, part=True, total="610", visning="stor"))
    assert "wall-numbers" in part


def test_replies_stand_in_the_table_when_there_are_any(ready: Client) -> None:
    assert "Ingen kommune har levert svar" in text_of(ready.get(ROOM))
    delivered(Round.objects.get(), "4003", housing=50, own_wish=40)
    page = text_of(ready.get(ROOM))
    assert "Laveste oppgitte kapasitet" in page
    assert "Eget ønske" in page
    assert re.search(r'id="tall-4003"[^>]*>50<', page)


def test_a_reader_sees_everything_and_changes_nothing(ready: Client) -> None:
    reader = signed_in(person("leser@example.org", READER))
    page = text_of(reader.get(ROOM))
    main = page[page.index("<main") :]
    assert "545 personer er fordelt" in main
    assert "<button" not in main
    assert "rådgiver i fylket" in main
    assert "Sett tallet selv" not in text_of(reader.get(ROOM + "4003/"))
    for tail in ("endre/", "angre/", "anbefal/", "begynn/", "alternativer/"):
        assert reader.post(ROOM + tail, {"sett": 1}).status_code == 403
    for tail in ("kriterier.toml", "overstyringer.json", "regel/"):
        assert reader.get(ROOM + tail).status_code == 403


@pytest.mark.parametrize("held", [CONTACT, PARTNER, OTHER_ADVISER, ADMINISTRATOR])
def test_others_are_told_that_nothing_is_there(ready: Client, held: object) -> None:
    Round.objects.update(shared_with=["4003", "Nav"])
    other = signed_in(person("annen@example.org", held))  # type: ignore[arg-type]
    for tail in ("", "4003/", "versjoner/", "nytt/", "overstyringer.json", "alternativer/", "regel/"):
        assert other.get(ROOM + tail).status_code == 404, tail
    assert other.post(ROOM + "endre/", {"sett": 1}).status_code == 404


def test_what_is_adopted_is_shown_and_cannot_be_changed(ready: Client) -> None:
    Round.objects.update(state="adopted")
    page = text_of(ready.get(ROOM))
    assert "<button" not in page[page.index("<main") :]
    assert "kan ikke endres" in text_of(post(ready, "valg", total="600"), 422)


@pytest.mark.parametrize(
    ("page", "fields", "shown"),
    [
        ("", {"hva": "valg", "vekt-work": "61"}, 'name="vekt-work"[^>]*value="61"'),
        (
            "4003/",
            {"hva": "sett", "kommune": "4003", "begrunnelse": "Lang begrunnelse"},
            ">Lang begrunnelse<",
        ),
        ("regel/", {"hva": "regel-ny", "slag": "cap", "kilde": "Møtet i mai"}, 'value="Møtet i mai"'),
    ],
)
def test_what_is_typed_lives_through_a_session_that_ends(
    ready: Client, page: str, fields: dict[str, str], shown: str
) -> None:
    assert ready.get(ROOM + page).status_code == 200
    ended(ready)
    answer = ready.post(ROOM + "endre/", {"sett": 1, "page": ROOM + page, **fields})
    assert answer.status_code == 302
    assert "/konto/logg-inn/" in answer.headers["Location"]
    back(ready)
    again = text_of(ready.get(ROOM + page))
    assert re.search(shown, again)
    assert "Det er ikke lagret ennå" in again
    assert Version.objects.count() == 1


def test_in_nynorsk_and_english_the_page_is_whole(ready: Client) -> None:
    for locale in ("nn", "en"):
        assert ready.get(ROOM, headers={"Accept-Language": locale}).status_code == 200


def test_the_page_is_about_its_own_round_only(ready: Client) -> None:
    own_round(year=2028, total=100)
    assert "Avveiingen er ikke begynt" in text_of(ready.get("/bosetting/2028/40/avveiing/"))
    assert json.dumps(list(Version.objects.values_list("round__year", flat=True))) == "[2027]"
