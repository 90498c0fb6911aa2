"""One rule as a bound on the number of one municipality, with the reason it has."""

from __future__ import annotations

import math
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.rules import Bound, RuleInputs
from fotfeste.settlement.wording import minors_named, service_name
from fotfeste.statistics.figure import Figure


def bound_of(rule: Rule, code: str, inputs: RuleInputs) -> Bound | None:
    """Return the rule's bound on one municipality, or ``None`` where it has nothing to hold on to."""
    owner = msg("{reason}", reason=rule.reason) if rule.reason else None
    persons = rule.persons or 0
    match rule.kind:
        case RuleKind.EXCLUDE:
            if inputs.minors.get(code, 0):
                raise InputError(
                    "rule.exclude",
                    msg(
                        "{name} er unntatt, men skal ha {minors}.",
                        name=inputs.names[code],
                        minors=minors_named(inputs.minors[code]),
                    ),
                    remedy=msg(
                        "Ta bort unntaket, eller sett plassene for enslige mindreårige i kommunen til 0."
                    ),
                    command=msg("I kriteriefilen står plassene i tabellen [minors]."),
                )
            return Bound(rule.kind, code, owner or msg("unntatt"), 0, 0)
        case RuleKind.LOCK:
            if persons < inputs.minors.get(code, 0):
                raise InputError(
                    "rule.lock",
                    msg(
                        "{name} er låst til {persons}, men skal ha {minors}.",
                        name=inputs.names[code],
                        persons=persons,
                        minors=minors_named(inputs.minors[code]),
                    ),
                    remedy=msg("Hev låsen eller senk tallet på enslige mindreårige."),
                )
            reason = owner or msg("låst til {persons}", persons=persons)
            return Bound(rule.kind, code, reason, persons, persons)
        case RuleKind.FLOOR:
            return Bound(rule.kind, code, owner or msg("minst {persons}", persons=persons), persons)
        case RuleKind.ZERO_OR_FLOOR:
            reason = owner or msg("ingen eller minst {persons}", persons=persons)
            return Bound(rule.kind, code, reason, persons, or_zero=True)
        case RuleKind.CAP:
            return _cap(rule, code, inputs)
        case RuleKind.CONTINUITY:
            return _continuity(rule, code, inputs)
        case RuleKind.MAX_CHANGE:
            return _max_change(rule, code, inputs)
        case RuleKind.TRANSFER | RuleKind.SETTLED | RuleKind.DECIDED | RuleKind.OVERRIDE:
            return None


def _cap(rule: Rule, code: str, inputs: RuleInputs) -> Bound | None:
    if rule.origin == "file":
        reason = (
            msg("{reason}", reason=rule.reason)
            if rule.reason
            else msg("høyst {persons}", persons=rule.persons)
        )
        return Bound(rule.kind, code, reason, 0, rule.persons)
    reply = inputs.replies.by_code.get(code) if inputs.replies else None
    if reply is None or reply.bottleneck is None:
        return None
    service, capacity = reply.bottleneck
    reason = msg("{service} er oppgitt til {persons}", service=service_name(service), persons=capacity)
    return Bound(rule.kind, code, reason, 0, capacity + inputs.minors.get(code, 0))


def _continuity(rule: Rule, code: str, inputs: RuleInputs) -> Bound | None:
    minimum = rule.persons
    if rule.origin == "replies":
        reply = inputs.replies.by_code.get(code) if inputs.replies else None
        if reply is not None and reply.minimum_stock is not None:
            minimum = reply.minimum_stock
    stock = inputs.stocks.get(rule.years, {}).get(code)
    if minimum is None or stock is None:
        return None
    need = max(0, math.ceil(minimum - stock))
    reason = msg(
        "tjenestene trenger {minimum} bosatte over {years} år og dette året; {stock} er bosatt",
        minimum=minimum,
        years=rule.years,
        stock=_stock_in_words(stock),
    )
    return Bound(rule.kind, code, reason, need)


def _stock_in_words(stock: Fraction) -> Message:
    """Return a number of settled persons for people to read; one to four are never told."""
    if 0 < stock < 5:
        return msg("færre enn 5")
    return (
        msg("{count}", count=int(stock))
        if stock.denominator == 1
        else msg("om lag {count}", count=round(stock))
    )


def _max_change(rule: Rule, code: str, inputs: RuleInputs) -> Bound | None:
    last = inputs.last_requested.get(code, Figure.missing())
    if last.value is None:
        return None
    change = Fraction(rule.persons) if rule.persons is not None else (rule.share or Fraction(0)) * last.value
    low, high = max(0, math.ceil(last.value - change)), math.floor(last.value + change)
    reason = msg(
        "fjorårets anmodning {last}, endring høyst {change}", last=int(last.value), change=math.floor(change)
    )
    return Bound(rule.kind, code, reason, low, high)
