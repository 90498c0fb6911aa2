"""Who changed what in a weighing, as the pages tell of it: people by role, and what they did in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fotfeste.messages import Message, Translated, msg
from fotfeste.web.jobs.kept_messages import told
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import RequestChange
from fotfeste.web.weighing.models import Version


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version as the history tells of it: who by role, when, and what in words."""

    number: int
    who: Message
    at: datetime
    what: Message | Translated | str


def version_shown(version: Version, viewer: Actor) -> VersionShown:
    """Return a version as the history tells of it: by role, and whether it was the reader."""
    return VersionShown(
        version.number, who(version, viewer), timezone.localtime(version.at), told(version.told)
    )


def request_shown(change: RequestChange, viewer: Actor) -> VersionShown:
    """Return a change of the round's request as the history tells of a version."""
    what = _request_told(change)
    if change.reason:
        what = msg("{what} Begrunnelse: {reason}", what=what, reason=change.reason)
    return VersionShown(0, who(change, viewer), timezone.localtime(change.at), what)


def _request_told(change: RequestChange) -> Message:
    if change.total is None:
        return msg("Rundens måltall er tatt bort.")
    if change.total_before is None:
        return msg("Rundens måltall er satt til {new}.", new=change.total)
    if change.total != change.total_before:
        return msg(
            "Rundens måltall er endret fra {old} til {new}.", old=change.total_before, new=change.total
        )
    return msg(
        "Enslige mindreårige i runden er endret fra {old} til {new}.",
        old=change.minors_before,
        new=change.minors,
    )


def who(version: Version | RequestChange, viewer: Actor) -> Message:
    """Return who made a version: the reader, another adviser, or nobody who is known any longer."""
    if version.by_id is None:
        return msg("noen som ikke har konto lenger")
    if version.by_id == viewer.user_id:
        return msg("du")
    if not viewer.has(Role.COUNTY_ADVISER):
        return ROLE_NAMES[Role.COUNTY_ADVISER]
    return msg("en annen rådgiver i fylket")
