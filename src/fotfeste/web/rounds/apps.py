"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Fotfeste's app ``rounds``."""

    name = "fotfeste.web.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Make known what is done for rounds in the background."""
        from fotfeste.web.rounds import work  # noqa: F401
