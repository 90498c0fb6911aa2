"""Open answers that need not be made or sent twice.

The tag of an answer (ETag) changes with the figures, the program, the installation, the language and the address, and
with what else a page rests on; who already has the answer gets 304. For readers who are not signed in, answers are
kept, compressed, in each process.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response, patch_vary_headers

import fotfeste
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.front.wordlist import OWN_FILE
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.places.shelf import Kept, Shelf

View = Callable[..., HttpResponse]

FRESH = "public, max-age=60"
FOREVER = "public, max-age=31536000, immutable"
OWN = "private, no-cache"
VERSION = "v"
"""The parameter that makes the address of a picture stand for these figures in this language only."""
PICTURES = (".svg", ".png")
"""How the addresses end that may be kept for ever; a page with the parameter is a page like any other."""
LONGEST_ADDRESS = 400
SMALLEST_COMPRESSED = 600
LARGE = 4_000_000
"""Bytes from which an answer is compressed fast rather than hard."""
COMPRESSIBLE = ("text/", "image/svg+xml", "application/json")
ON_PARTS = ("HX-Request", "HX-History-Restore-Request")
SHELF = Shelf(32_000_000)
_ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


def open_answer(*parameters: str, beside: Callable[..., str] | None = None) -> Callable[[View], View]:
    """Make a view's answers conditional, and keep those whose query has ``parameters`` only.

    ``beside`` is asked, with the parts of the address, for what the answers rest on besides the figures.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            if not unknown_reader(request):
                response = view(request, *args, **parts)
                response.headers.setdefault("Cache-Control", OWN)
                patch_vary_headers(response, ON_PARTS)
                return response
            tag = etag(request, beside(*args, **parts) if beside else "")
            response = get_conditional_response(request, etag=tag) or _made_or_kept(
                view, request, tag, set(request.GET) <= {*parameters, VERSION}, args, parts
            )
            if response.status_code in (200, 304):
                response.headers["ETag"] = tag
                response.headers.setdefault("Cache-Control", _how_long(request))
            else:
                response.headers.setdefault("Cache-Control", "no-cache")
            patch_vary_headers(response, (*ON_PARTS, "Accept-Encoding"))
            return response

        return answered

    return wrap


def unknown_reader(request: HttpRequest) -> bool:
    """Whether nothing is known of the reader: no session, and no message that waits to be shown."""
    held = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return not any(name in request.COOKIES for name in held)


def etag(request: HttpRequest, beside: str = "") -> str:
    """Return the tag of the answer to ``request``, without making the answer.

    ``beside`` is what it rests on besides the figures, the program and the installation.
    """
    seen = (
        fotfeste.__version__,
        knowledge().fingerprint,
        knowledge().today.isoformat(),
        _installation(),
        beside,
        words_of(request).locale,
        str(is_partial(request)),
        request.get_full_path(),
    )
    return f'W/"{hashlib.sha256(chr(0).join(seen).encode()).hexdigest()[:24]}"'


def version(request: HttpRequest) -> str:
    """Return the value of ``v`` in the address of a picture: it changes with the figures, the program, the language."""
    return f"{knowledge().fingerprint[:12]}-{fotfeste.__version__}-{words_of(request).locale}"


def _installation() -> str:
    """Return what the pages of this installation show beside the figures."""
    serving, words = settings.FOTFESTE.serving, settings.FOTFESTE.data_dir / OWN_FILE
    stamp = words.stat().st_mtime_ns if words.is_file() else 0
    return f"{serving.owner}|{serving.contact}|{serving.base_url}|{stamp}"


def _how_long(request: HttpRequest) -> str:
    for_ever = request.path.endswith(PICTURES) and request.GET.get(VERSION) == version(request)
    return FOREVER if for_ever else FRESH


def _made_or_kept(
    view: View, request: HttpRequest, tag: str, may_keep: bool, args: Any, parts: dict[str, Any]
) -> HttpResponse:
    if (found := SHELF.take(tag)) is not None:
        return _as_response(found, request)
    response = view(request, *args, **parts)
    if response.status_code != 200 or response.cookies or response.streaming:
        return response
    if "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
        return response
    kept = _packed(response)
    if may_keep and len(request.get_full_path()) <= LONGEST_ADDRESS:
        SHELF.keep(tag, kept)
    return _as_response(kept, request)


def _packed(response: HttpResponse) -> Kept:
    body = bytes(response.content)
    kind = response.headers.get("Content-Type", "")
    compressed = len(body) >= SMALLEST_COMPRESSED and kind.startswith(COMPRESSIBLE)
    return Kept(
        gzip.compress(body, 6 if len(body) < LARGE else 1, mtime=0) if compressed else body,
        compressed,
        tuple(response.headers.items()),
    )


def _as_response(kept: Kept, request: HttpRequest) -> HttpResponse:
    plain = kept.compressed and not _ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(gzip.decompress(kept.body) if plain else kept.body, headers=dict(kept.headers))
    if kept.compressed and not plain:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    return response
