"""What hypothesis draws of a year: overrides, how far the year has come, forged ledgers, lists of status, discussions."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from . import strategies
from .file_strategies import COUNTIES, ENCODINGS, ODD_VALUES, REGIONS, YEAR
from .made import Case

ROLES = st.sampled_from(
    ["leder", "fylkesdirektør"] * 8 + ["", "  ", "Kari", "01017012345", "{x}", "rolle\nto"]
)
REASONS = st.sampled_from(
    ["avtalt", "bygger om"] * 8 + ["", "Kari ba om det", "DUF 201812345678", "100 % {persons}"]
)
WRONG_NUMBERS: tuple[Any, ...] = (
    -4, 2.5, "ca. 10", "=1+1", True, "færre enn 5", "2026-12-15", "x" * 5_000, "#REF!", "1e5", "{x}", "1e999", "²", "9" * 5_000,
)  # fmt: skip
FORGERIES = ("number", "at", "role", "name", "code", "persons", "reason", "follows", "checksum")
WRONG_JSON: st.SearchStrategy[Any] = st.sampled_from(
    [None, -1, 0, 7, 2.5, 1e300, 10**40, "", "x", "4003", "{x}", "2026-11-21", "9999-99-99", True, [], {}, [[]], {"a": 1}, "1/0", "nan"]
)  # fmt: skip


@st.composite
def entries(draw: st.DrawFn, codes: list[str], fair: int) -> list[Case]:
    """Overrides in turn, some withdrawn, some that cannot stand."""
    persons = st.one_of(
        st.integers(0, 2 * fair + 2), st.none(), st.integers(0, 15), st.sampled_from([-1, 0, 10**6])
    )
    return [
        {
            "code": draw(st.sampled_from(codes if draw(st.integers(0, 25)) else ["0301", "", "x"])),
            "persons": draw(persons if draw(st.booleans()) else st.integers(0, fair + 1)),
            "role": draw(ROLES),
            "name": draw(st.sampled_from(["Kari", "Ola Nordmann (oppdiktet)"])),
            "reason": draw(REASONS),
        }
        for _ in range(draw(st.integers(0, 4)))
    ]


@st.composite
def years(
    draw: st.DrawFn, *, largest: int = 600, most_rules: int = 3, odd: bool = True, wild: int = 1
) -> Case:
    """A made-up county with minors, overrides and a year that has begun: what ``made.prepared`` builds."""
    case = draw(strategies.counties(most_rules=most_rules, largest=largest, wild=wild))
    codes, total = case["codes"], max(1, case["total"])
    fair = max(1, total // len(codes))
    case["total"] = total
    places = sum(case["minors"].values())
    case["asked_minors"] = draw(st.integers(0, min(places, total))) if draw(st.booleans()) else 0
    case["overrides"] = draw(entries(codes, fair)) if draw(st.booleans()) else []
    told = st.one_of(st.integers(0, fair + 1), st.integers(0, 2 * fair), st.sampled_from([".", "-", ":", 0]))
    if odd and not draw(st.integers(0, 30)):
        told = st.one_of(told, st.sampled_from([10**6, 10**15, 10**30]))
    settled = st.one_of(st.integers(0, max(1, fair // 2)), st.sampled_from([0, ".", ":", "-"]))
    case["standing"] = None
    if draw(st.booleans()):
        decided, here = draw(strategies.spread(codes, told)), draw(strategies.spread(codes, settled))
        case["standing"] = {code: {"decided": decided[code], "settled": here[code]} for code in codes}
    case["decided_as"] = draw(st.sampled_from([None, None, "floor", "cap", "none"]))
    return case


@st.composite
def revisions(draw: st.DrawFn) -> Case:
    """A county, a new total, and then another, with what has happened in between."""
    case = draw(years(largest=300, most_rules=2))
    codes, total = case["codes"], case["total"]
    fair = max(1, total // len(codes))
    told = st.one_of(st.integers(0, fair + 1), st.integers(0, 9), st.sampled_from([".", "-", ":", 10**9]))
    case["revisions"] = [
        {
            "total": draw(st.one_of(st.integers(1, 2 * total), st.sampled_from([total, total + 1, 1, 0, -3]))),
            "minors": draw(st.sampled_from([None, None, None, 0, case["asked_minors"], 3])),
            "standing": {
                code: {"decided": one, "settled": other}
                for (code, one), other in zip(
                    draw(strategies.spread(codes, told)).items(),
                    draw(strategies.spread(codes, st.one_of(st.integers(0, 9), st.sampled_from([0, ".", ":"])))).values(),
                    strict=True,
                )
            },
            "as_of": draw(st.sampled_from(["2027-06-01", "2027-09-30", "2027", "2027", "2026-12-31", "2026"])),
            "decided_as": draw(st.sampled_from([None, None, "floor", "cap", "none"])),
            "overrides": draw(entries(codes, fair)) if not draw(st.integers(0, 2)) else [],
        }
        for _ in range(draw(st.integers(1, 2)))
    ]  # fmt: skip
    return case


@st.composite
def bundles(draw: st.DrawFn) -> Case:
    """A county whose bundle is changed at some place afterwards."""
    case = draw(years(largest=120, most_rules=2, odd=False))
    case["path"] = draw(st.lists(st.integers(0, 40), min_size=1, max_size=8))
    case["value"] = draw(WRONG_JSON)
    return case


@st.composite
def forged_ledgers(draw: st.DrawFn) -> Case:
    """A ledger and what somebody has done to it afterwards."""
    codes = list(strategies.CODES[: draw(st.integers(1, 4))])
    count = draw(st.integers(1, 7))
    said = [
        {
            "code": draw(st.sampled_from(codes)),
            "persons": draw(st.one_of(st.integers(0, 40), st.none())) if place else 5,
            "role": "leder",
            "name": draw(st.sampled_from(["Kari", "Ola"])),
            "reason": draw(st.sampled_from(["avtalt", "bygger om", "æ\u2028ø 🙂"])),
        }
        for place in range(count)
    ]
    return {
        "overrides": said,
        "forgery": draw(st.sampled_from([*FORGERIES, *FORGERIES, "lose", "swap", "repeat", "county", "year", "last", "any"])),
        "at": draw(st.integers(0, count - 1)),
        "path": draw(st.lists(st.integers(0, 12), min_size=1, max_size=4)),
        "value": draw(WRONG_JSON),
    }  # fmt: skip


@st.composite
def status_files(draw: st.DrawFn) -> Case:
    """A list of decided and settled with odd cells, as CSV or as a workbook; ``wrong`` are cells that no list may hold."""
    codes = COUNTIES["40"]
    names = {one.code: one.name for one in REGIONS.municipalities(YEAR, "40")}
    by_name = draw(st.booleans())
    plain = st.one_of(st.integers(0, 90), st.sampled_from([".", "-", ":", "", " 1 200 ", "12", 3]))
    decided, settled = draw(strategies.spread(codes, plain)), draw(strategies.spread(codes, plain))
    region = draw(st.sampled_from(["kommune", "kommunenummer", "kode", "Kommune "]))
    rows: list[list[Any]] = [[region, "Vedtatt", "bosatt", "merknad"]]
    rows += [[names[code] if by_name else code, decided[code], settled[code], ""] for code in codes]
    wrong = []
    for _ in range(draw(st.integers(0, 4))):
        row, column = draw(st.integers(1, len(codes))), draw(st.integers(1, 2))
        rows[row][column] = draw(st.sampled_from(WRONG_NUMBERS))
        wrong.append([row, column])
    for _ in range(draw(st.integers(0, 2)) if not draw(st.integers(0, 2)) else 0):
        row = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["cell", "cell", "repeat", "lose", "other"])):
            case "cell":
                column = draw(st.sampled_from([0, 3] if row else [0, 1, 2, 3]))
                rows[row][column] = draw(
                    st.sampled_from([*ODD_VALUES, "Oslo", "0301", "Bamble", 4012.0, "Våler"])
                )
            case "repeat":
                rows.append(list(rows[row]))
            case "lose" if row:
                rows = [*rows[:row], *rows[row + 1 :]]
                wrong = [[at - (at > row), column] for at, column in wrong if at != row]
            case _:
                rows.append([draw(st.sampled_from(["Oslo", "", "4003", "x"])), 1, 1])
    return {
        "rows": rows,
        "wrong": wrong,
        "workbook": draw(st.booleans()),
        "encoding": draw(st.sampled_from(ENCODINGS)),
        "separator": draw(st.sampled_from([";", ";", ",", "\t"])),
    }  # fmt: skip


@st.composite
def discussions(draw: st.DrawFn) -> Case:
    """A county set beside other criteria and past practice."""
    case = draw(years(largest=200, most_rules=3))
    codes = case["codes"]
    case["beside"] = [
        {
            "method": draw(strategies.METHODS),
            "criteria": [{"id": "b", "weight": "1", "key": draw(strategies.keys())}],
            "rules": [draw(strategies.rules(codes, case["total"])) for _ in range(draw(st.integers(0, 2)))],
        }
        for _ in range(draw(st.integers(0, 2)))
    ]
    case["past"] = draw(strategies.spread(codes, st.integers(0, 50))) if draw(st.booleans()) else None
    case["seed"] = draw(st.integers(0, 99))
    return case


@st.composite
def many_rows(draw: st.DrawFn) -> Case:
    """A few draws of quotas with allowed numbers, gaps and persons passed on among them."""
    count, total = draw(st.integers(1, 14)), draw(st.integers(1, 300))
    limits = st.one_of(st.integers(0, 12), st.integers(0, 2 * total // count + 3))
    kinds = draw(
        st.lists(
            st.tuples(limits, limits, st.booleans(), st.sampled_from([0, 0, 0, 0, 1, 3])),
            min_size=1,
            max_size=4,
        )
    )
    picks = draw(st.lists(st.integers(0, len(kinds) - 1), min_size=count, max_size=count))
    weight = st.one_of(st.integers(1, 400), st.integers(1, 5), st.just(0), st.just(10**7))
    return {
        "total": total,
        "method": draw(strategies.METHODS),
        "domains": [
            [max(low, none), max(low, none) + more * draw(st.sampled_from([1, 3, 20])), zero, none]
            for low, more, zero, none in (kinds[pick] for pick in picks)
        ],
        "weights": [draw(st.lists(weight, min_size=count, max_size=count)) for _ in range(draw(st.integers(1, 3)))],
    }  # fmt: skip
