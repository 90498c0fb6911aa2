"""Data sets and indicators as files over the API: the figures of the pages, at addresses that last."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from django.core.cache import caches
from django.test import Client
from openpyxl import load_workbook

from fotfeste.reports.profiles.published import published
from fotfeste.statistics.jsonstat import decode
from fotfeste.statistics.publishing import formats_of
from fotfeste.statistics.publishing.dcat import permanent_address
from fotfeste.web.places.knowledge import knowledge
from tests.daily import every_nth

pytestmark = pytest.mark.django_db

ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> Iterator[None]:
    caches["counts"].clear()
    yield
    caches["counts"].clear()


def asked(client: Client, path: str, **parameters: object) -> Any:
    answer = client.get(f"{ROOT}{path}", parameters)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_data_set_that_comes_with_fotfeste_is_listed_with_its_files(client: Client) -> None:
    listed = asked(client, "/datasets", limit=1000)
    assert listed["total"] == len(listed["items"]) == len(knowledge().store.catalogue())
    for one in listed["items"]:
        assert one["title"], one["id"]
        assert one["description"], one["id"]
        assert all(source["agency"] and source["licence"] for source in one["sources"])
        assert {"csv", "json", "parquet"} <= {file["format"] for file in one["files"]}
    assert asked(client, "/datasets", limit=2)["next"] == f"{ROOT}/datasets?limit=2&offset=2"
    assert asked(client, "/datasets/settlement") == next(
        one for one in listed["items"] if one["id"] == "settlement"
    )


def test_an_indicator_s_files_hold_the_figures_of_the_api(client: Client) -> None:
    told = asked(client, "/indicators/settled_per_1000_3y/values", limit=1000)["items"]
    rows = rows_of(client.get(f"{ROOT}/indicators/settled_per_1000_3y.csv").content)
    assert len(told) == len(rows) == 373
    for one, row in zip(told, rows, strict=True):
        assert (row["code"], row["mark"]) == (one["code"], one["mark"])
        assert (row["value"] or None, row["low"] or None, row["high"] or None) == (
            one["value"],
            one["low"],
            one["high"],
        )
        assert (row["estimated"] == "true", row["few"] == "true") == (one["estimated"], one["few"])
        assert (row["name"], row["level"], row["period"]) == (one["name"], one["kind"], one["period"])


def test_the_four_formats_tell_the_same(client: Client) -> None:
    address = f"{ROOT}/indicators/immigrant_share"
    wanted = {row["code"]: row["value"] for row in rows_of(client.get(f"{address}.csv").content)}
    frame = pl.read_parquet(io.BytesIO(client.get(f"{address}.parquet").content))
    book = load_workbook(io.BytesIO(client.get(f"{address}.xlsx").content))
    sheet = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    stat = decode(client.get(f"{address}.json").content).frame()
    numbers = {code: float(value) if value else None for code, value in wanted.items()}
    assert dict(frame.select("code", "value").iter_rows()) == numbers
    assert {row[0]: row[4] for row in sheet} == numbers
    assert dict(stat.select("code", "value").iter_rows()) == numbers


def test_an_indicator_from_year_to_year_ends_with_the_newest_and_hides_what_is_hidden(client: Client) -> None:
    rows = rows_of(client.get(f"{ROOT}/indicators/settled_1y/years.csv").content)
    skien = {row["year"]: row for row in rows if row["code"] == "4003"}
    newest = asked(client, "/places/4003/indicators", limit=1000)["items"]
    (told,) = [one for one in newest if one["indicator"] == "settled_1y"]
    assert skien[told["period"]]["value"] == told["value"]
    assert {row["code"] for row in rows} == set(knowledge().places)
    assert not [row for row in rows if row["value"] in {"1", "2", "3", "4"}]
    assert {row["mark"] for row in rows} >= {"observed", "suppressed", "missing"}
    assert any(row["break"] for row in rows)
    assert asked(client, "/indicators/settled_1y")["years"]
    assert asked(client, "/indicators/median_age")["years"] == []


def test_a_permanent_address_gives_the_same_figures_or_none(client: Client) -> None:
    for path in ("/datasets/settled_2023", "/indicators/population"):
        files = asked(client, path)["files"]
        for one in files:
            now, kept = client.get(one["href"]), client.get(one["permanent"])
            assert (now.content, now.status_code) == (kept.content, 200)
            assert asked(client, path)["version"] in kept.headers["Content-Disposition"]
        for ending in ("csv", "json"):
            gone = client.get(f"{ROOT}{path}.{ending}", {"version": "innebygd-000000000000"})
            assert gone.status_code == 404
            assert json.loads(gone.content)["code"] in {"data.version", "data.unknown"}


def test_an_unchanged_file_is_not_sent_again(client: Client) -> None:
    first = client.get(f"{ROOT}/datasets/settled_2023.csv")
    again = client.get(f"{ROOT}/datasets/settled_2023.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/datasets/finnes_ikke", 404, "data.unknown"),
        ("/datasets/finnes_ikke.csv", 404, "data.unknown"),
        ("/datasets/population.xlsx", 404, "publishing.format"),
        ("/datasets/population.pdf", 404, "data.unknown"),
        ("/datasets/..%2F..%2Fetc%2Fpasswd", 404, "not_found"),
        ("/datasets/A;--.csv", 422, "parameters"),
        ("/indicators/finnes_ikke.csv", 404, "indicator.unknown"),
        ("/indicators/median_age/years.csv", 404, "series.none"),
        ("/indicators/finnes_ikke/years.csv", 404, "indicator.unknown"),
    ],
)
def test_what_is_not_there_says_so(client: Client, path: str, status: int, code: str) -> None:
    answer = client.get(f"{ROOT}{path}")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (status, code)


def test_the_columns_of_a_csv_file_are_explained_at_the_address_that_the_standard_gives(
    client: Client,
) -> None:
    columns = asked(client, "/datasets/settled_2023")["columns"]
    told = json.loads(client.get(columns).content)
    head = next(iter(rows_of(client.get(f"{ROOT}/datasets/settled_2023.csv").content)))
    assert [one["name"] for one in told["tableSchema"]["columns"]] == list(head)


@pytest.mark.parametrize("step", every_nth(2, [5, 1]))
def test_every_file_that_the_catalogue_names_is_there(client: Client, step: int) -> None:
    answer = client.get("/katalog.ttl")
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    text = answer.content.decode()
    everything = published(knowledge())
    for about in everything:
        for ending in formats_of(about):
            assert permanent_address(about, ending) in text
    for about in everything[::step]:
        caches["counts"].clear()
        if about.id != "population":
            for ending in ("parquet",) if about.kind == "series" else formats_of(about):
                found = client.get(permanent_address(about, ending))
                assert found.status_code == 200, (about.id, ending, found.content)


def test_the_catalogue_names_who_runs_the_installation(client: Client, settings: Any) -> None:
    from dataclasses import replace

    installed = settings.FOTFESTE
    settings.FOTFESTE = replace(
        installed, serving=replace(installed.serving, owner='Eksempel "fylke"', contact="post@eksempel.no")
    )
    text = client.get("/katalog.ttl").content.decode()
    assert 'foaf:name "Eksempel \\"fylke\\""' in text
    assert "vcard:hasEmail <mailto:post@eksempel.no>" in text
    content = json.loads(client.get("/katalog.jsonld").content)
    kinds = {one["@type"] for one in content["@graph"]}
    assert kinds == {
        "dcat:Catalog",
        "foaf:Agent",
        "vcard:Organization",
        "dcat:DataService",
        "dcat:Dataset",
        "dcat:Distribution",
    }
