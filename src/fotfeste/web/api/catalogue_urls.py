"""Addresses of the catalogue, at the root, where data catalogues look for it."""

from __future__ import annotations

from django.urls import URLPattern, path

from fotfeste.web.api import catalogue

urlpatterns: list[URLPattern] = [
    path("katalog.ttl", catalogue.turtle, name="catalogue_turtle"),
    path("katalog.jsonld", catalogue.jsonld, name="catalogue_jsonld"),
]
