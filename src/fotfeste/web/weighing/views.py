"""The pages of a weighing that are read: the room, one municipality's number, the form of a rule, and what is new."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import Language, msg
from fotfeste.settlement.wording import rule_name
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.kept import survives, typed
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import named
from fotfeste.web.weighing import asked, rule_forms, services, shown
from fotfeste.web.weighing.history_shown import version_shown
from fotfeste.web.weighing.inputs import choices_of, foundation_of, names_of, ready_for, weighed_at
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.page import REFUSED, address, page_of, room, thing, version_to_show

NOTHING_NEW = 204


@survives
@never_cache
@require_safe
@needs(Action.VIEW, Kind.WEIGHING, thing)
def weighing(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the room: the sentence, the choices, the numbers, the map and the bars."""
    round_ = named(year, name)
    version = version_to_show(round_)
    if version is None:
        kept = typed(request)
        given = {"typed": kept.get("total", "") if kept else ""}
        return render(request, "weighing/empty.html", page_of(request, round_) | given)
    return room(request, round_, version)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.WEIGHING, thing)
def news(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Tell what others have changed since the version that the page shows; nothing when nobody has."""
    round_ = named(year, name)
    seen = asked.version_seen(request.GET)
    since = list(services.since(round_, seen).defer("choices", "change"))
    if not since and is_partial(request):
        return HttpResponse(status=NOTHING_NEW)
    viewer = actor_of(request)
    context = page_of(request, round_) | {"news": [version_shown(one, viewer) for one in since]}
    return render(request, "weighing/news.html", context)


@survives
@never_cache
@require_safe
@needs(Action.VIEW, Kind.WEIGHING, thing)
def municipality(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show why a municipality has its number, and what another number would cost."""
    round_ = named(year, name)
    version = version_to_show(round_)
    if version is None:
        return redirect("round_weighing", year=year, name=name)
    return explanation(request, round_, version, code)


def explanation(
    request: HttpRequest, round_: Round, version: Version, code: str, error: FotfesteError | None = None
) -> HttpResponse:
    """Return the explanation of a number with the form that sets another: a page, or the part that opens in its row."""
    words = words_of(request)
    foundation = foundation_of(round_)
    weighed = weighed_at(version, foundation)
    names = weighed.ready.names
    if code not in names:
        raise Http404
    asks_cost = is_partial(request) and request.GET.get("del") == "kostnad"
    if request.POST.get("hva") == "kostnad" and error is None:
        error = _no_number(request.POST.get("personer", ""))
    given = request.GET if asks_cost else typed(request) or request.POST or request.GET
    context: dict[str, Any] = {
        "code": code,
        "place": names[code],
        "overridden": weighed.choices.overrides.get(code),
        "cost": _cost(given.get("personer", ""), round_, version, code, words, error),
    }
    if asks_cost:
        return render(request, "weighing/cost.html", context)
    context = (
        page_of(request, round_, names[code])
        | context
        | {
            "version": version,
            "given": {field: given.get(field, "") for field in ("personer", "begrunnelse", "rolle")},
            "faults": (faults := _at_fields(error, words) if error else []),
            "fault": dict(reversed(faults)),
            "refused": shown.refused(weighed),
        }
    )
    if weighed.recommendation is not None:
        one, why, rest = shown.explained(weighed.with_ranges, code, words)
        context |= {"result": one, "why": shown.pictures_last(why), "rest": rest}
    template = "weighing/explanation.html" if is_partial(request) else "weighing/municipality.html"
    return render(request, template, context, status=REFUSED if error else 200)


FIELDS = {"persons": "personer", "reason": "begrunnelse", "role": "rolle"}
"""The form's fields by the library's names of what is wrong."""


def _at_fields(error: FotfesteError, words: Language) -> list[tuple[str, str]]:
    """Return what was wrong, each with the field of the form that it is about."""
    named = [(FIELDS.get(field, field), text) for field, text in shown.faults(error, words)]
    return [(field if field in FIELDS.values() else "", text) for field, text in named]


def _no_number(typed_number: str) -> FotfesteError | None:
    """Return what is wrong with a number whose cost is asked for, where it is none."""
    try:
        asked.whole(typed_number, "personer", msg("Tallet"))
    except FotfesteError as error:
        return error
    return None


def _cost(
    typed_number: str,
    round_: Round,
    version: Version,
    code: str,
    words: Language,
    error: FotfesteError | None,
) -> dict[str, Any] | None:
    """Return what it would cost to set the number that is typed, or why it cannot be set; nothing where none is typed.

    The cost stays beside a form that was refused for something else. What is wrong with the number is told once.
    """
    from fotfeste.reports.documents.overrides import cost_in_words
    from fotfeste.settlement.weighing.weighed import cost_of_override

    if not typed_number:
        return None
    ready = ready_for(foundation_of(round_))
    try:
        persons = asked.whole(typed_number, "personer", msg("Tallet"))
        cost = cost_of_override(ready, choices_of(version.choices), code, persons)
    except FotfesteError as fault:
        return None if error else {"refused": shown.faults(fault, words)}
    return {"persons": persons, "told": cost_in_words(cost, ready.names, words)}


@survives
@never_cache
@require_safe
@needs(Action.CHANGE, Kind.WEIGHING, thing)
def rule(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the form of a rule: a new one of the kind that is asked for, one that stands, or the kinds to choose among."""
    round_ = named(year, name)
    version = services.current(round_)
    if version is None:
        return redirect("round_weighing", year=year, name=name)
    names = names_of(round_)
    standing = rule_forms.rule_at(choices_of(version.choices), request.GET.get("nr", ""))
    kept = typed(request)
    kind = rule_forms.kind_of((kept or request.GET).get("slag", ""))
    if kept is not None and kind is not None:
        return rule_page(request, round_, version, rule_forms.RuleForm(kind, names, kept), kept.get("nr", ""))
    if standing is not None:
        return rule_page(request, round_, version, rule_forms.form_of(standing, names), request.GET["nr"])
    if kind is None:
        return rule_page(request, round_, version, None)
    return rule_page(request, round_, version, rule_forms.empty_form(kind, names, request.GET))


def rule_page(
    request: HttpRequest,
    round_: Round,
    version: Version,
    form: rule_forms.RuleForm | None,
    place: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the form of a rule as a page, or as the part that opens beside the rules."""
    title = rule_name(form.kind) if form else msg("Ny regel")
    context = page_of(request, round_, title) | {
        "version": version,
        "form": form,
        "kind": form.kind.value if form else "",
        "means": rule_forms.MEANS[form.kind] if form else "",
        "heading": title,
        "place": place,
        "kinds": rule_forms.kinds_to_choose(),
        "room_address": address("round_weighing", round_),
    }
    template = "weighing/rule_part.html" if is_partial(request) else "weighing/rule.html"
    answer = render(request, template, context, status=status)
    if is_partial(request):
        answer.headers["HX-Retarget"] = "#regelskjema"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer
