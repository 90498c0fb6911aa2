"""Addresses of plans: ``telemarksplanen/`` is one plan, ``telemarksplanen/les/1/`` its first document."""

from __future__ import annotations

from django.urls import path

from fotfeste.web.plans import (
    calendar_views,
    codebook_views,
    coding_views,
    document_views,
    exchange_views,
    found_views,
    matrix_views,
    reader_views,
    register_views,
    search_views,
    solved_views,
    start_pack_views,
    statement_views,
    terms_views,
    version_views,
)

READ = "<slug:slug>/les/<int:number>/"
urlpatterns = [
    path("", register_views.register, name="plans"),
    path("kalender/", calendar_views.calendar, name="plan_calendar"),
    path("kalender.ics", calendar_views.calendar_file, name="plan_calendar_file"),
    path("kalender/<str:code>/", start_pack_views.pack, name="plan_start_pack"),
    path("kalender/<str:code>/startpakke.docx", start_pack_views.pack_file, name="plan_start_pack_file"),
    path("kodebok/", codebook_views.codebook, name="plan_codebook"),
    path("kodebok.qdc", codebook_views.as_qdc, name="plan_codebook_qdc"),
    path("kodebok.toml", codebook_views.as_toml, name="plan_codebook_toml"),
    path("kodebok.csv", codebook_views.as_taguette, name="plan_codebook_csv"),
    path("sok/", search_views.find_words, name="plan_search"),
    path("matrise/", matrix_views.coverage, name="plan_matrix"),
    path("matrise.xlsx", matrix_views.coverage_workbook, name="plan_matrix_workbook"),
    path("matrise.docx", matrix_views.coverage_document, name="plan_matrix_document"),
    path("losninger/", solved_views.solved_by_others, name="plan_solved"),
    path("ny/", register_views.new_plan, name="plan_new"),
    path("<slug:slug>/", register_views.plan, name="plan"),
    path("<slug:slug>/endre/", register_views.change_plan, name="plan_change"),
    path("<slug:slug>/legg-inn/", document_views.add_file, name="plan_add_file"),
    path("<slug:slug>/endringer/", version_views.changes, name="plan_changes"),
    path("<slug:slug>/mal/", version_views.goals, name="plan_goals"),
    path("<slug:slug>/hull/", found_views.first_gaps, name="plan_first_gaps"),
    path(READ, reader_views.reader, name="plan_reader"),
    path(f"{READ}side/<int:page>.png", reader_views.page_picture, name="plan_page_picture"),
    path(f"{READ}fil/", reader_views.original, name="plan_original"),
    path(f"{READ}hull/", found_views.one_gaps, name="plan_gaps"),
    path(f"{READ}hull.docx", found_views.gaps_file, name="plan_gaps_file"),
    path(f"{READ}ord/", terms_views.terms, name="plan_terms"),
    path(f"{READ}uttalelse/", statement_views.statement, name="plan_statement"),
    path(f"{READ}uttalelse.docx", statement_views.statement_file, name="plan_statement_file"),
    path(f"{READ}koding/", coding_views.code, name="plan_coding"),
    path(f"{READ}utveksling/", exchange_views.exchange, name="plan_exchange"),
    path(f"{READ}koding.csv", exchange_views.as_csv, name="plan_codings_csv"),
    path(f"{READ}koding.xlsx", exchange_views.as_xlsx, name="plan_codings_xlsx"),
    path(f"{READ}trekk/", document_views.withdraw, name="plan_withdraw"),
    path(f"{READ}tapte/", version_views.lost, name="plan_lost"),
    path(f"{READ}uenighet/", coding_views.disagreements, name="plan_disagreements"),
]
