"""What every page of a round needs, whichever app it belongs to."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.roles import Action
from fotfeste.web.rounds import services
from fotfeste.web.rounds.models import Round, RoundState
from fotfeste.web.rounds.tabs import tabs_for

ROUNDS = msg("Bosetting")
STATE_NAMES: dict[str, Message] = {
    RoundState.PREPARED: msg("Forberedes"),
    RoundState.DIALOGUE: msg("Dialog med kommunene"),
    RoundState.WEIGHING: msg("Avveies"),
    RoundState.ADOPTED: msg("Vedtatt"),
    RoundState.SENT: msg("Sendt"),
    RoundState.CLOSED: msg("Avsluttet"),
}


def thing(request: HttpRequest, year: int, name: str, **parts: Any) -> Thing:
    """Return the round that an address names, as the rights see it."""
    del request, parts
    return services.thing_of(named(year, name))


def named(year: int, name: str) -> Round:
    """Return the round that an address names; nothing there is an answer of its own."""
    found = services.found(year, name)
    if found is None:
        raise Http404
    return found


def about(request: HttpRequest, round_: Round, *below: Message | str) -> dict[str, Any]:
    """Return what every page of a round needs; ``below`` names the page where it is not the round's first."""
    actor = actor_of(request)
    address = reverse("round", kwargs={"year": round_.year, "name": round_.name})
    title = words_of(request).text(services.title_of(round_))
    return {
        "round": round_,
        "title": title,
        "here": request.resolver_match.view_name if request.resolver_match else "",
        "trail": [(ROUNDS, reverse("rounds")), (title, address), *((one, "") for one in below)],
        "tabs": tabs_for(actor, round_),
        "state": STATE_NAMES[round_.state],
        "may_export": services.may(actor, Action.EXPORT, round_),
        "signed_in": actor.user_id is not None,
    }
