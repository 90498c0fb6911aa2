"""The front page stands."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_front_page_answers_in_the_readers_language(client: Client) -> None:
    assert "Norge" in client.get("/").content.decode()
    answer = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert answer.headers["Content-Language"] == "en"


def test_choosing_a_language_never_leads_elsewhere(client: Client) -> None:
    answer = client.get("/sprak/", {"til": "nn", "tilbake": "//example.org/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["fotfeste_language"].value == "nn"


def test_every_answer_forbids_what_is_written_into_the_page(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
