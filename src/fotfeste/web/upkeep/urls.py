"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from fotfeste.web.upkeep import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("helse/", views.alive, name="alive"),
    path("klar/", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
