"""Coding in and out: a project from another program onto a document, read in the background, and the codings as tables."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Language, msg
from fotfeste.plans.coding import Coding, codings
from fotfeste.plans.documents import Document
from fotfeste.plans.exchange import codings_as_csv, codings_as_xlsx
from fotfeste.plans.exchange.placing import ENDINGS
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.front.words import said
from fotfeste.web.jobs.kept_messages import error_in_words, told
from fotfeste.web.jobs.services import latest
from fotfeste.web.plans import exchanging, memos, stored
from fotfeste.web.plans.codes_shown import may_code
from fotfeste.web.plans.exchange_models import CodingImport, Stage
from fotfeste.web.plans.models import PlanFile, State
from fotfeste.web.plans.page import coding_found, entry_of, tell_error, trail_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.upkeep.middleware import takes_up_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_MORE_TO_ASK = 286
"""The status that tells htmx to stop asking again."""


class ExchangeForm(forms.Form):
    """A file from another program."""

    file = forms.FileField(
        label=said(msg("Fil")),
        widget=forms.FileInput({"accept": ",".join(f".{one}" for one in ENDINGS)}),
        help_text=said(
            msg(
                "REFI-QDA-prosjekt (.qdpx), Taguette-prosjekt (.sqlite3) eller en tabell over kodinger (CSV, XLSX), høyst {most} MB.",
                most=exchanging.LARGEST // 1_000_000,
            )
        ),
    )


def _largest_form() -> int:
    return exchanging.LARGEST + 100_000  # what stands around the file


@takes_up_to(_largest_form)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.VIEW, Kind.CODING, coding_found, post=Action.ADD)
def exchange(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Order that codings are taken in from a file; show how far that is, and what came of it; lead to the files that go out."""
    words, file, actor, status = words_of(request), found(request, PlanFile), actor_of(request), 200
    _document(file)
    form = ExchangeForm()
    if request.method == "POST":
        form, status = ExchangeForm(request.POST, request.FILES), 422
        if form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                exchanging.hand_in(actor, file, sent.name, sent.read(exchanging.LARGEST + 1))
            except InputError as error:
                tell_error(form, "file", error, words)
            else:
                return redirect("plan_exchange", slug=slug, number=number)
    newest = exchanging.newest(actor, file) if may_code(request, file) else None
    shown = _handed_in(request, newest, words) if newest else {}
    here = reverse("plan_reader", kwargs={"slug": slug, "number": number})
    shown |= {"file": file, "reader": here}
    if is_partial(request):
        code = 200 if shown.get("living") else NO_MORE_TO_ASK
        return render(request, "plans/exchange_part.html", shown, status=code)
    entry = entry_of(request, slug)
    shown |= {
        "form": form,
        "may_code": may_code(request, file),
        "count": len(_codings(request, file, whole=True)),
        "trail": trail_of(file, entry.plan, (msg("Hent inn og ut koding"), "")),
    }
    return render(request, "plans/exchange.html", shown, status=status)


def _handed_in(request: HttpRequest, one: CodingImport, words: Language) -> dict[str, Any]:
    """Return in words how far a file is, and what came of it; the names in it are shown once."""
    living, job = exchanging.is_living(one), latest(exchanging.TAKE_IN, one.pk.hex)
    shown: dict[str, Any] = {"handed_in": one, "living": living}
    if one.stage == Stage.DONE:
        shown["lines"] = [words.text(told(line)) for line in one.report]
        shown["coders"] = exchanging.names_once(one) if request.method == "GET" else []
    elif living:
        shown["progress"] = round(100 * job.progress) if job else 0
        shown["told"] = told(job.message) if job and job.message else ""
    elif fault := one.fault or (job.error if job else None):
        shown["wrong"], shown["wrong_parts"], shown["remedy"] = error_in_words(fault, words)
    else:
        shown["wrong"] = words.text(msg("Filen ble ikke lest. Hent den inn på nytt."))
    return shown


def _document(file: PlanFile) -> Document:
    if file.state != State.READY:
        raise Http404
    return stored.document_of(file)


def _codings(request: HttpRequest, file: PlanFile, *, whole: bool) -> list[Coding]:
    """Return what stands in the county's log: a coder's own, or all."""
    actor = actor_of(request)
    log = memos.log_for(actor, file)
    own = may_code(request, file) and not whole
    return [
        one
        for one in codings(log)
        if one.text_sha256 == file.text_sha256 and (not own or one.coder == actor.pseudonym)
    ]


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.CODING, coding_found)
def as_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the codings as CSV: a coder's own, or with ``alle`` the county's."""
    file = found(request, PlanFile)
    document, some = _document(file), _codings(request, file, whole=request.GET.get("alle") == "1")
    content = codings_as_csv(some, [document], stored.book())
    return file_answer(content, "text/csv; charset=utf-8", f"koding-{slug}-{number}.csv")


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.CODING, coding_found)
def as_xlsx(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the codings as a workbook: a coder's own, or with ``alle`` the county's."""
    file = found(request, PlanFile)
    document, some = _document(file), _codings(request, file, whole=request.GET.get("alle") == "1")
    content = codings_as_xlsx(some, [document], stored.book(), timezone.now())
    return file_answer(content, XLSX, f"koding-{slug}-{number}.xlsx")
