"""Safe headers and the reader's language, for every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from fotfeste.settings import LOCALES
from fotfeste.web.front.request import set_words

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
    )
)


ANYBODYS, OWN = "no-cache", "private, no-store"
"""How answers that say nothing of it themselves are kept: asked about each time; by nobody, when somebody is signed in."""


class SafeHeaders:
    """Say what a page may load and use, and who may keep it: nothing from elsewhere, nothing written into the page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with safe headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", OWN if _somebodys(request, response) else ANYBODYS)
        return response


def _somebodys(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer may hold what is for this reader only."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)


class ReadersLanguage:
    """Choose the language: the person's own, the chosen one, the browser's, the installation's; in that order."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the reader's language."""
        locale = chosen(request)
        set_words(request, locale)
        with translation.override(locale):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", locale)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def chosen(request: HttpRequest) -> str:
    """Return the language for ``request``."""
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in LOCALES:
        return cookie
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        own = getattr(request.user, "language", "")
        if own in LOCALES:
            return str(own)
    asked = request.headers.get("Accept-Language", "")
    for part in asked.split(","):
        tag = part.partition(";")[0].strip().lower().partition("-")[0]
        if tag == "no":
            return "nb"
        if tag in LOCALES:
            return tag
    return str(settings.LANGUAGE_CODE)
