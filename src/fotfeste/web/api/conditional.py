"""Answers that need not be sent twice: an ETag that changes with the data, the program, the language and the address."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

from fotfeste.web.front.request import words_of
from fotfeste.web.places.knowledge import knowledge

FRESH = "public, max-age=60"


def etag(request: HttpRequest, *args: Any, **parts: Any) -> str:
    """Return the tag of the answer to ``request``, without making the answer."""
    del args, parts
    seen = "\0".join((knowledge().fingerprint, words_of(request).locale, request.get_full_path()))
    return f'"{hashlib.sha256(seen.encode()).hexdigest()[:24]}"'


def unchanged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 304 when the reader already has the answer, and tell how to ask next time."""
    asked = condition(etag_func=etag)(view)

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        response = asked(request, *args, **parts)
        if response.status_code in (200, 304):
            response.headers.setdefault("Cache-Control", FRESH)
        else:
            response.headers.pop("ETag", None)
        return response

    return answered
