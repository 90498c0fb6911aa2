"""Answers that are no page of their own making: files, and what is said when one is damaged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from fotfeste.errors import FotfesteError
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import about
from fotfeste.web.upkeep.logs import event


def file_answer(content: bytes | str, kind: str, name: str, *, shown: bool = False) -> HttpResponse:
    """Answer with a file of media type ``kind`` that is saved as ``name``, or shown in the browser."""
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(not shown, name) or ""
    return answer


def damaged(request: HttpRequest, round_: Round, error: FotfesteError) -> HttpResponse:
    """Say that a file cannot be read as it was written, and what can be done about it."""
    event("round.damaged", round=round_.pk, fault=error.code)
    context = {"error": error, **about(request, round_, error.problem.what)}
    return render(request, "rounds/damaged.html", context, status=500)
