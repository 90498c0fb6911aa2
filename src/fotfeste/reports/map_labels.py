"""Where the labels of a map stand: inside their area where it is widest, and never on top of each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

Point = tuple[float, float]
Ring = Sequence[Point]

LEVELS = 25
CLEARANCE = 2
"""Neighbouring levels that a label's place must also be free on."""

WIDER = 1.02
"""How much more room a level must have to be chosen before one nearer the middle."""

MISLEADING = 30.0
"""How much further a label goes rather than standing on another area."""

KEPT_POINTS = 512
"""Places for text that are kept: those of the largest counties many times over."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the paper."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether the two rectangles overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, point: Point) -> bool:
        """Return whether ``point`` is within the rectangle."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def inside(self, other: Box) -> bool:
        """Return whether this rectangle lies within ``other``."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


def area(ring: Ring) -> float:
    """Return the area inside ``ring`` (the square of its unit), whichever way it runs."""
    double = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))
    return abs(double) / 2


def around(rings: Sequence[Ring]) -> Box:
    """Return the smallest rectangle around ``rings``."""
    across = [x for ring in rings for x, _ in ring]
    down = [y for ring in rings for _, y in ring]
    return Box(min(across), min(down), max(across), max(down))


def interior_point(rings: Sequence[Ring]) -> Point:
    """Return a point well inside the largest of ``rings``, where a line of text has the most room.

    The area is cut at evenly spaced levels; the widest stretch that is also free a little above and below wins; of nearly equal ones, that nearest the middle.
    Holes are respected (even-odd). The answer for the same rings is kept: a map is drawn anew for every change of a number.
    """
    return _interior_point(tuple(tuple(ring) for ring in rings))


@lru_cache(maxsize=KEPT_POINTS)
def _interior_point(rings: tuple[tuple[Point, ...], ...]) -> Point:
    ring = max(rings, key=area)
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    if high <= low:
        return ring[0]
    step = (high - low) / LEVELS
    levels = [low + step * (place + 0.5) for place in range(LEVELS)]
    cuts = [_stretches(rings, level) for level in levels]
    best, chosen = 0.0, ring[0]
    for place in sorted(range(LEVELS), key=lambda one: (abs(one - LEVELS // 2), one)):
        for start, end in cuts[place]:
            free = _overlap((start, end), cuts, place)
            if free is not None and free[1] - free[0] > best * WIDER:
                best = free[1] - free[0]
                chosen = ((free[0] + free[1]) / 2, levels[place])
    return chosen


def _overlap(
    stretch: tuple[float, float], cuts: list[list[tuple[float, float]]], place: int
) -> tuple[float, float] | None:
    left, right = stretch
    for near in range(max(0, place - CLEARANCE), min(len(cuts), place + CLEARANCE + 1)):
        shared = [(max(left, a), min(right, b)) for a, b in cuts[near]]
        left, right = max(shared, key=lambda pair: pair[1] - pair[0], default=(0.0, -1.0))
        if right <= left:
            return None
    return left, right


def _stretches(rings: Sequence[Ring], level: float) -> list[tuple[float, float]]:
    crossings = []
    for ring in rings:
        x1, y1 = ring[-1]
        for x2, y2 in ring:
            if (y1 <= level) != (y2 <= level):
                crossings.append(x1 + (level - y1) * (x2 - x1) / (y2 - y1))
            x1, y1 = x2, y2
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def contains(rings: Sequence[Ring], point: Point) -> bool:
    """Return whether ``point`` lies inside ``rings`` (even-odd)."""
    x, y = point
    return any(left <= x <= right for left, right in _stretches(rings, y))


def place_labels(
    wanted: Sequence[tuple[Point, float, float]], paper: Box, foreign: Callable[[int, Point], bool]
) -> list[tuple[Point, bool]]:
    """Return for every label where its middle stands, and whether a line must lead back to its area.

    ``wanted`` holds the best place, width and height of each label, the most important first. A label that would
    stand on another is moved to the nearest place that is free, and rather a little further than to a place where
    it can be taken for the name of another area: ``foreign`` tells whether a point is in an area that is not the
    label's own (by its index).
    """
    taken: list[Box] = []
    placed = []
    for index, ((x, y), width, height) in enumerate(wanted):
        reach = Box(x - 2 * width, y - 4.5 * height, x + 2 * width, y + 4.5 * height)
        near = [(one.left, one.top, one.right, one.bottom) for one in taken if reach.meets(one)]
        best: float | None = None
        chosen: tuple[float, float, Box] | None = None
        for far, dx, dy in _moves(width, height):
            if best is not None and far >= best:
                break
            box = Box(x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2)
            if not box.inside(paper) or _on_another(box, near):
                continue
            if best is None:
                best, chosen = MISLEADING + far, (dx, dy, box)
            if not foreign(index, (x + dx, y + dy)):
                best, chosen = far, (dx, dy, box)
        if chosen is None:
            placed.append(((x, y), False))
            continue
        dx, dy, box = chosen
        taken.append(box)
        placed.append(((x + dx, y + dy), abs(dx) > width / 2 or abs(dy) > height / 2))
    return placed


def _on_another(box: Box, taken: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a label would stand on one of those that stand already."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    return any(left < r and le < right and top < b and t < bottom for le, t, r, b in taken)


@lru_cache(maxsize=4096)
def _moves(width: float, height: float) -> tuple[tuple[float, float, float], ...]:
    """Return how far, across and down a label of this size may be moved, the shortest way first."""
    moves = sorted(_every_move(width, height), key=lambda move: hypot(*move))
    return tuple((hypot(dx, dy), dx, dy) for dx, dy in moves)


def _every_move(width: float, height: float) -> list[Point]:
    small = (0.0, 0.25, -0.25, 0.5, -0.5)
    moves = [(width * across, height * down) for across in small[:3] for down in small]
    for reach in (0.6, 1.0, 1.5, 2.0, 3.0, 4.0):
        across, down = width * min(reach, 1.5), height * reach
        moves += [(0, -down), (0, down), (across, 0), (-across, 0)]
        moves += [(across, down), (-across, down), (across, -down), (-across, -down)]
    return moves
