"""The words of a document that are to be looked at again: outdated, unclear, or several for the same thing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.messages import Language, msg
from fotfeste.plans.gaps import TermFound, shipped_terms
from fotfeste.plans.gaps.model import TermKind
from fotfeste.plans.gaps.wording import TERM
from fotfeste.web.front.request import words_of
from fotfeste.web.plans.found_views import ready_file
from fotfeste.web.plans.models import PlanFile, Visibility
from fotfeste.web.plans.page import file_found, file_is_open, trail_of
from fotfeste.web.plans.read_plans import quoted, report_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind

MOST = 5
"""Passages that stand open under a word; the rest can be folded out."""
COLOURS = {TermKind.OUTDATED: "warning", TermKind.UNCLEAR: "info", TermKind.MIXED: "info"}


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, file_found, open_when=file_is_open)
def terms(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the words to be looked at again, each with the passages it stands in, what to write instead, and who says so."""
    words = words_of(request)
    file, entry = ready_file(request, slug, number)
    found, known = report_of(request, file, entry.plan).terms, shipped_terms()
    gaps = reverse("plan_gaps", kwargs={"slug": slug, "number": number})
    shown = {
        "file": file,
        "plan": entry.plan,
        "draft": file.visibility == Visibility.DRAFT,
        "terms": [_term(one, file, words) for one in found],
        "known": [(words.text(TERM[one.kind]), words.text(one.instead), one) for one in known],
        "known_count": len(known),
        "trail": trail_of(file, entry.plan, (msg("Hva er glemt"), gaps), (msg("Ord å se på"), "")),
    }
    return render(request, "plans/terms.html", shown)


def _term(one: TermFound, file: PlanFile, words: Language) -> dict[str, Any]:
    passages = [quoted(each, file, words) | {"said": ""} for each in one.passages]
    return {
        "id": one.term.id,
        "words": [(word, times) for word, times in zip(one.words, one.times, strict=True)],
        "kind": words.text(TERM[one.term.kind]),
        "colour": COLOURS[one.term.kind],
        "instead": words.text(one.term.instead),
        "why": words.text(one.term.why),
        "since": one.term.since,
        "sources": words.join(list(one.term.sources)),
        "count": len(passages),
        "passages": passages[:MOST],
        "more": passages[MOST:],
    }
