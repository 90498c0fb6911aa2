"""Addresses of plans: ``telemarksplanen/`` is one plan, ``telemarksplanen/les/1/`` its first document."""

from __future__ import annotations

from django.urls import path

from fotfeste.web.plans import (
    calendar_views,
    coding_views,
    found_views,
    reader_views,
    register_views,
    search_views,
)

READ = "<slug:slug>/les/<int:number>/"
urlpatterns = [
    path("", register_views.register, name="plans"),
    path("kalender/", calendar_views.calendar, name="plan_calendar"),
    path("kalender.ics", calendar_views.calendar_file, name="plan_calendar_file"),
    path("sok/", search_views.find_words, name="plan_search"),
    path("matrise/", found_views.coverage, name="plan_matrix"),
    path("ny/", register_views.new_plan, name="plan_new"),
    path("<slug:slug>/", register_views.plan, name="plan"),
    path("<slug:slug>/endre/", register_views.change_plan, name="plan_change"),
    path("<slug:slug>/legg-inn/", register_views.add_file, name="plan_add_file"),
    path("<slug:slug>/hull/", found_views.first_gaps, name="plan_first_gaps"),
    path(READ, reader_views.reader, name="plan_reader"),
    path(f"{READ}side/<int:page>.png", reader_views.page_picture, name="plan_page_picture"),
    path(f"{READ}fil/", reader_views.original, name="plan_original"),
    path(f"{READ}hull/", found_views.one_gaps, name="plan_gaps"),
    path(f"{READ}hull.docx", found_views.gaps_file, name="plan_gaps_file"),
    path(f"{READ}koding/", coding_views.code, name="plan_coding"),
    path(f"{READ}uenighet/", coding_views.disagreements, name="plan_disagreements"),
]
