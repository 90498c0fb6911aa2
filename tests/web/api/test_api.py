"""The API tells what the pages show: the same figures, the same marks, in pages, with tags, within limits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from fotfeste.web.places.knowledge import knowledge

pytestmark = pytest.mark.django_db

ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    caches["counts"].clear()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"Accept-Language": "nb"})


def asked(reader: Client, path: str, **parameters: object) -> Any:
    answer = reader.get(f"{ROOT}{path}", parameters)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def everything(reader: Client, path: str, **parameters: object) -> list[Any]:
    """All parts of a long answer, by following the addresses of the next."""
    part = asked(reader, path, **parameters)
    found, seen = list(part["items"]), 1
    while part["next"]:
        part = json.loads(reader.get(part["next"]).content)
        found += part["items"]
        seen += 1
        assert seen < 100
    assert len(found) == part["total"]
    return found


def test_skien_had_the_people_that_the_national_statistics_tell(reader: Client) -> None:
    rows = everything(reader, "/indicators/population/values", county="40")
    assert len(rows) == 1 + 17
    numbers = {row["code"]: row for row in rows}
    known = knowledge()
    assert numbers["4003"]["value"] == str(known.figure("population", known.place("4003")).figure.value)
    assert int(numbers["40"]["value"]) == sum(
        int(row["value"]) for row in rows if row["kind"] == "municipality"
    )


def test_all_357_municipalities_15_counties_and_the_country_are_there_page_by_page(reader: Client) -> None:
    found = everything(reader, "/places", limit=50)
    kinds = [one["kind"] for one in found]
    assert (kinds.count("municipality"), kinds.count("county"), kinds.count("country")) == (357, 15, 1)
    assert len({one["code"] for one in found}) == 373


def test_a_municipality_is_told_with_its_county_and_those_like_it(reader: Client) -> None:
    skien = asked(reader, "/places/4003")
    assert (skien["name"], skien["county_name"], skien["page"]) == ("Skien", "Telemark", "/kommune/4003/")
    assert len(skien["alike"]) == 5
    assert "Skien" in skien["sentence"]


def test_a_figure_that_is_suppressed_is_marked_and_has_no_value(reader: Client) -> None:
    marks: set[str] = set()
    for name in knowledge().indicator_ids:
        caches["counts"].clear()
        for row in everything(reader, f"/indicators/{name}/values", limit=1000):
            marks.add(row["mark"])
            assert (row["value"] is None) == (row["mark"] != "observed"), row
    assert {"observed", "suppressed", "missing"} <= marks


def test_every_indicator_tells_its_source_licence_and_period(reader: Client) -> None:
    for one in everything(reader, "/indicators"):
        detail = asked(reader, f"/indicators/{one['id']}")
        assert detail["sources"], one["id"]
        assert all(
            source["agency"] and source["licence"] and source["retrieved"] for source in detail["sources"]
        )
        assert detail["definition"], one["id"]
        # The source of one table does not say when its figures are from.
        assert detail["period"] or one["id"] == "retention_first_municipality"


def test_texts_follow_the_readers_language() -> None:
    names = {
        locale: asked(Client(headers={"Accept-Language": locale}), "/indicators/population")["name"]
        for locale in ("nb", "nn", "en")
    }
    assert names == {"nb": "Folketall", "nn": "Folketal", "en": "Population"}


def test_an_unchanged_answer_is_not_sent_again(reader: Client) -> None:
    first = reader.get(f"{ROOT}/places/4003")
    again = reader.get(f"{ROOT}/places/4003", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = reader.get(f"{ROOT}/places/4001", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    english = reader.get(
        f"{ROOT}/places/4003", headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "en"}
    )
    assert english.status_code == 200
    assert "Accept-Language" in first.headers["Vary"]


def test_search_leads_from_a_former_number_to_the_municipality_of_today(reader: Client) -> None:
    assert [one["place"]["code"] for one in asked(reader, "/search", q="0806")][:1] == ["4003"]
    assert asked(reader, "/search", q="Ski", limit=1)[0]["label"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/places/9999", 404, "region.no_municipality"),
        ("/places/Skienn", 404, "region.no_municipality"),
        ("/indicators/nei", 404, "indicator.unknown"),
        ("/indicators/NEI;--", 422, "parameters"),
        ("/places?limit=0", 422, "parameters"),
        ("/places?limit=1001", 422, "parameters"),
        ("/places?offset=-1", 422, "parameters"),
        ("/places?kind=planet", 422, "parameters"),
        ("/places?county=ab", 422, "parameters"),
        ("/search", 422, "parameters"),
        ("/search?q=" + "x" * 101, 422, "parameters"),
        ("/nothing/here", 404, "not_found"),
    ],
)
def test_what_cannot_be_answered_says_why_and_what_to_do(
    reader: Client, path: str, status: int, code: str
) -> None:
    answer = reader.get(f"{ROOT}{path}")
    told = json.loads(answer.content)
    assert (answer.status_code, told["code"], told["schema"]) == (status, code, 1)
    assert told["what"]
    assert told["remedy"] or told["problems"]
    assert "ETag" not in answer.headers


def test_more_requests_than_the_limit_are_asked_to_wait(reader: Client, settings: Any) -> None:
    installed = settings.FOTFESTE
    settings.FOTFESTE = replace(installed, serving=replace(installed.serving, api_per_minute=3))
    first = reader.get(f"{ROOT}/indicators/population")
    answers = [first, *(reader.get(f"{ROOT}/indicators/population") for _ in range(4))]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert json.loads(answers[-1].content)["code"] == "too_many"
    unchanged = reader.get(f"{ROOT}/indicators/population", headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 429
    elsewhere = reader.get(f"{ROOT}/indicators/population", REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


def test_nothing_can_be_changed_through_the_api(reader: Client) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(reader, method)(f"{ROOT}/places/4003").status_code == 405


def test_the_page_about_the_api_names_every_operation(reader: Client) -> None:
    page = reader.get("/api/").content.decode()
    for path in json.loads(reader.get(f"{ROOT}/openapi.json").content)["paths"]:
        assert path in page
