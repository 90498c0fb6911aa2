"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class TraceConfig(AppConfig):
    """Fotfeste's app ``trace``."""

    name = "fotfeste.web.trace"
    label = "trace"
