"""The page of one number, and that of the alternatives: the answer first, then what holds it, then how it came about."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from django.test import Client

from fotfeste.files import write_whole
from fotfeste.reports.documents.reason import reason_in_words
from fotfeste.settlement.alternatives import Comparison, default_alternatives
from fotfeste.settlement.bundle import Bundle, bundle_as_text, bundle_of
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.discuss import discuss
from fotfeste.settlement.prepare import prepare
from fotfeste.web.rounds import archives, papers, showing
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import ensure_example, keep_recommendation
from tests.web.people.persons import READER
from tests.web.rounds.conftest import MADE_FROM, client_of, own_round
from tests.web.rounds.test_papers import archive

pytestmark = pytest.mark.django_db
EXAMPLE = "/bosetting/2027/eksempel-40/"


@cache
def discussed_bundle() -> tuple[str, Bundle]:
    """The example as its own work makes it: with all the other criteria and past practice beside it."""
    prepared = prepare("40", 2027, 545, beside=default_alternatives("standard-2027"), past=True)
    bundle = bundle_of(prepared, calculate(prepared), date(2026, 11, 21), "0.1.0")
    return bundle_as_text(bundle), bundle


@pytest.fixture
def discussed(db: None) -> Comparison:
    """The example with alternatives, and what the library says of them."""
    text, bundle = discussed_bundle()
    keep_recommendation(ensure_example().pk, text, bundle.checksum, MADE_FROM)
    made = discuss(bundle.prepared, calculate(bundle.prepared), drawn=False).comparison
    assert made is not None
    return made


def main_of(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "nb"})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0])


@pytest.mark.parametrize("code", ["4003", "4001", "4032"])
def test_the_page_opens_with_the_number_and_the_reason(client: Client, example: Round, code: str) -> None:
    main = main_of(client, f"{EXAMPLE}{code}/")
    basis = showing._basis(example.pk, example.bundle_checksum, "nb", True)
    one = next(place for place in basis.results if place.code == code)
    assert f">{one.name}: anbefalt bosetting i 2027</h1>" in main
    lead = re.search(r'</h1>\s*<p class="ds-paragraph lead">([^<]+)</p>', main)
    assert lead is not None
    assert lead.group(1) == reason_in_words(one, basis)
    assert lead.group(1).startswith(f"{one.name}: {one.recommended} personer. ")
    assert main.index("lead") < main.index("Ingen regel endrer tallet.") < main.index('id="regnet"')
    assert main.index('id="regnet"') < main.index("<svg") < main.index("<table") < main.index('id="kilder"')


@pytest.mark.parametrize("code", ["4003", "4001", "4032"])
def test_the_range_is_that_of_the_alternatives_and_holds_the_number(
    client: Client, discussed: Comparison, code: str
) -> None:
    main = main_of(client, f"{EXAMPLE}{code}/")
    said = re.search(r"Mellom (\d+) og (\d+) i anbefalingen og de (\d+) alternativene", main)
    assert said is not None
    low, high, count = (int(part) for part in said.groups())
    assert (low, high) == discussed.spans[code]
    assert count == len(discussed.counted) - 1 == 9
    assert low <= discussed.chosen.numbers[code] <= high


def test_the_number_is_said_to_be_the_same_where_no_alternative_changes_it(
    client: Client, example: Round
) -> None:
    assert "Tallet er det samme i alle de 2 alternativene." in main_of(client, f"{EXAMPLE}4003/")


def test_the_letter_is_offered_once_it_is_made_and_to_those_who_may_take_it(
    client: Client, example: Round
) -> None:
    assert "Brevet til kommunen" not in main_of(client, f"{EXAMPLE}4003/")
    path = archives.documents_path(example, "nb")
    write_whole(path, archive())
    assert f'href="{EXAMPLE}dokumenter/nb/brev/4003-skien.pdf"' in main_of(client, f"{EXAMPLE}4003/")
    assert client.get(f"{EXAMPLE}dokumenter/nb/brev/4003-skien.pdf").status_code == 200
    assert "Brevet til kommunen" not in main_of(client, f"{EXAMPLE}4001/"), (
        "the archive holds no letter to it"
    )
    assert papers.letter_in(path, 2027, "400") is None
    own = own_round()
    write_whole(archives.documents_path(own, "nb"), archive())
    assert "Brevet til kommunen" not in main_of(client_of(READER), "/bosetting/2027/40/4003/")


def test_the_alternatives_open_with_how_much_the_choice_means_then_the_picture(
    client: Client, discussed: Comparison
) -> None:
    main = main_of(client, f"{EXAMPLE}alternativer/")
    assert ">Alternativer til anbefalingen i 2027</h1>" in main
    lead = re.search(r'</h1>\s*<p class="ds-paragraph lead">([^<]+)</p>', main)
    assert lead is not None
    most = max(discussed.from_chosen(one) for one in discussed.counted)
    assert lead.group(1).startswith(f"Høyst {most} av 545 personer får en annen kommune enn i anbefalingen (")
    code = max(discussed.spans, key=lambda code: discussed.spans[code][1] - discussed.spans[code][0])
    low, high = discussed.spans[code]
    assert f"Mest svinger det i {discussed.names[code]} ({low}–{high})" in lead.group(1)
    assert main.index("<svg") < main.index("<table")
    table = main[main.index("<table") : main.index("</table>")].replace("\u00a0", " ")
    assert "Fordeler etter" in table
    assert "Metode" not in table
    assert "Folketall (35 %)" in table
    assert "Det kommunene er bedt om de siste årene" in table
