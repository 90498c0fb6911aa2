"""Pages that belong to no room: choice of language, and what is shown when something is wrong."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from fotfeste.settings import LOCALES
from fotfeste.web.rights.guard import open_to_all

A_YEAR = 365 * 24 * 3600


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


def _error(request: HttpRequest, status: int, template: str = "front/error.html") -> HttpResponse:
    return render(request, template, {"status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the request could not be understood."""
    del exception
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the reader may not do this."""
    del exception
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that nothing is at this address."""
    del exception
    return _error(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Show that something went wrong here; the page needs nothing that may have failed."""
    return _error(request, 500, "front/failed.html")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that a form came too late or from elsewhere, and what to do."""
    del reason
    return render(request, "front/stale.html", status=403)
