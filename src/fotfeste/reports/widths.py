"""How wide the columns of a table should be: no word is broken, short columns stay on one line, long texts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.reports.typeface import text_width

AVAILABLE = 55.0
"""Width of a page's text in em of the tables' size (166 mm at 8.5 points)."""
PADDING = 1.2
"""Space beside the text of a cell, both sides together, in em."""
ONE_LINE = 16.0
"""Width in em up to which a cell is kept on one line."""
SMALLEST = 0.75
AS_WIDE_DIGITS = str.maketrans("123456789", "000000000")
"""Digits stand under each other in tables, so that each takes the room of a nought."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Each column's part of the table's width (they sum to 1), and the size of its text (1 is the usual)."""

    shares: tuple[float, ...]
    size: float


def layout(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Layout:
    """Return column widths and text size for a table of the full width of a page.

    Every column gets the room of its longest word. What is left goes to columns by how much more they would like:
    values to stand on one line, long texts by the square root of their length, so that a long remark does not
    starve the others. A table whose words do not fit gets smaller text, down to three quarters of the size.
    """
    least, wanted = zip(*(_needs(place, head, rows) for place in range(len(head))), strict=True)
    size = min(1.0, max(SMALLEST, AVAILABLE / sum(least)))
    room = AVAILABLE / size - sum(least)
    wishes = [more - need for need, more in zip(least, wanted, strict=True)]
    if room <= 0 or not sum(wishes):
        widths = list(least)
    else:
        widths = [need + room * wish / sum(wishes) for need, wish in zip(least, wishes, strict=True)]
    if room > sum(wishes):
        widths = [more * (AVAILABLE / size) / sum(wanted) for more in wanted]
    return Layout(tuple(width / sum(widths) for width in widths), size)


def _needs(place: int, head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Return the least width of a column and the width it would like, in em."""
    cells = [row[place].translate(AS_WIDE_DIGITS) for row in rows]
    words = [word for text in (head[place], *cells) for word in text.split(" ")]
    least = max((text_width(word, 1, 600) for word in words), default=0.0)
    title = min(text_width(head[place], 1, 600), least * 1.6)
    whole = max([text_width(text, 1, 600) for text in cells] + [least, title])
    longest = max(least, ONE_LINE)
    wanted = whole if whole <= longest else longest * (whole / longest) ** 0.5
    return least + PADDING, wanted + PADDING
