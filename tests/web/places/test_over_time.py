"""Indicators over time: the chart and its breaks, the map year by year, municipalities side by side, people by age."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from fotfeste.messages import language
from fotfeste.reports.pages.series import series_view
from fotfeste.reports.pages.year_maps import times_of, year_map
from fotfeste.reports.profiles import Knowledge
from fotfeste.statistics.figure import Mark
from tests.web.places.conftest import Read, links, text

NB = language("nb")


def rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))


def test_a_series_is_shown_with_its_breaks_and_never_bridged(read: Read, knowledge: Knowledge) -> None:
    page = read("/kommune/4003/settled_1y/")
    shown = text(page.xpath("//figure[@id='figur-serie']")[0])
    assert "Fra 2022 teller også personer med kollektiv beskyttelse" in shown
    assert "Endringer regnes ikke over bruddet." in shown
    view = series_view(knowledge, knowledge.place("4003"), knowledge.indicator("settled_1y"), NB)
    assert view is not None
    assert len(re.findall("<polyline", view.drawing.svg)) == 2


def test_the_heading_of_a_series_claims_no_change_inside_the_noise(read: Read) -> None:
    heading = text(read("/kommune/4003/settled_1y/").xpath("//figure[@id='figur-serie']//strong")[0])
    assert "forskjellen kan være tilfeldig" in heading
    assert "økte" not in heading


def test_the_file_of_a_series_holds_every_year_and_the_breaks(client: Client) -> None:
    found = rows(client, "/kommune/4003/settled_1y/serie.csv")
    by_year = {one["year"]: one for one in found}
    assert by_year["2025"]["value"] == "65"
    assert "collective_protection" in by_year["2022"]["breaks"]
    assert by_year["2026"]["status_date"].startswith("2026-")
    assert client.get("/kommune/4003/settled_1y/serie.svg").content.startswith(b"<svg")


def test_an_indicator_of_one_year_has_no_series(client: Client, read: Read) -> None:
    assert not read("/kommune/4003/area/").xpath("//figure[@id='figur-serie']")
    assert client.get("/kommune/4003/area/serie.csv").status_code == 404
    assert client.get("/kommune/4003/area/tid/").status_code == 404


def test_the_map_of_a_year_is_reached_without_script(read: Read) -> None:
    page = read("/kommune/4003/population/tid/?aar=2010")
    form = page.xpath("//form[@action='/kommune/4003/population/tid/']")[0]
    assert form.xpath(".//option[@selected]/@value") == ["2010"]
    assert len(form.xpath(".//option")) == 21
    assert form.xpath(".//button[@type='submit']")
    assert "I 2010 var tallet høyest i Skien (51 668)" in text(page.xpath("//figure")[0])


def test_the_slider_asks_for_the_map_alone(client: Client) -> None:
    part = client.get(
        "/kommune/4003/population/tid/?aar=2010", headers={"HX-Request": "true"}
    ).content.decode()
    assert part.lstrip().startswith('<section id="tid"')
    assert "<html" not in part


def test_all_years_have_the_same_classes_on_the_map(knowledge: Knowledge) -> None:
    place, indicator = knowledge.place("40"), knowledge.indicator("refugee_share")
    legends = set()
    for when in ("2008", "2020"):
        view = year_map(knowledge, place, indicator, when, NB)
        assert view is not None
        legends.add(tuple(re.findall(r">(\d+,\d–\d+,\d\s?%)<", view.drawing.svg)))
    assert len(legends) == 1


def test_a_break_between_the_year_and_the_newest_is_told_below_the_map(read: Read) -> None:
    page = read("/fylke/40/settled_per_1000_1y/tid/?aar=2016")
    assert "Fra 2022 teller også" in text(page.xpath("//figure")[0])
    newest = read("/fylke/40/settled_per_1000_1y/tid/?aar=2025")
    assert "Fra 2022 teller også" not in text(newest.xpath("//figure")[0])


def test_a_year_that_is_not_there_gives_the_newest(read: Read) -> None:
    page = read("/fylke/40/population/tid/?aar=1814")
    assert text(page.xpath("//*[@id='tid-overskrift']")[0]) == "2026"


def test_small_counts_are_hidden_on_every_map(knowledge: Knowledge) -> None:
    country, indicator = knowledge.country, knowledge.indicator("settled_1y")
    for when in times_of(knowledge, indicator, country):
        view = year_map(knowledge, country, indicator, str(when[0]), NB)
        assert view is not None
        figures = [row[2] for row in view.data.rows]
        shown = [one.value for one in figures if one.mark is Mark.OBSERVED]  # type: ignore[union-attr]
        assert not [one for one in shown if one is not None and 0 < one < 5]


def test_the_municipalities_of_a_county_stand_side_by_side(
    read: Read, client: Client, knowledge: Knowledge
) -> None:
    page = read("/fylke/40/refugee_share/kommuner/")
    table = page.xpath("//section[@aria-labelledby='tabell']//tbody/tr")
    assert len(table) == len(knowledge.inside(knowledge.place("40")))
    assert {one["place"] for one in rows(client, "/fylke/40/refugee_share/kommuner/tabell.csv")} == {
        one.code for one in knowledge.inside(knowledge.place("40"))
    }
    assert (
        client.get("/kommune/4003/refugee_share/kommuner/")["Location"] == "/fylke/40/refugee_share/kommuner/"
    )
    assert client.get("/fylke/03/refugee_share/kommuner/").status_code == 404


def test_people_by_age_add_up_to_the_population(client: Client, knowledge: Knowledge) -> None:
    found = rows(client, "/kommune/4003/alder/tabell.csv")
    people = sum(int(one["male"]) + int(one["female"]) for one in found)
    assert people == knowledge.figure("population", knowledge.place("4003")).figure.value
    shares = sum(float(one["male_share"]) + float(one["female_share"]) for one in found)
    assert shares == pytest.approx(1, abs=1e-4)


def test_a_municipality_stands_beside_its_county_or_the_country(read: Read) -> None:
    assert "i Telemark" in text(read("/kommune/4003/alder/").xpath("//figcaption")[0])
    assert "i Norge" in text(read("/kommune/4003/alder/?mot=0").xpath("//figcaption")[0])


def test_another_year_of_ages_is_chosen_without_script(read: Read) -> None:
    page = read("/kommune/4003/alder/?aar=2010")
    assert page.xpath("//select[@name='aar']/option[@selected]/@value") == ["2010"]
    assert "1. januar 2010" in text(page.xpath("//figcaption")[0])


@pytest.mark.parametrize(
    "address",
    [
        "/", "/fylke/40/", "/kommune/4003/", "/fylke/03/", "/kommune/4003/refugee_share/", "/kommune/4003/alder/",
        "/fylke/40/population/tid/?aar=2010", "/fylke/40/population/kommuner/", "/indikator/population/kart/",
        "/kommune/4003/tema/bosetting/", "/sammenlign/?sted=4003&sted=4001", "/sammenlign/?sted=4003",
    ],
)  # fmt: skip
def test_every_picture_has_a_finding_a_description_files_and_a_permanent_link(
    read: Read, address: str
) -> None:
    page = read(address)
    figures = page.xpath("descendant-or-self::figure")
    assert figures
    for figure in figures:
        assert text(figure.xpath(".//figcaption/strong")[0]), address
        assert figure.xpath(".//*[local-name()='svg']/@aria-label")[0], address
        assert figure.xpath(".//a[@download]"), address
        assert any("utgave=" in one for one in figure.xpath(".//a/@href")), address


def test_the_permanent_link_of_a_picture_leads_to_the_same_figures(read: Read) -> None:
    for address in ("/kommune/4003/", "/sammenlign/?sted=4003&sted=4001"):
        for one in {one for one in links(read(address)) if "utgave=" in one}:
            told = read(one.partition("#")[0]).xpath("//*[@role='status']")
            assert "de samme som da lenken ble laget" in text(told[0]), one


def test_a_permanent_link_to_a_year_keeps_the_year(read: Read) -> None:
    permanent = [one for one in links(read("/fylke/40/population/tid/?aar=2010")) if "utgave=" in one]
    assert all("aar=2010" in one for one in permanent)
    assert "de samme som da lenken ble laget" in text(read(permanent[0]).xpath("//*[@role='status']")[0])


def test_what_would_be_scrolled_on_a_telephone_is_drawn_for_it_too(read: Read) -> None:
    for address in ("/kommune/4003/tema/bosetting/", "/fylke/40/settled_per_1000_1y/kommuner/"):
        figure = read(address).xpath("//figure")[0]
        drawn = figure.xpath(".//*[local-name()='svg']")
        assert [one.get("class") for one in drawn] == ["whole", "narrow"], address
        assert [float(one.get("viewbox").split()[2]) for one in drawn] == [680, 332], address
        assert not figure.xpath(".//*[contains(@class, 'picture-wide')]"), address
        names = [one.get("id") for one in figure.xpath(".//*[@id]")]
        assert len(names) == len(set(names)), address


def test_small_multiples_say_which_year_their_numbers_are_of_and_that_this_year_is_not_over(
    read: Read,
) -> None:
    page = read("/fylke/40/settled_per_1000_1y/kommuner/")
    told = text(page.xpath("//figure")[0])
    assert "Tallet ved siden av navnet er for 2025." in told
    assert "fra snittet av 2022–2024 til 2025" in text(page.xpath("//figcaption/strong")[0])
    note = text(page.xpath("//main")[0])
    assert "altså ikke et helt år" in note
    assert "Filene har alle." in note


def test_a_finding_is_told_once_on_a_page(read: Read) -> None:
    page = read("/fylke/40/settled_per_1000_1y/kommuner/")
    finding = text(page.xpath("//figcaption/strong")[0])
    assert [text(one) for one in page.xpath("//main//p | //main//strong")].count(finding) == 1


def test_a_year_that_is_not_over_is_told_with_its_day_on_the_map(read: Read) -> None:
    page = read("/fylke/40/settled_per_1000_1y/tid/?aar=2026")
    assert text(page.xpath("//h2[@id='tid-overskrift']")[0]) == "2026 (per 28.9.2026)"
    assert "I 2026 (per 28.9.2026) var tallet" in text(page.xpath("//figcaption/strong")[0])
    assert "(" not in text(
        read("/fylke/40/settled_per_1000_1y/tid/?aar=2025").xpath("//h2[@id='tid-overskrift']")[0]
    )
