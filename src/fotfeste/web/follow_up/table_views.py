"""Pages where IMDi's tables come in: a file is sent, what it would change is shown, and a person says yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.settlement.follow_up.status import Fall
from fotfeste.web.follow_up import requests_table, status_table
from fotfeste.web.follow_up.faults import show_faults
from fotfeste.web.follow_up.municipality_shown import count_in_words
from fotfeste.web.follow_up.page import address, context, whole
from fotfeste.web.follow_up.preview import Line, Preview, Taken
from fotfeste.web.follow_up.table_forms import RequestsFile, StatusFile
from fotfeste.web.follow_up.uploaded_table import BOUNDS
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.kept import survives, typed
from fotfeste.web.rounds.models import Round

READ = "lest"
"""The field that what was read of a file goes to the page and back in: not called a secret, so that it is kept."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One kind of table: its page, form and words, how it is read, looked at again and taken in, and what is said when it is."""

    view: str
    title: Message
    lead: Message
    form: type[forms.Form]
    read: Callable[..., Preview]
    again: Callable[[Actor, Round, str], Preview]
    take: Callable[..., Taken | Preview]
    done: Callable[[int], Message]


REQUESTS = _Way(
    "follow_up_requests",
    msg("Anmodninger fra IMDi"),
    msg("Last opp tabellen som IMDi publiserer. Du får se hva som blir endret før noe blir lagret."),
    RequestsFile,
    requests_table.preview_requests,
    requests_table.preview_requests_again,
    requests_table.take_requests,
    lambda count: nmsg(
        "Anmodningen til én kommune er lagret.", "Anmodningene til {count} kommuner er lagret.", count
    ),
)
STATUS = _Way(
    "follow_up_status",
    msg("Status over bosatte"),
    msg(
        "Last opp IMDis status over hvor mange som er bosatt hittil i året. Tallene blir lagret som de står. Bare fylkeskommunen og kommunen selv ser tall fra 1 til 4."
    ),
    StatusFile,
    status_table.preview_status,
    status_table.preview_status_again,
    status_table.take_status,
    lambda count: nmsg(
        "Statusen for én kommune er lagret.", "Statusen for {count} kommuner er lagret.", count
    ),
)


@survives
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.OUTCOME, whole)
def requests(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Take in IMDi's published requests."""
    del year, name
    return _table(request, found(request, Round), REQUESTS)


@survives
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.OUTCOME, whole)
def status(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Take in IMDi's status of those settled."""
    del year, name
    return _table(request, found(request, Round), STATUS)


def _table(request: HttpRequest, round_: Round, way: _Way) -> HttpResponse:
    form = way.form()
    preview, code = None, 200
    sent = request.POST if request.method == "POST" else typed(request)
    if sent is not None:
        try:
            if request.method != "POST":
                form, preview = _back(request, round_, way, sent)
            elif READ in sent:
                taken = way.take(actor_of(request), round_, sent[READ])
                if isinstance(taken, Taken):
                    return _taken(request, round_, way, taken)
                preview, code = taken, 409
            else:
                form, code = way.form(sent, request.FILES), 422
                if form.is_valid():
                    preview, code = _read(request, round_, way, form), 200
        except InputError as error:
            form, code = way.form(sent, request.FILES), 422
            form.errors.clear()  # a token comes without a file
            show_faults(form, error, words_of(request))
    return _page(request, round_, way, form, preview, code)


def _back(
    request: HttpRequest, round_: Round, way: _Way, sent: QueryDict
) -> tuple[forms.Form, Preview | None]:
    """Return the page as it was when the session ended: what had been read of a file, or the fields beside the file."""
    if READ in sent:
        return way.form(), way.again(actor_of(request), round_, str(sent[READ]))
    return way.form(initial=sent.dict()), None


def _read(request: HttpRequest, round_: Round, way: _Way, form: forms.Form) -> Preview:
    given = form.cleaned_data
    file = given["file"]
    more: dict[str, Any] = (
        {"dated": given["dated"], "reference": given["reference"]}
        if way is REQUESTS
        else {"as_of": given["as_of"]}
    )
    if file.size > BOUNDS.file:
        raise InputError(
            "upload.huge",
            msg("Filen er for stor til å være en tabell over kommuner."),
            place=file.name,
            remedy=msg("Ta med bare arket og kolonnene som trengs."),
        )
    return way.read(actor_of(request), round_, file.name, file.read(), **more)


def _taken(request: HttpRequest, round_: Round, way: _Way, taken: Taken) -> HttpResponse:
    said = way.done(taken.changed) if taken.changed else msg("Alt i filen var lagret fra før.")
    messages.success(request, words_of(request).text(said))
    return redirect(address("follow_up", round_))


@dataclass(frozen=True, slots=True)
class _Row:
    """One municipality in a preview, in words."""

    name: str
    before: str
    after: str
    minors_before: str
    minors_after: str
    what: Message


def _page(
    request: HttpRequest, round_: Round, way: _Way, form: forms.Form, preview: Preview | None, code: int
) -> HttpResponse:
    words = words_of(request)
    page = context(request, round_, "", way.title)
    values: dict[str, Any] = {
        **page,
        "heading": way.title,
        "lead": way.lead,
        "form": form,
        "here_again": address(way.view, round_),
        "back": typed(request),
    }
    if preview is not None:
        names = {one.code: one.name for one in preview.lines}
        values |= {
            "preview": preview,
            "rows": [_row(one, words) for one in preview.lines],
            "falls": [_fall(one, names, words) for one in preview.falls],
        }
    return render(request, "follow_up/table.html", values, status=code)


def _row(line: Line, words: Language) -> _Row:
    before = ["", ""] if line.before is None else [count_in_words(one, words) for one in line.before]
    after = [count_in_words(one, words) for one in line.after]
    what = msg("Ny") if line.new else msg("Endret") if line.changed else msg("Som før")
    return _Row(line.name, before[0], after[0], before[1], after[1], what)


def _fall(fall: Fall, names: dict[str, str], words: Language) -> Message:
    told: dict[str, str | date] = {
        "name": names.get(fall.code, fall.code),
        "before": count_in_words(fall.before, words),
        "after": count_in_words(fall.after, words),
        "since": fall.since,
    }
    if fall.minors:
        return msg("{name}: bosatte enslige mindreårige går fra {before} ({since}) til {after}.", **told)
    return msg("{name}: bosatte går fra {before} ({since}) til {after}.", **told)
