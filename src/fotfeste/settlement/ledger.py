"""The ledger of overrides: who set which number in which role and why; entries are never changed, only followed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.rules import Bound

LONG_ENOUGH = 4
"""Letters in a part of a name from which on it is looked for: shorter ones are words of every kind."""
HIDDEN_BELOW = 5
"""So few persons can be recognised; the statistics hide such numbers."""
ABOUT_SOMEBODY = re.compile(r"\b(familie\w*|person(en|er|ar|ene|ane)?)\b", re.IGNORECASE)
"""Words that may be about somebody in particular; staff («personell») are not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One override: ``persons`` for the municipality ``code``, or ``None`` where an earlier one is withdrawn.

    ``number`` counts from one. ``follows`` is the number of the entry for the same municipality that this one takes
    the place of. ``role`` and ``reason`` may be public, ``name`` is for the county itself. ``checksum`` is taken
    over this entry and the checksum of the entry before it, so that a changed or removed entry is found out.
    """

    number: int
    at: datetime
    role: str
    name: str
    code: str
    persons: int | None
    reason: str
    follows: int | None = None
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All overrides of one county and year, oldest first."""

    county_code: str
    year: int
    entries: tuple[Entry, ...] = ()

    @property
    def root(self) -> str:
        """What the chain of checksums begins with, so that a ledger cannot pass for that of another county or year."""
        return f"{self.county_code} {self.year}"

    @property
    def in_force(self) -> Mapping[str, Entry]:
        """The override that holds for each municipality, by code; withdrawn ones are left out."""
        last = {entry.code: entry for entry in self.entries}
        return {code: entry for code, entry in sorted(last.items()) if entry.persons is not None}

    def followed(
        self, *, at: datetime, role: str, name: str, code: str, persons: int | None, reason: str
    ) -> Ledger:
        """Return the ledger with one entry more; raises :class:`InputError` for an entry that cannot stand.

        ``at`` has a time zone and is kept in UTC. ``persons`` is the whole number (unaccompanied minors included), or
        ``None`` to withdraw. Role and reason become public, so they may hold neither the name nor a person's number.
        """
        if at.tzinfo is None:
            raise ValueError("the time of an entry must have a time zone")
        at = at.astimezone(UTC)
        role, name, reason = (" ".join(text.split()) for text in (role, name, reason))
        for field, value in ((msg("rolle"), role), (msg("navn"), name), (msg("begrunnelse"), reason)):
            _refuse_unwritable(value, field)
            if not value:
                raise InputError(
                    "ledger.empty",
                    msg("En overstyring må ha {field}.", field=field),
                    remedy=msg("Oppgi rolle, navn og begrunnelse: de følger tallet."),
                )
        _refuse_identity(role, name, reason)
        if persons is not None and persons < 0:
            raise InputError(
                "ledger.persons",
                msg("Tallet kan ikke være under null, men er {persons}.", persons=persons),
                remedy=msg("Oppgi hele tallet kommunen skal ha, enslige mindreårige medregnet."),
            )
        before = next((one for one in reversed(self.entries) if one.code == code), None)
        if persons is None and (before is None or before.persons is None):
            raise InputError(
                "ledger.nothing",
                msg("Kommunen {code} har ingen overstyring å trekke tilbake.", code=code),
                remedy=msg("Se hvilke overstyringer som gjelder."),
                command=msg("De vises med «fotfeste overrides show»."),
            )
        if self.entries and at < self.entries[-1].at:
            raise InputError(
                "ledger.clock",
                msg("Den nye overstyringen er eldre enn den siste som er ført."),
                remedy=msg("Sjekk at klokken på maskinen går riktig, og prøv igjen."),
            )
        entry = Entry(
            len(self.entries) + 1,
            at,
            role,
            name,
            code,
            persons,
            reason,
            None if before is None else before.number,
        )
        previous = self.entries[-1].checksum if self.entries else self.root
        return replace(self, entries=(*self.entries, replace(entry, checksum=checksum_of(entry, previous))))


def _refuse_unwritable(text: str, field: Message) -> None:
    """What a keyboard or a file sent as broken letters cannot be written, and no checksum can be taken of it."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            "ledger.letters",
            msg(
                "Oppgitt {field} har tegn som ikke kan leses, ved tegn nummer {number}.",
                field=field,
                number=error.start + 1,
            ),
            remedy=msg("Skriv teksten på nytt med vanlige bokstaver. Den må være kodet som UTF-8."),
        ) from error


def _refuse_identity(role: str, name: str, reason: str) -> None:
    """Role and reason are shown to everyone: the whole name, in any order, or a number that identifies somebody, may
    not stand there."""
    from fotfeste.settlement.reply_sheet_cells import REMOVE_IT, identifies_a_person

    for field, text in ((msg("rollen"), role), (msg("begrunnelsen"), reason)):
        if _names(text, name):
            raise InputError(
                "ledger.name",
                msg("Navnet står i {field}, som blir offentlig.", field=field),
                remedy=msg("Skriv navnet bare i feltet for navn."),
            )
        if identifies_a_person(text):
            raise InputError(
                "ledger.identity",
                msg(
                    "I {field} står det et tall som ser ut som et fødselsnummer, D-nummer eller DUF-nummer.",
                    field=field,
                ),
                remedy=REMOVE_IT,
            )


def worth_another_look(entry: Entry) -> tuple[Message, ...]:
    """Return what the public texts of an entry may give away: a part of the name, or somebody who is one of few.

    These are often right as they are (a place may be called what a person is), so nothing is refused.
    """
    notices: list[Message] = []
    parts = {part for part in _words(entry.name) if len(part) >= LONG_ENOUGH}
    for field, text in ((msg("rollen"), entry.role), (msg("begrunnelsen"), entry.reason)):
        found = [word for word in re.findall(r"\w+", text) if word.casefold() in parts]
        if found:
            notices.append(
                msg(
                    "Ordet «{word}» fra navnet står i {field}, som blir offentlig. Er det galt, så før overstyringen på nytt med andre ord.",
                    word=found[0],
                    field=field,
                )
            )
    few = entry.persons is not None and 0 < entry.persons < HIDDEN_BELOW
    if few or ABOUT_SOMEBODY.search(entry.reason):
        notices.append(
            msg(
                "Begrunnelsen blir offentlig. Kan noen kjenne igjen en person eller en familie i den, så før overstyringen på nytt med en annen begrunnelse."
            )
        )
    return tuple(notices)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _names(text: str, name: str) -> bool:
    """Whether a text holds the whole name, in any order or bent («Navnesens»); «Per» is not in «personalet»."""
    text, name = text.casefold(), name.casefold()
    words = _words(name) or {name}
    return words <= _words(text) or (" " in name and name in text)


def checksum_of(entry: Entry, previous: str) -> str:
    """Return the SHA-256 of an entry and of the checksum of the one before it."""
    content = [
        previous,
        entry.number,
        entry.at.isoformat(),
        entry.role,
        entry.name,
        entry.code,
        entry.persons,
        entry.reason,
        entry.follows,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def first_broken(ledger: Ledger) -> Entry | None:
    """Return the first entry that is not what was entered, or ``None`` when the chain holds."""
    previous = ledger.root
    latest: dict[str, int] = {}
    for place, entry in enumerate(ledger.entries, start=1):
        whole = entry.number == place and entry.follows == latest.get(entry.code)
        if not whole or entry.checksum != checksum_of(entry, previous):
            return entry
        previous = entry.checksum
        latest[entry.code] = entry.number
    return None


def continues(ledger: Ledger, earlier: Ledger) -> bool:
    """Whether ``ledger`` is ``earlier`` with nothing changed and perhaps more entries after."""
    same = (ledger.county_code, ledger.year) == (earlier.county_code, earlier.year)
    return same and ledger.entries[: len(earlier.entries)] == earlier.entries


def bounds_of(ledger: Ledger) -> dict[str, Bound]:
    """Return the overrides in force as bounds, with role and reason (never the name)."""
    return {
        code: Bound(
            RuleKind.OVERRIDE,
            code,
            msg(
                "satt til {persons} av {role}: {reason}",
                persons=persons,
                role=entry.role,
                reason=entry.reason,
            ),
            persons,
            persons,
        )
        for code, entry in ledger.in_force.items()
        if (persons := entry.persons) is not None
    }
