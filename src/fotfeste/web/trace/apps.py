"""The app as Django knows it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class TraceConfig(AppConfig):
    """Fotfeste's app ``trace``."""

    name = "fotfeste.web.trace"
    label = "trace"

    def ready(self) -> None:
        """Let the database refuse changes to the trace after every migration; make its daily work known."""
        from fotfeste.web.trace import work  # noqa: F401

        post_migrate.connect(_fix, sender=self, dispatch_uid="fotfeste.trace")


def _fix(using: str, **_values: Any) -> None:
    from fotfeste.web.trace.fixed import fix

    fix(connections[using])
