"""Opening a round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import msg
from fotfeste.web.front.words import said
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import forms, kept, opening, services
from fotfeste.web.rounds.editing import add_faults
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import ROUNDS


def _opens(request: HttpRequest, **parts: Any) -> Thing:
    del parts
    counties = services.counties_of(actor_of(request))
    return Thing(Kind.ROUND, county=next(iter(counties), ""))


@kept.survives
@needs(Action.ADD, Kind.ROUND, _opens)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def open_round(request: HttpRequest) -> HttpResponse:
    """Open a round for a county and a year."""
    actor = actor_of(request)
    this_year = timezone.localdate().year
    counties = [(one, opening.county_name(one, this_year)) for one in services.counties_of(actor)]
    proposed = _next_year(counties[0][0], this_year)
    data = request.POST if request.method == "POST" else kept.typed(request)
    form = forms.OpenRound(data, counties=counties, initial={"year": proposed})
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = opening.open_round(actor, **form.cleaned_data)
        except FotfesteError as error:
            if error.code == "round.exists":
                there = services.found(form.cleaned_data["year"], form.cleaned_data["county"])
                if there is not None:
                    messages.info(request, said(error.problem.what))
                    return redirect("round_room", year=there.year, name=there.name)
            if error.code == "round.lessons":
                error = InputError(
                    error.code, error.problem.what, place="reason", remedy=error.problem.remedy
                )
            add_faults(form, error)
        else:
            messages.success(request, said(msg("Runden er åpnet.")))
            return redirect("round_room", year=made.year, name=made.name)
    chosen = _chosen(form, counties[0][0], proposed)
    context = {
        "form": form,
        "back": kept.typed(request),
        "unlearned": opening.unlearned(*chosen),
        "submit": msg("Åpne runden"),
        "trail": [(ROUNDS, reverse("rounds")), (msg("Ny runde"), "")],
    }
    return render(request, "rounds/open.html", context, status=status)


def _chosen(form: forms.OpenRound, county: str, year: int) -> tuple[str, int]:
    content = getattr(form, "cleaned_data", {})
    return content.get("county") or county, content.get("year") or year


def _next_year(county: str, this_year: int) -> int:
    newest = Round.objects.filter(county=county, is_example=False).order_by("-year").first()
    return newest.year + 1 if newest is not None else this_year + 1
