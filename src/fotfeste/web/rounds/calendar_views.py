"""The deadlines of a round as calendar files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import changes, services
from fotfeste.web.rounds.deadlines_file import deadlines_file
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import county_thing, named
from fotfeste.work.deadlines import Deadline, Who


@needs(Action.VIEW, Kind.ROUND, county_thing)
@require_safe
@never_cache
def calendar(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give all deadlines of the round as a calendar file."""
    round_ = named(year, name)
    return _calendar(request, round_, changes.deadlines_of(round_))


def municipality_thing(request: HttpRequest, year: int, name: str, code: str) -> Thing:
    """Return what a municipality is told of a round: for its contacts, and for the county."""
    del request
    round_ = named(year, name)
    if code not in services.municipalities_of(round_):
        raise Http404
    return Thing(Kind.INPUT, f"{round_.pk}", county=round_.county, municipality=code)


@needs(Action.VIEW, Kind.INPUT, municipality_thing)
@require_safe
@never_cache
def municipal_calendar(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the deadlines that concern a municipality as a calendar file."""
    round_ = named(year, name)
    theirs = tuple(one for one in changes.deadlines_of(round_) if one.who is Who.MUNICIPALITY)
    return _calendar(request, round_, theirs, code)


def _calendar(
    request: HttpRequest, round_: Round, deadlines: tuple[Deadline, ...], code: str = ""
) -> HttpResponse:
    content = deadlines_file(round_, deadlines, words_of(request).locale, code)
    return file_answer(
        content, "text/calendar; charset=utf-8", f"frister-{round_.year}-{code or round_.name}.ics"
    )
