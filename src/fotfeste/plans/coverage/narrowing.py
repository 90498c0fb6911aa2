"""A part of a matrix: some owners, some kinds of plans, some columns; nothing is counted anew by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coverage.rows import Cell, Cover, Matrix, Row
from fotfeste.plans.coverage.settings import Column


def narrowed(found: Matrix, *, kinds: Collection[str] = (), columns: Collection[str] = ()) -> Matrix:
    """Return the matrix with only these kinds of plans and columns, by their ids; nothing means all of them."""
    places = [place for place, one in enumerate(found.columns) if not columns or one.id in columns]
    return replace(
        found,
        rows=tuple(
            replace(row, cells=tuple(row.cells[place] for place in places))
            for row in found.rows
            if not kinds or row.kind.id in kinds
        ),
        columns=tuple(found.columns[place] for place in places),
    )


def with_something_read(found: Matrix) -> Matrix:
    """Return the matrix with only the owners that have a plan that is read."""
    read = {row.owner for row in found.rows if any(one.documents for one in row.plans)}
    return replace(found, rows=tuple(row for row in found.rows if row.owner in read))


def covers(found: Matrix) -> Counter[Cover]:
    """Return how many cells say what."""
    return Counter(cell.cover for row in found.rows for cell in row.cells)


def cells(found: Matrix) -> Iterator[tuple[Row, Column, Cell]]:
    """Yield every cell with its row and column."""
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            yield row, column, cell


def searched_for(column: Column, book: Codebook) -> tuple[str, ...]:
    """Return the patterns that were looked for in a column: for silence they are all there is to show.

    Where a code is suggested by two others standing together, they are the patterns of both.
    """
    asked = column.asked(book)
    coupled = {other for code in asked for rule in book.code(code).rules for other in rule.couples}
    wanted = asked | {below for code in coupled for below in book.under(code)}
    return tuple(
        dict.fromkeys(
            pattern
            for code in book.codes
            if code.id in wanted
            for rule in code.rules
            for pattern in rule.patterns
        )
    )
