"""The draft hearing statement: which advice to take with, own words to each, how others have solved it, and the document."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.messages import Language, msg
from fotfeste.plans.gaps.wording import OUTCOME
from fotfeste.plans.register.values import OwnerKind
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.reports import render_docx
from fotfeste.reports.plans import Chosen, Leaning
from fotfeste.reports.plans.chosen import TERM, passage_key, support_key
from fotfeste.reports.plans.remark_blocks import extent, pages_told
from fotfeste.settings import LOCALES
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.plans.found_views import DOCX, ready_file
from fotfeste.web.plans.models import PlanFile, Visibility
from fotfeste.web.plans.page import file_of, trail_of
from fotfeste.web.plans.read_plans import note_seen, quoted
from fotfeste.web.plans.solved_views import passages_for
from fotfeste.web.plans.solved_views import told as other_told
from fotfeste.web.plans.statements import (
    LONGEST,
    Kept,
    Made,
    SavedMeanwhile,
    keep,
    kept_of,
    made_of,
    passages_of,
    sent,
    statement_thing,
    told_in,
)
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import allowed
from fotfeste.web.rights.guard import Found, needs
from fotfeste.web.rights.roles import Action, Kind

SOME = 6
"""Passages of other plans that are offered under one remark."""


def statement_found(request: HttpRequest, slug: str, number: int) -> Found:
    """Return the statement on a document, by the reader's own county."""
    file = file_of(slug, number)
    return Found(statement_thing(actor_of(request), file), file)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.VIEW, Kind.STATEMENT, statement_found, post=Action.CHANGE)
def statement(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the draft, and take what is chosen and written."""
    words, actor = words_of(request), actor_of(request)
    file, entry = ready_file(request, slug, number)
    thing = statement_thing(actor, file)
    gaps = reverse("plan_gaps", kwargs={"slug": slug, "number": number})
    shown: dict[str, Any] = {
        "file": file,
        "plan": entry.plan,
        "draft": file.visibility == Visibility.DRAFT,
        "may_change": allowed(actor, Action.CHANGE, thing),
        "trail": trail_of(file, entry.plan, (msg("Hva er glemt"), gaps), (msg("Høringsuttalelse"), "")),
    }
    if entry.plan.owner.kind is not OwnerKind.MUNICIPALITY:
        return render(request, "plans/statement_not.html", shown)
    made = made_of(request, file, entry.plan, thing.county)
    kept, status = kept_of(file, thing.county), 200
    theirs: Kept | None = None
    if request.method == "POST":
        new = sent(request.POST, dict(request.POST.lists()), made)
        try:
            kept = keep(actor, file, new)
        except SavedMeanwhile:
            theirs, status = kept, 409
            kept = Kept(new.left_out, new.own, new.others, new.figures, theirs.version)
        else:
            return _after(request, file)
    found = [one for one in made.found if one.support]
    asked = request.GET.get("andre", "")
    county = {one.code: one.name for one in load_regions().counties(EDITION)}[thing.county]
    shown |= {
        "county": county,
        "county_code": thing.county,
        "kept": kept,
        "theirs": theirs,
        "version": kept.version,
        "longest": LONGEST,
        "opening": kept.own.get("", ""),
        "objects": Chosen(own=kept.own).objects,
        "their_opening": _differs(kept, theirs, ""),
        "remarks": [_remark(request, one, made, kept, theirs, asked, words) for one in found],
        "taken": sum(one.remark.expectation.id not in kept.left_out for one in found),
        "silent": [words.text(one.remark.expectation.name) for one in made.found if not one.support],
        "terms": [_term(one, kept, words) for one in made.report.terms if one.term.sources],
        "own_plans": made.own_plans,
        "asked": asked,
    }
    note_seen(actor, [made.quotable[one.document][0] for each in found for one in each.support])
    return render(request, "plans/statement.html", shown, status=status)


def _after(request: HttpRequest, file: PlanFile) -> HttpResponse:
    words = words_of(request)
    messages.success(request, words.text(msg("Uttalelsen er lagret.")))
    here = reverse("plan_statement", kwargs={"slug": file.plan, "number": file.number})
    find = request.POST.get("finn", "")
    return redirect(f"{here}?andre={find}#raad-{find}" if find.replace("-", "").isalnum() else here)


def _differs(kept: Kept, theirs: Kept | None, name: str) -> str:
    """Return what somebody else has written, where it is another thing."""
    other = theirs.own.get(name, "") if theirs is not None else ""
    return other if other != kept.own.get(name, "") else ""


def _remark(
    request: HttpRequest,
    one: Leaning,
    made: Made,
    kept: Kept,
    theirs: Kept | None,
    asked: str,
    words: Language,
) -> dict[str, Any]:
    expectation, remark = one.remark.expectation, one.remark
    return {
        "id": expectation.id,
        "name": words.text(expectation.name),
        "outcome": words.text(OUTCOME[remark.outcome]),
        "said": words.text(remark.said),
        "advice": words.text(expectation.advice),
        "why": words.text(expectation.why),
        "extent": extent(made.report, words),
        "with": expectation.id not in kept.left_out,
        "passages": [quoted(each, made.file, words) for each in remark.passages[:3]],
        "support": [
            other_told(each, dict(made.quotable), words)
            | {"key": support_key(one, each), "with": support_key(one, each) not in kept.left_out}
            for each in one.support
        ],
        "own": kept.own.get(expectation.id, ""),
        "theirs": _differs(kept, theirs, expectation.id),
        "others": _others(request, one, made, kept, words, find=asked == expectation.id),
        "asked": asked == expectation.id,
    }


def _others(
    request: HttpRequest, one: Leaning, made: Made, kept: Kept, words: Language, *, find: bool
) -> list[dict[str, Any]]:
    """Return what is chosen of other plans, and when it is asked for, what more there is to choose."""
    chosen = tuple(kept.others.get(one.remark.expectation.id, ()))
    passages = list(passages_of(made, chosen))
    if find:
        known = {*chosen, *(passage_key(each) for each in one.support)}
        more = passages_for(request, one.remark.expectation, dict(made.quotable), list(one.remark.missing))
        passages += [each for each in more if passage_key(each) not in known][:SOME]
    note_seen(actor_of(request), [made.quotable[each.document][0] for each in passages])
    return [
        other_told(each, dict(made.quotable), words)
        | {"key": passage_key(each), "with": passage_key(each) in chosen}
        for each in passages
    ]


def _term(one: Any, kept: Kept, words: Language) -> dict[str, Any]:
    return {
        "key": f"{TERM}{one.term.id}",
        "with": f"{TERM}{one.term.id}" not in kept.left_out,
        "words": words.join([words.quoted(each) for each in one.words[:3]]),
        "pages": pages_told(one.passages, words),
        "instead": words.text(one.term.instead),
        "sources": words.join(list(one.term.sources)),
    }


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.STATEMENT, statement_found)
def statement_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the statement as a document, in the language that is asked for or the reader's own."""
    words = words_of(request)
    file, entry = ready_file(request, slug, number)
    if entry.plan.owner.kind is not OwnerKind.MUNICIPALITY:
        raise Http404
    asked = request.GET.get("sprak", "")
    county = statement_thing(actor_of(request), file).county
    made = made_of(request, file, entry.plan, county)
    locale = next((one for one in LOCALES if one == asked), words.locale)
    told = told_in(request, made, kept_of(file, county), locale)
    return file_answer(render_docx(told), DOCX, f"{told.file_stem}.docx")
