"""What one document forgets, beside the place's own figures and the questions to put."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.messages import Language, msg
from fotfeste.plans.gaps import GapReport, Remark
from fotfeste.plans.gaps.model import Outcome
from fotfeste.plans.gaps.wording import OUTCOME
from fotfeste.reports import render_docx
from fotfeste.reports.knowledge_base.telling import Telling
from fotfeste.reports.plans import beside, gap_document
from fotfeste.reports.plans.gap_figures import questions_of
from fotfeste.reports.plans.gap_telling import labour_first
from fotfeste.reports.plans.remark_blocks import extent, pages_told, searched, unjudged
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import services
from fotfeste.web.plans.models import PlanFile, State, Visibility
from fotfeste.web.plans.page import (
    entry_of,
    file_found,
    file_is_open,
    plan_found,
    plan_is_open,
    seen_file,
    trail_of,
)
from fotfeste.web.plans.read_plans import place_of, quoted, report_of, telling_for
from fotfeste.web.plans.seeing import Entry, files_of
from fotfeste.web.plans.statements import may_draft
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 3
"""Passages that stand open under a remark; the rest can be folded out."""
MOST_MET = 2
COLOURS = {
    Outcome.MISSING: "danger",
    Outcome.APART: "warning",
    Outcome.PARTLY: "warning",
    Outcome.MET: "success",
}


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, plan_found, open_when=plan_is_open)
def first_gaps(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to what the plan's first document forgets; to the plan where none is read."""
    entry_of(request, slug)
    files = [one for one in files_of(slug, actor_of(request)) if one.state == State.READY]
    first = next((one for one in files if one.role in ("plan", "draft")), files[0] if files else None)
    return redirect("plan_gaps", slug=slug, number=first.number) if first else redirect("plan", slug=slug)


def ready_file(request: HttpRequest, slug: str, number: int) -> tuple[PlanFile, Entry]:
    """Return a document that is read and that the reader may see, with its plan; raises :class:`Http404`."""
    file = seen_file(request, slug, number)
    if file.state != State.READY:
        raise Http404
    return file, entry_of(request, slug)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, file_found, open_when=file_is_open)
def one_gaps(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what one document forgets, with what it rests on, the own figures and the questions."""
    words = words_of(request)
    file, entry = ready_file(request, slug, number)
    found, code = report_of(request, file, entry.plan), place_of(entry.plan)
    telling = telling_for(code, words, services.today()) if code else None
    shown = {
        "file": file,
        "plan": entry.plan,
        "draft": file.visibility == Visibility.DRAFT,
        "asked": sum(one.outcome is not Outcome.NOT_ASKED for one in found.remarks),
        "unjudged": unjudged(found),
        "all": len(found.remarks),
        "extent": extent(found, words),
        "unseen": words.join([str(one) for one in found.read.unseen_pages]),
        "dated": found.dated,
        "place": telling.name if telling else "",
        "forgotten": _forgotten(found, file, telling, words),
        "met": [_met(one, file, words) for one in found.met],
        "terms": [_term(one, words) for one in found.terms],
        "may_draft": may_draft(actor_of(request), file, entry.plan),
        "trail": trail_of(file, entry.plan, (msg("Hva er glemt"), "")),
    }
    return render(request, "plans/gaps.html", shown)


def _forgotten(
    found: GapReport, file: PlanFile, telling: Telling | None, words: Language
) -> list[dict[str, Any]]:
    """Return what is forgotten; the figures of a theme stand beside the first remark that belongs to it, and the rest points there."""
    told, first = [], dict[str, str]()
    for one in labour_first(found.forgotten):
        expectation = one.expectation
        own = bool(expectation.figures or expectation.asks)
        before = "" if own else first.get(expectation.theme, "")
        told.append(
            _remark(one, file, words)
            | {
                "extent": extent(found, words),
                "figures": None if telling is None or before else beside(telling, expectation),
                "questions": [] if before else [words.text(each) for each in questions_of(expectation)],
                "before": before,
                "before_name": words.text(_named(found, before)) if before else "",
                "solved": _solved_address(one, file.plan),
            }
        )
        if not own and expectation.theme:
            first.setdefault(expectation.theme, expectation.id)
    return told


def _named(found: GapReport, name: str) -> Any:
    return next(one.expectation.name for one in found.remarks if one.expectation.id == name)


def _solved_address(one: Remark, slug: str) -> str:
    asked = [("hva", one.expectation.id), ("uten", slug), *(("mangler", code) for code in one.missing)]
    return f"{reverse('plan_solved')}?{urlencode(asked)}"


def _remark(one: Remark, file: PlanFile, words: Language) -> dict[str, Any]:
    expectation = one.expectation
    passages = [quoted(each, file, words) for each in one.passages]
    return {
        "id": expectation.id,
        "name": words.text(expectation.name),
        "outcome": words.text(OUTCOME[one.outcome]),
        "colour": COLOURS.get(one.outcome, "neutral"),
        "said": words.text(one.said),
        "passages": passages[:MOST],
        "more": passages[MOST:],
        "elsewhere": pages_told(one.elsewhere, words),
        "searched": searched(one, words) if one.outcome in (Outcome.MISSING, Outcome.APART) else "",
        "why": words.text(expectation.why),
        "advice": words.text(expectation.advice),
        "sources": words.join(list(expectation.sources)),
    }


def _met(one: Remark, file: PlanFile, words: Language) -> dict[str, Any]:
    told = _remark(one, file, words)
    return told | {
        "passages": told["passages"][:MOST_MET],
        "more": [*told["passages"][MOST_MET:], *told["more"]],
    }


def _term(one: Any, words: Language) -> dict[str, Any]:
    return {
        "words": words.join([words.quoted(each) for each in one.words[:3]]),
        "pages": pages_told(one.passages, words),
        "instead": words.text(one.term.instead),
    }


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, file_found, open_when=file_is_open)
def gaps_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the same as a document to work on."""
    words = words_of(request)
    file, entry = ready_file(request, slug, number)
    code, today = place_of(entry.plan), services.today()
    gathered = telling_for(code, words, today).gathered if code else None
    told = gap_document(report_of(request, file, entry.plan), entry.plan.title, words.locale, today, gathered)
    return file_answer(render_docx(told), DOCX, f"{told.file_stem}.docx")
