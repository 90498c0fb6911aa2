"""What a change touches, so that two people who change at the same time are told when it is the same thing.

What is touched is written as a path: ``criteria/weight/work`` lies within ``criteria``, and a rule for all
municipalities (``criteria/rule/floor``) holds the same rule for one of them (``criteria/rule/floor/4003``).
"""

from __future__ import annotations

from collections.abc import Iterable

from fotfeste.settlement.criteria import Rule, RuleKind
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

EVERYTHING = ""
SETS_NUMBERS = (RuleKind.LOCK, RuleKind.EXCLUDE, RuleKind.TRANSFER)
"""Rules by which people set numbers of municipalities, as overrides do."""


def touches(change: Change) -> frozenset[str]:
    """Return paths of what a change touches; the empty path is everything."""
    match change:
        case SetTotal():
            return frozenset({"total"})
        case SetWeight(name, _):
            return frozenset({f"criteria/weight/{name}"})
        case SetKey(name, _):
            return frozenset({f"criteria/key/{name}"})
        case SetMethod():
            return frozenset({"criteria/method"})
        case SetSuppressedAs():
            return frozenset({"criteria/suppressed"})
        case SetPlaces():
            return frozenset({"criteria/minors"})
        case AddRule(rule) | RemoveRule(rule):
            return _rule(rule)
        case ChangeRule(before, after):
            return _rule(before) | _rule(after)
        case UseCriteria():
            return frozenset({"criteria"})
        case Override(code=code) | WithdrawOverride(code=code):
            return frozenset({f"number/{code}"})
        case RestoreVersion():
            return frozenset({EVERYTHING})


def meet(one: Change, other: Change) -> bool:
    """Whether two changes touch the same thing, so that the later must not pass over the earlier unseen."""
    return any(_within(a, b) or _within(b, a) for a in touches(one) for b in touches(other))


def in_the_way(change: Change, since: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes made ``since`` that touch what ``change`` touches.

    Without any, ``change`` may be applied to the newest version as it is.
    """
    return tuple(one for one in since if meet(change, one))


def _rule(rule: Rule) -> frozenset[str]:
    path = f"criteria/rule/{rule.kind.value}"
    if not rule.municipalities:
        return frozenset({path})
    codes = (*rule.municipalities, *((rule.receiver,) if rule.receiver else ()))
    numbers = [f"number/{code}" for code in codes] if rule.kind in SETS_NUMBERS else []
    return frozenset([*(f"{path}/{code}" for code in codes), *numbers])


def _within(inner: str, outer: str) -> bool:
    return outer == EVERYTHING or inner == outer or inner.startswith(f"{outer}/")
