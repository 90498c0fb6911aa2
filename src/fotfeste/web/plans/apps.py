"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Fotfeste's app ``plans``."""

    name = "fotfeste.web.plans"
    label = "plans"

    def ready(self) -> None:
        """Make the work in the background known."""
        from fotfeste.web.plans import work  # noqa: F401
