"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from fotfeste.web.places import views

urlpatterns: list[URLPattern | URLResolver] = [path("", views.country, name="country")]
