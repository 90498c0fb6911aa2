"""From cases as plain data (what JSON can hold) to the values of the settlement room.

A case is drawn by the strategies, kept as a file when it fails, and replayed for ever; both go through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from fotfeste.settlement.criteria import Criteria, Criterion, Key, KeyForm, Rule, RuleKind
from fotfeste.settlement.mixture import Inputs
from fotfeste.settlement.replies import Replies, Reply, Service
from fotfeste.settlement.rules import RuleInputs
from fotfeste.statistics.figure import Figure

Case = dict[str, Any]
"""A case: mappings, lists, text, whole numbers and true/false; fractions are text (``"1/3"``)."""


@dataclass(frozen=True)
class County:
    """A made-up county, its criteria and what its rules look at: the arguments of ``work_out``."""

    criteria: Criteria
    inputs: Inputs
    rules: RuleInputs
    total: int


def figure(said: Any) -> Figure:
    """``12``, ``"1/3"``, ``"."`` (missing), ``"-"`` (not asked), ``":"`` (suppressed) or ``[":", 1, 4]``."""
    if isinstance(said, list):
        return Figure.suppressed(Fraction(said[1]), Fraction(said[2]))
    marks = {".": Figure.missing(), "-": Figure.not_asked(), ":": Figure.suppressed()}
    if isinstance(said, str) and said in marks:
        return marks[said]
    value = Fraction(said)
    return Figure.observed(int(value) if value.denominator == 1 else value)


def key(said: Case) -> Key:
    numbers = {
        name: Fraction(said[name]) for name in ("exponent", "base_exponent", "at_least") if name in said
    }
    limits = tuple(Fraction(one) for one in said["limits"]) if "limits" in said else None
    return Key(
        KeyForm(said["form"]),
        said.get("base", ""),
        said.get("indicator", ""),
        limits=limits,  # type: ignore[arg-type]
        missing=said.get("missing", "refuse"),
        **numbers,
    )


def rule(said: Case) -> Rule:
    return Rule(
        RuleKind(said["kind"]),
        tuple(said.get("municipalities", ())),
        said.get("persons"),
        Fraction(said["share"]) if "share" in said else None,
        said.get("years", 0),
        said.get("origin", "file"),
        said.get("receiver", ""),
        said.get("reason", ""),
        "test",
    )


def replies(said: Mapping[str, Case], county: str = "40", year: int = 2027) -> Replies:
    """Replies by code; each with ``capacity`` by service and the numbers that a municipality may state."""
    found = {}
    for code, one in said.items():
        capacity = {Service(name): persons for name, persons in one.get("capacity", {}).items()}
        found[code] = Reply(
            code,
            capacity,
            own_wish=one.get("own_wish"),
            minimum_stock=one.get("minimum_stock"),
            minors=one.get("minors"),
            extra=one.get("extra"),
        )
    return Replies(county, year, found, "svar.xlsx")


def criteria(case: Case) -> Criteria:
    whole = sum(Fraction(one["weight"]) for one in case["criteria"])
    return Criteria(
        "test", "Test", 2027, date(2026, 11, 21), "test", "test", "", case["method"], case["suppressed"],
        tuple(
            Criterion(one["id"], one["id"], Fraction(one["weight"]), Fraction(one["weight"]) / whole, key(one["key"]), source="test")
            for one in case["criteria"]
        ),
        tuple(rule(one) for one in case["rules"]),
        None,
        origin="kriterier.toml",
    )  # fmt: skip


def county(case: Case) -> County:
    codes = tuple(case["codes"])
    figures = {
        name: {code: figure(one) for code, one in by_code.items()}
        for name, by_code in case["figures"].items()
    }
    stocks = {
        int(years): {code: None if one is None else Fraction(one) for code, one in by_code.items()}
        for years, by_code in case["stocks"].items()
    }
    return County(
        criteria(case),
        Inputs(codes, figures, {name: figure(one) for name, one in case["levels"].items()}),
        RuleInputs(
            codes,
            {code: f"Kommune {code}" for code in codes},
            {code: figure(one) for code, one in case["last"].items()},
            stocks,
            case["minors"],
            replies(case["replies"]),
        ),
        case["total"],
    )
