"""Pages about the themes of the knowledge base."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from fotfeste.messages import language
from fotfeste.reports.profiles import Knowledge
from fotfeste.reports.profiles.judged import comparisons
from fotfeste.statistics.findings.comparing import compared
from fotfeste.statistics.findings.gathering import candidates_of
from fotfeste.statistics.findings.rule import finding_rule
from fotfeste.statistics.themes import load_themes
from tests.web.places.conftest import Read, lead, links, text

NB = language("nb")


def test_a_municipality_leads_to_each_theme_and_each_theme_to_its_indicators(read: Read) -> None:
    found = links(read("/kommune/4003/"))
    for one in load_themes():
        assert f"/kommune/4003/tema/{one.id}/" in found
    assert "/kommune/4003/unemployment_share_2022/" in links(read("/kommune/4003/tema/sysselsetting/"))


def test_a_theme_opens_with_what_is_found_and_shows_it(read: Read) -> None:
    page = read("/kommune/4003/tema/bosetting/")
    assert "Det er lavere enn hos de 20 mest lignende kommunene" in lead(page)
    assert text(page.xpath("//figcaption/strong")[0]).endswith("lavere enn hos lignende kommuner.")
    order = [page.xpath(one)[0].sourceline for one in (
        "//h1", "//p[contains(@class, 'lead')]", "//figure", "//*[@id='tabell']", "//*[@id='sier-ikke']",
        "//*[@id='sporsmal']", "//*[@id='kilder']",
    )]  # fmt: skip
    assert order == sorted(order)


def test_results_stand_beside_who_it_is_about_and_the_labour_market(read: Read) -> None:
    page = read("/fylke/40/tema/sysselsetting/")
    beside = text(page.xpath("//section[@aria-labelledby='sammen-1']")[0])
    assert "introduksjonsprogrammet" in beside
    assert "Tallene viser ikke at det ene følger av det andre." in beside


def test_missing_indicators_are_shown_as_missing_with_how_they_are_fetched(read: Read) -> None:
    page = read("/kommune/4003/tema/sysselsetting/")
    lacking = text(page.xpath("//section[@aria-labelledby='mangler']")[0])
    assert "Sysselsatte innvandrere" in lacking
    assert "fotfeste data update" in lacking


def test_a_theme_without_figures_says_so_in_one_line(read: Read) -> None:
    page = read("/kommune/4036/tema/kultur/")
    assert "har ingen tall om" in lead(page)
    assert not page.xpath("//figure")
    assert page.xpath("//*[@id='mangler']")


def test_a_former_theme_leads_to_the_one_it_became(client: Client) -> None:
    answer = client.get("/kommune/4003/tema/arbeid/")
    assert (answer.status_code, answer["Location"]) == (301, "/kommune/4003/tema/sysselsetting/")
    assert client.get("/kommune/4003/tema/vaer/").status_code == 404


def test_the_permanent_link_says_whether_the_figures_are_the_same(read: Read) -> None:
    page = read("/kommune/4003/tema/oppvekst/")
    permanent = next(one for one in links(page) if "utgave=" in one)
    again = text(read(permanent).xpath("//*[@role='status']")[0])
    assert "de samme som da lenken ble laget" in again
    changed = re.sub("utgave=.*", "utgave=0123456789ab", permanent)
    assert "er endret siden lenken ble laget" in text(read(changed).xpath("//*[@role='status']")[0])
    assert not read("/kommune/4003/tema/oppvekst/?utgave=<b>").xpath("//main//*[@role='status']")


def test_the_edition_is_the_same_in_all_languages(read: Read) -> None:
    found = {
        next(one for one in links(read("/kommune/4003/tema/oppvekst/", locale)) if "utgave=" in one)
        for locale in ("nb", "nn", "en")
    }
    assert len(found) == 1


def test_the_file_of_a_theme_holds_the_figures_of_the_theme(client: Client) -> None:
    answer = client.get("/kommune/4003/tema/oppvekst/tabell.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {one["indicator"] for one in rows} >= {"children_share", "youth_share"}
    assert client.get("/kommune/4003/tema/oppvekst/figur.svg").content.startswith(b"<svg")
    assert client.get("/kommune/4003/tema/oppvekst/kart.svg").status_code == 404
    assert client.get("/fylke/40/tema/oppvekst/kart.svg").status_code == 200


@pytest.mark.parametrize("code", ["4003", "40"])
def test_pages_judge_differences_as_the_document_does(knowledge: Knowledge, code: str) -> None:
    rule = finding_rule()
    mine = comparisons(knowledge, knowledge.places[code])
    theirs = compared(candidates_of(knowledge.facts, knowledge.counts, code, rule, list(mine)), rule)
    assert {one.candidate.indicator.id for one in theirs} == set(mine)
    for one in theirs:
        other = mine[one.candidate.indicator.id]
        assert (one.distance, one.beside_alike) == (other.distance, other.beside_alike)


def test_every_figure_of_the_table_can_be_told_by_its_heading_on_a_telephone(read: Read) -> None:
    table = read("/kommune/4003/tema/bosetting/").xpath("//table[contains(@class, 'stacked')]")[0]
    heads = [text(one) for one in table.xpath(".//thead//th")]
    for row in table.xpath(".//tbody/tr"):
        assert [one.get("data-label") for one in row.xpath("./td")] == heads[1:]
