"""Coding in and out: a project from another program onto a document, and the codings as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.plans.coding import Coding, CodingLog, codings
from fotfeste.plans.documents import Document
from fotfeste.plans.exchange import (
    Imported,
    codings_as_csv,
    codings_as_xlsx,
    entered,
    read_codings,
    read_exchange,
    read_qdpx,
    same_codes,
    told,
)
from fotfeste.plans.exchange.onto import FromSource, onto
from fotfeste.plans.exchange.packages import Bounds
from fotfeste.plans.exchange.qdpx import coder_id
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.front.words import said
from fotfeste.web.plans import learning, memos, services, stored
from fotfeste.web.plans.codes_shown import may_code
from fotfeste.web.plans.models import PlanFile, State
from fotfeste.web.plans.page import FRONT, coding_found, entry_of, tell_error
from fotfeste.web.plans.seeing import coding_thing
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROOM = Bounds(file=10_000_000, parts=2_000, part=30_000_000, content=100_000_000, ratio=200)
"""What a request may unpack: a project that is larger is taken in on the command line."""
MOST = 20_000
_OTHERS = "refi-"


class ExchangeForm(forms.Form):
    """A file from another program."""

    file = forms.FileField(
        label=said(msg("Fil")),
        widget=forms.FileInput({"accept": ".qdpx,.sqlite3,.sqlite,.db,.csv,.xlsx"}),
        help_text=said(
            msg("REFI-QDA-prosjekt (.qdpx), Taguette-prosjekt (.sqlite3) eller en tabell over kodinger (CSV, XLSX).")
        ),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.VIEW, Kind.CODING, coding_found, post=Action.ADD)
def exchange(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take codings in from a file, with the account of what did not come along; lead to the files that go out."""
    words, file, status = words_of(request), found(request, PlanFile), 200
    document = _document(file)
    form, report = ExchangeForm(), None
    if request.method == "POST":
        form, status = ExchangeForm(request.POST, request.FILES), 422
        if form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                report = _take_in(request, file, document, sent.name, sent.read())
                form, status = ExchangeForm(), 200
            except InputError as error:
                tell_error(form, "file", error, words)
    here = reverse("plan_reader", kwargs={"slug": slug, "number": number})
    entry = entry_of(request, slug)
    shown = {
        "form": form,
        "file": file,
        "report": report,
        "may_code": may_code(request, file),
        "count": len(_codings(request, file, whole=True)),
        "reader": here,
        "trail": [
            FRONT,
            (entry.plan.title, reverse("plan", kwargs={"slug": slug})),
            (file.title or file.name, here),
            (msg("Hent inn og ut koding"), ""),
        ],
    }
    return render(request, "plans/exchange.html", shown, status=status)


def _document(file: PlanFile) -> Document:
    if file.state != State.READY:
        raise Http404
    return stored.document_of(file)


def _take_in(
    request: HttpRequest, file: PlanFile, document: Document, name: str, data: bytes
) -> dict[str, Any]:
    """Put the codings of a file into the county's log; return the account of it in words."""
    words, actor, book = words_of(request), actor_of(request), stored.book()
    imported = _read(name, data, document, actor.pseudonym)
    here = onto(imported, document)
    if len(here.codings) > MOST:
        raise InputError(
            "plan.exchange.many",
            msg("Filen har {count} kodinger. Høyst {most} kan hentes inn.", count=len(here.codings), most=MOST),
            place=name[-80:],
            remedy=msg("Del opp filen."),
        )  # fmt: skip
    codes = same_codes(imported.codebook, book) if imported.codebook is not None else None
    counted: dict[str, Any] = {}
    some = [replace(one, coder=_coder(one.coder, actor.pseudonym)) for one in here.codings]

    def put(log: CodingLog) -> CodingLog:
        done = entered(log, some, book, codes)
        counted.update(new=done.new, known=done.known, without=done.without_code)
        return done.log

    log = services.act(actor, file, put, "imported")
    if counted["new"]:
        learning.order(actor, coding_thing(actor, file).county)
    names = {one.id: one.name["nb"] for one in imported.codebook.codes} if imported.codebook else {}
    lines = [*_counted(counted, names), *(_source(one) for one in here.sources), *told(imported.report)]
    return {
        "lines": [words.text(one) for one in lines],
        "new": counted["new"],
        "events": len(log.events),
        "coders": [name for name in imported.coders.values() if name],
    }


def _read(name: str, data: bytes, document: Document, coder: str) -> Imported:
    at, ending = timezone.now(), name.rpartition(".")[2].lower()
    if ending in ("csv", "xlsx"):
        return read_codings(name, data, [document], stored.book(), at=at, coder=coder)
    if ending == "qdpx":
        return read_qdpx(name, data, at=at, bounds=ROOM)
    return read_exchange(name, data, at=at)


def _coder(stated: str, own: str) -> str:
    """Return whose a coding is: a file may speak for its own people and for whoever hands it in, for nobody else here."""
    return stated if stated == own or stated.startswith(_OTHERS) else coder_id(stated)


def _counted(counted: dict[str, Any], names: dict[str, str]) -> list[Message]:
    lines = [
        nmsg("Én koding er hentet inn.", "{count} kodinger er hentet inn.", counted["new"]),
    ]
    if counted["known"]:
        lines.append(nmsg("Én sto her fra før.", "{count} sto her fra før.", counted["known"]))
    for code, count in counted["without"].items():
        lines.append(
            nmsg(
                "Én koding med «{code}» ble ikke med: kodeboken her har ingen slik kode.",
                "{count} kodinger med «{code}» ble ikke med: kodeboken her har ingen slik kode.",
                count,
                code=names.get(code, code),
            )
        )
    return lines


def _source(one: FromSource) -> Message:
    lost = sum(one.lost.values())
    if not one.found:
        return msg("«{source}»: ingen av kodingene finnes igjen i dette dokumentet.", source=one.name)
    return msg(
        "«{source}»: {found} av {all} kodinger er funnet igjen i dette dokumentet.",
        source=one.name,
        found=one.found,
        all=one.found + lost,
    )


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
