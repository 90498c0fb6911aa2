"""Changes in words: what was changed, what a change would do, and what another person has changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import Criteria, Criterion, Key, Rule
from fotfeste.settlement.rules_told import Said, listed, rule_told
from fotfeste.settlement.weighing.changes import (
    AddRule,
    Change,
    ChangeRule,
    Override,
    RemoveRule,
    RestoreVersion,
    SetKey,
    SetMethod,
    SetPlaces,
    SetSuppressedAs,
    SetTotal,
    SetWeight,
    UseCriteria,
    WithdrawOverride,
)
from fotfeste.settlement.weighing.choices import Choices
from fotfeste.settlement.wording import METHODS, as_named, minors_named

PLACES: Mapping[str, Message] = {
    "middle": msg("midten av grensene"),
    "low": msg("den nedre grensen"),
    "high": msg("den øvre grensen"),
}
MISSING: Mapping[str, Message] = {
    "refuse": msg("anbefalingen stopper"),
    "zero": msg("kommunen regnes som null"),
}


def told(change: Change, before: Choices, names: Mapping[str, str]) -> Message:
    """Return what a change changed in ``before``, in one or two sentences; ``names`` are municipalities by code."""
    criteria = before.criteria
    match change:
        case SetTotal(total, minors):
            return _total_told(before, total, minors)
        case SetWeight(name, weight):
            one = _criterion(criteria, name)
            return msg(
                "Vekten for «{criterion}» er endret fra {old} til {new}.",
                criterion=_name(one, criteria, name),
                old=_exact(one.weight) if one else "–",
                new=_exact(weight),
            )
        case SetKey(name, key):
            return _key_told(_criterion(criteria, name), name, key, criteria)
        case SetMethod(method):
            return msg(
                "Fordelingsmetoden er endret fra {old} til {new}.",
                old=METHODS[criteria.method],
                new=METHODS[method],
            )
        case SetSuppressedAs(place):
            return msg(
                "Skjulte tall regnes nå som {new}, ikke som {old}.",
                old=PLACES[criteria.suppressed],
                new=PLACES[place],
            )
        case SetPlaces(places):
            return _places_told(places, names)
        case AddRule(rule):
            return _with_reason(msg("Ny regel: {rule}", rule=rule_told(rule, names)), rule)
        case ChangeRule(old, new):
            both = {"old": rule_told(old, names), "new": rule_told(new, names)}
            if str(both["old"]) == str(both["new"]):
                return _with_reason(msg("Begrunnelse eller kilde er endret for regelen: {new}", **both), new)
            return _with_reason(msg("Regel endret. Før: {old} Nå: {new}", **both), new)
        case RemoveRule(rule):
            return msg("Regel tatt bort: {rule}", rule=rule_told(rule, names))
        case UseCriteria(other):
            return msg(
                "Kriteriene er byttet fra «{old}» til «{new}», med vekter, regler og metode.",
                old=as_named(criteria.title, criteria),
                new=as_named(other.title, other),
            )
        case Override():
            return msg(
                "{name} er satt til {persons} av {role}. Begrunnelse: {reason}",
                name=names.get(change.code, change.code),
                persons=change.persons,
                role=change.role,
                reason=_ended(change.reason),
            )
        case WithdrawOverride(code):
            return msg("Tallet som var satt for {name}, er trukket tilbake.", name=names.get(code, code))
        case RestoreVersion(version):
            return msg("Valgene er satt tilbake til versjon {version}.", version=str(version))


def proposed(change: Change, before: Choices, names: Mapping[str, str]) -> Message:
    """Return what a change would do, as something to choose: «Senk totalen fra 60 til 50.»"""
    match change:
        case SetTotal(total, 0) if before.minors and total == before.total - before.minors:
            return msg(
                "Fordel {minors} senere, og de andre nå. Totalen blir {new}, ikke {old}, til de er fordelt.",
                minors=minors_named(before.minors),
                old=before.total,
                new=total,
            )
        case SetPlaces(places) if places:
            return msg(
                "Fordel {minors} etter samme nøkkel som de andre: {places}. Det er fylkets valg. Kommunene har ikke oppgitt plassene, og svar om plasser som kommer senere, teller ikke før dette tas bort.",
                minors=minors_named(before.minors),
                places=_places(places, names),
            )
        case SetTotal(total, _) if total != before.total:
            fields = {"old": before.total, "new": total}
            return (
                msg("Hev totalen fra {old} til {new}.", **fields)
                if total > before.total
                else msg("Senk totalen fra {old} til {new}.", **fields)
            )
        case SetTotal(_, minors):
            return msg("Sett enslige mindreårige til {new}, ikke {old}.", old=before.minors, new=minors)
        case SetWeight(name, _):
            one = _criterion(before.criteria, name)
            return msg("La ikke kriteriet «{criterion}» telle.", criterion=_name(one, before.criteria, name))
        case ChangeRule(old, new) if (old.persons, old.share) == (new.persons, new.share):
            apart = [code for code in old.municipalities or before.codes if code not in new.municipalities]
            return msg(
                "La ikke regelen gjelde {names}: {rule}",
                names=listed([names.get(code, code) for code in apart]),
                rule=rule_told(old, names),
            )
        case ChangeRule(old, new):
            return msg(
                "Endre en regel. Nå: {old} Ny: {new}", old=rule_told(old, names), new=rule_told(new, names)
            )
        case RemoveRule(rule):
            return msg("Ta bort regelen: {rule}", rule=rule_told(rule, names))
        case Override():
            return msg(
                "Sett {name} til {new}, ikke {old}.",
                name=names.get(change.code, change.code),
                new=change.persons,
                old=before.overrides.get(change.code, "–"),
            )
        case WithdrawOverride(code):
            return msg("Trekk tilbake tallet som er satt for {name}.", name=names.get(code, code))
        case _:
            return told(change, before, names)


def _places_told(places: tuple[tuple[str, int], ...], names: Mapping[str, str]) -> Message:
    if not places:
        return msg("Plasser til enslige mindreårige er igjen de som kommunene har oppgitt.")
    return msg(
        "Fylket har selv satt hvor mange enslige mindreårige kommunene kan få: {places}.",
        places=_places(places, names),
    )


def _places(places: tuple[tuple[str, int], ...], names: Mapping[str, str]) -> str:
    return ", ".join(f"{names.get(code, code)} {number}" for code, number in places if number)


def _total_told(before: Choices, total: int, minors: int) -> Message:
    sums = msg("Totalen er endret fra {old} til {new}.", old=before.total, new=total)
    young = msg("Enslige mindreårige er endret fra {old} til {new}.", old=before.minors, new=minors)
    if minors == before.minors:
        return sums
    return young if total == before.total else msg("{first} {then}", first=sums, then=young)


def _key_told(one: Criterion | None, name: str, key: Key, criteria: Criteria) -> Message:
    parts = list(_parameters(one.key, key)) if one else []
    whole: Said = ""
    for part in parts:
        whole = msg("{before}; {part}", before=whole, part=part) if whole else part
    return msg(
        "Måten kriteriet «{criterion}» regnes på, er endret: {parts}.",
        criterion=_name(one, criteria, name),
        parts=whole or "–",
    )


def _parameters(old: Key, new: Key) -> Iterator[Message]:
    told_of = (
        (msg("eksponenten fra {old} til {new}"), old.exponent, new.exponent),
        (msg("dempingen av grunnlaget fra {old} til {new}"), old.base_exponent, new.base_exponent),
        (msg("grensen fra {old} til {new}"), old.at_least, new.at_least),
    )
    for text, before, after in told_of:
        if before != after:
            yield replace(text, fields={"old": _exact(before), "new": _exact(after)})
    if old.limits != new.limits:
        yield msg("justeringen fra {old} til {new}", old=_limits(old.limits), new=_limits(new.limits))
    if old.missing != new.missing:
        yield msg(
            "der tallet mangler, gjelder «{new}», ikke «{old}»",
            new=MISSING[new.missing],
            old=MISSING[old.missing],
        )


def _limits(limits: tuple[Fraction, Fraction] | None) -> Said:
    if limits is None:
        return msg("uten grenser")
    return msg("mellom {low} og {high} ganger", low=_exact(limits[0]), high=_exact(limits[1]))


def _with_reason(message: Message, rule: Rule) -> Message:
    if not rule.reason:
        return message
    return msg("{told} Begrunnelse: {reason}", told=message, reason=_ended(rule.reason))


def _ended(text: str) -> str:
    return text.rstrip(".") + "."


def _criterion(criteria: Criteria, name: str) -> Criterion | None:
    return next((one for one in criteria.criteria if one.id == name), None)


def _name(one: Criterion | None, criteria: Criteria, name: str) -> Message | str:
    return name if one is None else as_named(one.name, criteria)


def _exact(number: Fraction) -> Said | int | Decimal | Fraction:
    """Return a weight or parameter as a message shows it: whole numbers whole, others with all their decimals."""
    if number.denominator == 1:
        return number.numerator
    whole = Decimal(number.numerator) / Decimal(number.denominator)
    return whole if Fraction(whole) == number else number
