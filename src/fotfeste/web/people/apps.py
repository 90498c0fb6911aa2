"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Fotfeste's app ``people``."""

    name = "fotfeste.web.people"
    label = "people"

    def ready(self) -> None:
        """Write what happens to accounts into the trace; make the daily work known."""
        from fotfeste.web.people import receivers, work  # noqa: F401

        receivers.connect()
