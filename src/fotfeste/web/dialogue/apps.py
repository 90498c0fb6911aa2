"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Fotfeste's app ``dialogue``."""

    name = "fotfeste.web.dialogue"
    label = "dialogue"
