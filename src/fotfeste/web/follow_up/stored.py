"""What is stored of the follow-up as the library's values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fotfeste.settlement.follow_up.alerts import Dismissal
from fotfeste.settlement.follow_up.as_data import figure_as_data, figure_of_data
from fotfeste.settlement.follow_up.decisions import Answer, Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest
from fotfeste.settlement.follow_up.status import Settled, SettlementStatus
from fotfeste.web.follow_up import models

Data = dict[str, Any]


def request_of(row: models.MunicipalRequest) -> MunicipalRequest:
    """Return a request as the library knows it."""
    return MunicipalRequest(
        row.municipality,
        figure_of_data(row.persons),
        figure_of_data(row.minors),
        row.dated,
        row.source,
        row.reference,
    )


def decision_of(row: models.Decision) -> Decision:
    """Return a decision as the library knows it."""
    answer: Answer = row.answer  # type: ignore[assignment]  # the database holds no other
    return Decision(
        row.municipality,
        answer,
        row.persons,
        row.minors,
        row.decided_on,
        row.body,
        row.case_reference,
        row.extra,
        row.expected_on,
        row.text,
    )


def fields_of(decision: Decision) -> Data:
    """Return a decision as the columns of its row."""
    return {
        "municipality": decision.code,
        "answer": decision.answer,
        "persons": decision.persons,
        "minors": decision.minors,
        "extra": decision.extra,
        "decided_on": decision.dated,
        "body": decision.body,
        "case_reference": decision.case_reference,
        "expected_on": decision.expected_handling,
        "text": decision.text,
    }


def settled_as_data(by_code: Mapping[str, Settled]) -> Data:
    """Return counts of settled persons by municipality as plain data, exact where they are exact."""
    return {
        code: {"persons": figure_as_data(one.persons), "minors": figure_as_data(one.minors)}
        for code, one in by_code.items()
    }


def settled_of_data(data: Data) -> dict[str, Settled]:
    """Return the counts that :func:`settled_as_data` gave."""
    return {
        code: Settled(figure_of_data(one["persons"]), figure_of_data(one["minors"]))
        for code, one in data.items()
    }


def status_of(row: models.StatusReport, year: int) -> SettlementStatus:
    """Return a status with its exact counts: for those who may see them, and to be hidden for others."""
    return SettlementStatus(year, settled_of_data(row.settled), row.as_of, row.origin, row.checksum)


def dismissals_of(rows: Iterable[models.Dismissal]) -> tuple[Dismissal, ...]:
    """Return what has been put away."""
    return tuple(Dismissal(one.key, one.reason, one.role, one.at) for one in rows)
