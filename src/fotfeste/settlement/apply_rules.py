"""The rules of a criteria file, what a year has settled, and numbers that people have set, applied together as bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.rule_bounds import bound_of
from fotfeste.settlement.rules import DECIDED_BY_PEOPLE, Applied, Bound, RuleInputs
from fotfeste.settlement.wording import minors_named, rule_name


def apply_rules(rules: Sequence[Rule], inputs: RuleInputs) -> Applied:
    """Turn the rules of a criteria file, a revision's bounds and overrides into bounds per municipality.

    An override goes before a lock or an exclusion in the file, which is then left out and told of. Raises
    :class:`InputError` for municipalities outside the county, for numbers set below the minors or below those
    already settled, for decisions below the minors, and for exclusions of municipalities that receive minors.
    """
    bounds: list[Bound] = []
    notes: list[Message] = []
    transfers: dict[str, int] = {}
    for rule in rules:
        _refuse_outsiders(rule, inputs)
        if rule.kind is RuleKind.TRANSFER:
            giver, persons = rule.municipalities[0], rule.persons or 0
            transfers[giver] = transfers.get(giver, 0) - persons
            transfers[rule.receiver] = transfers.get(rule.receiver, 0) + persons
            continue
        silent = []
        for code in rule.municipalities or inputs.codes:
            if code in inputs.overrides and rule.kind in DECIDED_BY_PEOPLE:
                notes.append(_overridden(rule.kind, code, inputs))
                continue
            bound = bound_of(rule, code, inputs)
            if bound is None:
                silent.append(inputs.names[code])
            else:
                bounds.append(bound)
        if silent:
            notes.append(_not_applied(rule, silent))
    fitting: list[Bound] = []
    for bound in bounds:
        raised = _raised(bound, inputs)
        if raised is not bound:
            notes.append(_cap_raised(raised, inputs))
        if _fits(raised, inputs):
            fitting.append(raised)
        else:
            notes.append(_against_the_year(raised, inputs))
    bounds = [*fitting, *inputs.standing, *inputs.overrides.values()]
    _refuse_impossible(bounds, inputs, transfers)
    return Applied(tuple(bounds), transfers, tuple(notes))


def _overridden(kind: RuleKind, code: str, inputs: RuleInputs) -> Message:
    return msg(
        "{name} er overstyrt, og regelen «{rule}» i kriteriefilen er derfor satt til side der.",
        name=inputs.names[code],
        rule=rule_name(kind),
    )


def _raised(bound: Bound, inputs: RuleInputs) -> Bound:
    """Return a rule with its upper end raised to what is settled or decided as a floor, where that is above it.

    Without an upper end the municipality would take everything that others cannot.
    """
    low = max((one.low for one in inputs.standing if one.code == bound.code), default=0)
    if bound.high is None or low <= bound.high or bound.kind in DECIDED_BY_PEOPLE:
        return bound
    if bound.code in inputs.overrides:
        return bound
    return replace(bound, high=low)


def _cap_raised(bound: Bound, inputs: RuleInputs) -> Message:
    return msg(
        "Øvre grense i regelen «{rule}» er hevet til {persons} i {name}, som alt har vedtatt eller bosatt så mange.",
        rule=rule_name(bound.kind),
        persons=bound.high,
        name=inputs.names[bound.code],
    )


def _fits(bound: Bound, inputs: RuleInputs) -> bool:
    """Whether a rule of the file leaves any number that what is settled and decided also allows.

    A rule that leaves only zero where the council has decided to settle some does not. Where somebody has set the
    number, no general rule counts anyway.
    """
    own = [one for one in inputs.standing if one.code == bound.code]
    if not own or bound.kind in DECIDED_BY_PEOPLE or bound.code in inputs.overrides:
        return True
    low = max(one.low for one in own)
    high = min((one.high for one in own if one.high is not None), default=None)
    if bound.or_zero and high == 0:
        return True
    return (high is None or bound.low <= high) and (bound.high is None or low <= bound.high)


def _against_the_year(bound: Bound, inputs: RuleInputs) -> Message:
    return msg(
        "Regelen «{rule}» lar seg ikke forene med det som alt er vedtatt eller bosatt i {name}, og er satt til side der.",
        rule=rule_name(bound.kind),
        name=inputs.names[bound.code],
    )


def _refuse_impossible(bounds: Sequence[Bound], inputs: RuleInputs, transfers: Mapping[str, int]) -> None:
    """Raise where a set number leaves out minors, persons moved there or those already settled, and where a council
    has decided fewer than the minors it shall have."""
    outside = sorted({bound.code for bound in bounds} - set(inputs.codes))
    if outside:
        raise InputError(
            "override.municipality",
            msg(
                "Overstyringer eller vedtak nevner kommuner utenfor fylket: {codes}.",
                codes=", ".join(outside),
            ),
            remedy=msg("Bruk kommunenumrene i fylket: {codes}.", codes=", ".join(inputs.codes)),
        )
    settled = {bound.code: bound.low for bound in bounds if bound.kind is RuleKind.SETTLED}
    for bound in bounds:
        name, minors = inputs.names[bound.code], inputs.minors.get(bound.code, 0)
        received = max(0, transfers.get(bound.code, 0))
        against = bound.kind is RuleKind.DECIDED and bound.code not in inputs.overrides
        if against and bound.high is not None and bound.high < minors:
            raise InputError(
                "revision.minors",
                msg(
                    "{name} har vedtatt {persons}, men skal ha {minors}.",
                    name=name,
                    persons=bound.high,
                    minors=minors_named(minors),
                ),
                remedy=msg(
                    "Senk plassene for enslige mindreårige i kommunen, eller la ikke vedtaket være et tak."
                ),
                command=msg("At vedtak ikke er tak, velges med --decided none."),
            )
        if bound.kind not in DECIDED_BY_PEOPLE:
            continue
        if bound.kind is RuleKind.OVERRIDE and bound.low < minors:
            raise InputError(
                "override.minors",
                msg(
                    "{name} er overstyrt til {persons}, men skal ha {minors}.",
                    name=name,
                    persons=bound.low,
                    minors=minors_named(minors),
                ),
                remedy=msg("Hev overstyringen eller senk tallet på enslige mindreårige."),
            )
        if bound.kind is RuleKind.OVERRIDE and bound.low < minors + received:
            raise InputError(
                "override.transfer",
                nmsg(
                    "{name} er overstyrt til {persons}, men {count} person er flyttet dit av en regel i kriteriefilen.",
                    "{name} er overstyrt til {persons}, men {count} personer er flyttet dit av en regel i kriteriefilen.",
                    received,
                    name=name,
                    persons=bound.low,
                ),
                remedy=msg("Hev overstyringen, eller ta bort overføringen i kriteriefilen."),
            )
        if bound.low < settled.get(bound.code, 0):
            raise InputError(
                "revision.settled",
                msg(
                    "{name} er satt til {persons}, men har alt bosatt {settled} i år.",
                    name=name,
                    persons=bound.low,
                    settled=settled[bound.code],
                ),
                remedy=msg(
                    "Hev tallet til minst dem som alt er bosatt, eller trekk det som er satt, tilbake."
                ),
            )


def _refuse_outsiders(rule: Rule, inputs: RuleInputs) -> None:
    named = (*rule.municipalities, *((rule.receiver,) if rule.receiver else ()))
    outside = [code for code in named if code not in inputs.codes]
    if outside:
        raise InputError(
            "rule.municipality",
            msg(
                "Regelen «{rule}» nevner kommuner som ikke er i fylket: {codes}.",
                rule=rule_name(rule.kind),
                codes=", ".join(outside),
            ),
            remedy=msg("Bruk kommunenumrene i fylket: {codes}.", codes=", ".join(inputs.codes)),
        )


def _not_applied(rule: Rule, names: Sequence[str]) -> Message:
    listed = ", ".join(names)
    if rule.kind is RuleKind.MAX_CHANGE:
        return msg(
            "Grensen for endring fra i fjor gjelder ikke kommuner uten kjent anmodning i fjor: {names}.",
            names=listed,
        )
    if rule.kind is RuleKind.CAP:
        return msg("Uten oppgitt kapasitet, og derfor uten tak: {names}.", names=listed)
    return msg(
        "Kontinuitet kunne ikke beregnes (mangler minstetall eller bosatte) for: {names}.", names=listed
    )
