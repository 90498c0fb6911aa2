"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """Fotfeste's app ``front``."""

    name = "fotfeste.web.front"
    label = "front"
