"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Fotfeste's app ``follow_up``."""

    name = "fotfeste.web.follow_up"
    label = "follow_up"
