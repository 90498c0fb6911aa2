"""The room of a weighing: what it shows, that it works without script, and what two advisers see of each other."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fotfeste.settlement.ledger_file import ledger_of_text
from fotfeste.web.people.services import actor_for
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Alternative, Version
from fotfeste.web.weighing.recommending import recommendation_of
from tests.web.people.persons import ADMINISTRATOR, CONTACT, OTHER_ADVISER, PARTNER, READER, person, signed_in
from tests.web.weighing.conftest import PARTLY, ROOM, adviser, delivered, own_round
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
    assert re.search(r"\d+ (flere|færre|mer|mindre)", page)
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


def test_another_adviser_is_seen_and_their_change_stays_beneath(ready: Client) -> None:
    services.change(actor_for(adviser(9)), Round.objects.get(), _total(600), 1)
    news = text_of(ready.get(ROOM + "nytt/?sett=1", headers=PARTLY))
    assert "en annen rådgiver i fylket" in news
    assert "Totalen er endret fra 545 til 600." in news
    assert "Navnesen" not in news
    part = text_of(post(ready, "valg", part=True, **{"vekt-work": "60"}))
    assert "gjort oppå det andre har endret" in part
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


def test_a_number_opens_in_its_row_and_on_a_page_of_its_own(ready: Client) -> None:
    part = text_of(ready.get(ROOM + "4003/", headers=PARTLY))
    page = text_of(ready.get(ROOM + "4003/"))
    assert "<html" not in part
    assert "<html" in page
    for one in (part, page):
        assert re.search(r"Skien: \d+ personer\. Mest fordi", one)
        assert "Muligheter for arbeid" in one
        assert "Sett tallet selv" in one
    assert ready.get(ROOM + "5001/").status_code == 404


def test_the_cost_is_shown_before_a_number_is_set(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "80", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    page = text_of(post(ready, "sett", **typed))
    assert "Settes Skien til 80:" in page
    assert re.search(r"Flere til Porsgrunn \(\+\d+\)", page)
    assert Version.objects.count() == 1, "nothing is set before the cost is seen"
    assert "Få boliger" in page
    shown = re.search(r'name="kostnad_vist" value="(\d+)"', page)
    assert shown
    assert shown[1] == "80"
    assert post(ready, "sett", kostnad_vist="80", **typed).status_code == 302
    choices = choices_of(Version.objects.get(number=2).choices)
    entry = choices.ledger.entries[0]
    assert (entry.code, entry.persons, entry.role, entry.reason) == ("4003", 80, "rådgiver", "Få boliger")
    assert entry.name == "Navnesen Prøve3"
    page = text_of(ready.get(ROOM))
    assert "Skien er satt til 80 av rådgiver. Begrunnelse: Få boliger." in page
    assert "Navnesen" in page
    main = page[page.index("<main") :]
    assert "Navnesen" not in main


def test_the_cost_stays_beside_a_form_that_is_refused_for_something_else(ready: Client) -> None:
    typed = {
        "kommune": "4003",
        "personer": "80",
        "begrunnelse": "",
        "rolle": "rådgiver",
        "kostnad_vist": "80",
    }
    for part in (False, True):
        page = text_of(post(ready, "sett", part=part, **typed), 422)
        assert "Begrunnelse og rolle må fylles ut" in page
        assert "Settes Skien til 80:" in page
        assert 'name="kostnad_vist" value="80"' in page
        assert "Sett tallet til 80" in page
    assert post(ready, "sett", **(typed | {"begrunnelse": "Få boliger"})).status_code == 302


def test_what_is_wrong_with_a_number_is_told_once(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "900", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    page = text_of(post(ready, "sett", kostnad_vist="900", **typed), 422)
    assert page.count("Tallet må være mellom 0 og totalen") == 1


def test_the_cost_is_that_of_the_number_in_the_field_and_not_of_one_typed_before(ready: Client) -> None:
    assert ready.get(ROOM + "4003/").status_code == 200
    ended(ready)
    ready.post(ROOM + "endre/", {"sett": 1, "page": ROOM + "4003/", "hva": "sett", "personer": "70"})
    back(ready)
    part = text_of(ready.get(ROOM + "4003/?del=kostnad&personer=80", headers=PARTLY))
    assert "Settes Skien til 80:" in part
    assert "<form" not in part


def test_a_cost_that_was_shown_for_another_number_does_not_count(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "81", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    assert "Settes Skien til 81:" in text_of(post(ready, "sett", kostnad_vist="80", **typed))
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"personer": "mange"}, "Tallet må være et helt tall"),
        ({"begrunnelse": ""}, "Begrunnelse og rolle må fylles ut"),
        ({"rolle": " "}, "Begrunnelse og rolle må fylles ut"),
        ({"begrunnelse": "Navnesen Prøve3 mener det"}, "Navnet står i begrunnelsen"),
        ({"personer": "900", "kostnad_vist": "900"}, "mellom 0 og totalen"),
    ],
)
def test_an_override_that_cannot_stand_is_shown_again_with_what_was_typed(
    ready: Client, fields: dict[str, str], told: str
) -> None:
    typed = {
        "kommune": "4003", "personer": "80", "begrunnelse": "Få boliger", "rolle": "rådgiver",
        "kostnad_vist": "80", **fields,
    }  # fmt: skip
    answer = post(ready, "sett", part=True, **typed)
    assert told in text_of(answer, 422)
    assert answer.headers["HX-Retarget"] == "#forklaring-4003"
    assert Version.objects.count() == 1


def test_a_number_that_is_set_can_be_taken_back(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "80", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    post(ready, "sett", kostnad_vist="80", **typed)
    assert "Trekk tilbake" in text_of(ready.get(ROOM + "4003/"))
    post(ready, "trekk", seen=2, kommune="4003", begrunnelse="Boligene kom", rolle="rådgiver")
    assert not choices_of(Version.objects.get(number=3).choices).overrides


def test_rules_are_added_changed_and_taken_away(ready: Client) -> None:
    assert "Ny regel" in text_of(ready.get(ROOM + "regel/"))
    form = text_of(ready.get(ROOM + "regel/?slag=cap&kommune=4003&personer=70"))
    assert re.search(r'value="4003"[^>]*checked', form)
    assert 'value="70"' in form
    rule = {
        "slag": "cap",
        "personer": "70",
        "kommuner": ["4003"],
        "grunn": "Skolen er full",
        "kilde": "Møtet",
    }
    assert post(ready, "regel-ny", **rule).status_code == 302
    page = text_of(ready.get(ROOM))
    assert "Høyst 70 personer (Skien)." in page
    assert "Skolen er full" in page
    place = len(choices_of(Version.objects.get(number=2).choices).criteria.rules) - 1
    assert 'value="70"' in text_of(ready.get(ROOM + f"regel/?nr={place}"))
    post(ready, "regel-endre", seen=2, nr=place, **(rule | {"personer": "75"}))
    assert "Høyst 75 personer (Skien)." in text_of(ready.get(ROOM))
    post(ready, "regel-bort", seen=3, nr=place)
    assert "Høyst 75" not in text_of(ready.get(ROOM)).partition("<h3")[2]


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"slag": "lock", "personer": "40", "kilde": "Møtet", "grunn": "x"}, "Kommuner"),
        ({"slag": "cap", "kilde": "Møtet"}, "Tallet på personer mangler"),
        ({"slag": "max_change", "kilde": "Møtet"}, "Oppgi enten et tall"),
        ({"slag": "cap", "personer": "10", "kilde": ""}, "Hvor kommer regelen fra"),
        (
            {
                "slag": "transfer",
                "fra": "4003",
                "til_kommune": "4003",
                "personer": "3",
                "grunn": "x",
                "kilde": "y",
            },
            "til en annen kommune",
        ),
    ],
)
def test_a_rule_that_is_wrong_is_told_by_its_field(
    ready: Client, fields: dict[str, str], told: str, part: bool
) -> None:
    answer = post(ready, "regel-ny", part=part, **fields)
    page = text_of(answer, 422)
    assert "Dette må rettes" in page
    assert told in page
    assert ("HX-Retarget" in answer.headers) is part
    assert Version.objects.count() == 1


def test_a_conflict_names_the_rules_and_a_way_out_is_one_press(ready: Client) -> None:
    post(ready, "regel-ny", slag="floor", personer="60", kilde="Møtet")
    page = text_of(ready.get(ROOM))
    assert "Valgene lar seg ikke forene" in page
    assert "Dette står mot hverandre" in page
    assert "Minstetall" in page
    assert "Hev totalen fra 545 til 1 020." in page.replace("\u00a0", " ")
    post(ready, "vei", seen=2, nr="0")
    assert "personer er fordelt på 17 kommuner" in text_of(ready.get(ROOM))
    assert Version.objects.count() == 3


def test_a_way_out_that_somebody_must_stand_for_leads_to_the_form_of_that_number(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "545", "begrunnelse": "Prøve", "rolle": "rådgiver"}
    post(ready, "sett", kostnad_vist="545", **typed)
    post(ready, "regel-ny", seen=2, slag="floor", personer="10", kommuner=["4001"], kilde="Møtet")
    page = text_of(ready.get(ROOM))
    assert re.search(rf'href="{ROOM}4003/(\?personer=\d+)?"[^>]*>Gjør dette', page)
    version = services.current(Round.objects.get())
    weighed = recommendation_of(Round.objects.get(), version)  # type: ignore[arg-type]
    place = next(number for number, way in enumerate(weighed.ways) if way.asks)
    before = Version.objects.count()
    post(ready, "vei", seen=before, nr=str(place))
    assert Version.objects.count() == before, "nobody is made to stand for a number without a reason"


def test_criteria_are_changed_to_shipped_ones_and_to_a_file(ready: Client) -> None:
    from fotfeste.settlement.criteria_file import shipped_criteria

    own = choices_of(Version.objects.get().choices).criteria.origin
    other = next(one for one in shipped_criteria() if one != own)
    post(ready, "kriterier", kriterier=other)
    assert choices_of(Version.objects.get(number=2).choices).criteria.origin == other
    handed_out = ready.get(ROOM + "kriterier.toml")
    assert tomllib.loads(handed_out.content.decode())["schema"]
    again = SimpleUploadedFile("fylkets.toml", handed_out.content)
    assert post(ready, "kriterier", seen=2, fil=again).status_code == 302
    assert choices_of(services.current(Round.objects.get()).choices).criteria.origin == "fylkets.toml"  # type: ignore[union-attr]


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
    assert "<table" not in page
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
