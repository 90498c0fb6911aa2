"""Making a version the round's recommendation, from the page that shows it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.kept import survives
from fotfeste.web.rounds.page import named
from fotfeste.web.weighing import services
from fotfeste.web.weighing.clash import clash_page
from fotfeste.web.weighing.page import made_from, room, thing, unknown
from fotfeste.web.weighing.recommending import make_recommendation
from fotfeste.web.weighing.services import Clash


@survives
@require_POST
@needs(Action.CHANGE, Kind.WEIGHING, thing)
def recommend(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Make the version that the page shows the round's recommendation."""
    round_ = named(year, name)
    version = made_from(request, round_)
    if version is None:
        return unknown(request, round_)
    try:
        reason = " ".join(request.POST.get("grunn", "").replace("\x00", "").split())
        done = make_recommendation(actor_of(request), round_, version.number, reason)
    except FotfesteError as error:
        return room(request, round_, services.current(round_) or version, error=error)
    if isinstance(done, Clash):
        return clash_page(request, round_, done)
    text = words_of(request).text(
        msg("Versjon {version} er nå rundens anbefaling.", version=str(version.number))
    )
    messages.success(request, text)
    return redirect("round_weighing", year=year, name=name)
