"""What stands beside a passage: in the same row of a table, in the same section, or in a part with a name that says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from fotfeste.plans.coverage.coded import ReadDocument
from fotfeste.plans.documents.model import Passage, PassageKind
from fotfeste.plans.words import Pattern

HEADINGS = frozenset({PassageKind.HEADING, PassageKind.TITLE})
LONGEST_LABEL = 60
"""Signs of a heading or a column's head that may name what stands under it; longer ones say something else."""
REACH = 40
"""Passages between a measure and the part of its sheet that is called «Ansvarlig»: sheets are seldom longer."""


class Near:
    """The passages of a document by row and section, so that what lacks something beside it can be found.

    Beside each other stand passages of one row of a table and passages under the same heading. ``labels`` are patterns for what
    a column or a part is called that holds what is asked for («Ansvarlig», «Tidsplan»): a filled cell in such a column, or a part so
    called under the same heading above, stands beside a passage whatever words are in it.
    """

    def __init__(self, read: ReadDocument, codes: Collection[str], labels: Sequence[str]) -> None:
        self._passages = read.document.passages
        self._patterns = [Pattern.parse(one) for one in labels]
        self.places = read.with_code(codes)
        self._rows = {
            row
            for place in self.places
            if (row := _row(self._passages[place])) is not None
            and not self._is_label(read, self._passages[place])
        }
        self._sections = {self._passages[place].headings for place in self.places} - {()}
        columns = {
            (one.cell.table, one.cell.column)
            for one in self._passages
            if one.cell is not None and one.cell.row == 0 and self._is_label(read, one)
        }
        self._rows |= {
            (one.cell.table, one.cell.row)
            for one in self._passages
            if one.cell is not None
            and one.cell.row > 0
            and (one.cell.table, one.cell.column) in columns
            and one.span.start < one.span.end
        }
        self._parts: dict[tuple[int, ...], list[int]] = {}
        for place, one in enumerate(self._passages[:-1]):
            if (
                one.kind in HEADINGS
                and self._is_label(read, one)
                and place in self._passages[place + 1].headings
            ):
                self._parts.setdefault(one.headings, []).append(place)

    def has(self, place: int) -> bool:
        """Whether what is asked for stands in the passage itself, its row of a table, its section or a part beside it."""
        passage = self._passages[place]
        if _row(passage) in self._rows or (place in self.places and passage.cell is None):
            return True
        if passage.cell is not None:
            return False
        above = passage.headings
        return above in self._sections or self._part_near(above, place) or self._part_near(above[:-1], place)

    def _part_near(self, above: tuple[int, ...], place: int) -> bool:
        parts = self._parts.get(above, [])
        after = bisect_left(parts, place)
        return any(abs(one - place) <= REACH for one in parts[max(0, after - 1) : after + 1])

    def _is_label(self, read: ReadDocument, one: Passage) -> bool:
        words = read.document.at(one.span)
        return len(words) <= LONGEST_LABEL and any(pattern.counts(words) for pattern in self._patterns)


def _row(passage: Passage) -> tuple[int, int] | None:
    return (passage.cell.table, passage.cell.row) if passage.cell is not None else None
