"""What every page of a round needs, whichever app it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.roles import Action
from fotfeste.web.rounds import services
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.published import as_seen_by, works_with
from fotfeste.web.rounds.tabs import tabs_for
from fotfeste.work.requirements import Stage

ROUNDS = msg("Bosetting")
STATE_NAMES: dict[str, Message] = {
    Stage.PREPARED: msg("Forberedes"),
    Stage.DIALOGUE: msg("Dialog med kommunene"),
    Stage.WEIGHING: msg("Avveies"),
    Stage.ADOPTED: msg("Vedtatt i fylket"),
    Stage.SENT: msg("Sendt"),
    Stage.CLOSED: msg("Avsluttet"),
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


def seen(request: HttpRequest, year: int, name: str) -> Round:
    """Return the round that an address names as the reader sees it: see :mod:`fotfeste.web.rounds.published`."""
    return as_seen_by(actor_of(request), named(year, name))


def county_thing(request: HttpRequest, year: int, name: str, **parts: Any) -> Thing:
    """Return the round as the county's own work with it: whoever it is shared with has no part in that."""
    return replace(thing(request, year, name, **parts), shared_with=frozenset())


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
        "may_change": not round_.is_example and services.may(actor, Action.CHANGE, round_),
        "signed_in": actor.user_id is not None and works_with(actor, round_),
    }
