"""Up to six places side by side."""

from __future__ import annotations

from django.test import Client

from tests.web.places.conftest import Read, lead, links, text

SIX = "sted=4003&sted=4001&sted=40&sted=0&sted=0301&sted=1103"


def test_places_stand_side_by_side_in_the_order_asked(read: Read) -> None:
    page = read("/sammenlign/?sted=4003&sted=4001&sted=40&indikator=population&indikator=refugee_share")
    assert text(page.xpath("//h1")[0]) == "Skien, Porsgrunn og Telemark"
    assert "høyest i Skien (6,8 %), lavest i Porsgrunn (4,8 %)" in lead(page)
    table = page.xpath("//table")[0]
    assert [text(one) for one in table.xpath(".//thead//th")][1:] == ["Skien", "Porsgrunn", "Telemark"]
    assert [text(one) for one in table.xpath(".//tbody/tr[1]/td")] == ["56 906", "37 435", "177 923"]


def test_names_and_former_numbers_are_understood(read: Read) -> None:
    page = read("/sammenlign/?sted=Skien&sted=0805&sted=4010 Siljan&sted=norge&sted=telemark&sted=")
    assert page.xpath("//input[@name='sted' and @type='checkbox']/@value") == [
        "4003",
        "4001",
        "4010",
        "0",
        "40",
    ]


def test_six_are_compared_and_seven_are_refused_with_what_was_chosen(read: Read) -> None:
    assert len(read(f"/sammenlign/?{SIX}").xpath("//table//thead//th")) == 7
    page = read(f"/sammenlign/?{SIX}&sted=4601&indikator=population", status=400)
    assert "7 steder" in text(page.xpath("//*[@role='alert']")[0])
    assert not page.xpath("//table")
    chosen = page.xpath("//input[@name='sted' and @checked]/@value")
    assert chosen == ["4003", "4001", "40", "0", "0301", "1103", "4601"]
    assert page.xpath("//input[@name='indikator' and @checked]/@value") == ["population"]


def test_the_same_place_counts_once(read: Read) -> None:
    page = read(f"/sammenlign/?{SIX}&sted=4003&sted=Skien")
    assert len(page.xpath("//table//thead//th")) == 7


def test_what_is_unclear_stays_to_be_corrected_beside_what_is_clear(read: Read) -> None:
    page = read("/sammenlign/?sted=4003&sted=våler&sted=atlantis", status=400)
    told = text(page.xpath("//*[@role='alert']")[0])
    assert "3114 Våler" in told
    assert "3419 Våler" in told
    assert "«atlantis»" in told
    assert page.xpath("//input[@aria-invalid='true']/@value") == ["våler", "atlantis"]
    assert text(page.xpath("//h1")[0]) == "Skien"


def test_an_unknown_indicator_is_told_of(read: Read) -> None:
    page = read("/sammenlign/?sted=4003&indikator=hemmelig&indikator=population", status=400)
    assert "hemmelig" in text(page.xpath("//*[@role='alert']")[0])
    assert len(page.xpath("//table/tbody/tr")) == 1


def test_all_indicators_can_be_seen(read: Read) -> None:
    page = read("/sammenlign/?sted=4003&sted=4001")
    everything = next(one for one in links(page) if "indikator=alle" in one)
    assert len(read(everything).xpath("//table/tbody/tr")) > 30


def test_files_have_the_same_places_and_indicators(client: Client, read: Read) -> None:
    page = read("/sammenlign/?sted=4003&sted=4001&indikator=refugee_share")
    table = next(one for one in page.xpath("//a[@download]/@href") if "tabell.csv" in one)
    answer = client.get(table)
    assert 'filename="sammenligning-skien-porsgrunn.csv"' in answer.headers["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("refugee_share,")
    assert client.get("/sammenlign/tabell.csv?sted=atlantis").status_code == 404
    assert client.get("/sammenlign/tabell.csv").status_code == 404
    assert client.get("/sammenlign/hemmelig/figur.svg?sted=4003").status_code == 404


def test_an_empty_comparison_teaches_with_an_example(read: Read) -> None:
    page = read("/sammenlign/")
    example = next(one for one in links(page) if one.startswith("/sammenlign/?"))
    assert read(example).xpath("//table")


def test_with_six_places_there_is_no_field_for_a_seventh(read: Read) -> None:
    page = read(f"/sammenlign/?{SIX}")
    assert page.xpath("//form//input[@id='nytt-sted']") == []
    assert "flere får ikke plass" in text(page)
    assert read("/sammenlign/?sted=4003").xpath("//form//input[@id='nytt-sted']")
