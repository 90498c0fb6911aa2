"""A made-up year in Telemark: four municipalities, with numbers that nobody has published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fotfeste.regions import load_regions
from fotfeste.settlement.follow_up.board import Board, Cohort, Supplied, make_board
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.recommended import Recommended
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests
from fotfeste.settlement.follow_up.status import Settled, SettlementStatus
from fotfeste.settlement.follow_up.steps import Viewer
from fotfeste.statistics.figure import Figure

REGIONS = load_regions()
NAMES = {"4003": "Skien", "4020": "Midt-Telemark", "4032": "Fyresdal", "4036": "Vinje"}
YEAR = 2027
ASKED_ON = date(2026, 12, 1)


def count(number: int | None) -> Figure:
    return Figure.missing(low=0) if number is None else Figure.observed(number)


def telemark(year: int = 2026) -> dict[str, str]:
    return {one.code: one.name for one in REGIONS.municipalities(year, "40")}


def request(code: str, persons: int, minors: int | None = None, dated: date = ASKED_ON) -> MunicipalRequest:
    return MunicipalRequest(code, count(persons), count(minors), dated, "IMDi", "26/100")


def decided(code: str, persons: int, minors: int | None = None, **more: object) -> Decision:
    fields = {
        "dated": date(2027, 2, 11),
        "body": "kommunestyret",
        "case_reference": "27/12",
        "text": "Kommunen bosetter flyktninger i 2027.",
        **more,
    }
    return Decision(code, "decided", persons, minors, **fields)  # type: ignore[arg-type]


def status(
    persons: dict[str, int], minors: dict[str, int] | None = None, as_of: date = date(2027, 7, 1)
) -> SettlementStatus:
    by_code = {
        code: Settled(count(number), count((minors or {}).get(code))) for code, number in persons.items()
    }
    return SettlementStatus(YEAR, by_code, as_of, "IMDi: status.csv", "0" * 64)


def supplied(**more: object) -> Supplied:
    fields = {
        "recommended": Recommended(
            {"4003": 60, "4020": 30, "4032": 10, "4036": 20}, {"4003": 2}, date(2026, 10, 1), "anbefalingen"
        ),
        "requests": Requests(
            YEAR, {code: request(code, number) for code, number in zip(NAMES, (55, 30, 10, 20), strict=True)}
        ),
        "decisions": {"4003": decided("4003", 40), "4032": decided("4032", 10)},
        "status": status({"4003": 20, "4020": 3, "4032": 12, "4036": 0}),
        **more,
    }
    return Supplied(**fields)  # type: ignore[arg-type]


def board(viewer: Viewer = "county", **more: object) -> Board:
    return make_board("40", "Telemark", NAMES, Cohort.of(YEAR), supplied(**more), viewer)


def written(folder: Path, text: str, name: str = "tabell.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
