"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Fotfeste's app ``api``."""

    name = "fotfeste.web.api"
    label = "api"
