"""Lines of a page in the order they are read, made of its fragments."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fotfeste.plans.documents.glyphs import LINE_END_HYPHEN, WORD_SPACE, Fragment, Sheet
from fotfeste.plans.documents.model import Cell
from fotfeste.plans.documents.reading_order import columns, rows_of
from fotfeste.plans.documents.tables import Table, tables


@dataclass(slots=True)
class Line:
    """A line of a column on a page; ``column`` counts columns through the page, ``edge`` is the column's right edge."""

    text: str
    page: int
    column: int
    left: float
    right: float
    base: float
    size: float
    bold: float
    edge: float = 0.0
    start: float = 0.0
    role: str = ""
    cell: Cell | None = None

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.base - 0.78 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.base + 0.22 * self.size


def lines_of(page: Sheet) -> tuple[list[Line], int]:
    """Return the lines of a page, column after column, and how many tables it has.

    The lines of a table come cell by cell where the table stands; the words inside figures come last.
    """
    kept = _once(page.fragments)
    found, rest = tables(kept, page.strokes, page.width, page.height)
    flow: list[Fragment | Table] = [*(one for one in rest if one.role != "Figure"), *found]
    drawn: list[Fragment | Table] = [one for one in rest if one.role == "Figure"]
    lines: list[Line] = []
    number, seen = 0, 0
    for column in [*columns(flow), *columns(drawn)]:
        texts = [one for one in column if isinstance(one, Fragment)]
        for table in sorted((one for one in column if isinstance(one, Table)), key=lambda one: one.top):
            above = [one for one in texts if one.base < table.top + one.size]
            lines += _column(above, page.number, number)
            texts = [one for one in texts if one.base >= table.top + one.size]
            for (row, place), cell in table.cells.items():
                number += 1
                lines += _column(cell, page.number, number, Cell(seen, row, place))
            number, seen = number + 1, seen + 1
        lines += _column(texts, page.number, number)
        number += 1
    return lines, seen


def _once(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Some files print letters twice, a hair apart, to make them look bold."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for one in fragments:
        near = [(one.text, round(one.left) + x, round(one.base) + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        if not seen.intersection(near):
            kept.append(one)
        seen.add(near[4])
    return kept


def _column(
    fragments: Sequence[Fragment], page: int, number: int, cell: Cell | None = None
) -> Iterator[Line]:
    if not fragments:
        return
    start = min(one.left for one in fragments)
    edge = max(one.right for one in fragments)
    for row in rows_of(fragments):
        main = max(row, key=lambda one: len(one.text) * one.size)
        letters = sum(len(one.text) for one in row)
        yield Line(
            _row_text(row),
            page,
            number,
            row[0].left,
            max(one.right for one in row),
            main.base,
            main.size,
            sum(one.bold * len(one.text) for one in row) / max(letters, 1),
            edge,
            start,
            main.role,
            cell,
        )


def _row_text(row: Sequence[Fragment]) -> str:
    text = row[0].text
    for before, after in itertools.pairwise(row):
        gap = after.left - before.right
        text += (" " if gap > WORD_SPACE * min(before.size, after.size) else "") + after.text
    text = re.sub(rf"\s*{LINE_END_HYPHEN}$", LINE_END_HYPHEN, text)
    text = re.sub(f"{LINE_END_HYPHEN}(?=.)", "-", text)
    return re.sub(r"\s+", " ", text).strip()
