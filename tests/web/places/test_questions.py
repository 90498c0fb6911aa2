"""Search in everyday words, in both forms of Norwegian and in English."""

from __future__ import annotations

import pytest

from fotfeste.reports.pages.questions import question
from fotfeste.reports.profiles import Knowledge
from tests.web.places.conftest import Read, lead, links, text


@pytest.mark.parametrize(
    ("asked", "indicator", "place"),
    [
        ("hvor mange flyktninger", "refugees", ""),
        ("kor mange flyktningar bur i Bø", "refugees", "Bø"),
        ("busetting", "settled_1y", ""),
        ("busetjing", "settled_last", ""),
        ("arbeidsledige i Skien", "unemployment_share_2022", "Skien"),
        ("arbeidsløyse Skien", "unemployment_share_2022", "Skien"),
        ("refugees in Oslo", "refugees", "Oslo"),
        ("innvandrere i Telemark fylke", "immigrants", "Telemark"),
        ("folketall Møre og Romsdal", "population", "Møre og Romsdal"),
        ("how many immigrants in Norway", "immigrants", "Norge"),
        ("barn i Time", "children_share", "Time"),
        ("folk som flytter", "net_migration_2011_2025", ""),
        ("hvor mange bor i Bø", "population", "Bø"),
        ("kor mange er arbeidslause i Kviteseid", "unemployment_share_2022", "Kviteseid"),
        ("flyktninegr på Notoden", "refugees", "Notodden"),
        ("ledighet i skein", "unemployment_share_2022", "Skien"),
    ],
)
def test_everyday_words_find_the_figure_and_the_place(
    knowledge: Knowledge, asked: str, indicator: str, place: str
) -> None:
    found = question(knowledge, asked)
    assert indicator in [one.id for one in found.indicators][:6]
    assert {one.name for one in found.places} == ({place} if place else set())


def test_the_name_of_a_place_alone_asks_for_no_figure(knowledge: Knowledge) -> None:
    found = question(knowledge, "Skien")
    assert not found.indicators
    assert not found.places


def test_places_of_the_same_name_are_all_meant(knowledge: Knowledge) -> None:
    assert {one.code for one in question(knowledge, "folketall i Våler").places} == {"3114", "3419"}


def test_the_page_answers_in_a_sentence_for_the_place_that_is_named(read: Read) -> None:
    page = read("/sok/?q=arbeidsledige+i+Skien")
    assert "Andel helt ledige 2022 i Skien" in lead(page)
    assert "/kommune/4003/unemployment_share_2022/" in links(page)
    assert "/kommune/4003/tema/sysselsetting/" in links(page)


def test_figures_that_are_not_fetched_are_named_as_missing(read: Read) -> None:
    page = read("/sok/?q=lavinntekt")
    assert "Tall som mangler" in text(page.xpath("//main")[0])
    assert "fotfeste data update" in text(page.xpath("//main")[0])


def test_a_place_is_kept_where_only_a_theme_or_nothing_is_found_for_it(read: Read) -> None:
    assert "/kommune/4003/tema/levekar/" in links(read("/sok/?q=trangbodd+i+Skien"))
    assert "/kommune/4003/" in links(read("/sok/?q=sjukehus+i+Skien"))


def test_the_year_that_is_asked_for_comes_first_and_is_no_number_of_a_place(read: Read) -> None:
    page = read("/sok/?q=bosettinger+Seljord+2025")
    assert lead(page).startswith("Bosatt i 2025 i Seljord")
    assert "Tana" not in text(page.xpath("//main")[0])


def test_the_answer_is_a_figure_that_is_known(read: Read) -> None:
    assert "vises ikke" not in lead(read("/sok/?q=people+who+moved"))
    assert "ikke kjent" not in lead(read("/sok/?q=hva+er+sentralitet"))


@pytest.mark.parametrize(
    ("asked", "address"),
    [("alder i Skien", "/kommune/4003/alder/"), ("menn og kvinner", "/alder/")],
)
def test_people_by_age_and_sex_are_found(read: Read, asked: str, address: str) -> None:
    assert address in links(read(f"/sok/?q={asked.replace(' ', '+')}"))


def test_a_guess_at_a_misspelt_place_is_shown_and_not_gone_to(read: Read) -> None:
    page = read("/sok/?q=lege")
    assert "/kommune/5624/" in links(page)
    assert page.xpath("//h1")[0].text_content().strip() == "1 treff på «lege»"
