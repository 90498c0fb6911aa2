"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from fotfeste.web.figures import views

urlpatterns = [
    path("", views.all_imports, name="figures"),
    path("ny/", views.new_import, name="figures_new"),
    path("<uuid:number>/", views.one_import, name="figures_import"),
]
