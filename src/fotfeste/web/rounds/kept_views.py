"""What is typed in a form, kept while it is typed; and thrown away when its writer says so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept


def own(request: HttpRequest) -> Thing:
    """Return the account of whoever asks."""
    owner = actor_of(request).user_id
    return Thing(Kind.ACCOUNT, str(owner), owner_id=owner)


@never_cache
@require_POST
@needs(Action.CHANGE, Kind.ACCOUNT, own)
def keep_typed(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed, for an hour and for nobody else; with ``kast`` it is thrown away instead."""
    owner = actor_of(request).user_id
    if owner is None or "kast" in request.POST:
        return kept.forget_typed(request)
    return kept.keep_typed(request, owner)
