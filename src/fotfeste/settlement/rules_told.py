"""What rules say, in one sentence each: for documents, pages and the story of what was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from fotfeste.messages import Message, Translated, msg, nmsg, one_after_another
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.wording import rule_name

Said = Message | Translated | str


def listed(names: Sequence[str]) -> Said:
    """Return names as a list in running text, in the language of whoever reads it: ``a, b og c``."""
    if len(names) < 2:
        return "".join(names)
    return msg("{names} og {last}", names=one_after_another(names[:-1]), last=names[-1])


def rule_told(rule: Rule, names: Mapping[str, str]) -> Message:
    """Return what a rule says, in one sentence; ``names`` are those of municipalities by code."""
    own = listed([names.get(code, code) for code in rule.municipalities])
    where = own or msg("alle kommuner")
    persons = nmsg("{count} person", "{count} personer", rule.persons or 0)
    match rule.kind:
        case RuleKind.EXCLUDE:
            return msg("{names} er holdt utenfor og får ingen.", names=own)
        case RuleKind.LOCK:
            return msg("Tallet for {names} er satt til {persons}.", names=own, persons=rule.persons)
        case RuleKind.TRANSFER:
            receiver = names.get(rule.receiver, rule.receiver)
            return msg("{persons} flyttes fra {names} til {to}.", persons=persons, names=own, to=receiver)
        case RuleKind.FLOOR:
            return msg("Minst {persons} ({where}).", persons=persons, where=where)
        case RuleKind.ZERO_OR_FLOOR:
            return msg("Enten ingen eller minst {persons} ({where}).", persons=persons, where=where)
        case RuleKind.CAP if rule.origin == "replies":
            return msg(
                "Ingen kommune får flere enn den laveste kapasiteten den selv har oppgitt for en tjeneste, uten enslige mindreårige."
            )
        case RuleKind.CAP:
            return msg("Høyst {persons} ({where}).", persons=persons, where=where)
        case RuleKind.CONTINUITY:
            return _continuity(rule, where)
        case RuleKind.MAX_CHANGE if rule.share is not None:
            return msg(
                "Tallet endres høyst {share} fra anmodningen året før ({where}).",
                share=percent(rule.share),
                where=where,
            )
        case RuleKind.MAX_CHANGE:
            return msg(
                "Tallet endres med høyst {persons} fra anmodningen året før ({where}).",
                persons=persons,
                where=where,
            )
        case RuleKind.SETTLED | RuleKind.DECIDED | RuleKind.OVERRIDE:
            return rule_name(rule.kind)


def percent(share: Fraction) -> Message:
    """Return a share in whole per cent, as it is written in the language of whoever reads it."""
    return msg("{number}\u00a0%", number=floor(share * 100 + Fraction(1, 2)))


def _continuity(rule: Rule, where: Said) -> Message:
    if rule.origin == "replies":
        return msg(
            "Bosatte de siste {years} årene og årets tall skal til sammen nå det kommunen selv sier at tjenestene trenger.{rest}",
            years=rule.years,
            rest=msg(" Har den ikke oppgitt noe, er minstetallet {persons}.", persons=rule.persons)
            if rule.persons
            else "",
        )
    return msg(
        "Bosatte de siste {years} årene og årets tall skal til sammen være minst {persons} ({where}).",
        years=rule.years,
        persons=rule.persons,
        where=where,
    )
