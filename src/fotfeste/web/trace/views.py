"""The pages of the trace: what was done and seen, by whom where that is not erased, and the same as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fotfeste.web.people.words import place_name
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.guard import Find, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.trace.acts import act_in_words
from fotfeste.web.trace.chain import canonical, instant
from fotfeste.web.trace.forms import Search
from fotfeste.web.trace.models import Entry
from fotfeste.web.trace.reading import entries, names, seen_by
from fotfeste.web.trace.wording import DETAILS, MACHINES, value_in_words

ON_A_PAGE = 50


def somewhere(kind: Kind) -> Find:
    """Return what finds the objects of ``kind`` where the reader works: the whole installation, or a county."""

    def find(request: HttpRequest, **_parts: Any) -> Thing:
        counties = seen_by(actor_of(request), kind)
        return Thing(kind, county=counties[0] if counties else "")

    return find


@never_cache
@require_GET
@needs(Action.VIEW, Kind.TRACE, somewhere(Kind.TRACE))
def trace(request: HttpRequest) -> HttpResponse:
    """Show the trace, newest first: all of it to administrators, their county's to advisers."""
    form = Search(request.GET or None)
    wanted = form.wanted() if form.is_bound else Search({}).wanted()
    found = entries(wanted, seen_by(actor_of(request)))
    before = request.GET.get("for", "")
    if before.isascii() and before.isdecimal() and len(before) < 18:
        found = found.filter(number__lt=int(before))
    shown = list(found[: ON_A_PAGE + 1])
    known = names(one.actor for one in shown if one.actor)
    rows = [_row(one, known.get(one.actor, "")) for one in shown[:ON_A_PAGE]]
    asked = request.GET.copy()
    older = ""
    if len(shown) > ON_A_PAGE:
        asked["for"] = str(shown[ON_A_PAGE - 1].number)
        older = "?" + asked.urlencode()
    asked.pop("for", None)
    context = {
        "form": form,
        "rows": rows,
        "older": older,
        "newest": "?" + asked.urlencode() if before else "",
    }
    return render(request, "trace/trace.html", {**context, "looked": form.is_bound})


def _row(entry: Entry, name: str) -> dict[str, Any]:
    place = entry.municipality or entry.county
    parts = sorted(json.loads(entry.detail).items())
    told = [
        (DETAILS.get(one, one), value_in_words(one, value)) for one, value in parts if one not in MACHINES
    ]
    return {
        "entry": entry,
        "name": name,
        "act": act_in_words(entry.act),
        "place": place_name(place) if place else "",
        "detail": told,
        "marks": [(DETAILS.get(one, one), value) for one, value in parts if one in MACHINES],
    }


@never_cache
@require_GET
@needs(Action.EXPORT, Kind.TRACE, somewhere(Kind.TRACE))
def trace_file(request: HttpRequest) -> HttpResponseBase:
    """Give the trace as JSON lines, oldest first, with hashes and without names."""
    found = entries(Search(request.GET).wanted(), seen_by(actor_of(request))).order_by("number")
    answer = StreamingHttpResponse(
        _lines(found.iterator(chunk_size=2_000)), content_type="application/x-ndjson"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="spor.jsonl"'
    return answer


def _lines(found: Iterator[Entry]) -> Iterator[str]:
    for one in found:
        yield canonical({**asdict(one.link), "at": instant(one.at), "hash": one.hash}) + "\n"
