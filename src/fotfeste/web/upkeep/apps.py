"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Fotfeste's app ``upkeep``."""

    name = "fotfeste.web.upkeep"
    label = "upkeep"
