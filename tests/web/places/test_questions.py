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
        ("barn i Time", "dependency_ratio", "Time"),
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
