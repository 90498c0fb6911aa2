"""Health, readiness, counts, and what every answer carries."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client, override_settings

from fotfeste.web.upkeep import middleware, readiness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    caches["near"].clear()


def _counts(client: Client, **more: Any) -> dict[str, float]:
    text = client.get("/metrics", **more).content.decode()
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line[:1] != "#"
    }


def test_a_living_process_says_so_without_asking_the_database(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/helse/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_workspace_that_can_work_is_ready(client: Client) -> None:
    answer = client.get("/klar/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "parts": {"database": "ok", "migrations": "ok", "data": "ok"}}


@pytest.mark.parametrize("part", ["database", "migrations", "data"])
def test_what_is_not_ready_is_named(part: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "PARTS", {**readiness.PARTS, part: lambda: False})
    answer = client.get("/klar/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert [name for name, how in answer.json()["parts"].items() if how == "failed"] == [part]


def test_what_was_not_ready_is_looked_at_again_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(readiness, "PARTS", {**readiness.PARTS, "data": lambda: False})
        assert client.get("/klar/").status_code == 503
    assert client.get("/klar/").status_code == 200


def test_every_answer_has_a_mark_of_its_own(client: Client) -> None:
    marks = {client.get(path).headers["X-Request-Id"] for path in ("/", "/helse/", "/finnes-ikke/", "/")}
    assert len(marks) == 4
    assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in marks)


def test_a_mark_that_is_sent_is_not_taken_over(client: Client) -> None:
    answer = client.get("/helse/", headers={"X-Request-Id": "kari@example.no"})
    assert answer.headers["X-Request-Id"] != "kari@example.no"


def test_requests_are_counted_by_route_method_and_status_never_by_address(client: Client) -> None:
    key = 'fotfeste_requests_total{method="GET",route="unknown",status="404"}'
    before = _counts(client).get(key, 0)
    client.get("/finnes-ikke/kari@example.no/?q=hemmelig")
    after = _counts(client)
    assert after[key] == before + 1
    assert not any("kari" in name or "hemmelig" in name for name in after)


def test_methods_that_nobody_uses_are_counted_as_one(client: Client) -> None:
    client.generic("KARI", "/helse/")
    assert not any("KARI" in name for name in _counts(client))
    assert any('method="other"' in name for name in _counts(client))


def test_jobs_are_counted_by_state(client: Client) -> None:
    from fotfeste.web.jobs.models import Job

    Job.objects.create(kind="probe", key="1")
    Job.objects.create(kind="probe", key="2", state="failed")
    found = _counts(client)
    assert found['fotfeste_jobs{state="queued"}'] == 1
    assert found['fotfeste_jobs{state="failed"}'] == 1
    assert found['fotfeste_jobs{state="running"}'] == 0


def test_failures_of_the_database_are_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("borte")

    before = _counts(client)["fotfeste_database_errors_total"]
    monkeypatch.setattr("fotfeste.web.upkeep.views.readiness", away)
    client.raise_request_exception = False
    answer = client.get("/klar/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert _counts(client)["fotfeste_database_errors_total"] == before + 1


def test_counts_are_given_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_arguments: object, **_more: object) -> None:
        raise OperationalError("borte")

    monkeypatch.setattr("django.db.models.query.QuerySet.values_list", away)
    found = _counts(client)
    assert "fotfeste_database_errors_total" in found
    assert not any(name.startswith("fotfeste_jobs{") for name in found)


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.4", {}, 401),
        ("203.0.113.7", {}, 401),
        ("", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 401),
        ("203.0.113.7", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("203.0.113.7", {"Authorization": "Bearer "}, 401),
        ("203.0.113.7", {"Authorization": "Bearer feil"}, 401),
    ],
)
def test_counts_are_for_this_machine_only(
    address: str, headers: dict[str, str], status: int, client: Client
) -> None:
    answer = client.get("/metrics", REMOTE_ADDR=address, headers=headers)
    assert answer.status_code == status
    assert status == 200 or not answer.content


@pytest.mark.parametrize(
    ("stated", "status"), [("merke-på-minst-16", 200), ("merke-på-minst-1", 401), ("", 401)]
)
def test_whoever_has_the_token_gets_the_counts_from_elsewhere(
    stated: str, status: int, client: Client
) -> None:
    from dataclasses import replace

    from django.conf import settings

    serving = replace(settings.FOTFESTE.serving, metrics_token="merke-på-minst-16")
    with override_settings(FOTFESTE=replace(settings.FOTFESTE, serving=serving)):
        answer = client.get(
            "/metrics",
            REMOTE_ADDR="203.0.113.7",
            HTTP_AUTHORIZATION=f"Bearer {stated}".encode().decode("latin-1"),
        )
    assert answer.status_code == status


def test_what_is_too_large_is_refused_before_it_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "LARGEST_BODY", 100)
    assert client.post("/konto/logg-inn/", {"login": "a" * 200}).status_code == 413
    assert client.post("/konto/logg-inn/", {"login": "a"}).status_code != 413


@pytest.mark.parametrize("stated", ["-1", "1e9", "kari"])
def test_a_length_that_is_no_length_is_refused(stated: str, client: Client) -> None:
    assert client.get("/", CONTENT_LENGTH=stated).status_code in (400, 413)


def test_answers_to_machines_are_json_whatever_is_asked_for(client: Client) -> None:
    for path in ("/helse/", "/klar/"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.headers["Content-Type"] == "application/json"
        json.loads(answer.content)
