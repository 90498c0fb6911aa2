"""Files read back the way their readers do, each by another program than the one that wrote it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import polars as pl
from openpyxl import load_workbook

from fotfeste.messages import language
from fotfeste.statistics.jsonstat import decode
from fotfeste.statistics.publishing import PublishedTable, written

NB = language("nb")
WORDS = {".": "missing", "-": "not_asked", ":": "suppressed", "e": "observed"}

Cells = dict[tuple[str, ...], tuple[float | None, str, float | None, float | None, bool]]
"""By the codes of the dimensions: value, mark, bounds, estimated."""


def of_table(table: PublishedTable) -> Cells:
    return _by_key(table, table.rows.iter_rows(named=True))


def of_csv(table: PublishedTable) -> Cells:
    text = written(table, "csv", NB).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0]) == list(table.columns)
    return _by_key(
        table,
        (
            {
                **row,
                **{one: float(row[one]) if row[one] else None for one in ("value", "low", "high")},
                "estimated": {"true": True, "false": False}[row["estimated"]],
            }
            for row in rows
        ),
    )


def of_xlsx(table: PublishedTable) -> Cells:
    book = load_workbook(io.BytesIO(written(table, "xlsx", NB)))
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert list(head) == list(table.columns)
    return _by_key(table, (dict(zip(table.columns, row, strict=True)) for row in rows))


def of_parquet(table: PublishedTable) -> Cells:
    frame = pl.read_parquet(io.BytesIO(written(table, "parquet", NB)))
    assert frame.columns == list(table.columns)
    return _by_key(table, frame.iter_rows(named=True))


def of_jsonstat(table: PublishedTable) -> Cells:
    content = written(table, "json", NB)
    bounds = json.loads(content)["extension"].get("bounds", {})
    found: Cells = {}
    frame = decode(content).frame()
    there = {tuple(map(str, row)) for row in table.rows.select(table.dimensions).iter_rows()}
    for cell, row in enumerate(frame.iter_rows(named=True)):
        key = tuple(row[one] for one in table.dimensions)
        if key not in there:
            assert (row["value"], row["status"]) == (None, None)
            continue
        low, high = bounds.get(str(cell), (None, None))
        mark = "observed" if row["status"] is None else WORDS[row["status"]]
        found[key] = (row["value"], mark, low, high, row["status"] == "e")
    return found


def _by_key(table: PublishedTable, rows: Iterable[dict[str, Any]]) -> Cells:
    found: Cells = {}
    for row in rows:
        key = tuple(str(row[one]) for one in table.dimensions)
        assert key not in found
        found[key] = (row["value"], row["mark"], row["low"], row["high"], row["estimated"])
    return found
