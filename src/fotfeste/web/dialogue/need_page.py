"""What the pages of the needs look up before they are shown."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.views.decorators.http import require_http_methods

from fotfeste.messages import msg
from fotfeste.web.dialogue import needs as heard
from fotfeste.web.rights.guard import Found
from fotfeste.web.rounds.page import named

NEEDS = msg("Behov")
both = require_http_methods(["GET", "HEAD", "POST"])


def all_of_round(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the round with its needs."""
    del request, parts
    round_ = named(year, name)
    return Found(heard.thing_of(round_), round_)


def one_need_of(request: HttpRequest, year: int, name: str, number: int, **parts: Any) -> Found:
    """Return one need."""
    del request, parts
    round_ = named(year, name)
    needs_ = heard.needs_of(round_).select_related("round").defer("round__bundle")
    need = needs_.filter(number=number).first() if number < 2**31 else None
    if need is None:
        raise Http404
    return Found(heard.thing_of(round_, need), need)
