"""Reading the trace: what is looked for, within what the reader may see, and who stood behind the pseudonyms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.trace.models import Entry, Identity


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty is everything. ``start`` and ``end`` are points in time, ``end`` not included.

    ``act`` fits a whole act (``round.viewed``) or its beginning (``round``).
    """

    act: str = ""
    kind: str = ""
    object: str = ""
    start: datetime | None = None
    end: datetime | None = None


def entries(wanted: Wanted, counties: Iterable[str] | None = None) -> QuerySet[Entry]:
    """Return the entries that fit, newest first; with ``counties`` only those that belong to one of them."""
    found: QuerySet[Entry] = Entry.objects.order_by("-number")
    if counties is not None:
        found = found.filter(county__in=[one for one in counties if one])
    if wanted.act:
        found = found.filter(Q(act=wanted.act) | Q(act__startswith=f"{wanted.act}."))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.object:
        found = found.filter(object=wanted.object)
    if wanted.start:
        found = found.filter(at__gte=wanted.start)
    if wanted.end:
        found = found.filter(at__lt=wanted.end)
    return found


def seen_by(actor: Actor, kind: Kind = Kind.TRACE) -> list[str] | None:
    """Return the counties whose objects of ``kind`` ``actor`` may see; nothing means all of them."""
    if allowed(actor, Action.VIEW, Thing(kind)):
        return None
    held = sorted({one.county for one in actor.held if one.county})
    return [one for one in held if allowed(actor, Action.VIEW, Thing(kind, county=one))]


def names(pseudonyms: Iterable[str]) -> Mapping[str, str]:
    """Return the latest name behind each pseudonym that is not erased."""
    known = Identity.objects.filter(pseudonym__in=set(pseudonyms), erased=None).order_by("since")
    return {one.pseudonym: one.name for one in known}
