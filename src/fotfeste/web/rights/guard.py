"""Every view says who may use it: open to all, or an action on an object, found before the view runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing, allowed
from fotfeste.web.rights.roles import Action, Kind

View = Callable[..., HttpResponse]
Find = Callable[..., Thing]
Opened = TypeVar("Opened", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Right:
    """What a view asks for: open to all, or ``action`` on objects of ``kind``."""

    action: Action
    kind: Kind
    open: bool = False


def open_to_all(view: Opened) -> Opened:
    """Mark a view, or an operation of the API, as open to everybody."""
    view.right = Right(Action.VIEW, Kind.PLACE, open=True)  # type: ignore[attr-defined]
    return view


def needs(action: Action, kind: Kind, find: Find | None = None) -> Callable[[View], View]:
    """Let ``view`` run only for those who may do ``action`` with the object that ``find(request, **parts)`` gives.

    Without ``find`` the object is the installation's own of that kind. Whoever is not signed in is sent to sign in;
    whoever may not see the object is told that nothing is there, so that its existence is not given away.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            actor = actor_of(request)
            if actor.user_id is None:
                return redirect_to_login(request.get_full_path())
            thing = find(request, **parts) if find else Thing(kind)
            if not allowed(actor, action, thing):
                if find is not None and not allowed(actor, Action.VIEW, thing):
                    raise Http404
                raise PermissionDenied
            return view(request, *args, **parts)

        guarded.right = Right(action, kind)  # type: ignore[attr-defined]
        return guarded

    return wrap
