"""Why a municipality has its number, in one sentence: what gives most, what lowers it, and a rule that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.effects import holds_own
from fotfeste.reports.documents.wording import TENTHS, minors_of, persons
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.result import Binding, MunicipalityResult
from fotfeste.settlement.wording import rule_name

BESIDE = Fraction(1, 2)
"""A second criterion is named with the one that gives most where it gives at least this part of it."""
MOST_NAMED = 3
FELT = Fraction(1, 2)
"""Persons below what population alone would give, from which a criterion is said to lower the number."""
UP = frozenset({RuleKind.FLOOR, RuleKind.ZERO_OR_FLOOR, RuleKind.CONTINUITY, RuleKind.SETTLED})
DOWN = frozenset({RuleKind.CAP, RuleKind.EXCLUDE})
"""Rules that only ever hold a number above zero up, and rules that only ever hold it down."""
BY_PEOPLE = (RuleKind.OVERRIDE, RuleKind.LOCK, RuleKind.DECIDED)


@dataclass(frozen=True, slots=True)
class Reason:
    """What a number mostly comes from; persons are exact.

    ``largest`` are the ids of the criteria that give most, most first (none where no criterion gives anything).
    ``lowered`` is the criterion that gives fewest beside what population alone would give, and how many fewer.
    ``rules`` is what the rules change in all; ``decided`` the rule that holds the number where they brought it.
    """

    largest: tuple[str, ...]
    lowered: tuple[str, Fraction] | None
    rules: int
    decided: Binding | None


def reason_of(one: MunicipalityResult, basis: Basis) -> Reason:
    """Return what the number of a municipality mostly comes from."""
    explanation = one.explanation
    given = {part.criterion: part.persons for part in explanation.contributions if part.persons > 0}
    ranked = sorted(given, key=lambda name: -given[name])
    named = [
        name
        for place, name in enumerate(ranked)
        if given[name] == given[ranked[0]] or (place == 1 and given[name] >= BESIDE * given[ranked[0]])
    ]
    change = sum(effect.persons for effect in explanation.rule_effects) + explanation.interaction
    below = below_population(one, basis)
    lowest = max(below, key=lambda name: below[name], default="")
    return Reason(
        tuple(named[:MOST_NAMED]),
        (lowest, below[lowest]) if lowest and below[lowest] >= FELT else None,
        change,
        _deciding(one, change),
    )


def by_population(one: MunicipalityResult, basis: Basis) -> dict[str, Fraction]:
    """Return the persons of each criterion that the municipality would have had by population alone; empty when a
    population is not known."""
    people = [other.facts.population.value for other in basis.results]
    own = one.facts.population.value
    known = [Fraction(value) for value in people if value is not None]
    if own is None or len(known) < len(people) or not sum(known):
        return {}
    share = Fraction(own) / sum(known)
    shared: dict[str, Fraction] = {}
    for other in basis.results:
        for part in other.explanation.contributions:
            shared[part.criterion] = shared.get(part.criterion, Fraction(0)) + part.persons
    return {criterion: share * whole for criterion, whole in shared.items()}


def below_population(one: MunicipalityResult, basis: Basis) -> dict[str, Fraction]:
    """Return how many fewer persons each criterion gives than population alone would; below zero where it gives more."""
    plain = by_population(one, basis)
    return {
        part.criterion: plain[part.criterion] - part.persons
        for part in one.explanation.contributions
        if part.criterion in plain
    }


def _deciding(one: MunicipalityResult, change: int) -> Binding | None:
    """Return the rule that holds the number on the side the rules took it to; what people have set goes first."""
    if not change:
        return None
    wrong = DOWN if change > 0 else UP if one.recommended else DOWN & UP
    held = [binding for binding in one.explanation.bindings if binding.kind not in wrong]
    return min(held, key=lambda binding: binding.kind not in BY_PEOPLE, default=None)


def reason_in_words(one: MunicipalityResult, basis: Basis) -> str:
    """Return the number and why: ``Skien: 97 personer. Mest fordi «Folketall» gir 60,2 personer, mens …``."""
    number = msg("{name}: {count}", name=one.name, count=persons(one.recommended))
    if not one.recommended:
        number = msg("{name}: ingen", name=one.name)
    elif one.minors:
        number = msg("{first}, {part}", first=number, part=minors_of(one.minors))
    return basis.text(msg("{number}. {why}.", number=number, why=_why(one, basis)))


def why_in_words(one: MunicipalityResult, basis: Basis) -> str:
    """Return why alone, where the number has just been told: ``Mest fordi «Folketall» gir 60,2 personer, men …``."""
    return basis.text(msg("{why}.", why=_why(one, basis)))


def _why(one: MunicipalityResult, basis: Basis) -> Message:
    if basis.alone:
        return msg("Fylket har bare denne kommunen, og hele tallet gjelder den")
    reason = reason_of(one, basis)
    if not reason.largest:
        return _with_rules(msg("Ingen av kriteriene gir kommunen noen"), one, reason)
    first = reason.largest[0]
    if reason.decided is not None:
        return _decided(reason.decided, first, one, reason, basis)
    if one.recommended == one.minors:
        told = msg(
            "Kriteriene gir til sammen {ideal}, mest fra «{first}» ({persons})",
            ideal=_tenths(basis.explanations[one.code].ideal),
            first=basis.criteria[first].name,
            persons=_number(first, one, basis),
        )
        return _with_rules(told, one, reason)
    given = _shown(first, one, basis)
    if reason.rules > given:
        told = msg(
            "Mest fordi {rules}, mens «{first}» gir mest av kriteriene ({persons})",
            rules=_rules(one, reason.rules),
            first=basis.criteria[first].name,
            persons=_number(first, one, basis),
        )
        return told if reason.lowered is None else _lowered(told, reason.lowered, one, basis)
    if len(basis.used_criteria) == 1:
        told = msg(
            "Det eneste kriteriet, «{first}», gir {persons}",
            first=basis.criteria[first].name,
            persons=_tenths(given),
        )
    else:
        told = msg("Mest fordi {criteria}", criteria=basis.words.join(_most(reason, one, basis)))
    if reason.rules >= 0 and reason.lowered is not None:
        told = _lowered(told, reason.lowered, one, basis)
    return _with_rules(told, one, reason)


def _most(reason: Reason, one: MunicipalityResult, basis: Basis) -> list[str]:
    first, *others = reason.largest
    name = basis.criteria[first].name
    given = _tenths(_shown(first, one, basis))
    return [
        basis.text(msg("«{criterion}» gir {persons}", criterion=name, persons=given)),
        *(
            basis.text(
                msg(
                    "«{criterion}» gir {persons}",
                    criterion=basis.criteria[other].name,
                    persons=_number(other, one, basis),
                )
            )
            for other in others
        ),
    ]


def _decided(binding: Binding, first: str, one: MunicipalityResult, reason: Reason, basis: Basis) -> Message:
    fields = {
        "rule": rule_name(binding.kind),
        "reason": basis.text(binding.reason).rstrip("."),
        "ideal": _tenths(basis.explanations[one.code].ideal),
        "first": basis.criteria[first].name,
        "persons": _number(first, one, basis),
    }
    if reason.rules < 0:
        return msg(
            "Regelen «{rule}» holder tallet nede ({reason}), mens kriteriene alene gir {ideal}, mest fra «{first}» ({persons})",
            **fields,
        )
    return msg(
        "Regelen «{rule}» holder tallet oppe ({reason}), mens kriteriene alene gir {ideal}, mest fra «{first}» ({persons})",
        **fields,
    )


def _lowered(told: Message, lowered: tuple[str, Fraction], one: MunicipalityResult, basis: Basis) -> Message:
    criterion, fewer = lowered
    fields = {
        "told": told,
        "criterion": basis.criteria[criterion].name,
        "fewer": basis.words.number(fewer, TENTHS),
    }
    if len(basis.used_criteria) == 1:
        return msg("{told}, {fewer} færre enn folketallet alene ville gitt", **fields)
    if not _shown(criterion, one, basis):
        return msg("{told}, men «{criterion}» gir ingen", **fields)
    return msg("{told}, men «{criterion}» gir {fewer} færre enn folketallet alene ville gitt", **fields)


def _with_rules(told: Message, one: MunicipalityResult, reason: Reason) -> Message:
    if not reason.rules:
        return told
    rules = _rules(one, reason.rules)
    return (
        msg("{told}, og {rules}", told=told, rules=rules)
        if reason.rules > 0
        else msg("{told}, men {rules}", told=told, rules=rules)
    )


def _rules(one: MunicipalityResult, change: int) -> Message:
    """Return what the rules change: the one rule by its name, several together."""
    effects = [effect for effect in one.explanation.rule_effects if effect.persons]
    count = abs(change)
    if len(effects) != 1 or one.explanation.interaction:
        return (
            nmsg("reglene gir {count} person mer", "reglene gir {count} personer mer", count)
            if change > 0
            else nmsg("reglene gir {count} person mindre", "reglene gir {count} personer mindre", count)
        )
    kind = effects[0].kind
    rule = msg("regelen «{rule}»", rule=rule_name(kind))
    if not holds_own(one, kind, change):
        rule = msg("{rule} i andre kommuner", rule=rule)
    return (
        nmsg("{rule} gir {count} person mer", "{rule} gir {count} personer mer", count, rule=rule)
        if change > 0
        else nmsg("{rule} gir {count} person mindre", "{rule} gir {count} personer mindre", count, rule=rule)
    )


def _shown(criterion: str, one: MunicipalityResult, basis: Basis) -> Decimal:
    """Return the persons of a criterion as every table shows them."""
    rows = basis.explanations[one.code].rows
    return next(row.persons for row in rows if row.kind == "criterion" and row.id == criterion)


def _number(criterion: str, one: MunicipalityResult, basis: Basis) -> str:
    given = _shown(criterion, one, basis)
    return basis.words.number(given, TENTHS) if given else basis.text(msg("under 0,1"))


def _tenths(value: Decimal) -> Message:
    if not value:
        return msg("under 0,1 personer")
    return msg("{count} personer", count=value.quantize(Decimal("0.1")))
