"""From a case to all that is prepared for a year: minors, overrides, what is decided and settled, other criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from fotfeste.errors import FotfesteError
from fotfeste.settlement.facts import CountyFacts, MunicipalityFacts
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Request
from fotfeste.settlement.revision import Revision, Standing, Version, decided_as_for
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure

from .explained import assert_explained_refusal
from .made import Case, county, criteria, figure

COUNTY, YEAR = "40", 2027
FIRST_ENTRY = datetime(2026, 11, 21, 12, tzinfo=UTC)


def ledger(said: Sequence[Case], case: Case, before: Ledger | None = None) -> Ledger:
    """A ledger of all entries that can stand; the others must be refused in words."""
    found = before or Ledger(COUNTY, YEAR)
    for one in said:
        at = FIRST_ENTRY + timedelta(minutes=len(found.entries))
        try:
            found = found.followed(
                at=at,
                role=one["role"],
                name=one["name"],
                code=one["code"],
                persons=one["persons"],
                reason=one["reason"],
            )
        except FotfesteError as refusal:
            assert_explained_refusal(refusal, case)
    return found  # fmt: skip


def standing(said: Mapping[str, Case]) -> dict[str, Standing]:
    """Decided and settled by code; settled persons from one to four are hidden, as every way in does."""
    return {
        code: Standing(figure(one["decided"]), hide_small(figure(one["settled"]), 5))
        for code, one in said.items()
    }


def revision(case: Case) -> Revision | None:
    """A revision of an even sharing, where the case has a standing."""
    if case["standing"] is None:
        return None
    told, total = standing(case["standing"]), case["total"]
    before = Version("0" * 64, date(2026, 11, 21), total, 0, dict.fromkeys(case["codes"], 0))
    return Revision((before,), told, "2027-06-01", case["decided_as"] or decided_as_for(total, told))


def prepared(case: Case) -> Prepared:
    """All that is prepared for a made-up county: its criteria, replies, overrides and how far the year has come."""
    made = county(case)
    figures = made.inputs.figures
    people = figures["people"]
    chosen = replace(made.criteria, minors=tuple(case["minors"].items()))
    beside = tuple(
        criteria({**case, **one, "suppressed": case["suppressed"]}) for one in case.get("beside", ())
    )
    past = {code: Fraction(one) for code, one in case["past"].items()} if case.get("past") else None
    whole = sum(past.values()) if past else 0
    return Prepared(
        Request(COUNTY, "Telemark", YEAR, case["total"], case["asked_minors"]),
        chosen,
        made.rules.replies,
        ledger(case["overrides"], case) if case["overrides"] else None,
        revision(case),
        made.rules.names,
        figures,
        figures,
        made.inputs.levels,
        made.rules.last_requested,
        {years: {code: _stock(one) for code, one in by_code.items()} for years, by_code in made.rules.stocks.items()},
        {code: MunicipalityFacts(code, people[code], 3, "", (), (), ()) for code in made.inputs.codes},
        CountyFacts(COUNTY, Figure.missing(), len(made.inputs.codes), 0, (), ()),
        (),
        (),
        {},
        beside,
        {code: one / whole for code, one in past.items()} if past and whole else None,
    )  # fmt: skip


def _stock(said: Fraction | None) -> Figure:
    """Whole persons are known; half a person is a hidden number."""
    if said is None:
        return Figure.missing()
    return Figure.observed(int(said)) if said.denominator == 1 else Figure.suppressed()
