"""Every view says who may use it: open to all, or an action on an object, found before the view runs.

What is not public leaves a trace when it is shown: the guard records it, so that no view can forget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from fotfeste.web.front.request import is_partial
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind

View = Callable[..., HttpResponseBase]
Opened = TypeVar("Opened", bound=Callable[..., Any])
Looked = TypeVar("Looked")

SAFE = ("GET", "HEAD", "OPTIONS")
SHOWS = ("GET", "HEAD")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
LOOKS_COUNT_AS_ONE = {
    kind: timedelta(minutes=10)
    for kind in (
        Kind.FIGURES,
        Kind.JOB,
        Kind.ROUND,
        Kind.WEIGHING,
        Kind.PLAN,
        Kind.PLAN_DRAFT,
        Kind.CODING,
        Kind.STATEMENT,
    )
}
"""Pages of these renew themselves or are leafed through: the same look by the same person within this time is one, not one a second."""
_UNRECORDED = frozenset({Kind.PLACE, Kind.ACCOUNT})


@dataclass(frozen=True, slots=True)
class Right:
    """What a view asks for: open to all, or ``action`` on objects of ``kind`` (``post``: when something is sent)."""

    action: Action
    kind: Kind
    open: bool = False
    post: Action | None = None

    def action_for(self, method: str) -> Action | None:
        """Return what ``method`` asks for; nothing when the view does not take it: who may see may not thereby change."""
        if method in SAFE:
            return self.action
        if method not in UNSAFE:
            return None
        return self.post or (None if self.action is Action.VIEW else self.action)


@dataclass(frozen=True, slots=True)
class Found:
    """An object that a ``find`` looked up, with what the rights need to know of it; ``found`` gives it to the view."""

    thing: Thing
    object: Any


Find = Callable[..., Thing | Found]


def open_to_all(view: Opened) -> Opened:
    """Mark a view, or an operation of the API, as open to everybody."""
    view.right = Right(Action.VIEW, Kind.PLACE, open=True)  # type: ignore[attr-defined]
    return view


def needs(
    action: Action,
    kind: Kind,
    find: Find | None = None,
    *,
    post: Action | None = None,
    open_when: Callable[..., bool] | None = None,
) -> Callable[[View], View]:
    """Let ``view`` run only for those who may do ``action`` with the object that ``find(request, **parts)`` gives.

    Without ``find`` the object is the installation's own of that kind. Whoever is not signed in is sent to sign in;
    whoever may not see the object is told that nothing is there, so that its existence is not given away. What is sent
    (POST, PUT, PATCH, DELETE) asks for ``post``, or for ``action`` unless that is to view, which never changes anything.
    Where ``open_when(request, **parts)`` says that this one object is open, everybody may see it, and nothing is recorded.
    When ``find`` gives a :class:`Found`, the view gets its object from :func:`found`. What is shown is recorded.
    """
    right = Right(action, kind, post=post)

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
            actor = actor_of(request)
            is_open = open_when is not None and request.method in SHOWS and open_when(request, **parts)
            if actor.user_id is None:
                return view(request, *args, **parts) if is_open else _sign_in(request)
            looked = find(request, **parts) if find else Thing(kind)
            thing = looked.thing if isinstance(looked, Found) else looked
            asked = right.action_for(request.method or "")
            if not allowed(actor, asked or action, thing):
                if is_open:
                    return view(request, *args, **parts)
                if find is not None and not allowed(actor, Action.VIEW, thing):
                    raise Http404
                raise PermissionDenied
            if asked is None or request.method == "OPTIONS":
                return _methods(right, refused=asked is None)
            if isinstance(looked, Found):
                request._fotfeste_found = looked.object  # type: ignore[attr-defined]
            response = view(request, *args, **parts)
            _record(request, response, actor, asked, thing)
            return response

        guarded.right = right  # type: ignore[attr-defined]
        return guarded

    return wrap


def per_method(**views: View) -> View:
    """Return one view of several guarded ones, by method: ``per_method(GET=show, POST=change)``."""

    def chosen(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        method = "GET" if request.method in SAFE else request.method or ""
        if method not in views:
            return HttpResponseNotAllowed([*views])
        return views[method](request, *args, **parts)

    chosen.rights = {name: right_of(view, name) for name, view in views.items()}  # type: ignore[attr-defined]
    return chosen


def right_of(view: Callable[..., Any], method: str = "GET") -> Right | None:
    """Return what ``view`` asks for with ``method``; nothing when nobody has declared it, or it takes no such method."""
    rights = getattr(view, "rights", None)
    if isinstance(rights, dict):
        return rights.get("GET" if method in SAFE else method)
    right = getattr(view, "right", None)
    return right if isinstance(right, Right) else None


def found(request: HttpRequest, kind: type[Looked]) -> Looked:
    """Return the object that the guard looked up for this request."""
    looked = getattr(request, "_fotfeste_found", None)
    if not isinstance(looked, kind):
        raise TypeError(f"the guard of {request.path} found no {kind.__name__}")
    return looked


def _sign_in(request: HttpRequest) -> HttpResponse:
    if is_partial(request):
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    if request.method in SAFE:
        return redirect_to_login(request.get_full_path())
    return redirect_to_login("/")


def _methods(right: Right, *, refused: bool) -> HttpResponse:
    allow = [*SAFE, *(one for one in UNSAFE if right.action_for(one) is not None)]
    return (
        HttpResponseNotAllowed(allow)
        if refused
        else HttpResponse(status=204, headers={"Allow": ", ".join(allow)})
    )


def _record(
    request: HttpRequest, response: HttpResponseBase, actor: Actor, action: Action, thing: Thing
) -> None:
    shown = response.status_code < 300 or response.status_code == 304
    sent = request.method in UNSAFE
    if (
        not shown
        or thing.kind in _UNRECORDED
        or action is Action.ADD
        or (sent and action is not Action.EXPORT)
    ):
        return
    from fotfeste.web.trace.detail import LONGEST
    from fotfeste.web.trace.services import record, seen_lately

    page = request.resolver_match.view_name if request.resolver_match else ""
    taken = _is_file(response, action)
    act = f"{thing.kind.value}.{'exported' if taken and action is Action.EXPORT else 'viewed'}"
    pause = None if taken else LOOKS_COUNT_AS_ONE.get(thing.kind)
    if not (pause and seen_lately(actor, act, thing, pause)):
        path = request.path[:LONGEST]
        record(actor, act, thing, {"page": page, "document": path} if taken else {"page": page})


def _is_file(response: HttpResponseBase, action: Action) -> bool:
    """Whether the answer is a file to be kept; a page that lists what can be taken out is only looked at."""
    page = response.headers.get("Content-Type", "").startswith("text/html")
    return response.has_header("Content-Disposition") or (action is Action.EXPORT and not page)
