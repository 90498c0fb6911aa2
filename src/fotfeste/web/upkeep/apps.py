"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Fotfeste's app ``upkeep``."""

    name = "fotfeste.web.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        """Count the requests that fail because of the database."""
        from django.core.signals import got_request_exception

        from fotfeste.web.upkeep.metrics import count_failure

        got_request_exception.connect(count_failure, dispatch_uid="fotfeste.upkeep")
