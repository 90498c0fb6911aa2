"""Whatever is sent to the API, it answers as described and never fails (schemathesis, from the description itself)."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.cache import caches
from hypothesis import HealthCheck, settings

from fotfeste.web.api.limits import ByAddress
from fotfeste.web.project.wsgi import application

pytestmark = pytest.mark.django_db

described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    caches["counts"].clear()
    monkeypatch.setattr(ByAddress, "allow_request", lambda *_: True)


@described.parametrize()
@settings(
    max_examples=settings().max_examples // 3 or 1,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    database=None,
)
def test_every_answer_is_as_described(case: Any) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
