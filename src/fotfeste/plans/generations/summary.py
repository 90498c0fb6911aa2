"""Goals through the generations of a plan: which are repeated unchanged, reworded, gone or new.

«De overordnede målene gikk igjen år etter år» is what a study of one municipality found (Torvik 2019): plans that are renewed
without anybody asking what came of the last one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.plans.documents.model import Document, PassageKind
from fotfeste.plans.generations.aligning import LIKE, compare

GoalRule = Callable[[Document], Collection[int]]
LONGEST_LEAD = 60
"""Signs of a line that leads to a list of goals."""
MOST_SENTENCES = 2
"""Sentences of a passage that is one goal; longer ones tell of goals."""

_GOAL_HEADING = re.compile(
    r"\b(?:hoved|del|effekt|resultat|over)?mål(?:a|ene|et|sett?ing(?:er|ar)?)?\b", re.IGNORECASE
)
_GOAL_FIRST = re.compile(r"^\W*(?:hoved|del|effekt|resultat)?mål(?:et)?\s*\d*\s*[:–-]", re.IGNORECASE)
_GOAL_LEAD = re.compile(_GOAL_HEADING.pattern + r"[^.]*:$", re.IGNORECASE)
_TEXT = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.TABLE_CELL})


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal through several generations: its place in each document (``None`` where it is not), and the likeness to the one before.

    ``likeness`` has one number fewer than there are documents: 0 where one of the two is missing.
    """

    places: tuple[int | None, ...]
    likeness: tuple[Fraction, ...]

    @property
    def repeated(self) -> int:
        """In how many generations after the first it stands with the same words."""
        return sum(1 for share in self.likeness if share == 1)


def goals_of(document: Document) -> frozenset[int]:
    """Return the places of the goals by where they stand: under a heading about goals, in a list that is called so («Mål:»), or beginning so.

    A rule of thumb for documents that nobody has coded; where they are coded, pass a rule that asks the codings. Lines that lead to
    something and paragraphs that tell are no goals.
    """
    found = set()
    listed = False
    for place, passage in enumerate(document.passages):
        words = document.at(passage.span)
        if passage.kind is not PassageKind.LIST_ITEM:
            listed = len(words) <= LONGEST_LEAD and _GOAL_LEAD.search(words) is not None
        if passage.kind not in _TEXT or words.endswith(":"):
            continue
        path = document.heading_path(passage)
        under = bool(path) and _GOAL_HEADING.search(path[-1]) is not None
        in_list = listed and passage.kind is PassageKind.LIST_ITEM
        if _GOAL_FIRST.match(words) or in_list or (under and len(passage.sentences) <= MOST_SENTENCES):
            found.add(place)
    return frozenset(found)


def goals_over_time(
    documents: Sequence[Document], is_goal: GoalRule = goals_of, *, like: Fraction = LIKE
) -> tuple[GoalRow, ...]:
    """Return the goals of ``documents`` (the oldest first), each followed from one generation to the next.

    A passage that is the same or like in two generations is one row, and the row is a goal when any of its passages is: a plan
    and its action programme seldom set the same heading over the same goal. What is gone and comes back is two rows.
    """
    rows: list[tuple[list[int | None], list[Fraction]]] = []
    goals: set[int] = set()
    before: dict[int, int] = {}
    for number, document in enumerate(documents):
        came = _came(documents[number - 1], document, like) if number else {}
        now: dict[int, int] = {}
        here = is_goal(document)
        for place in range(len(document.passages)):
            old, share = came.get(place, (-1, Fraction(0)))
            row = before.get(old, len(rows))
            if row == len(rows):
                rows.append(([None] * number, [Fraction(0)] * max(0, number - 1)))
            places, shares = rows[row]
            places.append(place)
            shares += [share] if number else []
            now[place] = row
            if place in here:
                goals.add(row)
        for places, shares in rows:
            if len(places) == number:
                places.append(None)
                shares += [Fraction(0)] if number else []
        before = now
    return tuple(
        GoalRow(tuple(places), tuple(shares)) for row, (places, shares) in enumerate(rows) if row in goals
    )


def _came(old: Document, new: Document, like: Fraction) -> dict[int, tuple[int, Fraction]]:
    """Return for each passage of the new document the one it comes from, with the share of words in common."""
    return {
        pair.after: (pair.before, pair.likeness)
        for pair in compare(old, new, like=like).pairs
        if pair.before is not None and pair.after is not None
    }
