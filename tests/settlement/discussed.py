"""A made-up county with everything that is prepared for it: round numbers that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction

from fotfeste.settlement.criteria import Criteria, Criterion, Key, KeyForm
from fotfeste.settlement.facts import CountyFacts, MunicipalityFacts
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.replies import Replies, Reply
from fotfeste.settlement.result import Request
from fotfeste.settlement.revision import Revision
from fotfeste.statistics.figure import Figure
from tests.settlement.examples import criterion

CODES = ("4003", "4020", "4032", "4036")
PEOPLE = {"4003": 4500, "4020": 3000, "4032": 2000, "4036": 500}


def prepared(
    criteria: Criteria,
    *,
    beside: Sequence[Criteria] = (),
    past: Mapping[str, Fraction] | None = None,
    people: Mapping[str, int] = PEOPLE,
    total: int = 100,
    minors: Mapping[str, int] | None = None,
    overrides: Mapping[str, int] | None = None,
    revision: Revision | None = None,
    more: Mapping[str, Mapping[str, Figure]] | None = None,
) -> Prepared:
    """Return what is prepared; ``more`` are figures beside population, ``overrides`` numbers by code."""
    figures = {"population": {code: Figure.observed(n) for code, n in people.items()}} | dict(more or {})
    ledger = Ledger("40", 2027)
    for code, number in (overrides or {}).items():
        ledger = ledger.followed(
            at=datetime(2026, 11, 21, 12, tzinfo=UTC),
            role="leder",
            name="En",
            code=code,
            persons=number,
            reason="avtalt",
        )
    stated = {code: Reply(code, {}, None, None, number, None) for code, number in (minors or {}).items()}
    gap = Figure.missing()
    return Prepared(
        Request("40", "Prøvefylket", 2027, total, sum((minors or {}).values())),
        criteria,
        Replies("40", 2027, stated, "svar.xlsx") if stated else None,
        ledger if overrides else None,
        revision,
        {code: f"Kommune {code}" for code in people},
        figures,
        figures,
        {name: Figure.observed(1) for name in figures},
        {},
        {},
        {code: MunicipalityFacts(code, Figure.observed(n), 3, "", (), (), ()) for code, n in people.items()},
        CountyFacts("40", gap, len(people), 0, (), ()),
        (),
        (),
        {},
        beside=tuple(beside),
        past=past,
    )


def equal(weight: int = 1) -> Criterion:
    return criterion("equal", weight, Key(KeyForm.EQUAL))
