"""What every page of a round needs, whichever app it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Action, Role
from fotfeste.web.rounds import services, stages
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.published import as_seen_by, standing_adoption, works_with
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


DRAFT_OF_REVISION = msg("Utkast til revisjon, ikke vedtatt")
REVISED_NOT_SENT = msg("Revidert og vedtatt, ikke sendt")
ADOPTED_NOT_SENT = msg("Vedtatt i fylket, ikke sendt")


def state_told(actor: Actor, round_: Round) -> Message:
    """Return how far the recommendation that ``actor`` is shown has come, in words.

    Those who work with the round see a revision as long as it is made; others see what it takes the place of.
    """
    if round_.state not in (Stage.ADOPTED, Stage.SENT):
        return STATE_NAMES[round_.state]
    was_sent = stages.was_sent(round_)
    if not works_with(actor, round_):
        return STATE_NAMES[Stage.SENT] if was_sent else STATE_NAMES[Stage.ADOPTED]
    adopted = standing_adoption(round_)
    if adopted is not None and adopted.bundle_checksum != round_.bundle_checksum:
        return DRAFT_OF_REVISION
    if round_.state == Stage.SENT:
        return STATE_NAMES[Stage.SENT]
    return REVISED_NOT_SENT if was_sent else ADOPTED_NOT_SENT


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


def reads_only(actor: Actor, round_: Round) -> bool:
    """Whether ``actor`` reads all of the county's work with the round, and changes nothing in it."""
    if round_.is_example or services.may(actor, Action.CHANGE, round_):
        return False
    return any(one.role is Role.COUNTY_READER and one.county == round_.county for one in actor.held)


def about(request: HttpRequest, round_: Round, *below: Message | str) -> dict[str, Any]:
    """Return what every page of a round needs; ``below`` names the page where it is not the round's first.

    The way there goes by the round's first page only for those who may see it.
    """
    actor = actor_of(request)
    address = reverse("round", kwargs={"year": round_.year, "name": round_.name})
    title = words_of(request).text(services.title_of(round_))
    first = [(title, address)] if services.may(actor, Action.VIEW, round_) else []
    return {
        "round": round_,
        "title": title,
        "here": request.resolver_match.view_name if request.resolver_match else "",
        "trail": [(ROUNDS, reverse("rounds")), *first, *((one, "") for one in below)],
        "tabs": tabs_for(actor, round_),
        "state": state_told(actor, round_),
        "may_export": services.may(actor, Action.EXPORT, round_),
        "may_change": not round_.is_example and services.may(actor, Action.CHANGE, round_),
        "signed_in": actor.user_id is not None and works_with(actor, round_),
        "reads_only": reads_only(actor, round_),
    }
