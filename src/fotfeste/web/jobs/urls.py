"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from fotfeste.web.jobs import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.all_jobs, name="jobs"),
    path("<uuid:job>/", views.one_job, name="job"),
    path("<uuid:job>/avbryt/", views.cancel_job, name="cancel_job"),
]
