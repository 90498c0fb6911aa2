"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from fotfeste.web.front import views

urlpatterns: list[URLPattern | URLResolver] = [path("sprak/", views.choose_language, name="choose_language")]
