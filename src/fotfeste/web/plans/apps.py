"""The app as Django knows it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class PlansConfig(AppConfig):
    """Fotfeste's app ``plans``."""

    name = "fotfeste.web.plans"
    label = "plans"

    def ready(self) -> None:
        """Let the database refuse changes to what coders have done; make the work in the background known."""
        from fotfeste.web.plans import exchange_work, learning_work, work  # noqa: F401

        post_migrate.connect(_fix, sender=self, dispatch_uid="fotfeste.plans")


def _fix(using: str, **_values: Any) -> None:
    from fotfeste.web.plans.fixed import fix

    fix(connections[using])
