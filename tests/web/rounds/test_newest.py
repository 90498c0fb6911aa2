"""Pages about places lead to the newest open round, and show a new one at once."""

from __future__ import annotations

import html

import pytest
from django.db import OperationalError
from django.test import Client

from fotfeste.web.places.answers import SHELF
from fotfeste.web.rounds import newest, services
from fotfeste.web.rounds.models import Round
from tests.web.rounds.conftest import MADE_FROM, own_round, telemark, telemark_bundle

pytestmark = pytest.mark.django_db
EXAMPLE = "/bosetting/2027/eksempel-40/"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    SHELF.clear()


def page(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())


def test_a_municipality_and_its_county_lead_to_what_is_recommended(client: Client, example: Round) -> None:
    number = telemark_bundle().outcome.numbers["4003"]
    told = f'<a class="ds-link" href="{EXAMPLE}4003/">Anbefalt bosetting i 2027 (eksempel): {number}</a>'
    assert told in page(client, "/kommune/4003/")
    county = (
        f'<a class="ds-link" href="{EXAMPLE}">Anbefalt bosetting i 2027 (eksempel): 545 i hele fylket</a>'
    )
    assert county in page(client, "/fylke/40/")


@pytest.mark.parametrize("address", ["/", "/fylke/42/", "/kommune/4204/", "/kommune/0301/"])
def test_places_outside_the_round_lead_to_none(client: Client, example: Round, address: str) -> None:
    assert "Anbefalt bosetting" not in page(client, address)


def test_a_new_round_shows_at_once_also_to_who_has_the_page(client: Client, example: Round) -> None:
    Round.objects.filter(pk=example.pk).update(bundle=None, bundle_checksum="")
    before = client.get("/kommune/4003/")
    assert b"Anbefalt bosetting" not in before.content
    services.keep_recommendation(example.pk, *telemark(), MADE_FROM)
    after = client.get("/kommune/4003/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert b"Anbefalt bosetting" in after.content


def test_the_newest_of_several_is_told(example: Round) -> None:
    Round.objects.create(
        county="40",
        county_name="Telemark",
        year=2028,
        is_example=True,
        total=600,
        bundle=telemark()[0].encode(),
        bundle_checksum=telemark()[1],
    )
    found = newest.latest_open("40")
    assert found is not None
    assert (found.year, found.total) == (2028, 600)


def test_a_countys_own_round_is_told_to_nobody_here(client: Client) -> None:
    own_round()
    assert newest.latest_open("40") is None
    assert "Anbefalt bosetting" not in page(client, "/kommune/4003/")


def test_one_without_its_recommendation_is_not_told(example: Round) -> None:
    Round.objects.filter(pk=example.pk).update(bundle=None, bundle_checksum="")
    assert newest.latest_open("40") is None


def test_places_are_shown_without_rounds_when_the_database_does_not_answer(
    client: Client, example: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> object:
        raise OperationalError("away")

    monkeypatch.setattr(Round.objects, "defer", away)
    answer = client.get("/kommune/4003/")
    assert answer.status_code == 200
    assert b"Anbefalt bosetting" not in answer.content


def test_a_recommendation_that_cannot_be_read_keeps_no_page_away(client: Client, example: Round) -> None:
    Round.objects.filter(pk=example.pk).update(bundle=b"{}", bundle_checksum="annen")
    assert "Anbefalt bosetting" not in page(client, "/kommune/4003/")


def test_many_readers_ask_the_database_once(
    example: Round, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    monkeypatch.setattr(newest, "HOLDS", 60.0)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert newest.state() == newest.state() != ""
