"""What hypothesis draws of files and requests: criteria files, reply sheets, files of figures, whole requests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from fotfeste.regions import load_regions
from fotfeste.settlement.reply_form import load_reply_form

from . import strategies
from .made import Case

YEAR = 2027
REGIONS = load_regions()
COUNTIES = {
    one.code: [place.code for place in REGIONS.municipalities(YEAR, one.code)]
    for one in REGIONS.counties(YEAR)
}
FIELDS = load_reply_form().fields
REAL_INDICATORS = (
    "population", "immigrants", "refugees", "settled_5y", "settled_1y", "settled_max_10y", "decided_mean_3y",
    "reduced_work_capacity_share", "labour_market_region_working_age", "district", "centrality_class",
    "need_index_2026", "net_migration_2011_2025", "travel_time", "requested_last", "refugees_moved_in_share",
    "unemployment_share_2022", "intro_programme_result", "settled_minus_decided",
)  # fmt: skip
OWN = "ledige_boliger"
WRONG_LITERALS = (
    '"mye"', "-1", "true", "[]", "[1, 2, 3]", "{ a = 1 }", "2026-11-21", "nan", "-inf", "1e400", "1e99999999999",
    "0x10", '""', "99999999999999999999", "0.00000000000000000000000000000000000000000000000000000001", "[[", '"ø\\u0000"',
    "1_000", "1000000", "'''x", "10:00:00", '"４００３"', "9" * 4400, '"override"', '["4001", 4003]', "1e9", "1e12",
)  # fmt: skip
ENCODINGS = ("utf-8",) * 8 + ("utf-8-sig", "utf-16", "latin-1", "cp865")
ODD_VALUES: tuple[Any, ...] = (
    0, 1, 3, 12, 60, 20_000, 20_001, -4, 2.5, 1e300, "12", " 1 200 ", "ca. 10", "", "   ", "=1+1", "-", ".", ":",
    True, "færre enn 5", "01017012345", "2026-12-15", "15.12.2026", "31.2.2026", "x" * 5_000, "#REF!", "\u2212 3", "1e5", "４",
    "null", "{x}", "\ud7ff", "fotfeste-svar/form/1", "housing",
)  # fmt: skip


def literal(value: Any) -> str:
    """A value as TOML; fractions as decimals with many digits."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(literal(one) for one in value)}]"
    if (
        isinstance(value, str)
        and not value.replace("/", "").replace("-", "").replace(".", "").replace("e", "").isdigit()
    ):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and "/" in value:
        top, bottom = value.split("/")
        return f"{int(top) / int(bottom):.17f}"
    return str(value)


def table(name: str, fields: Case) -> list[str]:
    codes = {"municipalities", "receiver"}
    return [f"[{name}]"] + [
        f"{key} = {json.dumps(value, ensure_ascii=False) if key in codes else literal(value)}"
        for key, value in fields.items()
    ]


@st.composite
def criteria_lines(draw: st.DrawFn, codes: Sequence[str], total: int, indicators: Sequence[str]) -> list[str]:
    """A criteria file without faults (apart from what only the figures can tell)."""
    national = draw(st.sampled_from(["", "", 'national = "national-2024"', 'national = "national-2026"']))
    lines = [
        "schema = 1",
        'id = "egne"',
        'title = "Egne valg"',
        f"year = {draw(st.sampled_from([2026, 2027]))}",
    ]
    lines += ["dated = 2026-11-21", 'owner = "Fylket"', 'source = "Fylkestinget"', national]
    lines += [
        f'method = "{draw(strategies.METHODS)}"',
        f'suppressed = "{draw(st.sampled_from(["middle", "low", "high"]))}"',
    ]
    if draw(st.integers(0, 3)) == 0:
        places = st.dictionaries(st.sampled_from(codes), st.integers(0, 9), max_size=4)
        lines += table("minors", draw(places))
    for place in range(draw(st.integers(1, 4))):
        weight = draw(strategies.weights.filter(lambda one: "/" not in one)) if place else "0.1"
        lines += table(
            "[criterion]",
            {"id": f"k{place}", "name": f"Kriterium {place}", "weight": weight, "source": "Valg"},
        )
        lines += table("criterion.key", draw(strategies.keys(indicators)))
    for _ in range(draw(st.integers(0, 4))):
        one = {**draw(strategies.rules(codes, total)), "source": "Valg"}
        if one["kind"] in ("exclude", "lock", "transfer"):
            one.setdefault("reason", "fordi")
        lines += table("[rule]", one)
    return lines


@st.composite
def nearly(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """The same lines with a few faults: lost, repeated, moved, misspelt, of another kind."""
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        key, sign, _ = lines[at].partition(" = ")
        match draw(
            st.sampled_from(["value", "value", "value", "lose", "repeat", "move", "misspell", "junk"])
        ):
            case "value" if sign:
                lines = [*lines[:at], f"{key} = {draw(st.sampled_from(WRONG_LITERALS))}", *lines[at + 1 :]]
            case "lose":
                lines = [*lines[:at], *lines[at + 1 :]] or ["schema = 1"]
            case "repeat":
                lines = [*lines[: at + 1], lines[at], *lines[at + 1 :]]
            case "move":
                lines = [*lines[:at], *lines[at + 1 :], lines[at]]
            case "misspell" if sign:
                lines = [*lines[:at], f"{key[:-1]}x = 1", *lines[at + 1 :]]
            case _:
                junk = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
                lines = [*lines[:at], junk, *lines[at:]]
    return lines


@st.composite
def criteria_files(draw: st.DrawFn) -> Case:
    lines = draw(criteria_lines(COUNTIES["40"], 300, REAL_INDICATORS))
    return {"text": "\n".join(draw(nearly(lines))), "encoding": draw(st.sampled_from(ENCODINGS))}


@st.composite
def sheets(draw: st.DrawFn) -> Case:
    """A form or a collected sheet as sent out, with cells written into it afterwards."""
    layout = draw(st.sampled_from(["form", "collected"]))
    field = st.sampled_from([one.id for one in FIELDS])
    answers = st.lists(
        st.fixed_dictionaries(
            {"field": field, "code": st.sampled_from(COUNTIES["40"]), "value": st.sampled_from(ODD_VALUES)}
        ),
        max_size=6,
    )
    anywhere = st.fixed_dictionaries(
        {"row": st.integers(1, 60), "column": st.integers(1, 40), "value": st.sampled_from(ODD_VALUES)}
    )
    return {
        "layout": layout,
        "answers": draw(answers),
        "cells": draw(st.lists(anywhere, max_size=2)) if draw(st.integers(0, 3)) == 0 else [],
        "merged": draw(st.sampled_from([""] * 6 + ["A1:C3", "B5:B9"])),
        "bytes": draw(st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)).map(list), max_size=3))
        if draw(st.integers(0, 9)) == 0
        else [],
    }  # fmt: skip


@st.composite
def figure_rows(draw: st.DrawFn, codes: Sequence[str], county: str, indicator: str = OWN) -> list[list[str]]:
    """Rows of an own indicator for every municipality, and perhaps the county."""
    value = st.one_of(
        st.integers(0, 5_000).map(str), st.sampled_from(["0", ":", "-", ".", "3,5", "1 200", "", "-7", "12.25", "1e3", "9" * 30])
    )  # fmt: skip
    plain = st.integers(0, 900).map(str)
    rows = [["kode", "indikator", "verdi", "periode"]]
    odd = draw(st.booleans())
    figures = draw(strategies.spread(codes, value if odd else plain))
    rows += [[code, indicator, figures[code], "2026"] for code in codes]
    if draw(st.booleans()):
        rows.append([county, indicator, draw(st.one_of(plain, value)), ""])
    return rows


@st.composite
def figure_files(draw: st.DrawFn) -> Case:
    """A file of figures with faults, as CSV or as a workbook."""
    rows = draw(
        figure_rows(COUNTIES["40"], "40", draw(st.sampled_from([OWN, "population", "travel_time", ""])))
    )
    odd = st.sampled_from(
        [
            *ODD_VALUES,
            "9" * 5_000,
            "1" * 400 + ",5",
            "²",
            "٣",
            "Telemark",
            "Skien",
            "40",
            "0301",
            "1e999",
            float("1e300"),
        ]
    )
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.integers(0, len(rows) - 1))
        if draw(st.integers(0, 4)) == 0:
            rows = [*rows[:row], *rows[row + 1 :]] or [["kode"]]
            continue
        column = draw(st.integers(0, len(rows[row]))) if rows[row] else 0
        rows[row] = [*rows[row][:column], draw(odd), *rows[row][column + 1 :]]
    return {
        "rows": rows,
        "workbook": draw(st.booleans()),
        "encoding": draw(st.sampled_from(ENCODINGS)),
        "separator": draw(st.sampled_from([";", ";", ",", "\t", "|"])),
    }


@st.composite
def requests(draw: st.DrawFn) -> Case:
    """A whole request on the embedded figures: county, year, total, criteria, replies and own figures."""
    county = draw(st.sampled_from(sorted(COUNTIES)))
    codes = COUNTIES[county]
    total = draw(st.one_of(st.integers(1, 60), st.integers(50, 1_500), st.integers(1, 20_000)))
    own = draw(st.integers(0, 3)) == 0
    indicators = (*REAL_INDICATORS, OWN, OWN, OWN) if own else REAL_INDICATORS
    lines = draw(criteria_lines(codes, total, indicators))
    if draw(st.integers(0, 9)) == 0:
        lines = draw(nearly(lines))
    shipped = draw(
        st.sampled_from(
            ["", "", "", "standard-2027", "equal-burden", "continuity", "danish-rule", "capacity"]
        )
    )
    answered = draw(st.lists(st.sampled_from(codes), max_size=6, unique=True))
    said = {code: draw(strategies.stated(2 * total // len(codes) + 2)) for code in answered}
    for one in said.values():
        if draw(st.booleans()):
            one["minors"] = draw(st.integers(0, 9))
    return {
        "county": draw(st.sampled_from([county] * 30 + ["", "Atlantis", "4", "0301", "99"])),
        "year": draw(st.sampled_from([2027] * 12 + [2024, 2026, 2031, 2010, 99_999])),
        "total": draw(st.sampled_from([total] * 20 + [0, -3])),
        "minors": draw(st.sampled_from([0, 0, 0, 1, 5, total, total + 1, -1])),
        "criteria": shipped or "\n".join(lines),
        "replies": said if draw(st.booleans()) else None,
        "data": draw(figure_rows(codes, county)) if own and draw(st.integers(0, 9)) else None,
    }
