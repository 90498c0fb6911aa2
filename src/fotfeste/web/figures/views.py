"""Pages where new figures come in: ordered, looked at, and approved or put aside by a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import Language, Message, msg
from fotfeste.statistics.tables_declared import load_tables
from fotfeste.web.figures import services
from fotfeste.web.figures.forms import Decision, NewFigures
from fotfeste.web.figures.models import FigureImport, State
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.jobs.kept_messages import error_in_words, told
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing, allowed
from fotfeste.web.rights.guard import Found, found, needs
from fotfeste.web.rights.roles import Action, Kind

ON_A_PAGE = 25
NO_MORE_TO_ASK = 286
"""The status that tells htmx to stop asking again."""
APPROVE, DISCARD = "godkjenn", "forkast"
STATES: dict[str, tuple[Message, str]] = {
    State.PREPARING: (msg("klargjøres"), "info"),
    State.READY: (msg("venter på godkjenning"), "warning"),
    State.UNCHANGED: (msg("ingen endringer"), "neutral"),
    State.FAILED: (msg("mislykket"), "danger"),
    State.APPROVED: (msg("godkjent, tas inn"), "info"),
    State.KEPT: (msg("tatt inn"), "success"),
    State.DISCARDED: (msg("forkastet"), "neutral"),
}
LIVING = (State.PREPARING, State.APPROVED)


def _import(request: HttpRequest, number: UUID) -> Found:
    del request
    one = get_object_or_404(FigureImport.objects.select_related("ordered_by", "decided_by"), pk=number)
    return Found(services.thing_of(one), one)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.FIGURES)
def all_imports(request: HttpRequest) -> HttpResponse:
    """Show every import, newest first, and where a new one is ordered."""
    words = words_of(request)
    page = Paginator(FigureImport.objects.order_by("-ordered_at", "pk"), ON_A_PAGE).get_page(
        request.GET.get("side")
    )
    shown = {
        "page": page,
        "imports": [_shown(one, words) for one in page.object_list],
        "may_add": allowed(actor_of(request), Action.ADD, Thing(Kind.FIGURES)),
        "trail": [(msg("Kunnskap"), "/"), (msg("Nye tall"), "")],
    }
    return render(request, "figures/all.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.FIGURES)
def new_import(request: HttpRequest) -> HttpResponse:
    """Order an import of a table: fetched from the source, or from a file that is sent."""
    words, status = words_of(request), 200
    form = NewFigures(words, initial={"table": request.GET.get("tabell", "")})
    if request.method == "POST":
        form, status = NewFigures(words, request.POST, request.FILES), 422
        if form.is_valid():
            given = form.cleaned_data
            sent = given["file"]
            try:
                made = services.order(
                    actor_of(request),
                    load_tables()[given["table"]],
                    (sent.name, sent.read(services.LARGEST + 1)) if sent else None,
                    accept_loss=given["accept_loss"],
                )
            except InputError as error:
                _tell(form, "file", error, words)
            else:
                return redirect("figures_import", number=made.pk)
    shown = {
        "form": form,
        "trail": [
            (msg("Kunnskap"), "/"),
            (msg("Nye tall"), reverse("figures")),
            (msg("Hent eller last opp"), ""),
        ],
    }
    return render(request, "figures/new.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.VIEW, Kind.FIGURES, _import, post=Action.CHANGE)
def one_import(request: HttpRequest, number: UUID) -> HttpResponse:
    """Show what new figures would change; sent to, they are approved or put aside."""
    del number
    words, one, status = words_of(request), found(request, FigureImport), 200
    form = Decision()
    if request.method == "POST":
        form, status = Decision(request.POST), 422
        if form.is_valid():
            try:
                return _decided(request, one, form.cleaned_data["reason"])
            except InputError as error:
                _tell(form, "reason" if error.code == "figures.reason" else None, error, words)
                one.refresh_from_db()
    shown = {"one": _shown(one, words), "form": form, **_preview(one, words)}
    if is_partial(request):
        code = 200 if one.state in LIVING else NO_MORE_TO_ASK
        return render(request, "figures/part.html", {**shown, "partial": True}, status=code)
    shown["trail"] = [
        (msg("Kunnskap"), "/"),
        (msg("Nye tall"), reverse("figures")),
        (shown["one"]["title"], ""),
    ]
    shown["may_decide"] = allowed(actor_of(request), Action.CHANGE, services.thing_of(one))
    return render(request, "figures/one.html", shown, status=status)


def _decided(request: HttpRequest, one: FigureImport, reason: str) -> HttpResponse:
    words, actor = words_of(request), actor_of(request)
    if request.POST.get("valg") == APPROVE:
        services.approve(actor, one.pk, reason)
        messages.success(request, words.text(msg("Tallene er godkjent og tas inn nå.")))
    elif request.POST.get("valg") == DISCARD:
        services.discard(actor, one.pk, reason)
        messages.info(
            request, words.text(msg("Tallene er forkastet. Tallene som sto fra før, er ikke endret."))
        )
    else:
        raise InputError("figures.choice", msg("Velg om tallene skal godkjennes eller forkastes."))
    return redirect("figures_import", number=one.pk)


def _tell(form: forms.Form, field: str | None, error: FotfesteError, words: Language) -> None:
    problem = error.problem
    parts = [words.text(problem.what), *([words.text(problem.remedy)] if problem.remedy else [])]
    form.add_error(field, " ".join(parts))


def _shown(one: FigureImport, words: Language) -> dict[str, Any]:
    """Return an import in words."""
    table = load_tables().get(one.table)
    name, colour = STATES[one.state]
    return {
        "id": str(one.pk),
        "table": one.table,
        "title": one.table if table is None else table.titles.get(words.locale, table.titles["nb"]),
        "agency": "" if table is None else table.agency,
        "number": "" if table is None else table.table,
        "dataset": one.dataset,
        "file": one.file_name,
        "state": one.state,
        "state_name": words.text(name),
        "color": colour,
        "ordered_at": one.ordered_at,
        "ordered_by": one.ordered_by.name if one.ordered_by else "",
        "decided_at": one.decided_at,
        "decided_by": one.decided_by.name if one.decided_by else "",
        "reason": one.reason,
        "version": one.version,
        "stood": one.stood.partition(":")[0],
        "living": one.state in LIVING,
    }


def _preview(one: FigureImport, words: Language) -> dict[str, Any]:
    """Return what an import would change, or what went wrong, in words."""
    wrong, parts, remedy = error_in_words(one.fault, words) if one.fault else ("", (), "")
    found = one.preview or {}
    return {
        "wrong": wrong,
        "wrong_parts": parts,
        "wrong_remedy": remedy,
        "preview": found,
        "told": [words.text(told(line)).strip() for line in found.get("told", ())],
        "notes": [words.text(told(line)) for line in found.get("notes", ())],
        **{
            name: [
                {**each, "where": ", ".join((each["code"], *each["others"]))} for each in found.get(name, ())
            ]
            for name in ("revisions", "newest")
        },
    }
