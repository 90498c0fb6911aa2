"""What the county has brought in, as plain data that a database or a file keeps, and back again: nothing is lost.

A figure of persons is a whole number, or its sign with the bounds it is known by. Days are ISO dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests
from fotfeste.settlement.follow_up.status import Settled, SettlementStatus
from fotfeste.statistics.figure import Figure, Mark

SCHEMA = 1
Data = dict[str, Any]


def requests_as_data(requests: Requests) -> Data:
    """Return requests as data."""
    return {
        "schema": SCHEMA,
        "kind": "requests",
        "year": requests.year,
        "checksum": requests.checksum,
        "remarks": [_message_as_data(one) for one in requests.remarks],
        "municipalities": {
            code: {
                "persons": figure_as_data(one.persons),
                "minors": figure_as_data(one.minors),
                "dated": one.dated.isoformat(),
                "source": one.source,
                "reference": one.reference,
            }
            for code, one in requests.by_code.items()
        },
    }


def requests_of_data(data: Mapping[str, Any]) -> Requests:
    """Return requests from data; raises :class:`InputError` for another kind or schema."""
    _check(data, "requests")
    by_code = {
        code: MunicipalRequest(
            code,
            figure_of_data(one["persons"]),
            figure_of_data(one["minors"]),
            date.fromisoformat(one["dated"]),
            one["source"],
            one["reference"],
        )
        for code, one in data["municipalities"].items()
    }
    return Requests(data["year"], by_code, data["checksum"], _remarks(data))


def status_as_data(status: SettlementStatus) -> Data:
    """Return a settlement status as data, with its exact counts: to be kept where only those who may see them can."""
    return {
        "schema": SCHEMA,
        "kind": "settlement-status",
        "year": status.year,
        "as_of": status.as_of.isoformat(),
        "origin": status.origin,
        "checksum": status.checksum,
        "remarks": [_message_as_data(one) for one in status.remarks],
        "municipalities": {
            code: {"persons": figure_as_data(one.persons), "minors": figure_as_data(one.minors)}
            for code, one in status.by_code.items()
        },
    }


def status_of_data(data: Mapping[str, Any]) -> SettlementStatus:
    """Return a settlement status from data; raises :class:`InputError` for another kind or schema."""
    _check(data, "settlement-status")
    by_code = {
        code: Settled(figure_of_data(one["persons"]), figure_of_data(one["minors"]))
        for code, one in data["municipalities"].items()
    }
    as_of = date.fromisoformat(data["as_of"])
    return SettlementStatus(data["year"], by_code, as_of, data["origin"], data["checksum"], _remarks(data))


def decision_as_data(decision: Decision) -> Data:
    """Return a decision as data."""
    plain = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(decision).items()
    }
    return {"schema": SCHEMA, "kind": "decision", **plain}


def decision_of_data(data: Mapping[str, Any]) -> Decision:
    """Return a decision from data; raises :class:`InputError` for another kind or schema."""
    _check(data, "decision")
    days: Data = {
        name: None if data[name] is None else date.fromisoformat(data[name])
        for name in ("dated", "expected_handling")
    }
    rest = {name: value for name, value in data.items() if name not in ("schema", "kind", *days)}
    return Decision(**rest, **days)


def figure_as_data(figure: Figure) -> int | Data:
    """Return a figure of whole persons as data: a number, or its sign and bounds."""
    if figure == Figure.observed(int(figure.value or 0)):
        return int(figure.value or 0)
    return {
        "value": None if figure.value is None else int(figure.value),
        "mark": figure.mark.value,
        "low": None if figure.low is None else int(figure.low),
        "high": None if figure.high is None else int(figure.high),
        "estimated": figure.estimated,
    }


def figure_of_data(data: int | Mapping[str, Any]) -> Figure:
    """Return a figure from data."""
    if isinstance(data, int):
        return Figure.observed(data)
    return Figure(data["value"], Mark(data["mark"]), data["low"], data["high"], data["estimated"])


def _message_as_data(message: Message) -> Data:
    """Return a message that can be told in every language later; its fields are texts, numbers and messages."""
    return {
        "text": message.text,
        "fields": {
            name: _message_as_data(value) if isinstance(value, Message) else value
            for name, value in message.fields.items()
        },
    }


def _remarks(data: Mapping[str, Any]) -> tuple[Message, ...]:
    return tuple(_message_of_data(one) for one in data["remarks"])


def _message_of_data(data: Mapping[str, Any]) -> Message:
    return Message(
        data["text"],
        {
            name: _message_of_data(value) if isinstance(value, Mapping) else value
            for name, value in data["fields"].items()
        },
    )


def _check(data: Mapping[str, Any], kind: str) -> None:
    if data.get("kind") != kind or data.get("schema") != SCHEMA:
        raise InputError(
            "follow_up.data",
            msg("Innholdet er ikke «{kind}» med skjemanummer {known}.", kind=kind, known=SCHEMA),
        )
