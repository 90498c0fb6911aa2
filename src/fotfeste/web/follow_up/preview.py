"""What a table from IMDi would change, shown before it is taken in.

Between the two steps nothing is stored: what was read goes to the page and back, signed for the one who sent the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.status import Fall
from fotfeste.statistics.figure import Figure
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round

HOLDS = 24 * 60 * 60
"""Seconds that a table waits for its yes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality in a table that was read: what stands now, and what the table says; minors among them apart."""

    code: str
    name: str
    before: tuple[Figure, Figure] | None
    after: tuple[Figure, Figure]

    @property
    def new(self) -> bool:
        """Whether nothing stood before."""
        return self.before is None

    @property
    def changed(self) -> bool:
        """Whether something else stood before."""
        return self.before is not None and self.before != self.after


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would change: every municipality in the county, what to know of the file, and the token to say yes with."""

    lines: tuple[Line, ...]
    day: date
    origin: str
    token: str
    remarks: tuple[Message, ...] = ()
    falls: tuple[Fall, ...] = ()
    kept_minors: bool = False
    moved: bool = False

    @property
    def differing(self) -> int:
        """How many municipalities would be changed or new."""
        return sum(one.new or one.changed for one in self.lines)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many municipalities a table changed."""

    changed: int


def signed(by: Actor, round_: Round, what: str, content: dict[str, Any]) -> str:
    """Return the token of what was read for ``what``, which only ``by`` can use, in this round."""
    return signing.dumps(content, salt=_salt(by, round_, what), compress=True)


def unsigned(by: Actor, round_: Round, what: str, token: str) -> dict[str, Any]:
    """Return what :func:`signed` was given. Raises :class:`InputError` for a token that is too old or somebody else's."""
    try:
        found: dict[str, Any] = signing.loads(token, salt=_salt(by, round_, what), max_age=HOLDS)
    except signing.BadSignature as error:
        raise InputError(
            "follow_up.token",
            msg("Det som var lest av filen, kan ikke brukes lenger."),
            remedy=msg("Last opp filen på nytt."),
        ) from error
    return found


def _salt(by: Actor, round_: Round, what: str) -> str:
    return f"follow_up.{what}.{round_.pk}.{by.user_id}"
