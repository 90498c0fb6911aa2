"""Names of rules and services in words, shared by command line, documents and pages."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.criteria import Criteria, PageMethod, RuleKind
from fotfeste.settlement.replies import Service

METHODS: Mapping[PageMethod, Message] = {
    "hamilton": msg("Hamiltons metode"),
    "sainte-lague": msg("Sainte-Laguës metode"),
}
"""What the methods of sharing out are called, everywhere."""


def as_named(text: str, criteria: Criteria) -> Message | str:
    """Return a name from ``criteria`` as a message may carry it.

    What people wrote stays as written; what comes with Fotfeste follows the reader, like all its texts.
    """
    from fotfeste.settlement.criteria_file import shipped_criteria

    return Message(text) if criteria.origin in shipped_criteria() else text


def rule_name(kind: RuleKind) -> Message:
    """Return the name of a kind of rule."""
    return {
        RuleKind.EXCLUDE: msg("Unntak"),
        RuleKind.LOCK: msg("Lås"),
        RuleKind.TRANSFER: msg("Overføring mellom kommuner"),
        RuleKind.FLOOR: msg("Minstetall"),
        RuleKind.ZERO_OR_FLOOR: msg("Ingen eller minstetall"),
        RuleKind.CONTINUITY: msg("Kontinuitet i tjenestene"),
        RuleKind.CAP: msg("Tak"),
        RuleKind.MAX_CHANGE: msg("Største endring fra i fjor"),
        RuleKind.SETTLED: msg("Alt bosatt i år"),
        RuleKind.DECIDED: msg("Kommunestyrets vedtak i år"),
        RuleKind.OVERRIDE: msg("Overstyring"),
    }[kind]


def minors_named(count: int) -> Message:
    """Return a number of unaccompanied minors: ``1 enslig mindreårig``."""
    return nmsg("{count} enslig mindreårig", "{count} enslige mindreårige", count)


def service_name(service: Service) -> Message:
    """Return the name of a municipal service."""
    return {
        Service.HOUSING: msg("bolig"),
        Service.REFUGEE_SERVICE: msg("flyktningtjeneste"),
        Service.ADULT_EDUCATION: msg("voksenopplæring"),
        Service.KINDERGARTEN: msg("barnehage"),
        Service.SCHOOL: msg("skole"),
        Service.HEALTH: msg("helse"),
        Service.INTERPRETERS: msg("tolk"),
        Service.TRANSPORT: msg("transport"),
        Service.WORK: msg("arbeid"),
    }[service]
