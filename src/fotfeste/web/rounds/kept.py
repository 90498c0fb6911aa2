"""What somebody types is kept while they type, also when their session ends, and shown to them again.

Forms marked ``data-keep`` are sent to :func:`keep_typed` two seconds after the last key (see ``fotfeste.js``). And a page
that shows a form to somebody who is signed in gives their browser a signed cookie that says whose typing it is, so that
a form that comes from that browser without a session is kept too. What is typed is kept for an hour: encrypted with a
key that stands in another cookie of that browser, one for each page, and nowhere else. When the page is opened again,
after sign-in where that is needed, it shows the form as it was typed, to the same account only, and says that nothing
is saved. What is sent and taken is no longer kept. Files and passwords are never kept.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from fotfeste.web.front.request import is_partial
from fotfeste.web.front.views import SECRET
from fotfeste.web.rights.guard import SHOWS, View
from fotfeste.web.rounds.models import KeptForm

LIFE = timedelta(hours=1)
LARGEST = 200_000
"""Bytes of typed text that are kept."""
MOST_FORMS = 5
"""Forms that are kept for one person at a time, of different pages or in different browsers."""
WHOSE, HELD = "fotfeste_typing", "fotfeste_typed"
"""The cookies: whose typing it is (signed), and, each with its page, the name and key of what is kept."""
TYPING_LASTS = timedelta(days=2)
_SALT = "fotfeste.rounds.kept"


@dataclass(frozen=True, slots=True)
class _Held:
    """What the cookie holds: which row, and the key to it."""

    name: str
    key: bytes

    @property
    def row(self) -> str:
        """What the row is called in the database."""
        return hashlib.sha256(self.name.encode()).hexdigest()


def survives(view: View) -> View:
    """Let what is typed in the forms of ``view`` live through a session that ends; put outside the guard.

    The form is shown at the same address as it is sent to, or at the address in its hidden field ``page``. While somebody
    is signed in, ``request.keeps_typing`` tells the page that what is typed in it will be found again.
    """

    @wraps(view)
    def surviving(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        someone = request.user.pk if hasattr(request, "user") and request.user.is_authenticated else None
        if request.method == "POST" and someone is None:
            token = keep(request, _whose(request), ended=True)
            response = view(request, *args, **parts)
            return _to_sign_in(request, response, token) if token else response
        if someone is not None:
            request.keeps_typing = True  # type: ignore[attr-defined]
        if request.method in SHOWS and someone is not None:
            request._fotfeste_typed = take(request)  # type: ignore[attr-defined]
        response = view(request, *args, **parts)
        if someone is None or response.status_code >= 400:
            return response
        if request.method == "POST":
            _drop(request, response)
        elif request.method in SHOWS:
            _set(response, WHOSE, signing.dumps(someone, salt=_SALT), TYPING_LASTS)
        return response

    for name in ("right", "rights"):
        if hasattr(view, name):
            setattr(surviving, name, getattr(view, name))
    return surviving


def typed(request: HttpRequest) -> Typed | None:
    """Return what the reader had typed on this page and not saved; nothing when there is none."""
    found = getattr(request, "_fotfeste_typed", None)
    return found if isinstance(found, Typed) else None


class Typed(QueryDict):
    """What was typed. ``ended``: the session had ended then; otherwise the page was left before it was saved."""

    ended: bool = False
    page: str = ""


def keep_typed(request: HttpRequest, owner: int) -> HttpResponse:
    """Keep what ``owner`` types in a form; there is nothing to show."""
    response = HttpResponse(status=204)
    if token := keep(request, owner, ended=False):
        _set(response, cookie_of(_page(request)), token, LIFE)
    return response


def forget_typed(request: HttpRequest) -> HttpResponse:
    """Delete what is kept of a page, and lead back to it."""
    response = HttpResponse(status=302, headers={"Location": _page(request)})
    if (held := _held(request, _page(request))) is not None:
        KeptForm.objects.filter(name_hash=held.row).delete()
    response.delete_cookie(cookie_of(_page(request)), samesite="Lax")
    return response


def keep(request: HttpRequest, owner: int | None, *, ended: bool) -> str:
    """Keep what is typed, and return what the browser is to hold; empty when it is not known whose it is, or too much.

    There is one form for each page and browser, the one that was typed in last.
    """
    page = _page(request)
    lists = [(name, texts) for name, texts in request.POST.lists() if not _secret(name)]
    text = json.dumps({"owner": owner, "page": page, "ended": ended, "typed": lists}).encode()
    if owner is None or len(text) > LARGEST:
        return ""
    from cryptography.fernet import Fernet

    held = _held(request, page) or _Held(secrets.token_urlsafe(24), Fernet.generate_key())
    whose = salted_hmac(_SALT, str(owner), algorithm="sha256").hexdigest()
    kept = {"whose": whose, "data": Fernet(held.key).encrypt(text), "at": timezone.now()}
    KeptForm.objects.update_or_create(name_hash=held.row, defaults=kept)
    others = KeptForm.objects.filter(whose=whose).order_by("-at", "-pk").values_list("pk", flat=True)
    KeptForm.objects.filter(pk__in=list(others[MOST_FORMS:])).delete()
    return f"{held.name}:{held.key.decode()}"


def take(request: HttpRequest) -> Typed | None:
    """Return what was kept for whoever asks, on the page that they ask for; to others nothing, and it stays where it is."""
    content = _opened(request, request.path)
    if content is None or content["owner"] != request.user.pk:
        return None
    found = Typed(mutable=True)
    for name, texts in content["typed"]:
        found.setlist(name, texts)
    found.ended, found.page, found._mutable = content["ended"], content["page"], False
    return found


def cookie_of(page: str) -> str:
    """Return what the cookie is called that holds what is kept of a page."""
    return f"{HELD}_{hashlib.sha256(page.encode()).hexdigest()[:12]}"


def _opened(request: HttpRequest, page: str) -> dict[str, Any] | None:
    held = _held(request, page)
    row = KeptForm.objects.filter(name_hash=held.row).first() if held else None
    if held is None or row is None or row.at < timezone.now() - LIFE:
        return None
    from cryptography.fernet import Fernet, InvalidToken

    try:
        content: dict[str, Any] = json.loads(Fernet(held.key).decrypt(bytes(row.data)))
    except (InvalidToken, ValueError):
        return None
    return content if content["page"] == page else None


def forget_old(now: datetime | None = None) -> int:
    """Delete what nobody came back for within the hour; return how much."""
    return KeptForm.objects.filter(at__lt=(now or timezone.now()) - LIFE).delete()[0]


def _page(request: HttpRequest) -> str:
    stated = request.POST.get("page", "")
    here = stated.startswith("/") and url_has_allowed_host_and_scheme(stated, None)
    return stated if here else request.path


def _secret(name: str) -> bool:
    return any(part in name.lower() for part in SECRET)


def _whose(request: HttpRequest) -> int | None:
    try:
        owner = signing.loads(request.COOKIES.get(WHOSE, ""), salt=_SALT, max_age=TYPING_LASTS)
    except signing.BadSignature:
        return None
    return owner if isinstance(owner, int) else None


def _held(request: HttpRequest, page: str) -> _Held | None:
    name, _, key = request.COOKIES.get(cookie_of(page), "").partition(":")
    from cryptography.fernet import Fernet

    try:
        Fernet(key)
    except ValueError:
        return None
    return _Held(name, key.encode())


def _to_sign_in(request: HttpRequest, refused: HttpResponseBase, token: str) -> HttpResponseBase:
    """Lead to sign in, and from there back to the page; a view that asked for nothing answers as it did."""
    if refused.status_code not in (302, 401):
        return refused
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _page(request)})}"
    response = (
        HttpResponse(status=401, headers={"HX-Redirect": address})
        if is_partial(request)
        else HttpResponse(status=302, headers={"Location": address})
    )
    _set(response, cookie_of(_page(request)), token, LIFE)
    return response


def _drop(request: HttpRequest, response: HttpResponseBase) -> None:
    """Delete what was kept: the form has been sent, and was taken. What was typed in another form of the page stays."""
    page = _page(request)
    held, content = _held(request, page), _opened(request, page)
    if held is None or content is None:
        return
    typed = {name for name, _ in content["typed"]} - {"page"}
    if typed & set(request.POST):
        KeptForm.objects.filter(name_hash=held.row).delete()
        response.delete_cookie(cookie_of(page), samesite="Lax")


def _set(response: HttpResponseBase, name: str, value: str, life: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=life,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
