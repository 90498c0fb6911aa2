"""What the pages of the dialogue look up before they are shown, for the guard and for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.web.dialogue.services import thing_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.guard import Found
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import about, named

DIALOGUE = msg("Dialog")


def own_municipality(actor: Actor, round_: Round) -> str:
    """Return the first of the municipalities that ``actor`` is the contact of; empty when there is none."""
    return next(iter(rounds.own_municipalities(actor, round_)), "")


def lead_to_own(request: HttpRequest, round_: Round, view: str, label: Message) -> HttpResponse:
    """Lead a contact to the page ``view`` of their municipality; who is it for several, chooses between them.

    ``label`` names what the page is about.
    """
    named_by = {"year": round_.year, "name": round_.name}
    own, names = rounds.own_municipalities(actor_of(request), round_), rounds.municipalities_of(round_)
    places = [(names[code], reverse(view, kwargs={**named_by, "code": code})) for code in own]
    if len(places) == 1:
        return redirect(places[0][1])
    context = about_dialogue(request, round_, "", label)
    return render(request, "dialogue/own.html", {**context, "label": label, "places": places})


def all_replies(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the round with its replies: for a contact, that of their own municipality."""
    del parts
    round_ = named(year, name)
    return Found(thing_of(round_, own_municipality(actor_of(request), round_)), round_)


def anywhere(request: HttpRequest) -> Thing:
    """Return something of the dialogue that the reader may see, wherever it is."""
    actor = actor_of(request)
    places = [Thing(Kind.INPUT, "", one.county, one.municipality, actor.user_id) for one in actor.held]
    return next((one for one in places if allowed(actor, Action.VIEW, one)), Thing(Kind.INPUT))


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


def about_dialogue(
    request: HttpRequest, round_: Round, code: str = "", *below: Message | str
) -> dict[str, Any]:
    """Return what every page of the dialogue needs; ``code`` names the municipality, ``below`` the page under it.

    The way there goes only by what the reader may see: a contact has no list of all municipalities, but may have several.
    """
    actor, context = actor_of(request), about(request, round_)
    named_by = {"year": round_.year, "name": round_.name}
    several = may(actor, Action.VIEW, round_) or len(rounds.own_municipalities(actor, round_)) > 1
    trail: list[tuple[Message | str, str]] = list(context["trail"])
    everywhere = reverse("dialogue_everywhere")
    trail.append((DIALOGUE, reverse("round_dialogue", kwargs=named_by) if several else everywhere))
    if code:
        municipality = rounds.municipalities_of(round_)[code]
        trail.append((municipality, reverse("round_reply", kwargs={**named_by, "code": code})))
        context |= {"code": code, "municipality": municipality}
    context["trail"] = [*trail, *((one, "") for one in below)]
    return context


def may(actor: Actor, action: Action, round_: Round, code: str = "", kind: Kind = Kind.INPUT) -> bool:
    """Whether ``actor`` may do ``action`` with the reply of a municipality, or with all of them."""
    return allowed(actor, action, thing_of(round_, code, kind))
