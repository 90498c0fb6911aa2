"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Fotfeste's app ``figures``."""

    name = "fotfeste.web.figures"
    label = "figures"

    def ready(self) -> None:
        """Make the work in the background known."""
        from fotfeste.web.figures import work  # noqa: F401
