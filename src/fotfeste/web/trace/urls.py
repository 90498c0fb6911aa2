"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from fotfeste.web.trace import document_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.trace, name="trace"),
    path("spor.jsonl", views.trace_file, name="trace_file"),
    path("dokumenter/", document_views.all_documents, name="documents"),
    path("dokumenter/<uuid:document>/", document_views.one_document, name="document"),
    path("dokumenter/<uuid:document>/dokument.pdf", document_views.document_pdf, name="document_pdf"),
    path("dokumenter/<uuid:document>/pakke.zip", document_views.document_package, name="document_package"),
    path("dokumenter/<uuid:document>/endre/", document_views.change_document, name="change_document"),
    path("dokumenter/<uuid:document>/overfort/", document_views.transfer_document, name="transfer_document"),
]
