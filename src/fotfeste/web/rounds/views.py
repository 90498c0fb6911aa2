"""Pages of rounds: which there are, the recommendation, each number's explanation, and computing anew."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import OutputError
from fotfeste.messages import Locale, Message, msg
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import allowed
from fotfeste.web.rights.guard import needs, open_to_all
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import archives, checks, papers, services, showing
from fotfeste.web.rounds.case_facts import adoption_shown
from fotfeste.web.rounds.followed import followed, polled
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.own_work import own_county, waiting_for
from fotfeste.web.rounds.page import about, county_thing, named, seen, state_told, thing
from fotfeste.web.rounds.published import as_seen_by
from fotfeste.web.rounds.sent_out import as_sent_to, comments, letter_to, own_papers, recommendation_sent

FILES: dict[str, tuple[Callable[[Round, Locale], str | bytes], str]] = {
    "kart.svg": (showing.drawing_of_map, "image/svg+xml"),
    "kart.png": (showing.map_as_png, "image/png"),
    "tabeller.xlsx": (
        showing.tables_as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@require_safe
@open_to_all
def all_rounds(request: HttpRequest) -> HttpResponse:
    """Show every round that the reader may see."""
    return _list(request, services.visible_to(actor_of(request)), None)


@require_safe
@open_to_all
def one_year(request: HttpRequest, year: int) -> HttpResponse:
    """Go to the round of a year when the reader may see one, otherwise show those there are."""
    rounds = services.visible_to(actor_of(request), year)
    if len(rounds) == 1:
        return redirect("round", year=year, name=rounds[0].name)
    return _list(request, rounds, year)


def _list(request: HttpRequest, rounds: list[Round], year: int | None) -> HttpResponse:
    words, actor = words_of(request), actor_of(request)
    rounds.sort(key=lambda one: (one.is_example, not own_county(actor, one)))
    seen_as = [as_seen_by(actor, one) for one in rounds]
    entries = [(one, words.text(_name_in_list(one)), state_told(actor, one)) for one in seen_as]
    context = {
        "entries": entries,
        "year": year,
        "waiting": waiting_for(actor) if year is None else (),
        "may_open": bool(services.counties_of(actor)),
    }
    return render(request, "rounds/all.html", context)


def _name_in_list(round_: Round) -> Message | str:
    title = services.title_of(round_)
    return msg("Eksempel: {title}", title=title) if round_.is_example else title


@require_safe
def one_round(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the recommendation: the answer, the map, the table, how it came about, the sources.

    A county's own round that has none yet leads those who work with it to its room.
    """
    round_ = seen(request, year, name)
    if not round_.ready:
        if not round_.is_example and allowed(
            actor_of(request), Action.VIEW, county_thing(request, year, name)
        ):
            return redirect("round_room", year=year, name=name)
        return _waiting(request, round_)
    locale = words_of(request).locale
    shown = showing.round_shown(round_, locale)
    links = {
        place: reverse("round_municipality", kwargs={"year": year, "name": name, "code": code})
        for place, code in shown.codes.items()
    }
    map_links = {code: links[place] for place, code in shown.codes.items()}
    context = {
        "shown": shown,
        "links": links,
        "map_links": map_links,
        "adopted": None if round_.is_example else adoption_shown(round_),
        **about(request, round_),
    }
    if context["may_export"]:
        context["map_files"] = [(kind, _file(round_, f"kart.{kind.lower()}")) for kind in ("SVG", "PNG")]
        whole = (
            words_of(request).text(msg("Anbefalingspakken (JSON)")),
            reverse("round_bundle", kwargs={"year": year, "name": name}),
        )
        context["table_files"] = [("XLSX", _file(round_, "tabeller.xlsx")), whole]
    return render(request, "rounds/round.html", context)


def _file(round_: Round, file: str) -> str:
    return reverse(f"round_{file}", kwargs={"year": round_.year, "name": round_.name})


@require_safe
def one_file(request: HttpRequest, year: int, name: str, file: str) -> HttpResponse:
    """Give the map as a picture, or the tables as a workbook, in the reader's language."""
    round_ = seen(request, year, name)
    if not round_.ready:
        return redirect("round", year=year, name=name)
    locale = words_of(request).locale
    make, kind = FILES[file]
    content = make(round_, locale)
    if not content:
        raise Http404
    return file_answer(content, kind, f"{round_.year}-{round_.name}-{locale}-{file}")


def _waiting(request: HttpRequest, round_: Round) -> HttpResponse:
    job = services.calculation_under_way([round_]).get(round_.pk)
    context = {**about(request, round_), **followed(request, job)}
    return polled(request, "rounds/waiting.html", "rounds/waiting_part.html", context, job)


@require_safe
def one_municipality(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show how one municipality's number came about, and the facts it stands beside.

    Once the recommendation is sent, the municipality's own contacts find it here, with the letter to them.
    """
    standing, actor = named(year, name), actor_of(request)
    round_ = as_sent_to(actor, standing)
    if not round_.ready:
        return redirect("round", year=year, name=name)
    locale = words_of(request).locale
    shown = showing.municipality_shown(round_, code, locale)
    if shown is None:
        raise Http404
    own = allowed(actor, Action.VIEW, own_papers(request, year, name, code))
    context = {
        "shown": shown,
        "whole": services.may(actor, Action.VIEW, standing) or standing.is_example,
        "sent_letter": own and letter_to(standing, code, locale) is not None,
        "sent_recommendation": own and recommendation_sent(standing, locale) is not None,
        "comments": comments(standing) if own else None,
        **about(request, round_, shown.name),
    }
    if context["may_export"]:
        context["letter"] = _letter(round_, locale, code)
    return render(request, "rounds/municipality.html", context)


def _letter(round_: Round, locale: Locale, code: str) -> papers.Paper | None:
    try:
        return papers.letter_in(archives.documents_path(round_, locale), round_.year, code)
    except OutputError:
        return None  # what is damaged is told where the documents are


@require_safe
def alternatives(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the recommendation beside other ways to share the same persons out."""
    round_ = seen(request, year, name)
    if not round_.ready:
        return redirect("round", year=year, name=name)
    blocks = showing.alternatives_shown(round_, words_of(request).locale)
    return render(
        request,
        "rounds/alternatives.html",
        {"blocks": blocks, **about(request, round_, msg("Alternativer"))},
    )


@require_safe
def bundle(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the recommendation's bundle, byte for byte as it is stored."""
    del request
    round_ = named(year, name)
    if not round_.ready:
        raise Http404
    answer = file_answer(
        services.bundle_text(round_.pk),
        "application/json; charset=utf-8",
        f"{round_.year}-{round_.name}.json",
    )
    answer.headers["ETag"] = f'"{round_.bundle_checksum}"'
    return answer


@never_cache
@require_safe
def check(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show what computing the recommendation anew gave, and offer to do it again."""
    round_ = seen(request, year, name)
    if not round_.ready:
        return redirect("round", year=year, name=name)
    job = checks.check_under_way(round_)
    found = checks.check_in_messages(round_)
    context = {"found": found, **about(request, round_, msg("Kontroll")), **followed(request, job)}
    return polled(request, "rounds/check.html", "rounds/check_part.html", context, job)


@require_POST
@needs(Action.VIEW, Kind.ROUND, thing, post=Action.VIEW)
def order_check(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Compute the recommendation anew in the background, and go to the page that tells how it went.

    Whoever may see a recommendation may have it computed anew: nothing in it is changed by that.
    """
    round_ = named(year, name)
    if round_.ready:
        checks.order_check(round_, actor_of(request))
    return redirect("round_check", year=year, name=name)
