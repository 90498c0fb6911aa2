"""What each rule costs the others: the numbers with all rules, less the numbers with all but this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message
from fotfeste.settlement.apply_rules import apply_rules
from fotfeste.settlement.calculate import minors_of
from fotfeste.settlement.criteria import Criteria, Rule, RuleKind
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.rules import Applied, Bound, RuleInputs, holds, in_force
from fotfeste.settlement.under_rules import ideal_shares, numbers_under

STANDING = (RuleKind.SETTLED, RuleKind.DECIDED)


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What one kind of rule, or one kind at one municipality (``code``), changes in persons.

    ``changes`` holds every municipality's number less what it would be without the rule, where that differs; they sum to
    zero. ``None`` where the other rules cannot be met, or applied, without this one. ``number`` is the
    municipality's own number and ``reasons`` what holds it there; for a whole kind they are ``None`` and empty.
    """

    kind: RuleKind
    code: str
    number: int | None
    reasons: tuple[Message, ...]
    changes: Mapping[str, int] | None

    @property
    def moved(self) -> int | None:
        """Persons that the rule moves from some municipalities to others; ``None`` where that cannot be told."""
        return None if self.changes is None else sum(one for one in self.changes.values() if one > 0)

    @property
    def paid_by_others(self) -> int | None:
        """Persons fewer that the others have because of a rule at one municipality (below zero: more); ``None`` for a
        whole kind, or where it cannot be told."""
        return None if self.changes is None or not self.code else self.changes.get(self.code, 0)

    @property
    def gains(self) -> tuple[tuple[str, int], ...]:
        """Municipalities that the rule gives more, the largest gain first: code and persons."""
        return self._sorted(1)

    @property
    def losses(self) -> tuple[tuple[str, int], ...]:
        """Municipalities that the rule gives fewer, the largest loss first: code and persons above zero."""
        return self._sorted(-1)

    def _sorted(self, sign: int) -> tuple[tuple[str, int], ...]:
        found = [
            (code, sign * persons) for code, persons in (self.changes or {}).items() if sign * persons > 0
        ]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def rule_costs(prepared: Prepared, recommendation: Recommendation) -> tuple[RuleCost, ...]:
    """Return the cost of every kind of rule in force, each followed by the municipalities whose own rule matters.

    Those are municipalities whose number stands at the bound (or at none under zero-or-floor), or that give to another; a
    bound that no number stands at costs nothing as long as the allowed numbers have no gap. With gaps (zero-or-floor)
    every bound is tried out, and those that cost something are told of too. Overrides, and what is settled and
    decided in a revision, count as rules.
    """
    minors, _ = minors_of(prepared)
    beside = prepared.rule_inputs(minors)
    numbers = {one.code: one.recommended for one in recommendation.municipalities}
    total = prepared.request.total - prepared.request.minors
    quotas = ideal_shares(prepared)
    applied = apply_rules(prepared.criteria.rules, beside)
    gaps = any(bound.or_zero and bound.low > 1 for bound in applied.bounds)

    def cost(kind: RuleKind, code: str, bounds: tuple[Bound, ...]) -> RuleCost:
        rules, left = _without(prepared.criteria, beside, kind, code)
        try:
            freed = numbers_under(quotas, rules, left, total, prepared.criteria.method)
        except FotfesteError:
            changes = None
        else:
            changes = {one: numbers[one] - freed[one] for one in numbers if numbers[one] != freed[one]}
        reasons = tuple(bound.reason for bound in bounds)
        return RuleCost(kind, code, numbers[code] if code else None, reasons, changes)

    found = []
    for kind in RuleKind:
        own = _by_code(kind, applied, prepared.request.total)
        if own or any(bound.kind is kind for bound in applied.bounds):
            found.append(cost(kind, "", ()))
        for code, bounds in own.items():
            held = not bounds or any(stands_at(bound, numbers[code]) for bound in bounds)
            if not (held or gaps):
                continue
            one = cost(kind, code, bounds)
            if held or one.moved != 0:
                found.append(one)
    return tuple(found)


def _by_code(kind: RuleKind, applied: Applied, total: int) -> dict[str, tuple[Bound, ...]]:
    """Return, by code, the bounds of a kind that leave any number out; transfers (without bounds) by who gives."""
    if kind is RuleKind.TRANSFER:
        return {code: () for code, persons in applied.transfers.items() if persons < 0}
    found: dict[str, tuple[Bound, ...]] = {}
    for bound in in_force(applied.bounds):
        if bound.kind is kind and (bound.low > 0 or (bound.high is not None and bound.high < total)):
            found[bound.code] = (*found.get(bound.code, ()), bound)
    return found


def stands_at(bound: Bound, number: int) -> bool:
    """Whether a number stands at the bound: at its lowest or highest, or at none where none or a floor is allowed."""
    if not holds(bound, number):
        return False
    if bound.or_zero and number == 0:
        return True
    return (bound.low > 0 and number == bound.low) or number == bound.high


def _without(
    criteria: Criteria, beside: RuleInputs, kind: RuleKind, code: str
) -> tuple[tuple[Rule, ...], RuleInputs]:
    """Return the rules, and what they look at, without one kind; at ``code`` alone where that is given.

    A rule that only stood back for the one left out comes into force again.
    """
    if kind is RuleKind.OVERRIDE:
        kept = {one: bound for one, bound in beside.overrides.items() if code and one != code}
        return criteria.rules, replace(beside, overrides=kept)
    if kind in STANDING:
        standing = tuple(
            bound for bound in beside.standing if bound.kind is not kind or (code and bound.code != code)
        )
        return criteria.rules, replace(beside, standing=standing)
    rules = []
    for rule in criteria.rules:
        if rule.kind is not kind:
            rules.append(rule)
        elif code and kind is RuleKind.TRANSFER:
            rules += [rule] if rule.municipalities[0] != code else []
        elif code:
            others = tuple(one for one in rule.municipalities or beside.codes if one != code)
            rules += [replace(rule, municipalities=others)] if others else []
    return tuple(rules), beside
