"""Filling in a form for minutes as an adviser would in a spreadsheet program; everything written is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook

Row = Sequence[object]


def fill(
    path: Path,
    values: Mapping[str, object],
    needs: Sequence[Row] = (),
    answers: Mapping[str, object] | None = None,
) -> None:
    """Write values by field name, needs as rows (theme, need, role, deadline), and answers by question."""
    book = load_workbook(path)
    minutes, heard, asked = book.worksheets[:3]
    left = dict(values)
    for row in minutes.iter_rows():
        name = row[3].value
        if name in left:
            row[1].value = left.pop(name)
    assert not left, f"no such field: {sorted(left)}"
    for place, need in enumerate(needs, start=5):
        for column, value in enumerate(need, start=1):
            heard.cell(place, column).value = value
    for row in asked.iter_rows(min_row=4):
        if row[2].value in (answers or {}):
            row[1].value = (answers or {})[row[2].value]
    book.save(path)
