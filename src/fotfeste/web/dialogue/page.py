"""What the pages of the dialogue look up before they are shown, for the guard and for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest

from fotfeste.web.dialogue.services import thing_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor, allowed
from fotfeste.web.rights.guard import Found
from fotfeste.web.rights.roles import Action, Kind, Role
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import named


def own_municipality(actor: Actor, round_: Round) -> str:
    """Return the municipality of the round's county that ``actor`` is the contact of; empty when there is none."""
    return next(
        (
            one.municipality
            for one in actor.held
            if one.role is Role.MUNICIPALITY_CONTACT and one.municipality[:2] == round_.county
        ),
        "",
    )


def all_replies(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the round with its replies: for a contact, that of their own municipality."""
    del parts
    round_ = named(year, name)
    return Found(thing_of(round_, own_municipality(actor_of(request), round_)), round_)


def county_replies(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the round with the replies of the whole county."""
    del request, parts
    round_ = named(year, name)
    return Found(thing_of(round_), round_)


def one_reply(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Found:
    """Return the round with the reply of one municipality in it."""
    del request, parts
    round_ = within(year, name, code)
    return Found(thing_of(round_, code), round_)


def questions(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Found:
    """Return the round with the questions of one municipality."""
    del request, parts
    round_ = within(year, name, code)
    return Found(thing_of(round_, code, Kind.QUESTION), round_)


def county_work(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Found:
    """Return the round as the county's own work with it."""
    del request, parts
    round_ = within(year, name, code)
    return Found(replace(rounds.thing_of(round_), shared_with=frozenset()), round_)


def within(year: int, name: str, code: str) -> Round:
    """Return the round that an address names, when the municipality is in it."""
    round_ = named(year, name)
    if code not in rounds.municipalities_of(round_):
        raise Http404
    return round_


def may(actor: Actor, action: Action, round_: Round, code: str = "", kind: Kind = Kind.INPUT) -> bool:
    """Whether ``actor`` may do ``action`` with the reply of a municipality, or with all of them."""
    return allowed(actor, action, thing_of(round_, code, kind))
