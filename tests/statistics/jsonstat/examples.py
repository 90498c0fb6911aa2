"""Small tables in JSON-stat, made up, and tables of every kind for properties."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import polars as pl
from hypothesis import strategies as st

from fotfeste.statistics.jsonstat import Dimension, JsonStat, Unit

SETTLED: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Bosatte flyktninger (oppdiktet)",
    "source": "Eksempel",
    "updated": "2026-03-01T08:00:00+01:00",
    "note": ["Tallene er oppdiktet."],
    "id": ["Region", "Innhold", "Tid"],
    "size": [2, 1, 3],
    "role": {"geo": ["Region"], "metric": ["Innhold"], "time": ["Tid"]},
    "dimension": {
        "Region": {
            "label": "region",
            "category": {
                "index": {"4020": 1, "4003": 0},
                "label": {"4003": "Skien", "4020": "Midt-Telemark"},
                "note": {"4020": ["Bø og Sauherad før 2020."]},
            },
        },
        "Innhold": {
            "label": "innhold",
            "category": {
                "label": {"B": "Bosatte"},
                "unit": {"B": {"base": "personer", "decimals": 0, "symbol": "pers."}},
            },
        },
        "Tid": {
            "label": "år",
            "note": ["1. januar"],
            "category": {"index": ["2023", "2024", "2025"]},
            "extension": {"frequency": "A"},
        },
    },
    "value": [120, 95.5, None, 0, None, 14],
    "status": {"2": ":", "4": ".."},
    "extension": {"px": {"tableid": "00000"}},
}


def settled(**changes: Any) -> dict[str, Any]:
    """The example with other parts; ``None`` takes a part away."""
    whole = {**copy.deepcopy(SETTLED), **changes}
    return {name: part for name, part in whole.items() if name not in changes or part is not None}


def in_version_1(**changes: Any) -> dict[str, Any]:
    """The same table as it was written before version 2."""
    whole = settled(**changes)
    whole["dimension"] |= {part: whole.pop(part) for part in ("id", "size", "role")}
    del whole["version"], whole["class"]
    return whole


def answer(table: object) -> bytes:
    return json.dumps(table, ensure_ascii=False).encode()


texts = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")) | st.sampled_from('",:{}[]\\\n'),
    min_size=1,
    max_size=6,
)
marks = st.sampled_from([".", "..", ":", "-", "*", "a,", 'b"', "}", '{"', ',"', "foreløpig, ukjent"])
numbers = (
    st.integers(-(2**53), 2**53).map(float)
    | st.decimals(-10_000, 10_000, places=2).map(float)
    | st.floats(allow_nan=False, allow_infinity=False)
)
zones = st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours)))


@st.composite
def dimensions(draw: st.DrawFn, name: str) -> Dimension:
    codes = tuple(draw(st.lists(texts, min_size=1, max_size=4, unique=True)))
    some = st.sampled_from(codes)
    return Dimension(
        id=name,
        label=draw(texts),
        role=draw(st.sampled_from([None, "time", "geo", "metric"])),
        codes=codes,
        labels={code: draw(texts) for code in codes},
        units=draw(st.dictionaries(some, st.builds(Unit, texts, st.none() | st.integers(0, 3)), max_size=2)),
        notes=draw(st.dictionaries(some, st.lists(texts, min_size=1, max_size=2).map(tuple), max_size=2)),
        children=draw(st.dictionaries(some, st.lists(some, min_size=1, max_size=2).map(tuple), max_size=2)),
        coordinates=draw(
            st.dictionaries(some, st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=1)
        ),
        note=draw(st.lists(texts, max_size=2).map(tuple)),
        extension=draw(st.dictionaries(texts, texts | st.integers() | st.none(), max_size=2)),
    )


@st.composite
def tables(draw: st.DrawFn) -> JsonStat:
    names = draw(st.lists(texts, min_size=1, max_size=3, unique=True))
    all_dimensions = tuple(draw(dimensions(name)) for name in names)
    updated = draw(
        st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001
    )
    size = 1
    for one in all_dimensions:
        size *= len(one.codes)
    return JsonStat(
        label=draw(texts),
        source=draw(texts),
        updated=updated,
        dimensions=all_dimensions,
        note=draw(st.lists(texts, max_size=2).map(tuple)),
        extension=draw(st.dictionaries(texts, texts, max_size=2)),
        updated_text="" if updated is None else updated.isoformat(),
        values=pl.Series("value", draw(_cells(numbers, size)), dtype=pl.Float64),
        status=pl.Series("status", draw(_cells(marks, size)), dtype=pl.String),
    )


def _cells(of: st.SearchStrategy[Any], size: int) -> st.SearchStrategy[list[Any]]:
    return st.one_of(
        st.lists(st.none() | of, min_size=size, max_size=size),
        st.lists(of, min_size=size, max_size=size),
        of.map(lambda one: [one] * size),
        st.just([None] * size),
    )


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
