"""What is said when a file of a round is damaged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.errors import FotfesteError
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import about
from fotfeste.web.upkeep.logs import event


def damaged(request: HttpRequest, round_: Round, error: FotfesteError) -> HttpResponse:
    """Say that a file cannot be read as it was written, and what can be done about it."""
    event("round.damaged", round=round_.pk, fault=error.code)
    context = {"error": error, **about(request, round_, error.problem.what)}
    return render(request, "rounds/damaged.html", context, status=500)
