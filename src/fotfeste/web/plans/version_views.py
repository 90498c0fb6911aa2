"""Versions and generations: what stayed, changed and vanished, which goals are repeated, and what coding was lost on the way."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, msg
from fotfeste.plans.anchors import Reason
from fotfeste.plans.documents import Passage
from fotfeste.plans.generations import (
    Change,
    Comparison,
    GoalRow,
    Pair,
    compare,
    goals_over_time,
    word_changes,
)
from fotfeste.plans.generations.told import CHANGES, counted_changes, goal_marks, passages_with
from fotfeste.plans.words import Pattern
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import memos, services, stored, versions
from fotfeste.web.plans.codes_shown import code_name, may_code, names_of
from fotfeste.web.plans.models import PlanFile, State
from fotfeste.web.plans.page import FRONT, coding_found, entry_of, plan_found, plan_is_open, trail_of
from fotfeste.web.plans.parts import anchor, cut_of
from fotfeste.web.plans.seeing import coding_thing, files_of, find, register_of, sees
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind

ON_A_PAGE = 40
MOST_GENERATIONS = 6
COLOURS = {
    Change.STAYED: "neutral",
    Change.CHANGED: "info",
    Change.MOVED: "neutral",
    Change.VANISHED: "danger",
    Change.NEW: "success",
}
WHY_LOST: dict[Reason, Message] = {
    Reason.ABSENT: msg("Ordene står ikke i den nye versjonen slik de sto."),
    Reason.SEVERAL: msg("Ordene står flere steder i den nye versjonen, og det er uvisst hvilket som er det samme."),
    Reason.UNSURE: msg("Ordene står der, men ikke noe rundt dem sier at det er samme sted."),
}  # fmt: skip


@lru_cache(maxsize=8)
def _compared(old: str, new: str, paths: tuple[str, str]) -> Comparison:
    """Compare two texts by their check sums; the paths are where they lie."""
    return compare(stored.text_at(paths[0], old), stored.text_at(paths[1], new))


def _comparison(old: PlanFile, new: PlanFile) -> Comparison:
    return _compared(old.text_sha256, new.text_sha256, (str(stored.text_of(old)), str(stored.text_of(new))))


def _offered(request: HttpRequest, slug: str) -> dict[str, PlanFile]:
    """Return the documents that can be compared: of the plan, of those it replaces and of those that replace it."""
    actor, entry = actor_of(request), entry_of(request, slug)
    slugs = [*entry.plan.replaces, slug]
    slugs += [one.plan.id for one in register_of(actor) if slug in one.plan.replaces]
    found: dict[str, PlanFile] = {}
    for name in dict.fromkeys(slugs):
        other = find(name, actor)
        if other is None or not sees(actor, other):
            continue
        for one in files_of(name, actor):
            if one.state == State.READY:
                found[f"{one.plan}.{one.number}"] = one
    return found


def _choices(request: HttpRequest, files: dict[str, PlanFile], slug: str) -> list[tuple[str, str]]:
    titles = {one.plan.id: one.plan.title for one in register_of(actor_of(request))}
    return [
        (key, f"{'' if one.plan == slug else f'{titles.get(one.plan, one.plan)}: '}{one.number}. {one.title or one.name}")
        for key, one in files.items()
    ]  # fmt: skip


def _pair(request: HttpRequest, slug: str, files: dict[str, PlanFile]) -> tuple[str, str]:
    """Return which two are compared: those asked for, else the newest of the plan and the version before, else the last two."""
    new, old = request.GET.get("til", ""), request.GET.get("fra", "")
    keys = list(files)
    if new not in files:
        own = [key for key in keys if files[key].plan == slug]
        new = next((key for key in reversed(own) if files[key].replaces_id), own[-1] if own else "")
    if old not in files and new:
        before = next((key for key in keys if files[key].pk == files[new].replaces_id), "")
        old = before or next((key for key in reversed(keys[: keys.index(new)])), "")
    return old, new


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, plan_found, open_when=plan_is_open)
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show two versions or generations passage by passage: what stayed, changed, moved, vanished, and is new."""
    words, entry = words_of(request), entry_of(request, slug)
    files = _offered(request, slug)
    old, new = _pair(request, slug, files)
    about, only = request.GET.get("om", "").strip()[:200], request.GET.get("bare", "")
    shown: dict[str, Any] = {
        "plan": entry.plan,
        "choices": _choices(request, files, slug),
        "old": old,
        "new": new,
        "about": about,
        "only": only,
        "kinds": [(one.value, words.text(name)) for one, name in CHANGES.items()],
        "trail": [FRONT, (entry.plan.title, reverse("plan", kwargs={"slug": slug})), (msg("Endringer"), "")],
    }
    if not old or not new or old == new:
        return render(request, "plans/changes.html", shown)
    comparison = _comparison(files[old], files[new])
    services.shown_in_search(actor_of(request), [files[old], files[new]], "compared")
    pairs = [
        one
        for one in comparison.pairs
        if (one.change.value == only if only else one.change is not Change.STAYED)
    ]
    if about:
        try:
            pattern = Pattern.parse(about)
        except InputError as error:
            shown["wrong"] = words.text(error.problem.what)
            return render(request, "plans/changes.html", shown, status=422)
        before, after = passages_with(comparison.old, pattern), passages_with(comparison.new, pattern)
        pairs = [one for one in pairs if one.before in before or one.after in after]
    number = request.GET.get("side", "1")
    page = max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1
    first = (page - 1) * ON_A_PAGE
    counts = comparison.counts()
    shown |= {
        "counts": [words.text(counted_changes(one, count)) for one, count in counts.items()],
        "total": len(pairs),
        "pairs": [
            _told(one, comparison, files[old], files[new], words) for one in pairs[first : first + ON_A_PAGE]
        ],
        "before_page": page - 1,
        "after_page": page + 1 if first + ON_A_PAGE < len(pairs) else 0,
    }
    return render(request, "plans/changes.html", shown)


def _told(one: Pair, comparison: Comparison, old: PlanFile, new: PlanFile, words: Language) -> dict[str, Any]:
    before, after = comparison.before(one), comparison.after(one)
    gone, came = comparison.words_before(one), comparison.words_after(one)
    return {
        "change": words.text(CHANGES[one.change]),
        "kind": one.change.value,
        "colour": COLOURS[one.change],
        "pieces": [(piece.kind.value, piece.text) for piece in word_changes(gone, came)]
        if before and after and not one.same_words
        else [],
        "text": came or gone,
        "before": _place(old, before),
        "after": _place(new, after),
    }


def _place(file: PlanFile, passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    here = reverse("plan_reader", kwargs={"slug": file.plan, "number": file.number})
    mark = anchor(passage)
    return {"address": f"{here}?sted={mark[1:]}#{mark}", "page": passage.pages[0] if passage.pages else 0}


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, plan_found, open_when=plan_is_open)
def goals(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the goals through the generations of a plan: which are repeated unchanged, reworded, gone or new."""
    words, entry = words_of(request), entry_of(request, slug)
    files = _offered(request, slug)
    asked = [one for one in files if one in request.GET.getlist("dok")]
    chosen = (asked or [key for key, one in files.items() if one.role in ("plan", "draft")])[
        :MOST_GENERATIONS
    ]
    shown: dict[str, Any] = {
        "plan": entry.plan,
        "choices": [(key, name, key in chosen) for key, name in _choices(request, files, slug)],
        "most": MOST_GENERATIONS,
        "trail": [FRONT, (entry.plan.title, reverse("plan", kwargs={"slug": slug})), (msg("Målene"), "")],
    }
    if len(chosen) > 1:
        some = [files[key] for key in chosen]
        rows = _goals(tuple((one.text_sha256, str(stored.text_of(one))) for one in some))
        services.shown_in_search(actor_of(request), some, "compared")
        shown |= {
            "files": [one.title or one.name for one in some],
            "rows": [_goal(row, some, words) for row in rows],
            "same": sum(1 for row in rows if row.repeated),
            "count": len(rows),
        }
    return render(request, "plans/goals.html", shown)


@lru_cache(maxsize=4)
def _goals(texts: tuple[tuple[str, str], ...]) -> tuple[GoalRow, ...]:
    return goals_over_time([stored.text_at(path, sha) for sha, path in texts])


def _goal(row: GoalRow, files: list[PlanFile], words: Language) -> dict[str, Any]:
    cells = []
    text = ""
    for file, place, mark in zip(files, row.places, goal_marks(row), strict=True):
        passage = stored.document_of(file).passages[place] if place is not None else None
        if passage is not None:
            text = " ".join(stored.document_of(file).at(passage.span).split())
        cells.append({"mark": words.text(mark) if mark else "", "place": _place(file, passage)})
    return {"text": text, "cells": cells, "repeated": row.repeated}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.VIEW, Kind.CODING, coding_found, post=Action.ADD)
def lost(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the codings of the version before that are not found in this one; a coder puts away those that are seen to."""
    words, file, actor = words_of(request), found(request, PlanFile), actor_of(request)
    here = reverse("plan_lost", kwargs={"slug": slug, "number": number})
    if request.method == "POST":
        given = request.POST.get("number", "")
        if given.isdecimal() and len(given) < 10:
            versions.put_away(actor, file, int(given))
        return redirect(here)
    before = file.replaces
    if file.state != State.READY:
        raise Http404
    county, coder = coding_thing(actor, file).county, may_code(request, file)
    apart = memos.apart_in(before, county) if before and not coder else 0
    lost = versions.lost_of(file, county, apart)
    some = [one for one in lost if not coder or one.coding.coder == actor.pseudonym]
    log = file.logs.filter(county=county).first()
    reader = reverse("plan_reader", kwargs={"slug": slug, "number": number})
    entry = entry_of(request, slug)
    shown = {
        "file": file,
        "before": before,
        "rows": _lost(some, file, versions.before(file, actor), words, named=not coder),
        "carried": log.carried if log else 0,
        "may_code": coder,
        "reader": reader,
        "trail": trail_of(file, entry.plan, (msg("Tapte koder"), "")),
    }
    return render(request, "plans/lost.html", shown)


def _lost(
    some: list[versions.Lost], file: PlanFile, before: PlanFile | None, words: Language, *, named: bool
) -> list[dict[str, Any]]:
    names = names_of({one.coding.coder for one in some}) if named else {}
    old = stored.document_of(before) if before and some else None
    new = stored.document_of(file)
    told = []
    for one in some:
        row, coding = one.row, one.coding
        perhaps = None
        if row.start is not None and row.end is not None:
            place = max(
                (number for number, each in enumerate(new.passages) if each.span.start <= row.start),
                default=0,
            )
            perhaps = {
                "text": new.text[row.start : row.end],
                "place": place,
                "part": cut_of(file).holding(place),
                "anchor": anchor(new.passages[place]),
            }  # fmt: skip
        told.append(
            {
                "number": row.event,
                "code": coding.code,
                "name": code_name(coding.code, words),
                "rejected": coding.state.value == "rejected",
                "memo": coding.memo if old or not named else "",
                "coder": names.get(coding.coder, ""),
                "text": old.at(coding.span) if old else "",
                "why": words.text(WHY_LOST[Reason(row.reason)]),
                "perhaps": perhaps,
            }
        )
    return told
