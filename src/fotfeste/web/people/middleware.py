"""Whoever can see what is not public has a second factor before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from fotfeste.messages import msg
from fotfeste.web.front.request import words_of
from fotfeste.web.people.adapters import vouched_for
from fotfeste.web.people.services import has_second_factor

FIRST = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
        "accept_invitation",
        "choose_language",
        "openid_connect_login",
        "openid_connect_callback",
    }
)
"""What somebody without a second factor may open: what it takes to get one, and to leave."""

OPEN = frozenset(
    {
        "live",
        "ready",
        "metrics",
        "about",
        "help",
        "wordlist",
        "accessibility",
        "privacy",
        "robots",
        "security",
    }
)
"""What is about the service itself, and stays open to everyone: also to whoever has yet to decide to go on."""


class SecondFactorFirst:
    """Lead those who have a role and no second factor to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_call: Any) -> HttpResponse | None:
        """Send the reader to set up a second factor, when that is what is missing."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        match = request.resolver_match
        if match is not None and match.url_name in FIRST | OPEN:
            return None
        if not lacks_second_factor(request):
            return None
        if request.path.startswith("/api/"):
            text = words_of(request).text(msg("Sett opp innlogging i to trinn først."))
            return JsonResponse({"detail": text}, status=403)
        return HttpResponseRedirect(reverse("mfa_index"))


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether the reader has a role, and neither a second factor nor a provider that asked for one."""
    user = request.user
    if not user.is_authenticated or not user.memberships.in_force().exists():
        return False
    return not has_second_factor(user) and not vouched_for(request)
