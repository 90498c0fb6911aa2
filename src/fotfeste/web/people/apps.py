"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Fotfeste's app ``people``."""

    name = "fotfeste.web.people"
    label = "people"

    def ready(self) -> None:
        """Write what happens to accounts into the trace."""
        from fotfeste.web.people import receivers

        receivers.connect()
