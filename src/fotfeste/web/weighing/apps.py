"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WeighingConfig(AppConfig):
    """Fotfeste's app ``weighing``."""

    name = "fotfeste.web.weighing"
    label = "weighing"
