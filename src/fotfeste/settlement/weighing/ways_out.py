"""Ways out of choices that cannot be met: changes that have been tried, the one that gives up least first.

What a way gives up is counted in persons: how far the numbers it leads to lie outside the limits that were chosen, and
how far the total is from the one that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message
from fotfeste.settlement.apply_rules import apply_rules
from fotfeste.settlement.apportionment import quotas_of
from fotfeste.settlement.calculate import minors_of
from fotfeste.settlement.conflict import Conflict, find_conflict
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.domains import Domain, feasible
from fotfeste.settlement.minors import offers
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.rules import Beside, Bound, RuleInputs, domains_of, holds, in_force
from fotfeste.settlement.solve import solve
from fotfeste.settlement.under_rules import ideal_shares, numbers_under
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import (
    Change,
    ChangeRule,
    Override,
    RemoveRule,
    SetPlaces,
    SetTotal,
    SetWeight,
    WithdrawOverride,
)
from fotfeste.settlement.weighing.changes_told import proposed
from fotfeste.settlement.weighing.choices import Choices
from fotfeste.settlement.weighing.ready import ReadyToWeigh

MOST_WAYS = 5
MOST_STEPS = 60
"""So many numbers are tried, one by one, when a limit is loosened; then it is taken away instead."""
FEW = 3
"""A rule is lifted for single municipalities where no more than so many of its own are in the conflict."""
FLOORS = (RuleKind.FLOOR, RuleKind.ZERO_OR_FLOOR, RuleKind.CONTINUITY)
SOMEBODY = "–"
"""What stands for the person, until somebody chooses a way out that needs one."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A change after which there is a recommendation.

    ``told`` says what it does. ``persons`` is what it gives up; ``numbers`` are those it leads to, by code. Where
    ``asks`` is set, whoever chooses it must give a reason, a role and a name in place of what the change holds.
    """

    change: Change
    told: Message
    persons: int
    numbers: Mapping[str, int]

    @property
    def asks(self) -> bool:
        """Whether the change is entered in the ledger, so that somebody must stand for it."""
        return isinstance(self.change, Override | WithdrawOverride)


def ways_out(ready: ReadyToWeigh, choices: Choices) -> tuple[WayOut, ...]:
    """Return at most ``MOST_WAYS`` single changes that each lead to a recommendation, the smallest first.

    Every one has been tried. There may be none: two conflicts at once have no single way out.
    """
    prepared = ready.under(choices)
    situation = _situation(prepared)
    at = max([datetime.min.replace(tzinfo=UTC), *(entry.at for entry in choices.ledger.entries)])
    found: list[WayOut] = []
    tried: set[Change] = set()
    for change in _candidates(prepared, choices, situation):
        if change in tried:
            continue
        tried.add(change)
        try:
            after = ready.under(apply(choices, change, at))
            numbers = _numbers(after)
        except FotfesteError:
            continue
        total, minors = after.request.total, after.request.minors
        given_up = (
            _outside(situation.bounds, numbers) + abs(total - choices.total) + abs(minors - choices.minors)
        )
        found.append(WayOut(change, proposed(change, choices, ready.names), given_up, numbers))
    return tuple(sorted(found, key=lambda way: way.persons)[:MOST_WAYS])


@dataclass(frozen=True, slots=True)
class _Situation:
    """The bounds that were chosen, and the conflict between them; both empty where the bounds cannot even be told."""

    bounds: tuple[Bound, ...] = ()
    conflict: Conflict | None = None


def _situation(prepared: Prepared) -> _Situation:
    try:
        rules, total, beside, bounds = _applied(prepared)
    except FotfesteError:
        return _Situation()
    if feasible(domains_of(bounds, rules.codes, total, beside), total):
        return _Situation(in_force(bounds))
    return _Situation(in_force(bounds), find_conflict(bounds, rules.codes, total, beside))


def _applied(prepared: Prepared) -> tuple[RuleInputs, int, Beside, tuple[Bound, ...]]:
    minors, _ = minors_of(prepared)
    rules = prepared.rule_inputs(minors)
    applied = apply_rules(prepared.criteria.rules, rules)
    total = prepared.request.total - prepared.request.minors
    return rules, total, Beside(minors, applied.transfers), applied.bounds


def _possible(ready: Prepared) -> bool:
    """Whether the rules can be met; cheaper than finding the numbers."""
    try:
        rules, total, beside, bounds = _applied(ready)
    except FotfesteError:
        return False
    return feasible(domains_of(bounds, rules.codes, total, beside), total)


def _numbers(prepared: Prepared) -> dict[str, int]:
    minors, _ = minors_of(prepared)
    return numbers_under(
        ideal_shares(prepared),
        prepared.criteria.rules,
        prepared.rule_inputs(minors),
        prepared.request.total - prepared.request.minors,
        prepared.criteria.method,
    )


def _outside(bounds: tuple[Bound, ...], numbers: Mapping[str, int]) -> int:
    """Return by how many persons numbers lie outside the bounds, all together."""
    found = 0
    for bound in bounds:
        number = numbers[bound.code]
        if not holds(bound, number):
            ends = [bound.low, *([] if bound.high is None else [bound.high]), *([0] if bound.or_zero else [])]
            found += min(abs(number - end) for end in ends)
    return found


def _candidates(prepared: Prepared, choices: Choices, situation: _Situation) -> Iterator[Change]:
    conflict = situation.conflict
    if conflict is None:
        yield from _without_conflict(prepared, choices)
        return
    for total in (conflict.below, conflict.above):
        if conflict.with_total and total is not None and total >= choices.minors:
            yield SetTotal(total, choices.minors)
    if conflict.minors:
        yield SetTotal(choices.total - choices.minors, 0)
    codes = {
        kind: [b.code for b in conflict.bounds if b.kind is kind]
        for kind in {b.kind for b in conflict.bounds}
    }
    for one in conflict.unnamed:
        for kind in one.kinds:
            codes.setdefault(kind, []).append(one.code)
    if conflict.moved:
        codes[RuleKind.TRANSFER] = [code for code, _ in conflict.moved]
    for rule in choices.criteria.rules:
        own = [code for code in codes.get(rule.kind, ()) if code in (rule.municipalities or choices.codes)]
        if own:
            yield from _loosened(rule, own, prepared, choices, conflict)
            yield RemoveRule(rule)
    for code in codes.get(RuleKind.OVERRIDE, ()):
        persons = choices.overrides[code]
        for near in _nearer(persons, choices.total, conflict):
            yield Override(code, near, SOMEBODY, SOMEBODY, SOMEBODY)
        yield WithdrawOverride(code, SOMEBODY, SOMEBODY, SOMEBODY)


def _without_conflict(prepared: Prepared, choices: Choices) -> Iterator[Change]:
    """Yield what may help where it is no conflict of rules: a number that cannot be set, minors without places, a
    criterion without figures."""
    if choices.minors > sum(offers(prepared.criteria, prepared.replies).values()):
        yield from _without_places(prepared, choices)
    for code in choices.overrides:
        yield WithdrawOverride(code, SOMEBODY, SOMEBODY, SOMEBODY)
    for rule in choices.criteria.rules:
        if rule.kind in (RuleKind.LOCK, RuleKind.EXCLUDE, RuleKind.TRANSFER):
            yield RemoveRule(rule)
    for one in choices.criteria.criteria:
        if one.weight:
            yield SetWeight(one.id, Fraction(0))


def _without_places(prepared: Prepared, choices: Choices) -> Iterator[Change]:
    """Yield what may be done with unaccompanied minors whom nobody has places for: how many they are is the state's choice.

    They are shared out as the others are, with at least the places that the municipalities have answered; or later.
    """
    rest = choices.total - choices.minors
    if not rest:
        return
    try:
        others = _numbers(replace(prepared, request=replace(prepared.request, total=rest, minors=0)))
    except FotfesteError:
        return
    stated = offers(prepared.criteria, prepared.replies)
    lacking = choices.minors - sum(stated.values())
    quotas = quotas_of([Fraction(others[code]) for code in prepared.codes], lacking)
    shared = solve(quotas, [Domain(0, lacking)] * len(quotas), lacking, prepared.criteria.method)
    if shared is not None:
        more = dict(zip(prepared.codes, shared.numbers, strict=True))
        places = {code: stated.get(code, 0) + more[code] for code in prepared.codes}
        yield SetPlaces(tuple((code, number) for code, number in places.items() if number))
    yield SetTotal(rest, 0)


def _loosened(
    rule: Rule, codes: list[str], prepared: Prepared, choices: Choices, conflict: Conflict
) -> Iterator[Change]:
    """Yield the rule with its limit moved just as far as it takes, and lifted for the municipalities in conflict."""

    def works(version: Rule) -> bool:
        rules = tuple(version if one == rule else one for one in prepared.criteria.rules)
        return _possible(prepared.under(replace(prepared.criteria, rules=rules)))

    persons = rule.persons
    found: Rule | None = None
    if rule.kind in FLOORS and rule.origin == "file" and persons:
        found = _first(lambda less: replace(rule, persons=less), persons - 1, 1, works)
    elif (rule.kind is RuleKind.CAP and rule.origin == "file") or rule.kind is RuleKind.MAX_CHANGE:
        if persons is not None:
            found = _first(lambda more: replace(rule, persons=more), persons + 1, choices.total, works)
        elif rule.share is not None:
            start = int(rule.share * 100) + 1
            found = _first(lambda part: replace(rule, share=Fraction(part, 100)), start, 100, works)
    elif rule.kind is RuleKind.LOCK and persons is not None and len(rule.municipalities) == 1:
        near = (replace(rule, persons=one) for one in _nearer(persons, choices.total, conflict))
        found = next((version for version in near if works(version)), None)
    if found is not None:
        yield ChangeRule(rule, found)
    own = rule.municipalities or choices.codes
    left = tuple(code for code in own if code not in codes)
    if len(codes) <= FEW and left and rule.kind is not RuleKind.TRANSFER:
        yield ChangeRule(rule, replace(rule, municipalities=left))


def _first(
    version: Callable[[int], Rule], start: int, end: int, works: Callable[[Rule], bool]
) -> Rule | None:
    """Return the rule with the first number from ``start`` to ``end`` that works.

    Where there are many numbers they are tried at even distances first, then one by one before the one that worked.
    """
    way = 1 if end >= start else -1
    step = max(1, -(-(abs(end - start) + 1) // MOST_STEPS))
    for number in range(start, end + way, way * step):
        if works(version(number)):
            earlier = (
                range(max(start, number - step + 1), number)
                if way > 0
                else range(min(start, number + step - 1), number, -1)
            )
            between = (version(one) for one in earlier)
            return next((one for one in between if works(one)), version(number))
    return None


def _nearer(persons: int, total: int, conflict: Conflict) -> Iterator[int]:
    """Yield the numbers nearest to ``persons`` that make room for what the other rules lack or leave over."""
    shifts = []
    if conflict.below is not None:
        shifts.append(total - conflict.below)
    if conflict.above is not None:
        shifts.append(total - conflict.above)
    for shift in sorted(shifts, key=abs):
        if 0 <= persons + shift <= total:
            yield persons + shift
