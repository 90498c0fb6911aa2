"""Coding: what a coder says of a passage, and what coders disagree about."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans import coding
from fotfeste.plans.coding import CodingLog, cause_id
from fotfeste.plans.coding.log import Act
from fotfeste.plans.documents import Document, Span
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.plans import learning, memos, services, stored
from fotfeste.web.plans.codes_shown import code_meant, code_name, may_code, names_of, passage_codes
from fotfeste.web.plans.models import PlanFile, State
from fotfeste.web.plans.page import coding_found, entry_of, trail_of
from fotfeste.web.plans.parts import anchor, cut_of
from fotfeste.web.plans.seeing import coding_thing
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind

WHAT = {Act.UNDO: "undone", Act.RESOLVE: "settled", Act.REMOVE: "taken_back", Act.CORRECT: "changed"}


@never_cache
@require_POST
@needs(Action.ADD, Kind.CODING, coding_found)
def code(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Do what a coder has asked for at one passage: accept, reject, give, correct, note, take back, read, undo."""
    words, file, actor = words_of(request), found(request, PlanFile), actor_of(request)
    document = stored.document_of(file) if file.state == State.READY else None
    place = _whole(request, "place") or 0
    log, wrong = None, ""
    try:
        if document is None or not 0 <= place < len(document.passages):
            raise InputError("plan.coding.place", msg("Dette avsnittet finnes ikke i dokumentet."))
        act, do = _asked(request, file, document, place)
        log = services.act(actor, file, do, WHAT.get(act, "added"))
        learning.order_now_and_then(actor, coding_thing(actor, file).county, len(log.events))
        if act is Act.UNDO:
            place = _place_of(document, log)
    except InputError as error:
        wrong = words.text(error.problem.what)
        if error.problem.remedy:
            wrong = f"{wrong} {words.text(error.problem.remedy)}"
    if is_partial(request) and document is not None and 0 <= place < len(document.passages):
        shown = {
            "codes": passage_codes(request, file, [place], log)[place],
            "file": file,
            "wrong": wrong,
            "fresh": True,
        }
        return render(request, "plans/codes.html", shown)
    if wrong:
        messages.error(request, wrong)
    here = reverse("plan_reader", kwargs={"slug": slug, "number": number})
    if document is None or not 0 <= place < len(document.passages):
        return redirect(here)
    if request.POST.get("fra") == "uenighet":
        return redirect("plan_disagreements", slug=slug, number=number)
    part = cut_of(file).holding(place)
    return redirect(f"{here}?side={part}#{anchor(document.passages[place])}")


def _whole(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _place_of(document: Document, log: CodingLog) -> int:
    span = log.events[-1].span
    places = [place for place, one in enumerate(document.passages) if span and one.span.start <= span.start]
    return places[-1] if places else 0


def _asked(
    request: HttpRequest, file: PlanFile, document: Document, place: int
) -> tuple[Act, Callable[[CodingLog], CodingLog]]:
    """Return what is asked for, as the act on the log that it is."""
    words, coder, at = words_of(request), actor_of(request).pseudonym, timezone.now()
    asked, memo = request.POST.get("act", ""), request.POST.get("memo", "").strip()
    number, passage = _whole(request, "number") or 0, document.passages[place].span
    start, end = _whole(request, "start"), _whole(request, "end")
    span = passage
    if start is not None and end is not None and passage.start <= start < end <= passage.end:
        span = Span(start, end)
    county = coding_thing(actor_of(request), file).county
    who: dict[str, Any] = {"at": at, "coder": coder}
    about: dict[str, Any] = {**who, "text_sha256": file.text_sha256, "span": span}
    if asked == "undo":
        return Act.UNDO, lambda log: coding.undo(log, **who)
    if asked == "read":
        cut = cut_of(file)
        part = cut.parts[cut.holding(place) - 1]
        whole = Span(document.passages[part[0]].span.start, document.passages[part[-1]].span.end)
        return Act.READ, lambda log: coding.mark_read(log, **{**about, "span": whole})
    if asked == "remove":
        return Act.REMOVE, lambda log: coding.remove(log, number, **who)
    if asked == "memo":
        return Act.MEMO, lambda log: coding.note(log, number, memo=memo, **who)
    named = code_meant(request.POST.get("code", ""), words)
    if asked == "correct":
        return Act.CORRECT, lambda log: coding.correct(log, number, code=named, memo=memo or None, **who)
    if asked == "resolve":
        holds = request.POST.get("holds") == "ja"
        return Act.RESOLVE, lambda log: coding.resolve(log, code=named, holds=holds, memo=memo, **about)
    cause = next(
        (
            cause_id(one)
            for one in stored.suggestions_at(file, [place], county).get(place, ())
            if one.code == named
        ),
        "",
    )
    if asked == "reject":
        return Act.REJECT, lambda log: coding.reject(log, code=named, cause=cause, memo=memo, **about)
    if asked == "accept":
        return Act.ACCEPT, lambda log: coding.accept(log, code=named, cause=cause, memo=memo, **about)
    raise InputError("plan.coding.act", msg("Velg hva som skal gjøres med avsnittet."))


@never_cache
@require_safe
@needs(Action.VIEW, Kind.CODING, coding_found)
def disagreements(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what coders who have read the same passages do not agree on, and how it is settled."""
    words, file, actor = words_of(request), found(request, PlanFile), actor_of(request)
    entry = entry_of(request, slug)
    here = reverse("plan_reader", kwargs={"slug": slug, "number": number})
    rows: list[dict[str, Any]] = []
    pairs: list[dict[str, Any]] = []
    coders: tuple[str, ...] = ()
    if file.state == State.READY:
        document, log = stored.document_of(file), memos.log_for(actor, file)
        units, coders = coding.units_of(document), coding.coders(log)
        names = names_of(coders)
        rows = [_row(one, document, file, names, words) for one in coding.disagreements(log, coders, units)]
        given = [one.id for one in stored.book().given]
        for one, other in combinations(coders, 2):
            by_code = coding.agreement(log, one, other, units, given)
            mean = coding.mean_kappa(by_code)
            pairs.append(
                {
                    "names": (names.get(one, "–"), names.get(other, "–")),
                    "count": next(iter(by_code.values())).count if by_code else 0,
                    "kappa": "" if mean is None else words.number(Fraction(mean), 2),
                }
            )
    shown = {
        "file": file,
        "rows": rows,
        "pairs": pairs,
        "open": sum(not one["settled"] for one in rows),
        "coders": len(coders),
        "may_code": may_code(request, file),
        "reader": here,
        "trail": trail_of(file, entry.plan, (msg("Uenighet"), "")),
    }
    return render(request, "plans/disagreements.html", shown)


def _row(
    one: coding.Disagreement, document: Document, file: PlanFile, names: dict[str, str], words: Any
) -> dict[str, Any]:
    passage = document.passages[one.unit.passage]
    return {
        "place": one.unit.passage,
        "anchor": anchor(passage),
        "part": cut_of(file).holding(one.unit.passage),
        "text": document.at(passage.span),
        "code": one.code,
        "name": code_name(one.code, words),
        "yes": [names.get(each, "–") for each in one.given_by],
        "no": [names.get(each, "–") for each in one.not_by],
        "memos": [(names.get(each.coder, "–"), each.memo) for each in one.codings if each.memo],
        "settled": one.settled,
        "settled_by": names.get(one.settled.by, "–") if one.settled else "",
    }
