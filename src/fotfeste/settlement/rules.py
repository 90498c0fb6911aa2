"""Rules as bounds on municipalities' numbers, each with the reason it has."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.domains import Domain
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.wording import minors_named, rule_name, service_name
from fotfeste.statistics.figure import Figure

DECIDED_BY_PEOPLE = (RuleKind.LOCK, RuleKind.EXCLUDE, RuleKind.OVERRIDE)
"""Rules by which someone has set a number; they go before bounds that hold in general."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One rule applied to one municipality: at least ``low``, at most ``high``, zero besides when ``or_zero``.

    Bounds are about the whole number, unaccompanied minors included.
    """

    kind: RuleKind
    code: str
    reason: Message
    low: int = 0
    high: int | None = None
    or_zero: bool = False


@dataclass(frozen=True, slots=True)
class RuleInputs:
    """What rules look at beside the criteria file.

    ``last_requested`` is last year's request; ``stocks`` holds, by number of years, the persons settled in that
    many finished years; ``minors`` is what each municipality receives of unaccompanied minors. ``standing`` are
    bounds that hold whatever the criteria file says (a revision's), ``overrides`` numbers that a person has set.
    """

    codes: tuple[str, ...]
    names: Mapping[str, str]
    last_requested: Mapping[str, Figure]
    stocks: Mapping[int, Mapping[str, Fraction | None]]
    minors: Mapping[str, int]
    replies: Replies | None = None
    standing: tuple[Bound, ...] = ()
    overrides: Mapping[str, Bound] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applied:
    """All bounds, persons moved by transfers, and what the reader must know (rules that could not apply)."""

    bounds: tuple[Bound, ...]
    transfers: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


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
            bound = _bound(rule, code, inputs)
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


@dataclass(frozen=True, slots=True)
class Beside:
    """Persons that are not shared out by the criteria: minors, and persons moved by transfers (by code)."""

    minors: Mapping[str, int] = field(default_factory=dict)
    transfers: Mapping[str, int] = field(default_factory=dict)

    def of(self, code: str) -> int:
        """Return the persons that stand beside a municipality's part of what is shared out."""
        return self.minors.get(code, 0) + self.transfers.get(code, 0)

    def given_away(self, code: str) -> int:
        """Return the persons that a municipality must have in order to give them to another."""
        return max(0, -self.transfers.get(code, 0))


NOBODY = Beside()


def domains_of(
    bounds: Sequence[Bound], codes: Sequence[str], total: int, beside: Beside = NOBODY
) -> list[Domain]:
    """Return, of what is shared out, the numbers that every municipality may get under ``bounds``.

    A lock or an exclusion is somebody's decision and goes before the other rules for that municipality.
    """
    by_code: dict[str, list[Bound]] = {code: [] for code in codes}
    for bound in bounds:
        by_code[bound.code].append(bound)
    return [_domain(by_code[code], total, beside.of(code), beside.given_away(code)) for code in codes]


def in_force(bounds: Sequence[Bound]) -> tuple[Bound, ...]:
    """Return the bounds that count: where a lock or an exclusion has set the number, only that."""
    decided = {bound.code for bound in bounds if bound.kind in DECIDED_BY_PEOPLE}
    return tuple(bound for bound in bounds if bound.kind in DECIDED_BY_PEOPLE or bound.code not in decided)


def set_aside(bounds: Sequence[Bound], numbers: Mapping[str, int]) -> tuple[Bound, ...]:
    """Return the general bounds that a lock or an exclusion has broken; ``numbers`` are whole."""
    decided = {bound.code for bound in bounds if bound.kind in DECIDED_BY_PEOPLE}
    return tuple(
        bound
        for bound in bounds
        if bound.code in decided
        and bound.kind not in DECIDED_BY_PEOPLE
        and not holds(bound, numbers[bound.code])
    )


def holds(bound: Bound, persons: int) -> bool:
    """Whether ``persons`` keeps the rule."""
    if bound.or_zero and persons == 0:
        return True
    return bound.low <= persons and (bound.high is None or persons <= bound.high)


def _domain(bounds: Sequence[Bound], total: int, beside: int, given_away: int) -> Domain:
    decided = [bound for bound in bounds if bound.kind in DECIDED_BY_PEOPLE]
    plain = decided or [bound for bound in bounds if not bound.or_zero]
    optional = [] if decided else [bound.low for bound in bounds if bound.or_zero]
    low = max((bound.low for bound in plain), default=0)
    zero = bool(optional) and low == 0 and beside == -given_away
    least = max(0, given_away, max([low, *optional]) - beside)
    most = min([total, *(bound.high - beside for bound in plain if bound.high is not None)])
    return Domain(least, most, zero, given_away)


def _bound(rule: Rule, code: str, inputs: RuleInputs) -> Bound | None:
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
    reason = msg(
        "flaskehals: {service}, oppgitt til {persons}", service=service_name(service), persons=capacity
    )
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
