"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from fotfeste.web.api import views
from fotfeste.web.api.operations import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.described, name="api_described"),
    path("v1/", api.urls),
    path("<path:rest>", views.unknown, name="api_unknown"),
]
