"""Small made-up counties for the tests of the settlement room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from fotfeste.settlement.criteria import Criteria, Criterion, Key, KeyForm, PageMethod, Rule, RuleKind
from fotfeste.settlement.mixture import Inputs
from fotfeste.settlement.replies import Replies, Reply
from fotfeste.settlement.rules import RuleInputs
from fotfeste.statistics.figure import Figure

CODES = ("4003", "4020", "4032", "4036")
NAMES = {"4003": "Skien", "4020": "Midt-Telemark", "4032": "Fyresdal", "4036": "Vinje"}
POPULATION = {"4003": 55000, "4020": 11000, "4032": 1200, "4036": 3800}


def figures(values: Mapping[str, int | Fraction | Figure]) -> dict[str, Figure]:
    return {
        code: value if isinstance(value, Figure) else Figure.observed(value) for code, value in values.items()
    }


def inputs(**more: Mapping[str, int | Fraction | Figure]) -> Inputs:
    by_indicator = {"population": figures(POPULATION)} | {
        name: figures(values) for name, values in more.items()
    }
    return Inputs(CODES, by_indicator, {name: Figure.observed(1) for name in by_indicator})


def criterion(name: str, weight: int, key: Key, share: Fraction = Fraction(1)) -> Criterion:
    return Criterion(name, name, Fraction(weight), share, key, source="test")


def criteria(
    *ones: Criterion, rules: Sequence[Rule] = (), method: PageMethod = "sainte-lague", **changes: object
) -> Criteria:
    whole = sum(one.weight for one in ones)
    shared = tuple(
        Criterion(one.id, one.name, one.weight, one.weight / whole, one.key, one.answers, one.source)
        for one in ones
    )
    return Criteria(
        "test", "Test", 2027, date(2026, 11, 21), "test", "test", "", method, "middle", shared, tuple(rules), None,
        **changes,  # type: ignore[arg-type]
    )  # fmt: skip


def by_population() -> Criterion:
    return criterion("size", 1, Key(KeyForm.POWER, base="population"))


def rule_inputs(
    *,
    last: Mapping[str, Figure] | None = None,
    stocks: Mapping[int, Mapping[str, Fraction | None]] | None = None,
    minors: Mapping[str, int] | None = None,
    replies: Replies | None = None,
) -> RuleInputs:
    return RuleInputs(CODES, NAMES, last or {}, stocks or {}, minors or {}, replies)


def replies(*ones: Reply) -> Replies:
    return Replies("40", 2027, {one.code: one for one in ones}, "test")


def rule(kind: RuleKind, *codes: str, **fields: object) -> Rule:
    return Rule(kind, codes, reason="fordi", source="test", **fields)  # type: ignore[arg-type]
