"""The pages of a round: what is recommended, why, for whom it is open, and that it can be computed anew."""

from __future__ import annotations

import html
import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from fotfeste.messages import language
from fotfeste.settlement.bundle import bundle_of_text
from fotfeste.settlement.shown import TENTHS, shown_explanation
from fotfeste.settlement.verify import verify
from fotfeste.web.jobs.models import Job
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import ensure_example
from tests.web.people.persons import ADMINISTRATOR, ADVISER, CONTACT, OTHER_ADVISER, PARTNER, READER
from tests.web.rounds.conftest import MADE_FROM, client_of, own_round, telemark, telemark_bundle

pytestmark = pytest.mark.django_db
EXAMPLE = "/bosetting/2027/eksempel-40/"


def text_of(client: Client, address: str, **more: object) -> str:
    answer = client.get(address, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def test_the_example_is_made_once_and_its_recommendation_ordered_once() -> None:
    assert ensure_example().pk == ensure_example().pk
    assert Round.objects.count() == 1
    assert list(Job.objects.values_list("kind", "arguments__round")) == [
        ("round.calculate", Round.objects.get().pk)
    ]


def test_a_recommendation_that_stands_is_never_written_over(example: Round) -> None:
    from fotfeste.web.rounds.services import keep_recommendation

    keep_recommendation(example.pk, "{}", "annen", MADE_FROM)
    assert Round.objects.get(pk=example.pk).bundle_checksum == telemark()[1]


def test_the_example_is_open_to_all_and_says_that_it_is_one(client: Client, example: Round) -> None:
    page = text_of(client, EXAMPLE)
    assert re.search(r'class="ds-tag"[^>]*>Eksempel<', page)
    assert "fylkeskommune anbefaler" not in page, "nobody recommends an example"
    assert "Telemark fylkeskommune" not in page, "an example never speaks in the name of a county that is"


def test_the_page_opens_with_the_answer_and_then_says_once_that_it_is_an_example(
    client: Client, example: Round
) -> None:
    main = text_of(client, EXAMPLE).partition("<h1")[2]
    after_heading = main.partition("</h1>")[2].strip()
    assert after_heading.startswith(
        '<p class="ds-paragraph lead">Anbefalingen er at de 17 kommunene i Telemark bosetter 545 flyktninger i 2027.</p>'
    )
    assert main.index("lead") < main.index(">Eksempel<") < main.index("key-figures")
    assert main.count("ingen har bestilt eller vedtatt") == 1
    assert "velge sine egne før" not in main, "the draft's warning would say the same again"


def test_a_countys_own_round_is_recommended_by_the_county_and_warned_of_as_a_draft() -> None:
    own_round()
    page = text_of(client_of(ADVISER), "/bosetting/2027/40/")
    assert "Telemark fylkeskommune anbefaler at de 17 kommunene" in page
    assert "velge sine egne før" in page


def test_the_total_stands_beside_what_the_same_municipalities_were_asked_for(
    client: Client, example: Round
) -> None:
    page = text_of(client, EXAMPLE)
    numbers = telemark_bundle().outcome.numbers
    now = sum(numbers.values()) - sum(numbers[code] for code in ("4010", "4018", "4028"))
    assert f"i 2026 ba IMDi 14 av kommunene om 559; de anbefales nå {now}" in page
    assert "14 færre enn IMDi" not in page


def test_every_number_on_the_page_is_the_librarys_own(client: Client, example: Round) -> None:
    page = text_of(client, EXAMPLE)
    numbers = telemark_bundle().outcome.numbers
    assert len(numbers) == 17
    for code, number in numbers.items():
        row = rf'href="{EXAMPLE}{code}/">[^<]+</a></th><td class="number">{number}</td>'
        assert re.search(row, page), code


@pytest.mark.parametrize("code", ["4003", "4001", "4032"])
def test_each_number_opens_and_its_parts_are_the_librarys_own(
    client: Client, example: Round, code: str
) -> None:
    from fotfeste.settlement.engines import engine

    page = text_of(client, f"{EXAMPLE}{code}/")
    bundle = telemark_bundle()
    found = engine(bundle.engine)(bundle.prepared)
    one = next(place for place in found.municipalities if place.code == code)
    shown = shown_explanation(one, TENTHS)
    words = language("nb")
    assert sum(row.persons for row in shown.rows) == one.recommended
    for row in shown.rows:
        if row.kind in ("criterion", "rounding"):
            assert f'<td class="number">{words.number(row.persons, 1)}</td>' in page
    assert f'href="/kommune/{code}/"' in page


def test_a_municipality_elsewhere_is_not_in_the_round(client: Client, example: Round) -> None:
    assert client.get(f"{EXAMPLE}0301/").status_code == 404


def test_the_address_of_the_year_leads_to_the_one_round_there_is(client: Client, example: Round) -> None:
    answer = client.get("/bosetting/2027/")
    assert (answer.status_code, answer.headers["Location"]) == (302, EXAMPLE)


def test_the_address_of_the_year_shows_them_all_when_there_are_more(example: Round) -> None:
    own_round()
    page = text_of(client_of(ADVISER), "/bosetting/2027/")
    assert EXAMPLE in page
    assert "/bosetting/2027/40/" in page
    assert "Bosetting i 2027" in page


def test_the_list_shows_what_the_reader_may_see_and_no_more(client: Client, example: Round) -> None:
    own_round()
    assert "Vår egen runde" in text_of(client_of(ADVISER), "/bosetting/")
    assert "Vår egen runde" not in text_of(client, "/bosetting/")
    assert "Vår egen runde" not in text_of(client_of(OTHER_ADVISER, address="o@example.org"), "/bosetting/")


def test_a_year_without_rounds_teaches_what_belongs_there(client: Client) -> None:
    page = text_of(client, "/bosetting/2031/")
    assert "Ingen runder for dette året er åpne for deg" in page
    assert 'href="/bosetting/"' in page


@pytest.mark.parametrize(
    ("held", "status"),
    [
        (ADVISER, 200),
        (READER, 200),
        (OTHER_ADVISER, 404),
        (ADMINISTRATOR, 404),
        (CONTACT, 404),
        (PARTNER, 404),
    ],
)
def test_a_countys_own_round_is_for_those_of_the_county(held: object, status: int) -> None:
    own_round()
    assert client_of(held).get("/bosetting/2027/40/").status_code == status  # type: ignore[arg-type]


@pytest.mark.parametrize(("held", "shared"), [(CONTACT, "4003"), (PARTNER, "Nav")])
def test_a_round_that_is_shared_is_seen_by_those_it_is_shared_with(held: object, shared: str) -> None:
    own_round(shared=(shared,))
    assert client_of(held).get("/bosetting/2027/40/").status_code == 200  # type: ignore[arg-type]


def test_whoever_is_not_signed_in_is_not_told_which_rounds_there_are(client: Client) -> None:
    own_round()
    for address in ("/bosetting/2027/40/", "/bosetting/2027/42/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/konto/")


def test_the_bundle_is_given_byte_for_byte_and_can_be_recomputed(client: Client, example: Round) -> None:
    answer = client.get(f"{EXAMPLE}pakke.json")
    assert answer.content == telemark()[0].encode()
    assert verify(bundle_of_text(answer.content.decode(), "hentet")).same
    assert json.loads(answer.content)["sha256"] in text_of(client, f"{EXAMPLE}kontroll/")


def test_the_map_and_the_tables_can_be_taken_along(client: Client, example: Round) -> None:
    import openpyxl

    page = text_of(client, EXAMPLE)
    for name, start in (("kart.svg", b"<svg"), ("kart.png", b"\x89PNG"), ("tabeller.xlsx", b"PK")):
        assert f'href="{EXAMPLE}{name}"' in page
        answer = client.get(EXAMPLE + name)
        assert answer.content.startswith(start)
        assert "attachment" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{EXAMPLE}tabeller.xlsx").content))
    rows = {row[0].value: row[2].value for row in book.worksheets[0].iter_rows() if row[0].value}
    assert (rows["Skien"], rows["Fyresdal"]) == (123, 10)
    assert client.get(f"{EXAMPLE}annet.svg").status_code == 404


def test_the_map_tells_where_its_numbers_come_from_on_the_page_and_in_its_files(
    client: Client, example: Round
) -> None:
    page = text_of(client, EXAMPLE)
    figure = page.partition('<figure class="picture-block">')[2].partition("</figure>")[0]
    source = re.search(r">(Kilde: [^<]+)<", figure)
    assert source
    assert "07459" in source[1]
    assert "IMDi" in source[1]
    assert source[1].endswith("Kommunegrenser: Kartverket (CC BY 4.0)")
    drawn = ElementTree.fromstring(client.get(f"{EXAMPLE}kart.svg").content)
    written = " ".join(one.text or "" for one in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert written.startswith("Anbefalt bosetting i Telemark i 2027 (eksempel)")
    assert source[1] in written
    assert "ingen har bestilt eller vedtatt tallene" in written


def test_each_municipality_on_the_map_leads_to_its_number(client: Client, example: Round) -> None:
    page = text_of(client, EXAMPLE)
    for code in telemark_bundle().outcome.numbers:
        assert f'<a href="{EXAMPLE}{code}/" aria-label="' in page
    assert page.index(">Hopp over kartet</a>") < page.index(f'<a href="{EXAMPLE}4003/" aria-label="')


def test_readers_see_a_round_but_do_not_take_it_with_them() -> None:
    own_round()
    reader = client_of(READER)
    assert reader.get("/bosetting/2027/40/pakke.json").status_code == 403
    page = text_of(reader, "/bosetting/2027/40/")
    assert "/bosetting/2027/40/dokumenter/" not in page
    assert "pakke.json" not in page
    assert "pakke.json" in text_of(client_of(ADVISER, address="a@example.org"), "/bosetting/2027/40/")


def test_a_round_without_its_recommendation_tells_how_far_it_has_come(client: Client) -> None:
    ensure_example()
    page = text_of(client, EXAMPLE)
    assert "Venter på tur" in page
    assert 'hx-trigger="every 1s"' in page
    assert ">Oppdater</a>" in page, "and without scripts there is a link"
    part = client.get(EXAMPLE, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert b"<html" not in part.content
    for rest in ("4003/", "alternativer/", "kontroll/", "dokumenter/"):
        assert client.get(EXAMPLE + rest).headers["Location"] == EXAMPLE
    assert client.get(f"{EXAMPLE}pakke.json").status_code == 404


def test_the_alternatives_stand_beside_the_recommendation(client: Client, example: Round) -> None:
    page = text_of(client, f"{EXAMPLE}alternativer/")
    assert "Tallet i hver kommune under hvert alternativ" in page


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_pages_are_in_the_readers_language(client: Client, example: Round, locale: str) -> None:
    client.cookies["fotfeste_language"] = locale
    page = text_of(client, EXAMPLE)
    assert f'lang="{locale}"' in page
    named = {"nb": "Anbefalt 2027", "nn": "Tilrådd 2027", "en": "Recommended 2027"}[locale]
    assert named in page


def test_the_pages_are_light_and_hold_nothing_that_the_policy_forbids(client: Client, example: Round) -> None:
    for rest in ("", "4003/", "alternativer/", "kontroll/", "dokumenter/"):
        page = client.get(EXAMPLE + rest).content.decode()
        assert len(page) < 200_000
        assert not re.search(r"<[^>]+\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", page)
