"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Fotfeste's app ``jobs``."""

    name = "fotfeste.web.jobs"
    label = "jobs"
