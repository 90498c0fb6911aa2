"""What sets two versions of the choices apart: as changes that lead from one to the other, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from fotfeste.messages import Message
from fotfeste.settlement.criteria import Criteria, Key, Rule
from fotfeste.settlement.ledger import Entry
from fotfeste.settlement.weighing.changes import (
    AddRule,
    Change,
    ChangeRule,
    Override,
    RemoveRule,
    SetKey,
    SetMethod,
    SetPlaces,
    SetSuppressedAs,
    SetTotal,
    SetWeight,
    UseCriteria,
    WithdrawOverride,
)
from fotfeste.settlement.weighing.changes_told import told
from fotfeste.settlement.weighing.choices import Choices


def differences(before: Choices, after: Choices, names: Mapping[str, str]) -> tuple[Message, ...]:
    """Return in words everything that is different in ``after``, for «den andre har endret …»; nothing where the same."""
    return tuple(told(change, state, names) for state, change in _steps(before, after))


def changes_between(before: Choices, after: Choices) -> tuple[Change, ...]:
    """Return changes that lead from the choices ``before`` to those ``after``.

    Applied one after the other they give the same total, weights, keys, method, rules (perhaps in another order) and
    numbers in force.
    """
    return tuple(change for _, change in _steps(before, after))


def _steps(before: Choices, after: Choices) -> Iterator[tuple[Choices, Change]]:
    """Yield changes from one to the other, each with the choices it is made in, as far as telling needs them."""
    total = SetTotal(after.total, after.minors)
    if after.total > before.total or (after.total == before.total and after.minors != before.minors):
        yield before, total
    if before.criteria != after.criteria:
        steps = list(_of_criteria(before.criteria, after.criteria))
        if _same_foundation(before.criteria, after.criteria) and steps:
            yield from ((before, step) for step in steps)
        else:
            yield before, UseCriteria(after.criteria)
    then, now = before.ledger.in_force, after.ledger.in_force
    for code in before.codes:
        old, new = then.get(code), now.get(code)
        if new is None and old is not None:
            last = next((one for one in reversed(after.ledger.entries) if one.code == code), old)
            yield before, WithdrawOverride(code, last.reason, last.role, last.name)
        elif new is not None and (old is None or _set(old) != _set(new)):
            yield before, Override(code, new.persons or 0, new.reason, new.role, new.name)
    if after.total < before.total:  # a number that somebody set may be above it, and is set while it can be
        yield before, total


def _set(entry: Entry) -> tuple[int | None, str, str, str]:
    return entry.persons, entry.role, entry.name, entry.reason


def _of_criteria(before: Criteria, after: Criteria) -> Iterator[Change]:
    known = {one.id: one for one in before.criteria}
    kept = [(known[one.id], one) for one in after.criteria if one.id in known]
    for old, new in sorted(
        kept, key=lambda pair: not pair[1].weight
    ):  # the weights are never all zero on the way
        if old.weight != new.weight:
            yield SetWeight(new.id, new.weight)
    yield from (SetKey(new.id, new.key) for old, new in kept if old.key != new.key)
    if before.method != after.method:
        yield SetMethod(after.method)
    if before.suppressed != after.suppressed:
        yield SetSuppressedAs(after.suppressed)
    if before.minors != after.minors:
        yield SetPlaces(after.minors)
    removed = [rule for rule in before.rules if rule not in after.rules]
    added = [rule for rule in after.rules if rule not in before.rules]
    for rule in list(removed):
        follower = next((one for one in added if _alike(one, rule)), None)
        if follower is not None:
            yield ChangeRule(rule, follower)
            removed.remove(rule)
            added.remove(follower)
    yield from (RemoveRule(rule) for rule in removed)
    yield from (AddRule(rule) for rule in added)


def _alike(one: Rule, other: Rule) -> bool:
    """Whether two rules are the same kind about the same municipalities, so that one follows the other."""
    return (one.kind, one.municipalities, one.origin, one.receiver) == (
        other.kind,
        other.municipalities,
        other.origin,
        other.receiver,
    )


def _same_foundation(before: Criteria, after: Criteria) -> bool:
    """Whether two sets of criteria differ in nothing but what can be changed piece by piece."""

    def bare(criteria: Criteria) -> object:
        ones = tuple(
            replace(
                one,
                weight=Fraction(0),
                share=Fraction(0),
                key=Key(one.key.form, one.key.base, one.key.indicator),
            )
            for one in criteria.criteria
        )
        return replace(
            criteria,
            id="",
            title="",
            origin="",
            method="hamilton",
            suppressed="middle",
            criteria=ones,
            rules=(),
            minors=(),
        )

    return bare(before) == bare(after)
