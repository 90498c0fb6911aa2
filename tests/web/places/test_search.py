"""Search by name and number, and addresses that are nearly right."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.places.conftest import Read, links, text

HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "Skien\x00",
    "a" * 5000,
    "🦊🦊",
    "\u202eneikS",
    "'; DROP TABLE people_user; --",
    "{{ 7|add:7 }}{count}",
    "../../etc/passwd",
    "%s%n\r\nSet-Cookie: a=b",
)


@pytest.mark.parametrize("asked", ["skien", "Skien", "SKIEN kommune", "4003", "skein"[:0] + "skien"])
def test_a_single_hit_is_gone_straight_to(client: Client, asked: str) -> None:
    answer = client.get("/sok/", {"q": asked})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kommune/4003/")


def test_a_former_number_leads_to_todays_with_an_explanation(client: Client, read: Read) -> None:
    answer = client.get("/sok/", {"q": "0806"})
    assert answer.headers["Location"] == "/kommune/4003/?fra=0806"
    told = read("/kommune/4003/?fra=0806").xpath("//*[@role='status' and contains(@class, 'ds-alert')]")
    assert "0806" in text(told[0])
    assert not read("/kommune/4003/").xpath("//main//*[contains(@class, 'ds-alert')]")
    assert not read("/kommune/4003/?fra=9999").xpath("//main//*[contains(@class, 'ds-alert')]")
    assert not read("/kommune/4003/?fra=<b>x</b>").xpath("//main//*[contains(@class, 'ds-alert')]")


def test_a_former_name_leads_to_todays(client: Client) -> None:
    answer = client.get("/sok/", {"q": "Sauherad"})
    assert answer.headers["Location"] == "/kommune/4020/?fra=Sauherad"


def test_several_hits_are_listed_with_what_tells_them_apart(read: Read) -> None:
    page = read("/sok/?q=våler")
    assert {"/kommune/3114/", "/kommune/3419/"} <= set(links(page))
    assert "Våler (kommune i Østfold)" in text(page)


def test_indicators_are_found_too(read: Read) -> None:
    assert "/indikator/unemployment_share_2022/" in links(read("/sok/?q=helt ledige"))


def test_no_hit_teaches_what_to_try(read: Read) -> None:
    page = read("/sok/?q=xyzzyxyzzy")
    assert "Prøv de første bokstavene" in text(page)
    assert page.xpath("//input[@id='stedsok']/@value") == ["xyzzyxyzzy"]
    assert "/fylke/40/" in links(page)


def test_suggestions_are_options_of_a_list(client: Client, read: Read) -> None:
    found = read("/sok/forslag/?q=sk")
    assert found.get("role") == "listbox"
    options = found.xpath(".//li")
    assert 2 <= len(options) <= 8
    assert all(one.get("role") == "option" and one.get("data-address").startswith("/") for one in options)
    assert "/kommune/4003/" in found.xpath(".//@data-address")
    assert "<li" not in client.get("/sok/forslag/").content.decode()


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_queries_are_shown_as_text_or_not_at_all(client: Client, asked: str) -> None:
    for address, name in (("/sok/", "q"), ("/sok/forslag/", "q"), ("/sammenlign/", "sted"), ("/sammenlign/", "indikator"), ("/kommune/4003/", "fra"), ("/fylke/40/", "indikator")):  # fmt: skip
        answer = client.get(address, {name: asked})
        assert answer.status_code in (200, 302, 400), (address, answer.status_code)
        body = answer.content.decode()
        assert "<script>alert" not in body
        assert 'onmouseover="' not in body
        assert "\x00" not in body
        assert "Set-Cookie" not in answer.headers
        assert len(body) < 200_000


@pytest.mark.parametrize(
    "code", ["%3Cscript%3E", "4003%00", "%F0%9F%A6%8A", "..%2F..", "9" * 300, "٤٠٠٣", "{count}"]
)
def test_hostile_codes_are_nowhere(client: Client, code: str) -> None:
    for address in (
        f"/kommune/{code}/",
        f"/fylke/{code}/",
        f"/kommune/{code}/population/",
        f"/kommune/{code}/tabell.csv",
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "<script>" not in answer.content.decode()


def test_a_wrong_number_suggests_those_near(read: Read) -> None:
    page = read("/kommune/4004/", status=404)
    assert "/kommune/4003/" in links(page)
    assert page.xpath("//meta[@name='robots' and @content='noindex']")


def test_a_former_number_in_the_address_moves_for_good(client: Client) -> None:
    for address, leads in (
        ("/kommune/0806/", "/kommune/4003/?fra=0806"),
        ("/kommune/0806/population/", "/kommune/4003/population/?fra=0806"),
        ("/kommune/0806/tabell.csv", "/kommune/4003/tabell.csv"),
        ("/kommune/0806/population/kart.svg", "/kommune/4003/population/kart.svg"),
        ("/fylke/08/", "/fylke/40/?fra=08"),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (301, leads)
        assert "immutable" not in answer.headers["Cache-Control"]


def test_a_place_that_was_divided_leads_to_all_its_parts(read: Read) -> None:
    page = read("/kommune/1507/", status=404)
    assert {"/kommune/1508/", "/kommune/1580/"} <= set(links(page))
    assert {"/fylke/39/", "/fylke/40/"} <= set(links(read("/fylke/38/", status=404)))


def test_a_name_and_the_wrong_kind_lead_on(client: Client) -> None:
    for address, leads in (
        ("/kommune/skien/", "/kommune/4003/"),
        ("/kommune/40/", "/fylke/40/"),
        ("/fylke/4003/", "/kommune/4003/"),
        ("/kommune/0/", "/"),
        ("/fylke/telemark/", "/fylke/40/"),
        ("/fylke/oslo/", "/fylke/03/"),
        ("/kommune/oslo/", "/kommune/0301/"),
        ("/kommune/skien/population/", "/kommune/4003/population/"),
    ):
        assert client.get(address).headers["Location"] == leads


def test_every_municipality_is_listed(read: Read) -> None:
    found = [one for one in links(read("/kommune/")) if one.startswith("/kommune/")]
    assert len(found) == len(set(found)) == 357
