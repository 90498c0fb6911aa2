"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Fotfeste's app ``places``."""

    name = "fotfeste.web.places"
    label = "places"
