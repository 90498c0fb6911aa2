"""Open pages are the same for everybody who reads in the same language: made once, and remembered until figures change.

Only what is read without being signed in is remembered, and nothing that sets a cookie. A page is kept compressed, as it is
sent. What is kept is bounded, and the page that was asked for longest ago goes first.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.guard import open_to_all

MOST_BYTES = 64_000_000
ASK_AGAIN = "public, no-cache"
NOT_SHARED = "private, no-cache"
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "Content-Language")
COMPRESSIBLE = ("text/", "application/json", "image/svg+xml")
SMALLEST = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is sent, in each encoding."""

    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]

    @property
    def size(self) -> int:
        """How much memory it takes."""
        return sum(len(one) for one in self.bodies.values())


class Pages:
    """Pages by their tag, bounded by bytes; safe to share between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._size = 0
        self._changing = Lock()

    def get(self, tag: str) -> Kept | None:
        """Return the page with this tag."""
        with self._changing:
            found = self._kept.get(tag)
            if found is not None:
                self._kept.move_to_end(tag)
            return found

    def put(self, tag: str, page: Kept) -> None:
        """Keep a page, and let go of the oldest where there is no room."""
        if page.size > self._most // 4:
            return
        with self._changing:
            if tag in self._kept:
                return
            self._kept[tag] = page
            self._size += page.size
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= gone.size

    def clear(self) -> None:
        """Let go of everything."""
        with self._changing:
            self._kept.clear()
            self._size = 0

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._size


PAGES = Pages()


def tag_of(request: HttpRequest) -> str:
    """Return the tag of the answer to ``request``: it differs whenever the answer may differ."""
    seen = (
        knowledge().fingerprint,
        words_of(request).locale,
        request.get_full_path(),
        "part" if is_partial(request) else "",
        static("front/layout.css"),
        settings.FOTFESTE.serving.owner,
    )
    return f'"{hashlib.sha256(chr(0).join(seen).encode()).hexdigest()[:24]}"'


def open_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make ``view`` an open page: remembered for readers who are not signed in, and not sent twice to the same one."""

    @open_to_all
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or known(request):
            response = view(request, *args, **parts)
            response.headers.setdefault("Cache-Control", NOT_SHARED)
            return response
        tag = tag_of(request)
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            return _told(HttpResponseNotModified(), tag)
        kept = PAGES.get(tag)
        if kept is None:
            response = view(request, *args, **parts)
            if response.status_code != 200 or _personal(request, response):
                return response
            kept = _kept(response)
            PAGES.put(tag, kept)
        return _told(_sent(kept, request), tag)

    return answered


def known(request: HttpRequest) -> bool:
    """Whether the reader carries anything that may make a page their own: a session, a message that waits."""
    return any(name in request.COOKIES for name in (settings.SESSION_COOKIE_NAME, "messages"))


def _personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page holds what belongs to one reader only: a cookie, a form that is signed for them."""
    return bool(response.cookies) or bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE")) or response.streaming


def _kept(response: HttpResponse) -> Kept:
    body = response.content
    bodies = {"": body}
    if len(body) >= SMALLEST and response.headers.get("Content-Type", "").startswith(COMPRESSIBLE):
        bodies["br"] = brotli.compress(body, quality=5)
        bodies["gzip"] = gzip.compress(body, compresslevel=6, mtime=0)
    headers = tuple((name, response.headers[name]) for name in KEPT_HEADERS if name in response.headers)
    return Kept(headers, bodies)


def _sent(page: Kept, request: HttpRequest) -> HttpResponse:
    accepted = {
        one.partition(";")[0].strip() for one in request.headers.get("Accept-Encoding", "").split(",")
    }
    encoding = next((one for one in ("br", "gzip") if one in accepted and one in page.bodies), "")
    response = HttpResponse(page.bodies[encoding], headers=dict(page.headers))
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def _told(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = ASK_AGAIN
    patch_vary_headers(response, ("Accept-Language", "Cookie", "Accept-Encoding", "HX-Request"))
    return response
