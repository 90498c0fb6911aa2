"""The history of a weighing, alternatives beside each other, and what the command line can take over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.reports.blocks import Block
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.kept import survives, typed
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import named
from fotfeste.web.weighing import asked, services, shown
from fotfeste.web.weighing.history_shown import version_shown
from fotfeste.web.weighing.inputs import choices_of, foundation_of, weighed_at
from fotfeste.web.weighing.models import Alternative, Version
from fotfeste.web.weighing.naming import name_alternative
from fotfeste.web.weighing.page import REFUSED, page_of, thing, version_to_show

MOST_SHOWN = 200
"""Versions on one page of the history, the newest first."""
MOST_NAMED = 8
"""Named versions that are set beside each other; the newest names go first."""


@never_cache
@require_safe
@needs(Action.VIEW, Kind.WEIGHING, thing)
def versions(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show every version: who by role, when, and what; and two of them beside each other when they are asked for."""
    round_ = named(year, name)
    viewer = actor_of(request)
    newest = version_to_show(round_)
    if newest is None:
        return redirect("round_weighing", year=year, name=name)
    found = Version.objects.filter(round=round_).defer("choices", "change").order_by("-number")[:MOST_SHOWN]
    first, second = (_picked(round_, request.GET.get(end, "")) for end in ("fra", "til"))
    context = page_of(request, round_, msg("Versjoner")) | {
        "version": newest,
        "versions": [version_shown(one, viewer) for one in found],
        "first": first.number if first else max(newest.number - 1, 1),
        "second": second.number if second else newest.number,
        "compared": _compared(request, round_, first, second) if first and second else (),
    }
    return render(request, "weighing/versions.html", context)


def _compared(request: HttpRequest, round_: Round, first: Version, second: Version) -> tuple[Block, ...]:
    from fotfeste.reports.documents.weighing_versions import versions_blocks

    words, foundation = words_of(request), foundation_of(round_)
    before, after = (
        (words.text(msg("Versjon {number}", number=str(one.number))), weighed_at(one, foundation))
        for one in (first, second)
    )
    return versions_blocks(before, after, words)


def _picked(round_: Round, number: str) -> Version | None:
    known = number.isascii() and asked.WHOLE.fullmatch(number)
    return services.version_of(round_, int(number)) if known else None


def _newest(round_: Round) -> Version:
    found = version_to_show(round_)
    if found is None:
        raise Http404
    return found


@survives
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.VIEW, Kind.WEIGHING, thing, post=Action.CHANGE)
def alternatives(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the newest version beside those that have a name and the usual alternatives; give the newest a name."""
    from fotfeste.reports.documents.weighing_versions import named_beside, side_by_side

    round_ = named(year, name)
    newest = version_to_show(round_)
    if newest is None:
        return redirect("round_weighing", year=year, name=name)
    words, faults = words_of(request), []
    if request.method == "POST":
        try:
            name_alternative(
                actor_of(request), round_, asked.version_seen(request.POST), request.POST.get("navn", "")
            )
            return redirect("weighing_alternatives", year=year, name=name)
        except FotfesteError as error:
            faults = shown.faults(error, words)
    foundation = foundation_of(round_)
    weighed = weighed_at(newest, foundation)
    named_ones = Alternative.objects.filter(round=round_).order_by("-at", "-pk")
    kept = list(named_ones.select_related("version").defer("version__choices", "version__change"))
    shown_ones = Version.objects.in_bulk([one.version_id for one in kept[:MOST_NAMED]])
    beside = [
        (one.version.number, one.name, weighed_at(shown_ones[one.version_id], foundation))
        for one in kept[:MOST_NAMED]
    ]
    comparison = named_beside(weighed, beside, words)
    context = page_of(request, round_, msg("Alternativer")) | {
        "version": newest,
        "named": kept,
        "faults": faults,
        "typed": (typed(request) or request.POST).get("navn", ""),
        "blocks": side_by_side(comparison, shown.basis_for(weighed, words)) if comparison else (),
    }
    return render(request, "weighing/alternatives.html", context, status=REFUSED if faults else 200)


@require_safe
@needs(Action.EXPORT, Kind.WEIGHING, thing)
def criteria_file(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the newest version's criteria as the file that the command line reads."""
    from fotfeste.settlement.criteria_write import criteria_as_toml

    del request
    round_ = named(year, name)
    criteria = choices_of(_newest(round_).choices).criteria
    text = criteria_as_toml(criteria, criteria.national.id if criteria.national else "")
    return file_answer(text, "application/toml; charset=utf-8", f"kriterier-{round_.year}-{round_.name}.toml")


@require_safe
@needs(Action.EXPORT, Kind.WEIGHING, thing)
def ledger_file(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the newest version's overrides as the file that the command line reads, names included: for the county."""
    from fotfeste.settlement.ledger_file import ledger_as_text

    del request
    round_ = named(year, name)
    text = ledger_as_text(choices_of(_newest(round_).choices).ledger)
    return file_answer(
        text, "application/json; charset=utf-8", f"overstyringer-{round_.year}-{round_.name}.json"
    )
