"""The page where the county writes the facts of the case that its documents are made with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.front.words import said
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.case_facts import written
from fotfeste.web.rounds.case_writing import CaseForm, may_be_written, proposed, write_case
from fotfeste.web.rounds.editing import add_faults, clashes
from fotfeste.web.rounds.page import about, county_thing, named

CASE = msg("Opplysninger om saken")


@kept.survives
@needs(Action.CHANGE, Kind.ROUND, county_thing)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def case(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Write the facts of the case; documents that were made with others are made anew."""
    round_, actor, locale = named(year, name), actor_of(request), words_of(request).locale
    typed_before = kept.typed(request)
    data = request.POST if request.method == "POST" else typed_before
    suggested = proposed(round_)
    form = CaseForm(data, stored=written(round_), proposed=suggested)
    together, status = None, 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            together = write_case(actor, round_, form.base, form.mine, locale)
        except FotfesteError as error:
            add_faults(form, error)
        else:
            if not together.conflicts:
                messages.success(request, said(_told(round_.ready)))
                return redirect("round_adoptions", year=year, name=name)
            form.seen_now(written(named(year, name)))
            status = 409
    back = reverse("round_adoptions", kwargs={"year": year, "name": name})
    context = {
        "form": form,
        "subject": CASE,
        "text": msg(
            "Dokumentene lages med det som står her. Det som står tomt, blir et åpent felt i dem. Skriv roller, ikke navn på "
            "personer."
        ),
        "suggested": bool(suggested),
        "clashes": clashes(form, together) if together else [],
        "back": typed_before,
        "submit": msg("Lagre"),
        "cancel": back,
        **about(request, round_, CASE),
    }
    context["may_change"] = context["may_change"] and may_be_written(round_)
    return render(request, "rounds/case.html", context, status=status)


def _told(ready: bool) -> Message:
    if ready:
        return msg("Opplysningene er lagret. Dokumentene lages med dem.")
    return msg("Opplysningene er lagret. Dokumentene lages med dem når anbefalingen er regnet ut.")
