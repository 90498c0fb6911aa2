"""What pages show, as files."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client
from openpyxl import load_workbook

from fotfeste.reports.profiles import Knowledge
from fotfeste.web.places.addresses import file_name, plain
from tests.web.places.conftest import Read, links


def test_files_are_named_in_bokmaal_whatever_the_language(client: Client) -> None:
    for locale in ("nb", "en"):
        answer = client.get("/kommune/4003/population/tabell.csv", headers={"Accept-Language": locale})
        assert answer.headers["Content-Disposition"] == 'attachment; filename="skien-folketall.csv"'


def test_names_of_files_hold_nothing_but_plain_letters(knowledge: Knowledge) -> None:
    for place in knowledge.places.values():
        for subject in (*knowledge.indicator_ids, "alle-tall"):
            name = file_name(knowledge, place, subject, "csv")
            assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-."), name
            assert len(name) < 120
    assert plain("Kárášjohka – Karasjok") == "karasjohka-karasjok"
    assert plain('"\r\nX: y') == "x-y"
    assert plain("æøå ÆØÅ") == "aeoa-aeoa"
    assert plain("…") == "uten-navn"


def test_csv_holds_the_figures_that_the_page_shows(client: Client) -> None:
    answer = client.get("/kommune/4003/refugee_share/tabell.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["place"] == "4003"
    assert rows[0]["value_mark"] == "observed"
    assert float(rows[0]["value"]) == pytest.approx(0.068294, abs=1e-6)


def test_json_tells_its_sources(client: Client) -> None:
    found = json.loads(client.get("/kommune/4003/tabell.json").content)
    assert found["schema"] == 1
    assert {"agency", "table", "licence", "retrieved"} <= set(found["sources"][0])
    by_year = json.loads(client.get("/kommune/4003/folketall.json").content)
    assert by_year["rows"][-1]["population"]["value"] == "56906"


def test_the_workbook_opens_and_tells_its_sources(client: Client) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(client.get("/kommune/4003/population/tabell.xlsx").content))
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert 56906 in values
    assert "Kilder" in book.sheetnames


def test_pictures_come_as_drawings_and_as_pixels(client: Client) -> None:
    drawing = client.get("/kommune/4003/refugee_share/kart.svg")
    assert drawing.headers["Content-Type"].startswith("image/svg+xml")
    assert drawing.content.decode().startswith("<svg")
    pixels = client.get("/kommune/4003/refugee_share/figur.png")
    assert pixels.content.startswith(b"\x89PNG")
    assert 'filename="skien-flyktninger' in pixels.headers["Content-Disposition"]


def test_a_picture_of_what_cannot_be_drawn_is_not_there(client: Client) -> None:
    assert client.get("/kommune/4003/district/figur.svg").status_code == 404
    assert client.get("/kommune/4003/population/kart.exe").status_code == 404
    assert client.get("/kommune/4003/population/tabell.html").status_code == 404


@pytest.mark.parametrize("under", ["/", "/fylke/40/", "/kommune/4003/"])
def test_what_is_told_year_by_year_is_there_in_every_format(client: Client, under: str) -> None:
    for name in ("bosetting", "folketall"):
        for ending in ("csv", "xlsx", "json", "svg", "png"):
            assert client.get(f"{under}{name}.{ending}").status_code == 200


def test_the_page_and_the_file_are_one_figure(client: Client, read: Read) -> None:
    page = read("/kommune/4003/settled_1y/")
    row = page.xpath("//table/tbody/tr[1]/td")
    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/kommune/4003/settled_1y/tabell.csv").content.decode("utf-8-sig"))
        )
    )
    assert any(one.text_content() == rows[0]["value"] for one in row)


@pytest.mark.parametrize(
    ("file", "page"),
    [
        ("/kommune/4003/tabell.csv", "/kommune/4003/"),
        ("/kommune/4003/bosetting.csv", "/kommune/4003/"),
        ("/tabell.csv", "/"),
        ("/indikator/population/tabell.csv", "/indikator/population/"),
        (
            "/sammenlign/tabell.csv?sted=4003&indikator=population",
            "/sammenlign/?sted=4003&indikator=population",
        ),
    ],
)
def test_every_row_of_a_csv_tells_how_it_can_be_quoted(client: Client, file: str, page: str) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(file).content.decode("utf-8-sig"))))
    for row in rows:
        assert row["page"] == f"http://localhost:8000{page}"
        assert row["source"]
        assert row["retrieved"].startswith("20")
        assert row.get("period") or row["year"]


def test_a_row_names_the_source_of_its_own_indicator_alone(client: Client) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/kommune/4003/tabell.csv").content.decode("utf-8-sig")))
    sources = {row["indicator"]: row["source"] for row in rows}
    assert sources["population"] == "Statistisk sentralbyrå (07459)"
    assert "IMDi" in sources["settled_1y"]


def test_the_workbook_comes_first_and_tells_the_address_of_its_page(client: Client, read: Read) -> None:
    files = [one for one in links(read("/kommune/4003/population/")) if "tabell." in one]
    assert [one.rpartition(".")[2] for one in files][:3] == ["xlsx", "csv", "json"]
    book = load_workbook(io.BytesIO(client.get("/kommune/4003/tabell.xlsx").content))
    cells = [cell.value for row in book["Om tallene"].rows for cell in row]
    assert "http://localhost:8000/kommune/4003/" in cells
