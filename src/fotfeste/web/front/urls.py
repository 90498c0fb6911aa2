"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from fotfeste.web.front import about, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sprak/", views.choose_language, name="choose_language"),
    path("om/", about.about, name="about"),
    path("om/hjelp/", about.help_page, name="help"),
    path("om/ordliste/", about.word_list, name="wordlist"),
    path("om/tilgjengelighet/", about.accessibility, name="accessibility"),
    path("om/personvern/", about.privacy, name="privacy"),
    path("robots.txt", about.robots, name="robots"),
    path(".well-known/security.txt", about.security, name="security"),
]
