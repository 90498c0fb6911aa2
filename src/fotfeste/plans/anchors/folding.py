"""A text with every run of white space as one space, and the way back to the positions of the text itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_RUNS = re.compile(r"\s+")


def folded(text: str) -> str:
    """Return ``text`` with every run of white space as one space."""
    return _RUNS.sub(" ", text)


class Folded:
    """A folded text that knows where each of its signs stands in the text it was made of."""

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        self._from: list[int] = [0]
        self._more: list[int] = [0]
        more = 0
        for run in _RUNS.finditer(text):
            if run.group() != " ":
                more += run.end() - run.start() - 1
                self._from.append(run.end() - more)
                self._more.append(more)

    def position(self, place: int) -> int:
        """Return where the sign at ``place`` stands in the text itself."""
        return place + self._more[bisect_right(self._from, place) - 1]

    def place(self, position: int) -> int:
        """Return where the sign at ``position`` of the text itself stands here; it must not be inside a run of white space."""
        low, high = 0, len(self._from)
        while high - low > 1:
            middle = (low + high) // 2
            if self._from[middle] + self._more[middle] <= position:
                low = middle
            else:
                high = middle
        return position - self._more[low]

    def occurrences(self, words: str, most: int) -> Iterator[int]:
        """Yield the places where ``words`` stand, overlapping ones too, no more than ``most``."""
        place = self.text.find(words)
        while place >= 0 and most > 0:
            yield place
            most -= 1
            place = self.text.find(words, place + 1)


def common_end(one: str, other: str) -> int:
    """Return how many signs two texts have in common at their ends."""
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count


def common_start(one: str, other: str) -> int:
    """Return how many signs two texts have in common at their beginnings."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
