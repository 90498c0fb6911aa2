"""What is wrong with one rule that somebody enters, told by the field of the form and not by the line of a file."""

from __future__ import annotations

from collections.abc import Iterator

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.rules_told import listed
from fotfeste.settlement.weighing.choices import MOST, Choices
from fotfeste.settlement.wording import rule_name

ABOUT_SOME = (RuleKind.LOCK, RuleKind.EXCLUDE, RuleKind.TRANSFER)
"""Rules that must name their municipalities, and give the reason."""
NEVER_CHOSEN = (RuleKind.SETTLED, RuleKind.DECIDED, RuleKind.OVERRIDE)
MOST_YEARS = 20
"""The farthest back that a continuity rule looks."""


def refuse_faulty(rule: Rule, choices: Choices) -> None:
    """Raise :class:`InputError` that lists every field of a rule that is wrong, each with its name as the place."""
    problems = tuple(_faults(rule, choices))
    if problems:
        raise InputError(
            "rule.fields",
            msg("Regelen «{rule}» kan ikke brukes slik den er.", rule=rule_name(rule.kind)),
            place="rule",
            remedy=msg("Rett feltene som er nevnt."),
            problems=problems,
        )


def _faults(rule: Rule, choices: Choices) -> Iterator[Problem]:
    kind = rule.kind
    if kind in NEVER_CHOSEN:
        yield Problem(
            "rule.kind", msg("«{rule}» er ingen regel som kan velges.", rule=rule_name(kind)), "kind"
        )
        return
    outside = [one for one in (*rule.municipalities, rule.receiver) if one and one not in choices.codes]
    if outside:
        yield Problem(
            "rule.municipality",
            msg("Kommuner utenfor fylket: {codes}.", codes=listed(outside)),
            "municipalities",
            msg("Velg kommuner i fylket."),
        )
    if kind in ABOUT_SOME and not rule.municipalities:
        yield Problem("rule.nobody", msg("Ingen kommune er valgt."), "municipalities")
    if len(set(rule.municipalities)) < len(rule.municipalities):
        yield Problem("rule.twice", msg("Samme kommune er valgt to ganger."), "municipalities")
    if kind is RuleKind.TRANSFER:
        if len(rule.municipalities) > 1:
            yield Problem("rule.givers", msg("En overføring går fra én kommune."), "municipalities")
        if not rule.receiver or rule.receiver in rule.municipalities:
            yield Problem("rule.receiver", msg("En overføring må gå til en annen kommune."), "receiver")
    yield from _number_faults(rule)
    if kind in ABOUT_SOME and not rule.reason.strip():
        yield Problem("rule.reason", msg("Begrunnelsen mangler."), "reason")
    if not rule.source.strip():
        yield Problem(
            "rule.source",
            msg("Kilden mangler."),
            "source",
            msg("Oppgi hvor regelen kommer fra, for eksempel møtet der den ble bestemt."),
        )


def _number_faults(rule: Rule) -> Iterator[Problem]:
    kind, persons, share = rule.kind, rule.persons, rule.share
    from_replies = rule.origin == "replies"
    if persons is not None and not 0 <= persons <= MOST:
        yield Problem("rule.persons", msg("Tallet må være mellom 0 og {most}.", most=MOST), "persons")
    if kind is RuleKind.MAX_CHANGE:
        if (persons is None) == (share is None):
            yield Problem(
                "rule.persons",
                msg("Oppgi enten et tall på personer eller en andel, og ikke begge."),
                "persons",
            )
        if share is not None and share < 0:
            yield Problem("rule.share", msg("Andelen kan ikke være under null."), "share")
    elif kind is not RuleKind.EXCLUDE and persons is None and not from_replies:
        yield Problem("rule.persons", msg("Tallet på personer mangler."), "persons")
    if kind is RuleKind.CONTINUITY and not 1 <= rule.years <= MOST_YEARS:
        yield Problem(
            "rule.years",
            msg("Oppgi hvor mange år tilbake bosatte telles, fra 1 til {most}.", most=MOST_YEARS),
            "years",
        )
