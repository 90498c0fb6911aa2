"""The pages about the country, a county and a municipality."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.test import Client

from fotfeste.messages import language
from fotfeste.reports.profiles import Knowledge
from fotfeste.reports.profiles.overviews import by_name
from fotfeste.reports.profiles.values import Place
from fotfeste.statistics.figure import Figure
from fotfeste.web.places.addresses import address_of
from tests.web.places.conftest import Page, Read, lead, links, text

LOCALES = ("nb", "nn", "en")
SAMPLE = (
    "/",
    "/fylke/40/",
    "/fylke/03/",
    "/kommune/4003/",
    "/kommune/0301/",
    "/kommune/1151/",
    "/kommune/5605/",
)


def test_the_municipality_opens_with_its_sentence_and_known_figures(read: Read) -> None:
    page = read("/kommune/4003/")
    assert text(page.xpath("//h1")[0]) == "Skien"
    assert lead(page).startswith("Skien har 56 906 innbyggere, 3,2 % flere enn for fem år siden.")
    assert "I 2025 ble 65 flyktninger bosatt her." in lead(page)
    cards = text(page.xpath("//dl[contains(@class, 'key-figures')]")[0])
    assert "Folketall 56 906" in cards


def test_the_municipality_stands_beside_its_county_the_country_and_those_alike(read: Read) -> None:
    table = read("/kommune/4003/").xpath("//table[contains(@class, 'all-figures')]")[0]
    heads = [text(one) for one in table.xpath(".//thead//th")]
    assert heads[1:] == ["Skien", "Telemark", "Norge", "Lignende: midterste", "Lignende: fra og til"]
    row = table.xpath(".//tr[th/a/@href='/kommune/4003/population/']")[0]
    assert [text(one) for one in row.xpath("./td")][:3] == ["56 906", "177 923", "5 627 400"]


def test_those_alike_are_named_and_it_is_told_what_makes_them_so(read: Read, knowledge: Knowledge) -> None:
    page = read("/kommune/4003/")
    section = page.xpath("//section[@aria-labelledby='lignende']")[0]
    for one in knowledge.alike(knowledge.place("4003")):
        assert section.xpath(f".//a[@href='{address_of(one)}']")
    assert "KOSTRA-gruppe" in text(section)
    assert "Sentralitetsindeks" in text(section)


def test_the_trail_leads_from_the_country_through_the_county(read: Read) -> None:
    trail = read("/kommune/4003/").xpath("//nav[contains(@class, 'ds-breadcrumbs')]")[0]
    assert [(text(one), one.get("href")) for one in trail.xpath(".//a")] == [
        ("Norge", "/"),
        ("Telemark", "/fylke/40/"),
    ]
    assert text(trail.xpath(".//*[@aria-current='page']")[0]) == "Skien"


def test_the_county_lists_its_municipalities_and_its_map_leads_to_them(
    read: Read, knowledge: Knowledge
) -> None:
    page = read("/fylke/40/")
    inside = knowledge.inside(knowledge.place("40"))
    listed = page.xpath("//section[@aria-labelledby='kommuner']//tbody//a/@href")
    assert listed == [address_of(one) for one in by_name(inside)]
    assert listed[:2] == ["/kommune/4012/", "/kommune/4016/"], "Bamble, Drangedal: by name, not by number"
    shapes = page.xpath("//section[@id='kart']//*[local-name()='a'][.//*[local-name()='path']]")
    assert {one.get("href") for one in shapes} == {address_of(one, "settled_per_1000_5y") for one in inside}
    assert all(one.get("aria-label") for one in shapes)


def test_another_indicator_is_chosen_without_any_script(read: Read) -> None:
    page = read("/fylke/40/?indikator=refugee_share")
    form = page.xpath("//form[contains(@class, 'choose')]")[0]
    assert form.get("method") == "get"
    assert form.xpath(".//option[@selected]/@value") == ["refugee_share"]
    assert form.xpath(".//button[@type='submit']")
    assert "/kommune/4003/refugee_share/" in links(page)
    assert page.xpath("//link[@rel='canonical']/@href")[0].endswith("/fylke/40/")


def test_the_part_that_is_fetched_is_the_part_of_the_page(client: Client) -> None:
    part = client.get("/fylke/40/?indikator=refugee_share", headers={"HX-Request": "true"})
    whole = client.get("/fylke/40/?indikator=refugee_share")
    again = client.get(
        "/fylke/40/?indikator=refugee_share",
        headers={"HX-Request": "true", "HX-History-Restore-Request": "true"},
    )
    content = part.content.decode().strip()
    assert content.startswith("<section")
    assert "<html" not in content
    assert content in whole.content.decode()
    assert "<html" in again.content.decode()
    assert {"HX-Request", "HX-History-Restore-Request"} <= set(part.headers["Vary"].split(", "))


def test_an_unknown_choice_shows_the_usual_indicator(read: Read) -> None:
    page = read("/fylke/40/?indikator=%3Cscript%3E")
    assert page.xpath("//option[@selected]/@value") == ["settled_per_1000_5y"]


def test_the_map_of_the_country_comes_later_and_has_a_way_without_script(client: Client, read: Read) -> None:
    page = read("/")
    later = page.xpath("//*[@hx-trigger='revealed']")[0]
    assert not page.xpath("//*[@data-code]")
    image = page.xpath("//noscript//img/@src")[0]
    assert client.get(image).headers["Content-Type"].startswith("image/svg+xml")
    part = read(later.get("hx-get"))
    assert len(set(part.xpath("//@data-code"))) == 357
    assert "/kommune/0301/settled_per_1000_5y/" in part.xpath("//*[local-name()='a']/@href")


def test_the_front_page_tells_what_this_is_and_lists_the_counties(read: Read, knowledge: Knowledge) -> None:
    page = read("/")
    assert "5 627 400" in lead(page)
    assert page.xpath("//form[@action='/sok/' and contains(@class, 'place-search')]")
    listed = page.xpath("//section[@aria-labelledby='fylker']//tbody//a/@href")
    assert listed == [address_of(one) for one in knowledge.counties]


def test_a_hidden_number_is_told_in_words_and_never_shown(read: Read, knowledge: Knowledge) -> None:
    bindal = knowledge.place("1811")
    assert knowledge.figure("settled_1y", bindal).figure.mark == ":"
    page = read("/kommune/1811/")
    row = page.xpath("//tr[th/a/@href='/kommune/1811/settled_1y/']")[0]
    assert text(row.xpath("./td")[0]) == ":skjult fordi tallet er lite"
    assert row.xpath("./td[1]/span[@aria-hidden='true']")
    card = page.xpath("//dl[contains(@class, 'key-figures')]//div[dt/a/@href='/kommune/1811/settled_1y/']")[0]
    assert "skjult fordi tallet er lite" in text(card)
    assert "«:» betyr at tallet er skjult" in text(page)


def test_no_key_figure_is_a_bare_sign(read: Read, knowledge: Knowledge) -> None:
    seen = {
        one.mark: place for place in knowledge.municipalities for one in _asked_and_settled(knowledge, place)
    }
    assert len(seen) >= 3, "hidden, not asked and known are all tried"
    for place in seen.values():
        cards = read(address_of(place)).xpath("//dl[contains(@class, 'key-figures')]//dd/strong")
        assert cards
        assert [text(one) for one in cards if text(one) in (".", ":", "–", "-")] == []


def _asked_and_settled(knowledge: Knowledge, place: Place) -> list[Figure]:
    return [knowledge.figure(name, place).figure for name in ("requested_last", "settled_last", "settled_1y")]


def test_a_missing_number_is_not_zero(read: Read) -> None:
    page = read("/kommune/4003/")
    row = page.xpath("//tr[th/a/@href='/kommune/4003/retention_first_municipality/']")[0]
    assert text(row.xpath("./td")[0]) == ".ikke kjent"


def test_a_number_that_rests_on_few_is_marked_and_explained(read: Read, knowledge: Knowledge) -> None:
    found = next(
        (place, one.id)
        for place in knowledge.municipalities
        for one in knowledge.indicators
        if knowledge.figure(one.id, place).few and knowledge.figure(one.id, place).figure.value is not None
    )
    page = read(address_of(found[0]))
    row = page.xpath(f"//tr[th/a/@href='{address_of(*found)}']")[0]
    assert "usikkert" in text(row.xpath("./td")[0])
    assert "«Usikkert: få personer» betyr" in text(page)
    sure = read("/kommune/4003/").xpath("//tr[th/a/@href='/kommune/4003/population/']/td")[0]
    assert "usikkert" not in text(sure)


def test_every_figure_has_its_source(read: Read, knowledge: Knowledge) -> None:
    page = read("/kommune/4003/")
    sources = text(page.xpath("//section[@aria-labelledby='kilder']")[0])
    for one in {source for name in knowledge.indicator_ids for source in knowledge.sources(name)}:
        assert one.agency in sources
        assert one.table in sources
    assert "Lisens: CC BY 4.0." in sources
    assert "hentet 22. august 2026" in sources


def test_every_page_leads_to_the_same_as_data(client: Client, read: Read) -> None:
    for address in (
        "/",
        "/fylke/40/",
        "/kommune/4003/",
        "/kommune/4003/refugee_share/",
        "/sammenlign/?sted=4003",
    ):
        found = [one for one in links(read(address)) if one.startswith("/api/v1/")]
        assert found, address
        for one in found:
            assert client.get(one).headers["Content-Type"].startswith("application/json"), one


def test_everything_offered_for_download_is_there(client: Client, read: Read) -> None:
    for address in ("/", "/fylke/40/", "/kommune/4003/", "/sammenlign/?sted=4003&sted=40"):
        offered = read(address).xpath("//a[@download]/@href")
        assert len(offered) >= 5
        for one in offered:
            answer = client.get(one)
            assert answer.status_code == 200, one
            assert answer.headers["Content-Disposition"], one


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("address", SAMPLE)
def test_pages_are_whole_in_every_language(read: Read, address: str, locale: str) -> None:
    _is_well_made(read(address, locale), locale)


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
def test_every_place_has_its_page_in_every_language(read: Read, knowledge: Knowledge, locale: str) -> None:
    assert len(knowledge.places) == 357 + 15 + 1
    for place in knowledge.places.values():
        _is_well_made(read(address_of(place), locale), locale)


def test_every_tenth_place_has_its_page(read: Read, knowledge: Knowledge) -> None:
    for place in list(knowledge.places.values())[::10]:
        page = read(address_of(place))
        assert place.called(language("nb")) in text(page.xpath("//h1")[0])


def _is_well_made(page: Page, locale: str) -> None:
    assert page.get("lang") == locale
    assert text(page.xpath("//title")[0]).endswith("Fotfeste")
    assert len(page.xpath("//meta[@name='description']/@content")[0]) > 20
    assert len(page.xpath("//h1")) == 1
    assert lead(page)
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    for table in page.xpath("//table"):
        assert table.xpath("./caption")
        assert all(one.get("scope") for one in table.xpath(".//th"))
        width = len(table.xpath("./thead/tr/th"))
        for row in table.xpath("./tbody/tr|./tfoot/tr"):
            assert sum(int(one.get("colspan", 1)) for one in row) == width
    for region in page.xpath("//*[@role='region']"):
        assert region.get("tabindex") == "0"
        assert region.get("aria-label") or page.xpath(f"//*[@id='{region.get('aria-labelledby')}']")
    assert not page.xpath("//@style")
    assert not page.xpath("//style")
    assert not page.xpath("//script[not(@src)]")
    assert not [one for one in page.xpath("//@*") if getattr(one, "attrname", "").startswith("on")]
    assert not re.search(r"\{[a-z_]+\}", text(page)), "a field was not filled in"
    for image in page.xpath("//*[local-name()='svg']"):
        assert image.get("aria-label")


def test_signs_at_the_key_figures_are_explained_right_under_them(read: Read) -> None:
    under = "//dl[@class='key-figures']/following-sibling::p[1]"
    assert "«*» betyr" in text(read("/kommune/4003/").xpath(under)[0])
    assert "«Usikkert» betyr" in text(read("/kommune/1151/").xpath(under)[0])
    assert "«*»" not in text(read("/").xpath(under)[0]) or "*" in text(read("/").xpath("//dl")[0])


def test_a_former_number_is_told_after_the_heading(read: Read) -> None:
    page = read("/kommune/4003/?fra=0806")
    told = page.xpath("//h1/following::*[contains(@class, 'message')]")[0]
    assert text(told) == "0806 er nå Skien (4003)."


def test_the_window_and_the_heading_of_what_was_divided_say_the_same(read: Read) -> None:
    page = read("/fylke/38/", status=404)
    assert text(page.xpath("//title")[0]) == f"{text(page.xpath('//h1')[0])} – Fotfeste"


def test_a_map_of_numbers_of_persons_says_that_large_places_are_dark(read: Read) -> None:
    page = read("/kommune/4003/settled_1y/")
    assert "store kommuner blir mørke" in text(page)
    assert "/kommune/4003/settled_per_1000_1y/" in links(page)
    assert "blir mørke" in text(read("/fylke/40/?indikator=population"))
    assert "blir mørke" not in text(read("/kommune/4003/settled_per_1000_1y/"))


def test_the_words_of_the_key_figures_can_be_opened(read: Read) -> None:
    for address in ("/kommune/4003/", "/fylke/40/", "/kommune/4003/settled_1y/"):
        terms = [text(one) for one in read(address).xpath("//main//button[@data-term]")]
        assert {"anmodning", "vedtak om bosetting", "bosetting"} <= set(terms)
        assert len(terms) == len(set(terms)), "each once on a page"
