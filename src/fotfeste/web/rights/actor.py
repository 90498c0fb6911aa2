"""Who acts in a request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role

NOBODY = Actor()


def actor_of(request: HttpRequest) -> Actor:
    """Return whoever sends ``request``; open pages never touch the session of people who have none."""
    # A request that is refused before anybody has looked who sends it (a wrong Host) has no user.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return NOBODY
    if not request.user.is_authenticated:
        return NOBODY
    known = getattr(request, "_fotfeste_actor", None)
    if isinstance(known, Actor) and known.user_id == request.user.pk:
        return known
    held = tuple(
        Held(Role(one.role), one.county, one.municipality, one.organisation)
        for one in request.user.memberships.in_force().in_session(request.session)
    )
    actor = Actor(request.user.pk, str(request.user.pseudonym), held)
    request._fotfeste_actor = actor  # type: ignore[attr-defined]
    return actor
