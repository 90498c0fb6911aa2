"""In what a program counts positions: found from the text itself, by where the coded pieces would begin and end.

The standard says Unicode code points. Programs written for Windows and for the Web count UTF-16 units, and some count a line
end as one sign, others as two, whatever the file says; a few give the last sign where the standard wants the one after it.
People mostly code whole words: the right way of counting is the one that puts most ends at the edge of a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fotfeste.plans.exchange.report import Counting, Detected, Newline, Unit

MOST_PIECES = 20_000
"""Pieces of one source that are scored; those after are counted as the first are found to be."""
_UNLIKELY = 0.2
"""How much better it must be that ends are the last sign: people often leave out the stop that ends a sentence."""
Piece = tuple[int, int]


@dataclass(frozen=True)
class SourceText:
    """The text of a source with line ends as ``\\n``, and what stood in its file: where two signs ended a line, and a mark."""

    text: str
    crlf: frozenset[int] = frozenset()
    mark: bool = False


def source_text(raw: str) -> SourceText:
    """Return the text of a file as it was decoded, byte order mark and all."""
    mark = raw.startswith("\ufeff")
    body = raw[1:] if mark else raw
    pieces: list[str] = []
    crlf: list[int] = []
    here = last = 0
    for found in re.finditer(r"\r\n?", body):
        here += found.start() - last
        pieces += (body[last : found.start()], "\n")
        if len(found[0]) == 2:
            crlf.append(here)
        here += 1
        last = found.end()
    return SourceText("".join([*pieces, body[last:]]), frozenset(crlf), mark)


class Counted:
    """Positions of one way of counting, as positions in the text."""

    def __init__(self, source: SourceText, counting: Counting) -> None:
        self.length = len(source.text)
        self.counting = counting
        self._after: list[int] = []
        extra = 1 if counting.mark else 0
        self._first = extra
        self._widths: list[int] = []
        total = 0
        for place, more in _wide(source, counting):
            total += more
            self._after.append(place + 1 + total)
            self._widths.append(total)

    def at(self, position: int) -> tuple[int, bool]:
        """Return the place in the text, and whether the position stands inside a sign (then the place after it)."""
        wanted = position - self._first
        if wanted < 0:
            return wanted, False
        before = bisect_right(self._after, wanted)
        place = wanted - (self._widths[before - 1] if before else 0)
        if before < len(self._after):
            earlier = self._widths[before - 1] if before else 0
            start = self._after[before] - 1 - (self._widths[before] - earlier) - earlier
            if place > start:
                return start + 1, True
        return place, False

    def piece(self, start: int, end: int) -> tuple[int, int, bool]:
        """Return a piece in the text, and whether one of its ends stands inside a sign."""
        first, split_first = self.at(start)
        last, split_last = self.at(end + 1 if self.counting.inclusive else end)
        return first, last, split_first or split_last


def _wide(source: SourceText, counting: Counting) -> Iterator[tuple[int, int]]:
    """Signs that count as more than one: their place and how many more."""
    lines = counting.newline
    if counting.unit is Unit.UTF8:
        pattern = "[\n\x80-\U0010ffff]"
    else:
        pattern = "[\n\U00010000-\U0010ffff]" if counting.unit is Unit.UTF16 else "\n"
    for found in re.finditer(pattern, source.text):
        place, sign = found.start(), found[0]
        if sign == "\n":
            if lines is Newline.CRLF or (lines is Newline.AS_FILE and place in source.crlf):
                yield place, 1
        elif counting.unit is Unit.UTF8:
            yield place, len(sign.encode("utf-8", "surrogatepass")) - 1
        else:
            yield place, 1


def ways(source: SourceText) -> tuple[Counting, ...]:
    """Return the ways of counting that can be told from each other in a text, the standard's own first."""
    lines = source.text.count("\n")
    newlines = [Newline.AS_FILE]
    if lines and source.crlf:
        newlines.append(Newline.LF)
    if lines > len(source.crlf):
        newlines.append(Newline.CRLF)
    astral = re.search("[\U00010000-\U0010ffff]", source.text) is not None
    units = [Unit.CODE_POINTS, Unit.UTF16] if astral else [Unit.CODE_POINTS]
    marks = [False, True] if source.mark else [False]
    return tuple(
        Counting(unit, newline, inclusive, mark)
        for inclusive in (False, True)
        for mark in marks
        for unit in units
        for newline in newlines
    )


def detect(source: SourceText, pieces: Sequence[Piece], name: str) -> Detected:
    """Return how the pieces of a source are counted.

    Where two ways do as well, the one nearest the standard is taken. That ends are the last sign of a piece must be
    clearly better to be believed.
    """
    scored: list[tuple[float, Counting, tuple[tuple[int, int, bool], ...]]] = []
    looked_at = pieces[:MOST_PIECES]
    for way in ways(source):
        counted = Counted(source, way)
        found = tuple(counted.piece(*one) for one in looked_at)
        scored.append((_score(source.text, found), way, found))
    best = max(scored, key=lambda one: one[0] - (_UNLIKELY if one[1].inclusive else 0.0))
    others = [score for score, _, found in scored if found != best[2]]
    return Detected(name, best[1], len(pieces), best[0], max(others, default=None))


def _score(text: str, pieces: Sequence[tuple[int, int, bool]]) -> float:
    if not pieces:
        return 1.0
    return sum(0.0 if split else _ends(text, start, end) for start, end, split in pieces) / len(pieces)


def _ends(text: str, start: int, end: int) -> float:
    if not 0 <= start < end <= len(text):
        return 0.0
    first = not text[start].isspace() and (start == 0 or _edge(text[start - 1], text[start]))
    last = not text[end - 1].isspace() and (end == len(text) or _edge(text[end - 1], text[end]))
    # A sign that closes a sentence belongs to it: half as good to leave it out.
    short = last and end < len(text) and text[end] in ".!?" and text[end - 1].isalnum()
    return (first + last) / 2 - (0.125 if short else 0.0)


def _edge(left: str, right: str) -> bool:
    return not (_in_word(left) and _in_word(right))


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign in "_\u00ad"
