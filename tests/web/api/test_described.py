"""The API keeps its promise: the description that is committed is the one that is served."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_description_is_the_one_that_is_committed(client: Client, root: Path) -> None:
    served = json.loads(client.get("/api/v1/openapi.json").content)
    kept = json.loads((root / "docs" / "reference" / "openapi.json").read_text("utf-8"))
    assert served == kept, "run `make api` after a meant change, and add the change to CHANGELOG.md"


def test_every_parameter_and_answer_is_explained(client: Client) -> None:
    served = json.loads(client.get("/api/v1/openapi.json").content)
    assert served["info"]["version"] == "1"
    for path, methods in served["paths"].items():
        assert set(methods) == {"get"}, path
        operation = methods["get"]
        assert operation["summary"], path
        assert operation["description"], path
        for parameter in operation.get("parameters", []):
            schema = parameter["schema"]
            told = parameter.get("description") or schema.get("description")
            assert told, (path, parameter["name"])
