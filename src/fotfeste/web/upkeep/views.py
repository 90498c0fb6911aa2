"""What machines ask: is it alive, is it ready, what has it counted. No personal data in any answer."""

from __future__ import annotations

import ipaddress
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from fotfeste.web.rights.guard import open_to_all
from fotfeste.web.upkeep.metrics import written
from fotfeste.web.upkeep.readiness import readiness

RETRY_SECONDS = "15"


@open_to_all
def alive(request: HttpRequest) -> HttpResponse:
    """Answer that the process answers; nothing else is asked, so that it is not ended for another's fault."""
    del request
    return _never_kept(JsonResponse({"status": "ok"}))


@open_to_all
def ready(request: HttpRequest) -> HttpResponse:
    """Answer whether the workspace can do its work, and which part cannot."""
    del request
    parts = readiness()
    well = all(parts.values())
    shown = {name: "ok" if fine else "failed" for name, fine in parts.items()}
    response = JsonResponse(
        {"status": "ok" if well else "failed", "parts": shown}, status=200 if well else 503
    )
    if not well:
        response.headers["Retry-After"] = RETRY_SECONDS
    return _never_kept(response)


@open_to_all
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the counts to this machine, or to whoever has the token of the settings; to nobody else."""
    if not (_from_here(request) or _has_token(request)):
        response = HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
        return _never_kept(response)
    return _never_kept(HttpResponse(written(), content_type="text/plain; version=0.0.4; charset=utf-8"))


def _from_here(request: HttpRequest) -> bool:
    """Whether a program on this machine asks, itself: what a proxy here passes on has another origin."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    token = settings.FOTFESTE.serving.metrics_token
    stated = request.headers.get("Authorization", "")
    # Headers come as the bytes that were sent, each read as one letter.
    sent = stated.encode("latin-1", "replace")
    return bool(token) and secrets.compare_digest(sent, f"Bearer {token}".encode())


def _never_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
