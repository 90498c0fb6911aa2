"""Pages of the county: what needs attention across its rounds, the board of a round, alerts put away, the limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.reports.documents.follow_up_alerts import threshold_in_words
from fotfeste.settlement.follow_up.thresholds import load_thresholds
from fotfeste.web.follow_up import attention, board_shown, municipality_shown, services
from fotfeste.web.follow_up.alert_forms import Limits, Reason, limits_as_set
from fotfeste.web.follow_up.alerts_shown import AlertShown, alerts_shown, by_rule, dismissed_shown
from fotfeste.web.follow_up.board_files import chosen_board
from fotfeste.web.follow_up.entering import Clash
from fotfeste.web.follow_up.faults import show_faults
from fotfeste.web.follow_up.page import FOLLOW_UP, address, context, somewhere, whole, whole_or_own
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.work.requirements import Stage

MOST_SHOWN = 5
"""Alerts of one round on the page across rounds; the rest stand on the board."""


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """One round on the page across rounds."""

    title: str
    address: str
    sentence: str
    alerts: list[AlertShown]
    more: int
    stages: tuple[tuple[Message, Message], ...] = ()


@never_cache
@require_safe
@needs(Action.VIEW, Kind.OUTCOME, somewhere)
def everywhere(request: HttpRequest) -> HttpResponse:
    """Show what needs attention in every round that the reader follows; rounds of several years run at the same time.

    Rounds that are closed are only listed.
    """
    actor = actor_of(request)
    entries, closed = [], []
    for round_ in Round.objects.defer("bundle").filter(is_example=False):
        county = services.may(actor, Action.VIEW, round_)
        own = () if county else rounds.own_municipalities(actor, round_)
        if not (county or own) or not services.begun(round_):
            continue
        if round_.state == Stage.CLOSED:
            closed += _closed(request, round_, own)
        elif county:
            entries.append(_county_entry(request, round_))
        else:
            entries += [_own_entry(request, actor, round_, code) for code in own]
    return render(request, "follow_up/everywhere.html", {"entries": entries, "closed": closed})


def _closed(request: HttpRequest, round_: Round, own: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the way to a round that is closed: nothing in it needs attention any more, so nothing is worked out."""
    title, names = _title(request, round_), rounds.municipalities_of(round_)
    if not own:
        return [(title, address("follow_up", round_))]
    return [(f"{names[code]}: {title}", address("follow_up_municipality", round_, code=code)) for code in own]


def _title(request: HttpRequest, round_: Round) -> str:
    return words_of(request).text(rounds.title_of(round_))


def _links(round_: Round) -> dict[str, str]:
    return {
        code: address("follow_up_municipality", round_, code=code)
        for code in rounds.municipalities_of(round_)
    }


def _county_entry(request: HttpRequest, round_: Round) -> RoundEntry:
    board = services.board_of(round_, "county")
    standing = attention.attention(round_, board).standing
    first = alerts_shown(standing[:MOST_SHOWN], may_dismiss=False, links=_links(round_))
    return RoundEntry(
        _title(request, round_),
        address("follow_up", round_),
        board_shown.sentence_of(board, words_of(request)),
        first,
        len(standing) - len(first),
    )


def _own_entry(request: HttpRequest, actor: Actor, round_: Round, code: str) -> RoundEntry:
    name = rounds.municipalities_of(round_)[code]
    board = board_shown.only(services.board_of(round_, services.viewer_of(actor, round_, code)), code)
    standing = attention.attention(round_, board).standing
    return RoundEntry(
        f"{name}: {_title(request, round_)}",
        address("follow_up_municipality", round_, code=code),
        "",
        alerts_shown(tuple(one for one in standing if one.code == code), may_dismiss=False),
        0,
        municipality_shown.stages_of(round_, code),
    )


@kept.survives
@never_cache
@require_safe
@needs(Action.VIEW, Kind.OUTCOME, whole_or_own)
def board(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the board: one sentence, the picture, the steps of every municipality, what needs attention, the sources.

    A contact is led to their own municipality.
    """
    del year, name
    round_ = found(request, Round)
    if not services.may(actor_of(request), Action.VIEW, round_):
        return _own(request, round_)
    back = kept.typed(request)
    return _board(request, round_, Reason(back, auto_id="varsel-%s") if back else None)


def _own(request: HttpRequest, round_: Round) -> HttpResponse:
    """Lead a contact to their municipality; who is it for several, chooses between them."""
    own, names = rounds.own_municipalities(actor_of(request), round_), rounds.municipalities_of(round_)
    places = [(names[code], address("follow_up_municipality", round_, code=code)) for code in own]
    if len(places) == 1:
        return redirect(places[0][1])
    values = {**context(request, round_), "label": FOLLOW_UP, "places": places}
    return render(request, "dialogue/own.html", values)


def _board(
    request: HttpRequest, round_: Round, refused: Reason | None = None, status: int = 200
) -> HttpResponse:
    words, today = words_of(request), timezone.localdate()
    made, choices, chosen = chosen_board(request, round_)
    own_year = chosen.cohort.one_year == round_.year
    page = context(request, round_)
    asked = f"?kull={chosen.name}" if chosen is not choices[0] else ""
    seen = board_shown.board_shown(made, words, today)
    values: dict[str, Any] = {
        **page,
        "shown": seen,
        "choices": choices,
        "chosen": chosen,
        "own_year": own_year,
        "only_minors": request.GET.get("vis") == "mindrearige",
        "links": {
            place: address("follow_up_municipality", round_, code=code) for place, code in seen.codes.items()
        },
        "asked": asked,
    }
    if own_year and page["begun"]:
        sorted_out = attention.attention(round_, made, today)
        standing = alerts_shown(
            sorted_out.standing, refused, may_dismiss=page["may_enter"], links=_links(round_)
        )
        values["alerts"], values["rules"] = standing, by_rule(standing)
        values["dismissed"] = dismissed_shown(sorted_out.dismissed)
        if any(one.form is not None for one in standing):
            values["back"] = kept.typed(request)
        elif refused is not None:  # its alert no longer stands: what was typed is not lost for that
            typed = msg("Du hadde skrevet: {text}", text=refused.data.get("reason", "")[:500])
            messages.info(request, words.text(typed))
    if page["may_export"]:
        values["table_files"] = [
            (kind, address(f"follow_up_{kind.lower()}", round_) + asked) for kind in ("CSV", "XLSX")
        ]
        values["picture_files"] = [
            (kind, address(f"follow_up_{kind.lower()}", round_) + asked) for kind in ("SVG", "PNG")
        ]
    return render(request, "follow_up/board.html", values, status=status)


@kept.survives
@never_cache
@require_POST
@needs(Action.CHANGE, Kind.OUTCOME, whole)
def put_away(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Put an alert away with a reason; what was typed is shown again when it cannot be taken."""
    del year, name
    round_, words = found(request, Round), words_of(request)
    form = Reason(request.POST, auto_id="varsel-%s")
    status = 422
    if form.is_valid():
        try:
            attention.put_away(
                actor_of(request), round_, form.cleaned_data["key"], form.cleaned_data["reason"]
            )
        except InputError as error:
            show_faults(form, error, words)
            status = 409 if error.code == "alerts.gone" else 422
        else:
            messages.success(request, words.text(msg("Varselet er lagt bort.")))
            return redirect(address("follow_up", round_) + "#varsler")
    if status == 409:
        messages.error(request, " ".join(str(one) for one in form.non_field_errors()))
    return _board(request, round_, form, status)


@kept.survives
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.VIEW, Kind.OUTCOME, whole, post=Action.CHANGE)
def limits(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the limits of the alerts beside the usual ones, and change them for this round."""
    del year, name
    round_, words = found(request, Round), words_of(request)
    own, rules = attention.own_thresholds(round_), load_thresholds()
    status, clash = 200, None
    back = kept.typed(request)
    form = Limits(back, initial=limits_as_set(own.values, own.number), rules=rules)
    if request.method == "POST":
        form, status = Limits(request.POST, rules=rules), 422
        if form.is_valid():
            try:
                done = attention.set_thresholds(
                    actor_of(request), round_, form.values(), form.cleaned_data["seen"]
                )
            except InputError as error:
                show_faults(form, error, words)
            else:
                if not isinstance(done, Clash):
                    messages.success(request, words.text(msg("Grensene er lagret.")))
                    return redirect(address("follow_up", round_) + "#varsler")
                status, clash = 409, _limits_in_words(done)
                form = Limits({**request.POST.dict(), "seen": str(done.number)}, rules=rules)
    page = context(request, round_, "", msg("Grenser for varsling"))
    values = {
        **page,
        "form": form,
        "source": rules.source,
        "dated": rules.dated,
        "clash": clash,
        "back": back,
    }
    return render(request, "follow_up/limits.html", values, status=status)


def _limits_in_words(clash: Clash) -> list[tuple[Any, Message]]:
    """Return the limits that somebody else has set meanwhile, with what each is of."""
    rules = load_thresholds().with_changes(clash.standing)
    return [
        (said, msg("Slått av") if one.off else threshold_in_words(one))
        for one in rules.rules
        if one.id in clash.standing
        for said in [Limits(rules=load_thresholds())[one.id].label]
    ]
