"""Who can be asked in each municipality, and who has been told: invited by letter, reminded, or written to by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fotfeste.web.people.models import Invitation, Membership
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.letter_receivers import contacts_of, done_for
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of one municipality; ``invited`` have not answered their invitation, ``told`` have got a letter."""

    people: tuple[Membership, ...] = ()
    invited: int = 0
    told: bool = False


def contacts_in(round_: Round) -> dict[str, Contacts]:
    """Return the contacts of every municipality of the round, by code."""
    names = municipalities_of(round_)
    people: dict[str, list[Membership]] = {code: [] for code in names}
    for one in contacts_of(round_):
        people[one.municipality].append(one)
    done = {
        (receiver, code) for key, receiver in done_for(round_) for code in _named_in(key) if code in names
    }
    waiting = Invitation.objects.open().filter(role=Role.MUNICIPALITY_CONTACT.value, municipality__in=names)
    invited = list(waiting.values_list("municipality", flat=True))
    return {
        code: Contacts(tuple(there), invited.count(code), any((one.user_id, code) in done for one in there))
        for code, there in people.items()
    }


def _named_in(key: str) -> list[str]:
    """Return the parts of a letter's key: one of them is the municipality that the letter was about."""
    return re.split(r"[/.]", key)
