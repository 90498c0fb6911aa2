"""The pages of case documents: the list, one document, its journal fields, its PDF and its package for the archive."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import allowed
from fotfeste.web.rights.guard import Found, found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.trace import documents
from fotfeste.web.trace.forms import Journal, Transfer, journal_of
from fotfeste.web.trace.journal_words import COPIES, POSTS, STATUSES
from fotfeste.web.trace.models import CaseDocument, Copy
from fotfeste.web.trace.reading import seen_by
from fotfeste.web.trace.views import somewhere

ON_A_PAGE = 50


def _document(_request: HttpRequest, document: UUID) -> Found:
    try:
        one = CaseDocument.objects.get(pk=document)
    except CaseDocument.DoesNotExist:
        raise Http404 from None
    return Found(documents.thing_of(one), one)


@never_cache
@require_GET
@needs(Action.VIEW, Kind.JOURNAL, somewhere(Kind.JOURNAL))
def all_documents(request: HttpRequest) -> HttpResponse:
    """Show the case documents of the reader's county."""
    counties = seen_by(actor_of(request), Kind.JOURNAL)
    listed = (
        CaseDocument.objects.all() if counties is None else CaseDocument.objects.filter(county__in=counties)
    )
    page = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("side"))
    rows = [{"document": one, **_words(one)} for one in page]
    return render(request, "trace/documents.html", {"page": page, "rows": rows})


@never_cache
@require_GET
@needs(Action.VIEW, Kind.JOURNAL, _document)
def one_document(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show one document with its journal fields."""
    del document
    one = found(request, CaseDocument)
    return render(request, "trace/document.html", {**_page(request, one), "transfer": Transfer()})


@never_cache
@require_GET
@needs(Action.VIEW, Kind.JOURNAL, _document)
def document_pdf(request: HttpRequest, document: UUID) -> HttpResponse:
    """Give the document itself."""
    one = found(request, CaseDocument)
    return file_answer(
        documents.content(one), "application/pdf", f"dokument-{str(document)[:8]}-v{one.version}.pdf"
    )


@never_cache
@require_GET
@needs(Action.EXPORT, Kind.JOURNAL, _document)
def document_package(request: HttpRequest, document: UUID) -> HttpResponse:
    """Give the package for the county's archive."""
    del document
    name, content = documents.export(found(request, CaseDocument))
    return file_answer(content, "application/zip", name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.CHANGE, Kind.JOURNAL, _document)
def change_document(request: HttpRequest, document: UUID) -> HttpResponse:
    """Change the journal fields."""
    one = found(request, CaseDocument)
    form = Journal(request.POST or None, initial=journal_of(one))
    if request.method == "POST" and form.is_valid():
        try:
            documents.change(actor_of(request), one, replace(documents.facts_of(one), **form.cleaned_data))
        except InputError as error:
            words = words_of(request)
            for problem in error.problems or (error.problem,):
                name = (
                    problem.place if isinstance(problem.place, str) and problem.place in form.fields else None
                )
                form.add_error(name, words.text(problem.what))
        else:
            messages.success(request, words_of(request).text(msg("Journalopplysningene er lagret.")))
            return redirect("document", document=document)
    return render(request, "trace/change.html", {**_page(request, one), "form": form})


@never_cache
@require_http_methods(["POST"])
@needs(Action.CHANGE, Kind.JOURNAL, _document)
def transfer_document(request: HttpRequest, document: UUID) -> HttpResponse:
    """Note that the archive has taken the document over."""
    one = found(request, CaseDocument)
    form = Transfer(request.POST)
    if form.is_valid():
        try:
            documents.transfer(actor_of(request), one, form.cleaned_data["on"])
        except InputError as error:
            form.add_error(None, words_of(request).text(error.problem.what))
        else:
            messages.success(
                request, words_of(request).text(msg("Dokumentet er merket som overført til arkivet."))
            )
            return redirect("document", document=document)
    return render(request, "trace/document.html", {**_page(request, one), "transfer": form}, status=422)


def _words(one: CaseDocument) -> dict[str, Any]:
    return {
        "post": POSTS.get(one.post, one.post),
        "status": STATUSES.get(one.status, one.status),
        "copy": COPIES.get(one.copy, one.copy),
    }


def _page(request: HttpRequest, one: CaseDocument) -> dict[str, Any]:
    actor, thing = actor_of(request), documents.thing_of(one)
    may_change = allowed(actor, Action.CHANGE, thing) and one.transferred_on is None
    return {
        "document": one,
        **_words(one),
        "may_export": allowed(actor, Action.EXPORT, thing),
        "may_change": may_change,
        "may_transfer": may_change and one.copy == Copy.ARCHIVE,
    }
