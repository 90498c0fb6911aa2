"""What stands on every page and belongs to none: running headers and footers, and the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fotfeste.plans.documents.lines import Line

ZONE = 0.14
"""The share of a page's height, at its top and at its foot, in which running lines are looked for."""
DEEPEST_ROWS = 4
"""Rows from the edge of the text beyond which nothing is taken for a running line."""
FEWEST = 3
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:(?:side|s\.|page|p\.)\s*)?[-–—|/•·\s]*(\d{1,4}|[ivxlc]{1,6})[-–—|/•·\s]*(?:(?:av|of|/)\s*\d{1,4})?$",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[list[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Return the lines of each page without those that run through the document."""
    rows = [_edge_rows(lines, height) for lines, height in zip(pages, heights, strict=True)]
    same = Counter(key for page in rows for key in {_key(line, where) for where, line in page})
    places = Counter(key for page in rows for key in {_place(line, where) for where, line in page})
    repeated = {key for key, count in same.items() if count >= max(FEWEST, 0.02 * len(pages))}
    if len(pages) == 2:
        repeated = {key for key, count in same.items() if count == 2}
    running_places = Counter(
        place
        for page in rows
        for place in {_place(line, where) for where, line in page if _key(line, where) in repeated}
    )
    tagged = sum(bool(line.role) for page in pages for line in page) > 0
    told = sum(line.role not in ("", "-") for page in pages for line in page)
    trusted = tagged and told > 0.8 * sum(map(len, pages))
    kept = []
    for number, (lines, page) in enumerate(zip(pages, rows, strict=True), start=1):
        gone = set()
        for where, line in page:
            running = _key(line, where) in repeated
            at_place = running_places[_place(line, where)]
            usual = at_place >= max(FEWEST, 0.5 * places[_place(line, where)]) and _apart(line, lines, where)
            if line.cell is not None and same[_key(line, where)] < 0.5 * len(pages):
                continue
            decoration = trusted and line.role == "-"
            if decoration or running or usual or _page_number(line, number, lines, where):
                gone.add(id(line))
        kept.append([line for line in lines if id(line) not in gone])
    return kept


def _edge_rows(lines: Sequence[Line], height: float) -> list[tuple[str, Line]]:
    """The lines near the edges: ``(head or foot, line)``; nothing below four rows from the edge is one."""
    found = []
    by_height = sorted(lines, key=lambda one: one.base)
    tops = sorted({round(line.base) for line in by_height})
    for line in by_height:
        row = round(line.base)
        if line.bottom < ZONE * height and tops.index(row) < DEEPEST_ROWS:
            found.append(("head", line))
        elif line.top > (1 - ZONE) * height and len(tops) - tops.index(row) <= DEEPEST_ROWS:
            found.append(("foot", line))
    return found


def _key(line: Line, where: str) -> tuple[str, str, int]:
    return where, _DIGITS.sub("#", line.text.casefold()), round(line.base / 6)


def _place(line: Line, where: str) -> tuple[str, int, int]:
    return where, round(line.base / 2), round(line.size * 2)


def _apart(line: Line, lines: Sequence[Line], where: str) -> bool:
    """Whether a running line's place is parted from the text, so that no first line of a page is taken for one."""
    inner = [
        other.top - line.bottom if where == "head" else line.top - other.bottom
        for other in lines
        if other is not line
        and (other.base > line.base + 1 if where == "head" else other.base < line.base - 1)
    ]
    return not inner or min(inner) > 0.8 * line.size


def _page_number(line: Line, number: int, lines: Sequence[Line], where: str) -> bool:
    found = _NUMBER.match(line.text)
    if not found:
        return False
    edge = (min if where == "head" else max)(other.base for other in lines)
    return abs(line.base - edge) < 2 and (not found[1].isdigit() or abs(int(found[1]) - number) <= 60)
