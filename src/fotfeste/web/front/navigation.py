"""The main menu: the rooms that are open to all, and those that the reader's roles open."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from fotfeste.messages import Message, msg
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the menu; ``within`` are the beginnings of the addresses that belong to it."""

    name: Message
    address: str
    within: tuple[str, ...]
    kind: Kind = Kind.PLACE


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the reader sees it; ``current`` is the value of ``aria-current``, or empty.

    ``own`` is whether it belongs to the reader's work and stands with the account, not among the open rooms.
    """

    name: Message
    address: str
    current: str
    own: bool = False


ROOMS = (
    Room(msg("Kunnskap"), "/", ("/fylke/", "/kommune/", "/indikator/", "/tema/", "/alder/")),
    Room(msg("Sammenlign"), "/sammenlign/", ("/sammenlign/",)),
    Room(msg("Bosetting"), "/bosetting/", ("/bosetting/",)),
    Room(msg("Planverk"), "/planer/", ("/planer/",)),
    # Partners have input of their own, and no part in the dialogue itself.
    Room(msg("Dialog"), "/bosetting/dialog/", ("/bosetting/dialog/",), Kind.MEETING),
    Room(msg("Oppfølging"), "/bosetting/etter/", ("/bosetting/etter/",), Kind.OUTCOME),
    Room(msg("Nye tall"), "/tall/", ("/tall/",), Kind.FIGURES),
    Room(msg("Arbeid"), "/arbeid/", ("/arbeid/",), Kind.JOB),
    Room(msg("Saksdokumenter"), "/spor/dokumenter/", ("/spor/dokumenter/",), Kind.JOURNAL),
    Room(msg("Personer"), "/konto/personer/", ("/konto/personer/", "/konto/invitasjoner/"), Kind.PERSON),
    Room(msg("Spor"), "/spor/", ("/spor/",), Kind.TRACE),
)


def menu(request: HttpRequest) -> list[Entry]:
    """Return the rooms that whoever sends ``request`` may see something of; the one the page is in is marked."""
    actor = actor_of(request)
    inside = [one for one in ROOMS if request.path == one.address or request.path.startswith(one.within)]
    nearest = max(inside, key=lambda one: len(one.address), default=None)
    return [
        Entry(
            room.name,
            room.address,
            _current(room, request.path) if room is nearest else "",
            own=room.kind is not Kind.PLACE,
        )
        for room in ROOMS
        if sees(actor, room.kind)
    ]


def sees(actor: Actor, kind: Kind) -> bool:
    """Whether ``actor`` may view objects of ``kind`` anywhere: their own, or where a role of theirs holds."""
    somewhere = [
        Thing(kind, "", one.county, one.municipality, actor.user_id, frozenset({one.organisation} - {""}))
        for one in actor.held
    ]
    return any(allowed(actor, Action.VIEW, thing) for thing in somewhere or [Thing(kind)])


def _current(room: Room, path: str) -> str:
    return "page" if path == room.address else "true"
