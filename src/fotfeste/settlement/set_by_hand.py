"""Numbers that people have set for single municipalities: which there are, and what all of them together change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from fotfeste.errors import FotfesteError
from fotfeste.settlement.calculate import minors_of
from fotfeste.settlement.criteria import Criteria, Rule, RuleKind
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.under_rules import ideal_shares, numbers_under

BY_RULE = (RuleKind.LOCK, RuleKind.EXCLUDE)
"""Rules that set the number of a municipality: to a number, or to none."""


@dataclass(frozen=True, slots=True)
class SetByHand:
    """A number that somebody has set: ``persons`` for the municipality ``code``, by an override or by ``rule``.

    ``role`` is empty where a rule sets it: the rule tells its reason alone.
    """

    kind: RuleKind
    code: str
    persons: int
    reason: str
    role: str = ""
    rule: Rule | None = None

    @property
    def key(self) -> str:
        """What it is known by: the kind, the municipality, and the number."""
        return f"{self.kind}-{self.code}-{self.persons}"


def set_by_hand(criteria: Criteria, ledger: Ledger | None) -> tuple[SetByHand, ...]:
    """Return the numbers that people have set: overrides in force first, then locks and exclusions, by code."""
    overrides = ledger.in_force.values() if ledger else ()
    found = [
        SetByHand(RuleKind.OVERRIDE, one.code, one.persons, one.reason, one.role)
        for one in overrides
        if one.persons is not None
    ]
    by_rule = [
        SetByHand(rule.kind, code, rule.persons or 0, rule.reason, rule=rule)
        for rule in criteria.rules
        if rule.kind in BY_RULE
        for code in rule.municipalities
    ]
    return (*found, *sorted(by_rule, key=lambda one: one.code))


def numbers_without(prepared: Prepared) -> Mapping[str, int] | None:
    """Return the numbers, minors included, had nobody set any; nothing where the other rules cannot then be met."""
    minors, _ = minors_of(prepared)
    beside = replace(prepared.rule_inputs(minors), overrides={})
    general = tuple(one for one in prepared.criteria.rules if one.kind not in BY_RULE)
    total = prepared.request.total - prepared.request.minors
    try:
        return numbers_under(ideal_shares(prepared), general, beside, total, prepared.criteria.method)
    except FotfesteError:
        return None


def rules_left(
    rules: Collection[Rule], released: Collection[SetByHand]
) -> tuple[tuple[Rule, Rule | None], ...]:
    """Return each rule that changes when some of what it sets is released, with what is left of it: nothing, or a rule."""
    found = []
    for rule in rules:
        freed = {one.code for one in released if one.rule == rule}
        if not freed:
            continue
        rest = tuple(code for code in rule.municipalities if code not in freed)
        found.append((rule, replace(rule, municipalities=rest) if rest else None))
    return tuple(found)
