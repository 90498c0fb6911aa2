"""One line in the log and one count for each request, a mark to find it again, and a limit to what is sent."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from fotfeste.web.upkeep.logs import event, request_id
from fotfeste.web.upkeep.metrics import count_request

Answer = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., Any])

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
LARGEST_BODY = 10_000_000
"""Bytes that one request may bring, files included."""


class RequestLog:
    """Log and count each request by the name of its address, never by the address: it may hold who or what."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, and tell how long it took."""
        mark = secrets.token_hex(8)
        request.request_id = mark  # type: ignore[attr-defined]
        token, began = request_id.set(mark), time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            route, method = route_of(request), method_of(request)
            event(
                "request",
                route=route,
                method=method,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
            count_request(route, method, response.status_code, seconds)
        finally:
            request_id.reset(token)
        response.headers["X-Request-Id"] = mark
        return response


def takes_up_to(size: Callable[[], int]) -> Callable[[View], View]:
    """Let a view take larger requests than others, from those who are signed in: as many bytes as ``size`` says."""

    def mark(view: View) -> View:
        view.largest_body = size  # type: ignore[attr-defined]
        return view

    return mark


class BodyLimit:
    """Refuse what is too large before any of it is read; views marked by :func:`takes_up_to` take more."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request when it is not too large."""
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if not stated.isdecimal() or (int(stated) > LARGEST_BODY and int(stated) > _room(request)):
            raise RequestDataTooBig
        return self.get_response(request)


def _room(request: HttpRequest) -> int:
    """Return how many bytes the view takes that is asked for; who is not signed in may fill no disk."""
    if not request.user.is_authenticated:
        return LARGEST_BODY
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return LARGEST_BODY
    size: Callable[[], int] | None = getattr(view, "largest_body", None)
    return size() if size is not None else LARGEST_BODY


def route_of(request: HttpRequest) -> str:
    """Return the name of the address that was asked for; ``static`` and ``unknown`` have none of their own."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith("/static/") else "unknown"


def method_of(request: HttpRequest) -> str:
    """Return the method, or ``other`` for one that is not in use."""
    return request.method if request.method in METHODS else "other"
