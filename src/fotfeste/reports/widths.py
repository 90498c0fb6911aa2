"""How wide the columns of a table should be: short columns get what they need, long texts share the rest."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.reports.typeface import text_width

LONGEST_UNWRAPPED = 16.0
"""Width in em up to which a cell is kept on one line."""


def natural_widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """Return for every column the least width that breaks no word and the width that breaks no line, in em."""
    found = []
    for place, title in enumerate(head):
        cells = [row[place] for row in rows]
        words = [word for text in (title, *cells) for word in text.split(" ")]
        least = max((text_width(word, 1, 600) for word in words), default=0.0)
        whole = max([text_width(text, 1) for text in cells] + [least])
        found.append((least, max(whole, min(text_width(title, 1, 600), least * 1.6))))
    return found


def shares(head: Sequence[str], rows: Sequence[Sequence[str]], padding: float = 1.2) -> list[float]:
    """Return each column's part of the table's width; the parts sum to 1.

    Columns of short values are given their whole width; columns of long text share what is left by the square
    root of their length, so that a long remark does not starve the others.
    """
    wanted = []
    for least, whole in natural_widths(head, rows):
        longest = max(least, LONGEST_UNWRAPPED)
        wide = whole if whole <= longest else longest * (whole / longest) ** 0.5
        wanted.append(wide + padding)
    total = sum(wanted)
    return [wide / total for wide in wanted]
