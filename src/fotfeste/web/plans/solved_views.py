"""How others have solved it: passages of other plans that say what is missing, or speak of a theme, well."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.messages import Language, msg
from fotfeste.plans.coverage import Evidence, shipped_settings
from fotfeste.plans.gaps import Expectation, shipped_expectations
from fotfeste.plans.gaps.support import best_of
from fotfeste.plans.register import plan_types
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.reports.plans.hearing_values import title_of
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import stored
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.page import FRONT
from fotfeste.web.plans.read_plans import found_for, note_seen, quoted, to_quote
from fotfeste.web.plans.seeing import Entry
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import open_to_all

MOST = 30
"""Passages on the page."""


def passages_for(
    request: HttpRequest,
    expectation: Expectation,
    among: dict[str, tuple[PlanFile, Entry]],
    missing: list[str],
) -> tuple[Evidence, ...]:
    """Return what other plans say of an expectation, people's codings first."""
    return best_of([one.solved(expectation, missing) for one in found_for(request, _files(among))])


def _files(among: dict[str, tuple[PlanFile, Entry]]) -> list[PlanFile]:
    return [file for file, _ in among.values()]


@never_cache
@require_safe
@open_to_all
def solved_by_others(request: HttpRequest) -> HttpResponse:
    """Show how other plans say something: an expectation (``hva``) or a theme of the matrix (``tema``)."""
    words, book = words_of(request), stored.book()
    asked = {name: request.GET.get(name, "").strip() for name in ("hva", "tema", "fylke", "type", "uten")}
    expectation = next((one for one in shipped_expectations().all if one.id == asked["hva"]), None)
    column = next((one for one in shipped_settings().columns if one.id == asked["tema"]), None)
    among = {
        name: (file, entry)
        for name, (file, entry) in to_quote(actor_of(request), asked["uten"]).items()
        if asked["fylke"] in ("", entry.county) and asked["type"] in ("", entry.plan.type)
    }
    found: tuple[Evidence, ...] = ()
    if expectation is not None:
        missing = [code for code in request.GET.getlist("mangler") if code in book.by_id]
        found = passages_for(request, expectation, among, missing)
    elif column is not None:
        found = best_of([one.said_well(column) for one in found_for(request, _files(among))])
    chosen = expectation or column
    shown = found[:MOST]
    note_seen(actor_of(request), [among[name][0] for name in {one.document for one in shown}])
    context = {
        "asked": asked,
        "missing": request.GET.getlist("mangler"),
        "chosen": bool(chosen),
        "name": words.text(chosen.name) if chosen else "",
        "advice": words.text(expectation.advice) if expectation else "",
        "read": len(among),
        "passages": [told(one, among, words) for one in shown],
        "more": len(found) - len(shown),
        "documents": len({one.document for one in found}),
        "expectations": [(one.id, words.text(one.name)) for one in shipped_expectations().all],
        "columns": [(one.id, words.text(one.name)) for one in shipped_settings().columns],
        "counties": [(one.code, one.name) for one in load_regions().counties(EDITION)],
        "types": [(one.id, words.text(one.name)) for one in plan_types().values()],
        "trail": [FRONT, (msg("Slik har andre løst det"), "")],
    }
    return render(request, "plans/solved.html", context)


def told(one: Evidence, among: dict[str, tuple[PlanFile, Entry]], words: Language) -> dict[str, Any]:
    """Return a passage with the plan it stands in."""
    file, entry = among[one.document]
    named = title_of(entry.plan, load_regions(), words)
    return quoted(one, file, words) | {
        "plan": entry.plan.title,
        "owner": entry.plan.owner.name,
        "named": named,
    }
