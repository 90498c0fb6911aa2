"""What the pages of meetings, needs and partners' input need, and what is looked up before they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse

from fotfeste.errors import FotfesteError, Problem
from fotfeste.messages import Message, Translated
from fotfeste.web.dialogue import meetings
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.dialogue.page import DIALOGUE, own_municipality, within
from fotfeste.web.front.words import reader, said
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.guard import Found
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import ROUNDS, about, named

Step = tuple[Message | Translated | str, str]


def county_meetings(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the round with the meetings of the whole county."""
    del request, parts
    round_ = named(year, name)
    return Found(meetings.thing_of(round_), round_)


def all_meetings(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the round with its meetings: for a contact, those of their own municipality."""
    del parts
    round_ = named(year, name)
    return Found(meetings.thing_of(round_, own_municipality(actor_of(request), round_)), round_)


def municipal_meetings(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Found:
    """Return the round with the meetings of one municipality."""
    del request, parts
    round_ = within(year, name, code)
    return Found(meetings.thing_of(round_, code), round_)


def county_with_municipality(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Found:
    """Return the round with the county's own preparation for the meetings with one municipality."""
    found = municipal_meetings(request, year, name, code, **parts)
    return Found(replace(found.thing, municipality=""), found.object)


def one_meeting(request: HttpRequest, year: int, name: str, code: str, number: int, **parts: Any) -> Found:
    """Return one meeting."""
    del request, parts
    round_ = within(year, name, code)
    meeting = meetings.meeting_in(round_, code, number)
    if meeting is None:
        raise Http404
    return Found(meetings.thing_of(round_, code, meeting), meeting)


def one_minutes(request: HttpRequest, year: int, name: str, code: str, number: int, **parts: Any) -> Found:
    """Return one meeting with its minutes, which are the county's own until they are shared."""
    found = one_meeting(request, year, name, code, number, **parts)
    meeting: Meeting = found.object
    return Found(meetings.minutes_thing(meeting), meeting)


def may(actor: Actor, action: Action, thing: Thing) -> bool:
    """Whether ``actor`` may do ``action`` with ``thing``."""
    return allowed(actor, action, thing)


def address(view: str, round_: Round, **parts: object) -> str:
    """Return the address of a page of a round; nothing when there is no such page."""
    try:
        return reverse(view, kwargs={"year": round_.year, "name": round_.name, **parts})
    except NoReverseMatch:
        return ""


def context(request: HttpRequest, round_: Round, code: str, steps: Iterable[Step]) -> dict[str, Any]:
    """Return what every page here needs; the way to it leads only by pages that the reader may see."""
    actor = actor_of(request)
    found = about(request, round_)
    trail: list[Step] = [(ROUNDS, reverse("rounds"))]
    if rounds.may(actor, Action.VIEW, round_):
        trail.append((found["title"], reverse("round", kwargs={"year": round_.year, "name": round_.name})))
    if code:
        thing = Thing(Kind.INPUT, str(round_.pk), county=round_.county, municipality=code)
        if allowed(actor, Action.VIEW, replace(thing, municipality="")):
            trail.append((DIALOGUE, address("round_dialogue", round_)))
        name = rounds.municipalities_of(round_)[code]
        trail.append((name, address("round_reply", round_, code=code)))
        found |= {"code": code, "name": name}
    trail += steps
    trail[-1] = (trail[-1][0], "")
    return {**found, "trail": [one for one in trail[:-1] if one[1]] + trail[-1:]}


def tell_notices(request: HttpRequest, notices: Iterable[Problem]) -> None:
    """Tell what should be looked at once more in what was saved."""
    for one in notices:
        words = reader()
        parts = [words.text(part) for part in (one.place, one.what, one.remedy) if part]
        messages.warning(request, " ".join(f"{part.rstrip('.')}." for part in parts))


def tell_refusal(request: HttpRequest, error: FotfesteError) -> None:
    """Tell why something was not done."""
    words = reader()
    way = f" {words.text(error.problem.remedy)}" if error.problem.remedy else ""
    messages.error(request, words.text(error.problem.what) + way)


def tell(request: HttpRequest, message: Message) -> None:
    """Tell that something was done."""
    messages.success(request, said(message))
