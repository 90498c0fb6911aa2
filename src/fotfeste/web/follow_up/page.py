"""What every page of the follow-up needs: which round and municipality, who may do what there, and the way to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.web.follow_up import services
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.guard import Found
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import ROUNDS, about

FOLLOW_UP = msg("Oppfølging")


def whole(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the follow-up of a whole round that an address names."""
    del request, parts
    round_ = _round(year, name)
    return Found(services.thing_of(round_), round_)


def whole_or_own(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the follow-up of a whole round; for a contact, that of their own municipality, which the page leads on to."""
    del parts
    round_ = _round(year, name)
    own = rounds.own_municipalities(actor_of(request), round_)
    return Found(services.thing_of(round_, own[0] if own else ""), round_)


def one(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Found:
    """Return the follow-up of one municipality in a round."""
    del request, parts
    round_ = _round(year, name)
    if code not in rounds.municipalities_of(round_):
        raise Http404
    return Found(services.thing_of(round_, code), round_)


def one_for_county(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Found:
    """Return the follow-up of one municipality as the county's own work, in which the municipality has no part."""
    found = one(request, year, name, code, **parts)
    return Found(services.thing_of(found.object), found.object)


def somewhere(request: HttpRequest, **parts: Any) -> Thing:
    """Return follow-up where the reader works."""
    del parts
    for held in actor_of(request).held:
        if held.county or held.municipality:
            return Thing(Kind.OUTCOME, county=held.county, municipality=held.municipality)
    return Thing(Kind.OUTCOME)


def _round(year: int, name: str) -> Round:
    found = rounds.found(year, name)
    if found is None or found.is_example:
        raise Http404
    return found


def address(view: str, round_: Round, **parts: str) -> str:
    """Return the address of a page of the follow-up."""
    return reverse(view, kwargs={"year": round_.year, "name": round_.name, **parts})


def context(request: HttpRequest, round_: Round, code: str = "", *below: Message | str) -> dict[str, Any]:
    """Return what every page here needs. A contact's way goes by their own list: the county's pages are not theirs."""
    actor = actor_of(request)
    found = about(request, round_)
    county = services.may(actor, Action.VIEW, round_)
    trail: list[tuple[Message | str, str]] = [(ROUNDS, reverse("rounds"))]
    if rounds.may(actor, Action.VIEW, round_):
        trail.append((found["title"], reverse("round", kwargs={"year": round_.year, "name": round_.name})))
    trail.append((FOLLOW_UP, address("follow_up", round_) if county else reverse("follow_up_everywhere")))
    if code:
        name = rounds.municipalities_of(round_)[code]
        trail.append((name, address("follow_up_municipality", round_, code=code)))
        found |= {"code": code, "name": name}
    trail += [(one, "") for one in below]
    trail[-1] = (trail[-1][0], "")
    return {
        **found,
        "here": "follow_up",
        "trail": trail,
        "begun": services.begun(round_),
        "of_county": county,
        "may_enter": services.may(actor, Action.ADD, round_),
        "may_decide": bool(code) and services.may(actor, Action.ADD, round_, code),
        "may_export": services.may(actor, Action.EXPORT, round_, code),
        "not_begun": services.NOT_BEGUN,
        "board_address": address("follow_up", round_),
    }
