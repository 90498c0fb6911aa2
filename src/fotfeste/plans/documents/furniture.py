"""What stands on every page and belongs to none: running headers and footers, and the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

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
    told = sum(line.role not in ("", "-") for page in pages for line in page)
    trusted = told > 0.8 * sum(map(len, pages))
    kept = []
    for number, (lines, page) in enumerate(zip(pages, rows, strict=True), start=1):
        gone: set[int] = set()
        for side in ("head", "foot"):
            likely = []
            for where, line in page:
                if where != side:
                    continue
                if trusted and line.role == "-":
                    gone.add(id(line))
                running = _key(line, where) in repeated
                seen = running_places[_place(line, where)]
                usual = seen >= max(FEWEST, 0.5 * places[_place(line, where)])
                own = line.cell is not None and same[_key(line, where)] < 0.5 * len(pages)
                if not own and (running or usual or _page_number(line, number)):
                    likely.append(line)
            gone |= _outermost(likely, lines, side, gone)
        kept.append([line for line in lines if id(line) not in gone])
    return kept


def _outermost(likely: Sequence[Line], lines: Sequence[Line], side: str, gone: Set[int]) -> set[int]:
    """Those of the likely lines that nothing but such lines lies outside of, and a space parts from the text."""
    sure: set[int] = set()
    taken: set[int] = set()
    ids = {id(line) for line in likely} | set(gone)
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(round(line.base / 3), []).append(line)
    places = sorted(rows, reverse=side == "foot")
    for order, place in enumerate(places):
        if not all(id(line) in ids for line in rows[place]):
            break
        taken |= {id(line) for line in rows[place]}
        if order + 1 == len(places):
            break
        inner = rows[places[order + 1]]
        size = max(line.size for line in rows[place])
        if side == "head":
            space = min(line.top for line in inner) - max(line.bottom for line in rows[place])
        else:
            space = min(line.top for line in rows[place]) - max(line.bottom for line in inner)
        number = all(_NUMBER.match(line.text) for line in rows[place])
        if space > 0.7 * size or number:
            sure = set(taken)
            if not number:
                break
    return sure


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


def _page_number(line: Line, number: int) -> bool:
    found = _NUMBER.match(line.text)
    return found is not None and (not found[1].isdigit() or abs(int(found[1]) - number) <= 60)
