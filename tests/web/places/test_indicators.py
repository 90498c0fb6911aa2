"""Pages about indicators, and their catalogue."""

from __future__ import annotations

import pytest
from django.test import Client

from fotfeste.messages import language
from fotfeste.reports.profiles import Knowledge
from fotfeste.reports.profiles.shown import shown_name
from tests.daily import LONG_RUN
from tests.web.places.conftest import Read, lead, links, text
from tests.web.places.test_overviews import LOCALES, _is_well_made


def test_the_indicator_opens_with_its_sentence(read: Read) -> None:
    page = read("/kommune/4003/refugee_share/")
    assert "6,8 %" in lead(page)
    assert "høyere enn i Telemark (5,1 %)" in lead(page)


def test_it_tells_how_the_figure_came_about_and_where_it_comes_from(read: Read) -> None:
    page = read("/kommune/4003/refugee_share/")
    method = text(page.xpath("//section[@aria-labelledby='slik']")[0])
    assert "Tallene er gamle: bosettingen siden 2022 er ikke med." in method
    assert "flyktninger 2021 / folketall 1. januar 2021" in method
    assert "Tall fra 1 til 4 er skjult" in method
    assert "IMDi/SSB" in text(page.xpath("//section[@aria-labelledby='kilder']")[0])


def test_picture_comes_before_table_before_method_before_source(read: Read) -> None:
    page = read("/kommune/4003/refugee_share/")
    order = [page.xpath(one)[0].sourceline for one in (
        "//h1",
        "//p[contains(@class, 'lead')]",
        "//figure",
        "//*[@id='tabell']",
        "//*[@id='slik']",
        "//*[@id='kilder']",
    )]  # fmt: skip
    assert order == sorted(order)


def test_the_table_holds_what_the_map_shows(read: Read, knowledge: Knowledge) -> None:
    page = read("/fylke/40/refugee_share/")
    rows = page.xpath("//table//tbody//th/a/@href")
    on_map = page.xpath("//*[local-name()='svg']//*[local-name()='a']/@href")
    assert set(on_map) <= set(rows)
    assert len(set(on_map)) == len(knowledge.inside(knowledge.place("40")))
    skien = page.xpath("//tr[th/a/@href='/kommune/4003/refugee_share/']")[0]
    assert "6,8 %" in text(skien)
    told = page.xpath("//*[local-name()='a' and @href='/kommune/4003/refugee_share/']/@aria-label")
    assert [one.replace("\u00a0", " ") for one in told] == ["Skien: 6,8 %"]


def test_a_hidden_figure_is_hidden_on_its_own_page_and_in_its_files(client: Client, read: Read) -> None:
    page = read("/kommune/1811/settled_1y/")
    assert "skjult fordi tallet er lite" in lead(page)
    lines = client.get("/kommune/1811/settled_1y/tabell.csv").content.decode("utf-8-sig").splitlines()
    head = lines[0].split(",")
    bindal = dict(zip(head, next(one for one in lines if one.startswith("Bindal,")).split(","), strict=True))
    assert (bindal["value"], bindal["value_mark"]) == ("", "suppressed")


@LONG_RUN
@pytest.mark.parametrize("locale", LOCALES)
def test_every_indicator_has_its_pages(read: Read, knowledge: Knowledge, locale: str) -> None:
    for one in knowledge.indicator_ids[:: 1 if locale == "nb" else 6]:
        for under in ("/indikator/", "/fylke/40/", "/kommune/4003/"):
            _is_well_made(read(f"{under}{one}/", locale), locale)


def test_the_catalogue_names_every_indicator_under_its_theme(read: Read, knowledge: Knowledge) -> None:
    page = read("/indikator/")
    for theme in knowledge.themes:
        section = page.xpath(f"//section[@aria-labelledby='{theme.id}']")[0]
        assert links(section) == [] or section.xpath(".//a/@href") == [
            f"/indikator/{one.id}/" for one in theme.indicators
        ]
        for one in theme.indicators:
            assert " ".join(shown_name(one, knowledge, language("nb")).split()) in text(section)


def test_a_misspelt_indicator_is_told_of_with_the_nearest(read: Read) -> None:
    page = read("/kommune/4003/refugee_shar/", status=404)
    assert "/kommune/4003/refugee_share/" in links(page)
    far = read("/kommune/4003/%3Cscript%3Ealert(1)%3C/", status=404)
    assert "/indikator/" in " ".join(far.xpath("//a/@href"))
