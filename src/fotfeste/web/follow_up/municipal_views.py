"""The page of one municipality in a round: its line through the steps, its request, its decision, and what was entered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.board import Board
from fotfeste.settlement.follow_up.decisions import Decision, before_request, decision_in_words
from fotfeste.web.follow_up import (
    attention,
    board_shown,
    board_taken_along,
    entering,
    municipality_shown,
    services,
)
from fotfeste.web.follow_up.alerts_shown import alerts_shown, dismissed_shown
from fotfeste.web.follow_up.board_files import XLSX
from fotfeste.web.follow_up.entering import Clash
from fotfeste.web.follow_up.entry_forms import (
    DecisionForm,
    RequestForm,
    decision_as_typed,
    request_as_typed,
)
from fotfeste.web.follow_up.faults import show_faults
from fotfeste.web.follow_up.page import address, context, one, one_for_county
from fotfeste.web.follow_up.stored import decision_of, request_of
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.sent_out import sent_address

CASE_PAPER = "council_paper"
"""The page of the draft case paper for the council, where there is one."""

TOLD_WITH_THE_DECISION = "reservation"
"""The alert whose passages stand beside the decision on this page anyway."""


def _board(request: HttpRequest, round_: Round, code: str) -> Board:
    """Return the board with the municipality alone, as the reader may see it on the municipality's own page."""
    viewer = services.viewer_of(actor_of(request), round_, code)
    return board_shown.only(services.board_of(round_, viewer), code)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.OUTCOME, one)
def municipality(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show one municipality: where it stands, its line, its decision, what needs attention, and what was entered."""
    del year, name
    round_ = found(request, Round)
    words, today = words_of(request), timezone.localdate()
    page = context(request, round_, code)
    board = _board(request, round_, code)
    sorted_out = attention.attention(round_, board, today)
    newest = entering.newest_decision(round_, code)
    standing = decision_of(newest) if newest else None
    values: dict[str, Any] = {
        **page,
        "stages": municipality_shown.stages_of(round_, code),
        "answer": board_shown.answer_of(board, words),
        "line": municipality_shown.line_of(board, code, words),
        "decision": standing,
        "decision_told": decision_in_words(standing) if standing else None,
        "alerts": alerts_shown(
            tuple(
                each
                for each in sorted_out.standing
                if each.code == code and each.rule.id != TOLD_WITH_THE_DECISION
            ),
            may_dismiss=page["may_enter"],
        ),
        "dismissed": dismissed_shown(
            tuple((each, why) for each, why in sorted_out.dismissed if each.code == code)
        )
        if page["of_county"]
        else [],
        "history": municipality_shown.history_of(round_, code),
        "counts": municipality_shown.counts_of(round_, code, words),
        "case_paper": _case_paper(round_, code),
        "recommended_address": sent_address(actor_of(request), round_, code),
        "reply_address": address("round_reply", round_, code=code)
        if municipality_shown.lacks_group_figures(board, code)
        else "",
        "next_year": str(round_.year + 1),
    }
    if page["may_export"]:
        values["files"] = [
            (kind, address(f"follow_up_municipality_{kind.lower()}", round_, code=code))
            for kind in ("CSV", "XLSX")
        ]
    return render(request, "follow_up/municipality.html", values)


def _case_paper(round_: Round, code: str) -> str:
    try:
        return address(CASE_PAPER, round_, code=code)
    except NoReverseMatch:
        return ""


@kept.survives
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.OUTCOME, one)
def decision(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Write down what the council decided; a new one stands beside the earlier ones, and holds."""
    del year, name
    round_ = found(request, Round)
    newest = entering.newest_decision(round_, code)
    standing = decision_of(newest) if newest else None
    back = kept.typed(request)
    begun = back.dict() if back else decision_as_typed(standing, newest.number if newest else 0)
    form = DecisionForm(initial=begun)
    status, clash = 200, None
    if request.method == "POST":
        form, status = DecisionForm(request.POST), 422
        if form.is_valid() and not form.ask_about_the_date(_early(round_, form.decision_for(code))):
            try:
                done = entering.decide(
                    actor_of(request), round_, form.decision_for(code), form.cleaned_data["seen"]
                )
            except InputError as error:
                show_faults(form, error, words_of(request))
            else:
                if not isinstance(done, Clash):
                    return _saved(request, round_, code, _told_of(form.decision_for(code)))
                status, clash = 409, _standing(decision_in_words, done)
                form = DecisionForm({**request.POST.dict(), "seen": str(done.number)})
                standing = done.standing
    page = context(request, round_, code, msg("Vedtak i kommunestyret"))
    values = {**page, "form": form, "clash": clash, "standing": standing if clash else None, "back": back}
    return render(request, "follow_up/decision.html", values, status=status)


@kept.survives
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.OUTCOME, one_for_county)
def request_by_hand(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Write down what IMDi asked the municipality for."""
    del year, name
    round_ = found(request, Round)
    newest = entering.newest_request(round_, code)
    standing = request_of(newest) if newest else None
    back = kept.typed(request)
    begun = back.dict() if back else request_as_typed(standing, newest.number if newest else 0)
    form = RequestForm(initial=begun)
    status, clash = 200, None
    if request.method == "POST":
        form, status = RequestForm(request.POST), 422
        if form.is_valid():
            try:
                done = entering.enter_request(
                    actor_of(request), round_, form.request_for(code), form.cleaned_data["seen"]
                )
            except InputError as error:
                show_faults(form, error, words_of(request))
            else:
                if not isinstance(done, Clash):
                    return _saved(request, round_, code, msg("Anmodningen er lagret."))
                status, clash = 409, _standing(municipality_shown.request_in_words, done)
                form = RequestForm({**request.POST.dict(), "seen": str(done.number)})
    page = context(request, round_, code, msg("Anmodning fra IMDi"))
    return render(
        request, "follow_up/request.html", {**page, "form": form, "clash": clash, "back": back}, status=status
    )


def _early(round_: Round, decision: Decision) -> Message | None:
    """Return what is asked about a decision dated before the request."""
    asked = entering.newest_request(round_, decision.code)
    return before_request(decision, asked.dated if asked else None)


def _told_of(decision: Decision) -> Message:
    """Return what is said of a decision that is stored, and who tells IMDi."""
    if not decision.given:
        return msg("Dagen for behandlingen er lagret.")
    return msg("Vedtaket er lagret. Fotfeste sender det ikke til IMDi. Kommunen svarer IMDi selv.")


def _standing(in_words: Any, clash: Clash) -> Message:
    """Return what holds now, after somebody else has written."""
    told: Message = in_words(clash.standing) if clash.standing is not None else msg("ingenting")
    return told


def _saved(request: HttpRequest, round_: Round, code: str, said: Message) -> HttpResponse:
    messages.success(request, words_of(request).text(said))
    return redirect(address("follow_up_municipality", round_, code=code))


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.OUTCOME, one)
def table_csv(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give one municipality's line as CSV, as the reader may see it."""
    del year, name
    round_ = found(request, Round)
    page = request.build_absolute_uri(address("follow_up_municipality", round_, code=code))
    content = board_taken_along.board_as_csv(_board(request, round_, code), words_of(request), page)
    return file_answer(content, "text/csv; charset=utf-8", f"oppfolging-{code}-{round_.year}.csv")


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.OUTCOME, one)
def table_xlsx(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give one municipality's line as a workbook, as the reader may see it."""
    del year, name
    round_ = found(request, Round)
    board = _board(request, round_, code)
    alerts = tuple(each for each in attention.attention(round_, board).standing if each.code == code)
    content = board_taken_along.board_as_xlsx(board, alerts, words_of(request), timezone.localdate())
    return file_answer(content, XLSX, f"oppfolging-{code}-{round_.year}.xlsx")
