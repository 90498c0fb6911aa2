"""Words for the details of an entry in the trace: what its parts are called, and their values."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg
from fotfeste.web.jobs.handlers import handler_of
from fotfeste.web.people.models import FROM_PROVIDER
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.trace.journal_words import COPIES, FIELDS
from fotfeste.web.trace.page_names import PAGES
from fotfeste.work.requirements import Requirement, Stage, requirement_name
from fotfeste.work.stages import stage_name
from fotfeste.work.tasks import TaskState, task_state_name

DETAILS: Mapping[str, Message] = {
    "act": msg("Handling"),
    "case": msg("Sak"),
    "change": msg("Endring"),
    "checksum": msg("Sjekksum"),
    "copy": msg("Eksemplar"),
    "count": msg("Antall"),
    "document": msg("Dokument"),
    "due": msg("Skulle slettes"),
    "error": msg("Feilkode"),
    "fields": msg("Endrede felt"),
    "first": msg("Den første administratoren"),
    "kind": msg("Hva"),
    "language": msg("Språk"),
    "on": msg("Dato"),
    "page": msg("Side"),
    "purpose": msg("Formål"),
    "role": msg("Rolle"),
    "rule": msg("Regel"),
    "sha256": msg("Fingeravtrykk (SHA-256)"),
    "source": msg("Gitt gjennom"),
    "state": msg("Tilstand"),
    "table": msg("Tabell"),
    "version": msg("Utgave"),
    "way": msg("Måte"),
    "deadlines": msg("Frister"),
    "minors": msg("Enslige mindreårige før"),
    "new_minors": msg("Enslige mindreårige etter"),
    "new_total": msg("Måltall etter"),
    "memos": msg("Notater skrevet i fortrolighet"),
    "number": msg("Nummer"),
    "open_fields": msg("Felt som sto åpne"),
    "passed": msg("Manglet, men ble begrunnet"),
    "plan": msg("Plan"),
    "reason": msg("Grunn"),
    "stage": msg("Steg"),
    "total": msg("Måltall før"),
    "visibility": msg("Synlig for"),
    "with": msg("Deles med"),
}
"""What the parts of an entry's detail are called."""

MACHINES = frozenset({"checksum", "sha256"})
"""The parts that are there to be compared, not read: they stand folded away."""

CHANGES: Mapping[str, Message] = {
    "set-total": msg("totalen"),
    "set-weight": msg("en vekt"),
    "set-key": msg("måten et kriterium regnes på"),
    "set-method": msg("fordelingsmetoden"),
    "set-suppressed-as": msg("hva skjulte tall regnes som"),
    "add-rule": msg("en ny regel"),
    "change-rule": msg("en regel"),
    "remove-rule": msg("en regel tatt bort"),
    "use-criteria": msg("kriteriene"),
    "override": msg("et tall satt"),
    "withdraw-override": msg("et tall trukket tilbake"),
    "restore-version": msg("gått tilbake til en tidligere versjon"),
}
"""What was changed in a weighing; the version holds the change itself."""

FACTORS: Mapping[str, Message] = {
    "recovery_codes": msg("gjenopprettingskoder"),
    "totp": msg("koder fra en app"),
    "webauthn": msg("passnøkkel"),
}

CODING: Mapping[str, Message] = {
    "accept": msg("kode gitt eller forslag godtatt"),
    "reject": msg("forslag avvist"),
    "correct": msg("kode byttet"),
    "remove": msg("kode tatt bort"),
    "memo": msg("notat skrevet"),
    "read": msg("avsnitt merket som lest"),
    "resolve": msg("uenighet avgjort"),
    "undo": msg("angret"),
}
"""What a coder did with a plan."""

SEEN_BY: Mapping[str, Message] = {
    "open": msg("alle"),
    "county": msg("eget fylke"),
    "draft": msg("bare dem som er valgt"),
}
SOURCES: Mapping[str, Message] = {"invitation": msg("invitasjon")}
LANGUAGES: Mapping[str, Message] = {"nb": msg("bokmål"), "nn": msg("nynorsk"), "en": msg("engelsk")}
_ROLES: Mapping[str, Message] = {role.value: name for role, name in ROLE_NAMES.items()}
_VALUES: Mapping[str, Mapping[str, Message]] = {
    "act": CODING,
    "change": CHANGES,
    "copy": COPIES,
    "first": {"yes": msg("ja")},
    "kind": FACTORS,
    "language": LANGUAGES,
    "memos": {"shown": msg("vist for leserne i fylket")},
    "page": PAGES,
    "role": _ROLES,
    "source": SOURCES,
    "stage": {one.value: stage_name(one) for one in Stage},
    "state": {one.value: task_state_name(one) for one in TaskState},
    "visibility": SEEN_BY,
    "way": {"fetch": msg("hentet fra kilden"), "file": msg("fra fil")},
}


def value_in_words(name: str, value: str) -> tuple[Message | str, ...]:
    """Return the value of one part of a detail in words, one for each of several; what has none as it is written."""
    if name in ("fields", "open_fields"):
        return tuple(FIELDS.get(one, one) for one in value.split())
    if name == "passed":
        known = {one.value: requirement_name(one) for one in Requirement}
        return tuple(known.get(one, one) for one in value.split())
    if name == "kind" and value not in FACTORS and (doer := handler_of(value)):
        return (doer.title,)
    if name == "source" and value.startswith(FROM_PROVIDER):
        return (msg("innloggingstjenesten {name}", name=value.removeprefix(FROM_PROVIDER)),)
    return (_VALUES.get(name, {}).get(value, value),)
