"""What is kept comes back as it was, through JSON, with marks, bounds and remarks."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.settlement.follow_up.examples import decided

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.follow_up.as_data import (
    decision_as_data,
    decision_of_data,
    requests_as_data,
    requests_of_data,
    status_as_data,
    status_of_data,
)
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests
from fotfeste.settlement.follow_up.status import Settled, SettlementStatus
from fotfeste.statistics.figure import Figure, Mark

figures = st.one_of(
    st.integers(0, 20_000).map(Figure.observed),
    st.just(Figure.not_asked()),
    st.just(Figure.missing()),
    st.just(Figure.missing(low=0)),
    st.builds(lambda low, more: Figure.suppressed(low, low + more), st.integers(0, 30), st.integers(0, 30)),
    st.builds(lambda value: Figure(value, Mark.OBSERVED, 0, value + 3, True), st.integers(0, 90)),
)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
codes = st.sampled_from(["4003", "4020", "0301"])
texts = st.text(max_size=40)
REMARKS = (msg("Kilden oppgir {a}, men {b}.", a=3, b=msg("{low} til {high}", low=1, high=4)),)


def through_json(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False))
    return found


@given(st.dictionaries(codes, st.tuples(figures, figures, days, texts)), texts)
def test_requests_come_back_as_they_were(rows: dict[str, Any], checksum: str) -> None:
    by_code = {code: MunicipalRequest(code, *row[:3], "IMDi", row[3]) for code, row in rows.items()}
    requests = Requests(2027, by_code, checksum, REMARKS)
    assert requests_of_data(through_json(requests_as_data(requests))) == requests


@given(st.dictionaries(codes, st.builds(Settled, figures, figures)), days, texts)
def test_a_status_comes_back_with_its_exact_counts(rows: dict[str, Settled], day: date, origin: str) -> None:
    status = SettlementStatus(2027, rows, day, origin, "0" * 64, REMARKS)
    assert status_of_data(through_json(status_as_data(status))) == status


@pytest.mark.parametrize(
    "decision",
    [
        decided("4003", 40, 2, extra=5),
        Decision("4003", "awaited", expected_handling=date(2027, 8, 1)),
        Decision("4003", "declined", dated=date(2027, 2, 1), body="kommunestyret", case_reference="1"),
    ],
)
def test_a_decision_comes_back_as_it_was(decision: Decision) -> None:
    assert decision_of_data(through_json(decision_as_data(decision))) == decision


def test_another_kind_or_schema_is_refused() -> None:
    data = decision_as_data(decided("4003", 40))
    for other in ({**data, "schema": 2}, {**data, "kind": "status"}, {}):
        with pytest.raises(InputError):
            decision_of_data(other)
    with pytest.raises(InputError):
        requests_of_data(data)
