"""From positions in the text a program has to positions in the document that we read from the same text.

Our reading joins lines, takes away what only marks (bullets, underlining) and writes letters in one form. Both texts hold the
same signs in the same order but for that, so they are walked side by side from the end; what stands on one side only is
stepped over.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.plans.documents.building import canonical
from fotfeste.plans.documents.model import Span

_KEY, _NEAR, _ASTRAY, _MOST_STEPS = 8, 4_000, 4, 100_000
"""Signs that must agree to go on, how far to look for them, how many signs may stand in ours alone, how often."""


@dataclass(frozen=True)
class Followed:
    """Where signs of a text stand in a document: both in order, and the share of the document's signs that were met."""

    theirs: tuple[int, ...]
    ours: tuple[tuple[int, int], ...]
    share: float

    def span(self, start: int, end: int) -> Span | None:
        """Return where a piece stands in the document; none where nothing of it does."""
        first, last = bisect_left(self.theirs, start), bisect_left(self.theirs, end) - 1
        if last < first:
            return None
        return Span(self.ours[first][0], self.ours[last][1])


def follow(theirs: str, ours: str) -> Followed:
    """Return where each sign of ``theirs`` stands in ``ours``, the text of a document."""
    left, left_places = _signs(theirs, changed=True)
    right, right_places = _signs(ours, changed=False)
    pairs = _pairs(left, right)
    known: dict[int, tuple[int, int]] = {}
    for here, there in pairs:
        place, at = left_places[here], right_places[there]
        old = known.get(place)
        known[place] = (min(at, old[0]), max(at + 1, old[1])) if old else (at, at + 1)
    order = sorted(known)
    share = len(pairs) / len(right) if right else 0.0
    return Followed(tuple(order), tuple(known[one] for one in order), share)


def _signs(text: str, *, changed: bool) -> tuple[str, Sequence[int]]:
    """Return the signs that are seen, taken apart, and the place of each."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace():
            continue
        if sign.isascii() and sign.isprintable():
            signs.append(sign)
            places.append(place)
            continue
        for one in unicodedata.normalize("NFD", canonical(sign) if changed else sign):
            if not one.isspace():
                signs.append(one)
                places.append(place)
    return "".join(signs), places


def _pairs(left: str, right: str) -> list[tuple[int, int]]:
    here, there = len(left) - 1, len(right) - 1
    pairs: list[tuple[int, int]] = []
    steps = 0
    while here >= 0 and there >= 0 and steps < _MOST_STEPS:
        if left[here] == right[there]:
            pairs.append((here, there))
            here, there = here - 1, there - 1
            continue
        steps += 1
        here, there = _stepped(left, right, here, there)
    pairs.reverse()
    return pairs


def _stepped(left: str, right: str, here: int, there: int) -> tuple[int, int]:
    """Return where the two agree again: with the fewest signs passed over, most of them on their side."""
    best: tuple[int, int, int] | None = None
    for astray in range(_ASTRAY + 1):
        end = there - astray + 1
        if end <= 0:
            break
        key = right[max(0, end - _KEY) : end]
        found = left.rfind(key, max(0, here - _NEAR), here + 1)
        if found >= 0:
            passed = here - (found + len(key) - 1) + 4 * astray
            if best is None or passed < best[0]:
                best = (passed, found + len(key) - 1, there - astray)
    return (best[1], best[2]) if best else (here - 1, there - 1)
