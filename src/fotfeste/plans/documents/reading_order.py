"""The order in which a page is read, from where things stand and nothing else: an XY-cut that knows columns.

A page is parted where a gutter runs through a band of it, sides are read one after the other, and what stands above a
band is read before it. The order of the file is never used, so columns that the file interleaves come out whole.
(Nagy and Seth, Hierarchical representation of optically scanned documents, 1984, with the bands found first.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """What has a box, text and letters of a size."""

    text: str
    left: float
    right: float
    size: float

    @property
    def top(self) -> float:
        """The upper edge."""

    @property
    def bottom(self) -> float:
        """The lower edge."""


T = TypeVar("T", bound=Placed)
_PAGE = re.compile(r"[.·…\s]*\d{1,4}")

GUTTERS = ((3, 2.2), (6, 1.5), (0, 0.9))
"""The narrowest gutter, of the letters' size, where the shorter side has fewer lines than stated: in a few lines wide
spaces between words may stand below each other."""
SIGN_GAP = 5.0
"""Of the letters' size: the widest space between the sign or number of an item and its text."""
COLUMN_LINES = 3
DEEPEST = 40
MOST = 4_000
"""Pieces of one page beyond which bands are not sought (a map has thousands of names): it is read from the top."""


@dataclass(slots=True)
class _Item(Generic[T]):
    parts: list[T]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    letters: int


@dataclass(slots=True)
class _Row(Generic[T]):
    items: list[_Item[T]]
    top: float
    bottom: float


def columns(parts: Sequence[T]) -> list[list[T]]:
    """Return ``parts`` of one page as columns in reading order; inside a column nothing stands beside anything else."""
    if not parts:
        return []
    items = _joined(parts)
    if len(items) > MOST:
        return [[part for item in sorted(items, key=lambda one: one.top) for part in item.parts]]
    return [[part for item in region for part in item.parts] for region in _cut(items, 0)]


def rows_of(parts: Iterable[T], overlap: float = 0.45) -> list[list[T]]:
    """Return ``parts`` as rows from the top, each from the left: those whose heights mostly overlap stand on one row."""
    rows: list[tuple[float, float, list[T]]] = []
    edges = [(part.top, part.bottom, part) for part in parts]
    for top, bottom, part in sorted(edges, key=lambda one: one[0] + one[1]):
        for first, last, row in reversed(rows[-4:]):
            shared = min(last, bottom) - max(first, top)
            if shared > overlap * min(last - first, bottom - top):
                row.append(part)
                break
        else:
            rows.append((top, bottom, [part]))
    return [sorted(row, key=lambda one: one.left) for _, _, row in rows]


def _joined(parts: Sequence[T]) -> list[_Item[T]]:
    """Signs of lists, numbers of notes and pages belong to what they stand beside: alone they are no column."""
    items: list[_Item[T]] = []
    edge = max(part.right for part in parts)
    for row in rows_of(parts):
        own = [
            _Item([part], part.left, part.right, part.top, part.bottom, part.size, _letters(part.text))
            for part in row
        ]
        items += _with_signs(own, edge)
    return items


def _with_signs(row: list[_Item[T]], edge: float) -> list[_Item[T]]:
    """A sign with nothing near to its left belongs to what follows, a page's number at the right edge to what is before."""
    joined: list[_Item[T]] = []
    room = float("inf")
    for place, item in enumerate(row):
        before = joined[-1] if joined else None
        gap = item.left - before.right if before else float("inf")
        sign = before is not None and before.letters < 3 and gap < min(SIGN_GAP * item.size, room)
        number = (
            place == len(row) - 1
            and _PAGE.fullmatch(item.parts[-1].text)
            and item.right > edge - 1.5 * item.size
        )
        if before is not None and (sign or number):
            joined[-1] = _merge([before, item])
        else:
            joined.append(item)
            room = gap
    return joined


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _merge(items: Sequence[_Item[T]]) -> _Item[T]:
    return _Item(
        [part for item in items for part in item.parts],
        min(item.left for item in items),
        max(item.right for item in items),
        min(item.top for item in items),
        max(item.bottom for item in items),
        max(item.size for item in items),
        sum(item.letters for item in items),
    )


def _cut(items: list[_Item[T]], depth: int) -> list[list[_Item[T]]]:
    if len(items) < 2 or depth > DEEPEST:
        return [items]
    rows = _strips(items)
    band = _band(rows)
    if band is None:
        return [sorted(items, key=lambda one: (one.top, one.left))]
    first, last, middle = band
    above = [item for row in rows[:first] for item in row.items]
    inside = [item for row in rows[first : last + 1] for item in row.items]
    below = [item for row in rows[last + 1 :] for item in row.items]
    left = [item for item in inside if (item.left + item.right) / 2 < middle]
    right = [item for item in inside if (item.left + item.right) / 2 >= middle]
    return [region for side in (above, left, right, below) if side for region in _cut(side, depth + 1)]


def _strips(items: list[_Item[T]]) -> list[_Row[T]]:
    """Rows that nothing crosses; a tenth of a letter's height may."""
    strips: list[_Row[T]] = []
    for item in sorted(items, key=lambda one: one.top):
        slack = 0.1 * item.size
        if strips and item.top + slack < strips[-1].bottom - slack:
            strips[-1].items.append(item)
            strips[-1].bottom = max(strips[-1].bottom, item.bottom)
        else:
            strips.append(_Row([item], item.top, item.bottom))
    return strips


def _band(rows: list[_Row[T]]) -> tuple[int, int, float] | None:
    """The largest run of rows with a gutter through it: its first and last row, and where the gutter's middle is."""
    lowest = min(item.left for row in rows for item in row.items)
    highest = max(item.right for row in rows for item in row.items)
    best: tuple[int, int, float] | None = None
    best_score = 0.0
    start = 0
    while start < len(rows):
        found = _longest(rows, start, lowest, highest)
        if found is None:
            start += 1
            continue
        first, last, middle, score = found
        if score > best_score:
            best, best_score = (first, last, middle), score
        start = last + 1 if first == start else start + 1
    return best


def _longest(
    rows: list[_Row[T]], start: int, lowest: float, highest: float
) -> tuple[int, int, float, float] | None:
    free = [(lowest, highest)]
    last = start - 1
    for place in range(start, len(rows)):
        narrowed = _without(free, rows[place].items)
        narrowed = [gap for gap in narrowed if gap[1] - gap[0] >= 0.5]
        if not any(lowest < gap[0] or gap[1] < highest for gap in narrowed) or not narrowed:
            break
        free, last = narrowed, place
    for end in range(last, start - 1, -1):
        if end < last:
            free = [(lowest, highest)]
            for row in rows[start : end + 1]:
                free = _without(free, row.items)
        within = [gap for gap in free if lowest < gap[0] and gap[1] < highest]
        chosen = _gutter(rows[start : end + 1], within) if within else None
        if chosen is not None:
            middle, score, top, low = chosen
            return start + top, start + low, middle, score
        if last - end > 3:
            break
    return None


def _without(free: list[tuple[float, float]], items: Sequence[_Item[T]]) -> list[tuple[float, float]]:
    for item in items:
        left: list[tuple[float, float]] = []
        for low, high in free:
            if item.right <= low or item.left >= high:
                left.append((low, high))
                continue
            if item.left > low:
                left.append((low, item.left))
            if item.right < high:
                left.append((item.right, high))
        free = left
    return free


def _gutter(
    rows: Sequence[_Row[T]], free: Sequence[tuple[float, float]]
) -> tuple[float, float, int, int] | None:
    """The best gutter of a band that has one: its middle, how much it parts, and the rows it is for, trimmed."""
    best: tuple[float, float, int, int] | None = None
    for low, high in free:
        middle = (low + high) / 2
        sides = [
            [[item for item in row.items if (item.left + item.right) / 2 < middle] for row in rows],
            [[item for item in row.items if (item.left + item.right) / 2 >= middle] for row in rows],
        ]
        first, last = _trimmed(rows, sides)
        if first > last:
            continue
        left, right = ([item for row in side[first : last + 1] for item in row] for side in sides)
        if not left or not right:
            continue
        size = median(item.size for item in (*left, *right))
        width = min(item.left for item in right) - max(item.right for item in left)
        lines = min(_lines(left), _lines(right))
        narrowest = next(wide for most, wide in GUTTERS if lines < most or not most)
        if width < narrowest * size or not (_columnlike(left) and _columnlike(right)):
            continue
        score = float(min(sum(one.letters for one in left), sum(one.letters for one in right)))
        score += 0.1 * sum(one.letters for one in (*left, *right))
        if best is None or score > best[1]:
            best = (middle, score, first, last)
    return best


def _lines(items: Sequence[_Item[T]]) -> int:
    return len({round(item.bottom / max(item.size, 1.0)) for item in items})


def _columnlike(items: Sequence[_Item[T]]) -> bool:
    width = max(item.right for item in items) - min(item.left for item in items)
    letters = sum(item.letters for item in items)
    return letters >= 3 and width >= 2 * median(item.size for item in items)


def _trimmed(rows: Sequence[_Row[T]], sides: Sequence[Sequence[Sequence[_Item[T]]]]) -> tuple[int, int]:
    """The band without rows at its ends that stand on one side only and apart from the rest of it."""
    both = [place for place in range(len(rows)) if sides[0][place] and sides[1][place]]
    occupied = [[place for place in range(len(rows)) if side[place]] for side in sides]
    if not occupied[0] or not occupied[1]:
        return 1, 0
    core_first = max(side[0] for side in occupied) if not both else both[0]
    core_last = min(side[-1] for side in occupied) if not both else both[-1]
    if core_first > core_last:
        core_first, core_last = core_last, core_first
    first, last = core_first, core_last
    while first > 0 and _follows(_own(sides, first - 1), _nearest(sides, first - 1, range(first, last + 1))):
        first -= 1
    while last < len(rows) - 1 and _follows(
        _nearest(sides, last + 1, range(last, first - 1, -1)), _own(sides, last + 1)
    ):
        last += 1
    # Several lines that keep to their side are a column that goes on past a gap, beside a picture.
    if first >= COLUMN_LINES:
        first = 0
    if len(rows) - 1 - last >= COLUMN_LINES:
        last = len(rows) - 1
    return first, last


def _own(sides: Sequence[Sequence[Sequence[_Item[T]]]], place: int) -> Sequence[_Item[T]]:
    return sides[0][place] or sides[1][place]


def _nearest(
    sides: Sequence[Sequence[Sequence[_Item[T]]]], place: int, places: Iterable[int]
) -> Sequence[_Item[T]]:
    """What stands nearest to a row on the side that it stands on."""
    side = sides[0] if sides[0][place] else sides[1]
    return next((side[one] for one in places if side[one]), ())


def _follows(above: Sequence[_Item[T]], below: Sequence[_Item[T]]) -> bool:
    """Whether two rows stand as close as lines of one text, in letters of one size."""
    if not above or not below:
        return False
    lower, upper = min(below, key=lambda one: one.top), max(above, key=lambda one: one.bottom)
    near = lower.top - upper.bottom < 1.1 * min(lower.size, upper.size)
    return near and abs(lower.size - upper.size) < 0.15 * max(lower.size, upper.size)
