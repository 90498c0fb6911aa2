"""Pages that belong to no room: choice of language, and what is shown when something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from fotfeste.messages import Message, msg
from fotfeste.settings import LOCALES
from fotfeste.web.front.words import reader
from fotfeste.web.rights.guard import open_to_all
from fotfeste.web.upkeep.logs import request_id

A_YEAR = 365 * 24 * 3600
SECRET = ("password", "passphrase", "csrf", "secret", "token", "code", "otp", "credential", "login", "email")
MOST_SHOWN = 50

TITLES: Mapping[int, tuple[Message, Message]] = {
    400: (
        msg("Forespørselen kan ikke forstås"),
        msg("Noe i adressen eller skjemaet er ikke slik det må være. Gå tilbake, og prøv igjen."),
    ),
    403: (
        msg("Du har ikke tilgang"),
        msg("Rollen din gir ikke rett til dette. Spør den som inviterte deg, om du mener at den burde."),
    ),
    404: (
        msg("Siden finnes ikke"),
        msg("Adressen er feil, eller det som sto her, er ikke åpent for deg."),
    ),
    413: (
        msg("Det som ble sendt, er for stort"),
        msg("Ingenting er lagret. Del opp det du sender, eller velg en mindre fil."),
    ),
    500: (
        msg("Noe gikk galt hos oss"),
        msg("Feilen er skrevet i loggen. Det du hadde lagret, er trygt. Prøv igjen om litt."),
    ),
    503: (
        msg("Tjenesten er ikke tilgjengelig akkurat nå"),
        msg("Det du hadde lagret, er trygt. Prøv igjen om noen minutter."),
    ),
}
STALE = (
    msg("Skjemaet er for gammelt"),
    msg(
        "Siden har stått åpen for lenge, eller informasjonskapsler er slått av. Ingenting er lagret. Gå tilbake, last "
        "siden på nytt, og send på nytt."
    ),
)


@open_to_all
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language that is asked for, and go back to where the reader was."""
    back = request.GET.get("tilbake", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    if (wanted := request.GET.get("til", "")) in LOCALES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the request could not be understood, or was too large."""
    return _error(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the reader may not do this."""
    del exception
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that nothing is at this address."""
    del exception
    return _error(request, 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that a form came too late, with what was typed, so that it can be copied."""
    del reason
    title, text = STALE
    return _plain(403, title, text, typed_in(request))


def failed(request: HttpRequest) -> HttpResponse:
    """Show that something went wrong here, or that the database is away; with what was typed."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    title, text = TITLES[status]
    response = _plain(status, title, text, typed_in(request))
    if away:
        response.headers["Retry-After"] = "30"
    return response


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what somebody had typed on a page of ours: names and texts, nothing secret.

    What is sent from elsewhere is not shown, since the words could then be somebody else's.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") not in {"same-origin", "none"}:
        return []
    try:
        sent = list(request.POST.lists())
    except Exception:
        # A body that cannot be read, for whatever reason, has nothing to show; the page for the error goes before.
        return []
    shown = [(name, text) for name, texts in sent for text in texts if text.strip() and not _secret(name)]
    return shown[:MOST_SHOWN]


def _secret(name: str) -> bool:
    return any(part in name.lower() for part in SECRET)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    title, text = TITLES[status]
    return render(
        request, "front/error.html", {"status": status, "title": title, "text": text}, status=status
    )


def _plain(status: int, title: Message, text: Message, typed: list[tuple[str, str]]) -> HttpResponse:
    """Return a page that needs nothing that may have failed: no database, no session."""
    values: dict[str, Any] = {
        "status": status,
        "title": title,
        "text": text,
        "typed": typed,
        "locale": reader().locale,
        "mark": request_id.get(),
    }
    return HttpResponse(render_to_string("front/failed.html", values), status=status)
