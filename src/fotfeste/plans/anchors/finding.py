"""Find an anchor in a new version of its plan, or say that it is lost: never a place that may be another.

The words must stand there as they were (white space aside). Words that stood only once in their own text need a little of
their surroundings on one side, or be long enough that nobody writes them twice. Words that stood in several places need, on
both sides, what told them from the others. Whatever else remains is for a person to decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from fotfeste.plans.anchors.folding import Folded, common_end, common_start, folded
from fotfeste.plans.anchors.making import CONTEXT, MOST
from fotfeste.plans.anchors.model import NOT_TOLD, Anchor, Found, Lost, Reason
from fotfeste.plans.documents.model import Document, Span

SUPPORT = 16
"""Signs of context on each side that make a place sure, where the words stood only once in their own text."""
MARGIN = 48
"""Signs of context on one side that do so alone, and what is asked beyond what told the words from the same words elsewhere:
edits can bring like surroundings together."""
LONG = 48
"""Signs of a quote that nobody writes twice."""
HINT = 24
"""Signs on each side that must stand once, for a person to be shown what stands between."""
WIDEST = 4
"""How much longer than the quote what stands between may be."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words stand, whether both sides tell the place, and whether one of them alone does."""

    start: int
    both: bool
    one: bool


class Finder:
    """Finds anchors in one document; keeps what the searches have in common."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._folded = Folded(document.text)

    def moved(self, anchor: Anchor) -> Found | Lost:
        """Return where ``anchor`` stands in this document, or that it is lost."""
        if anchor.text_sha256 == self._document.text_sha256:
            return Found(anchor.span)
        words = folded(anchor.quote)
        before, after = folded(anchor.prefix), folded(anchor.suffix)
        places = [
            self._judged(place, words, before, after, anchor)
            for place in self._folded.occurrences(words, MOST)
        ]
        if not places:
            return Lost(Reason.ABSENT, self._perhaps(anchor, before, after))
        if len(places) >= MOST:
            return Lost(Reason.SEVERAL)
        both = [one for one in places if one.both]
        if len(both) == 1:
            return self._found(both[0], words)
        if both or anchor.left != 0 or anchor.right != 0:
            return Lost(
                Reason.SEVERAL if both or len(places) > 1 else Reason.UNSURE,
                self._perhaps(anchor, before, after),
            )
        either = [one for one in places if one.one]
        if len(either) == 1:
            return self._found(either[0], words)
        if len(places) == 1 and len(words) >= LONG:
            return self._found(places[0], words)
        return Lost(
            Reason.SEVERAL if len(places) > 1 else Reason.UNSURE, self._perhaps(anchor, before, after)
        )

    def _judged(self, place: int, words: str, before: str, after: str, anchor: Anchor) -> _Place:
        text, end = self._folded.text, place + len(words)
        left = common_end(before, text[max(0, place - CONTEXT) : place])
        right = common_start(after, text[end : end + CONTEXT])
        sides = (left, anchor.left, before), (right, anchor.right, after)
        both = all(_enough(*side, SUPPORT) for side in sides)
        return _Place(place, both, any(_enough(*side, MARGIN) for side in sides))

    def _found(self, place: _Place, words: str) -> Found:
        start = self._folded.position(place.start)
        last = self._folded.position(place.start + len(words) - 1)
        return Found(Span(start, last + 1))

    def _perhaps(self, anchor: Anchor, before: str, after: str) -> Span | None:
        """Return what stands between the surroundings, where each of them stands exactly once and in order."""
        head, tail = before[-HINT:], after[:HINT]
        text = self._folded.text
        if len(head) < HINT or len(tail) < HINT or text.count(head) != 1 or text.count(tail) != 1:
            return None
        start, end = text.index(head) + HINT, text.index(tail)
        if not start < end <= start + WIDEST * len(anchor.quote) + CONTEXT or not text[start:end].strip():
            return None
        return Span(self._folded.position(start), self._folded.position(end - 1) + 1)


def _enough(common: int, needed: int, context: str, alone: int) -> bool:
    """Tell whether so much context in common makes a place sure; near the edge of the text, all there is of it.

    ``alone`` is what is asked for words that stood only once in their own text.
    """
    if needed == NOT_TOLD:
        return False
    wanted = needed + MARGIN if needed else alone
    return 0 < common >= min(wanted, max(needed, len(context)))


def moved(anchor: Anchor, document: Document) -> Found | Lost:
    """Return where ``anchor`` stands in ``document``, another version of its plan, or that it is lost."""
    return Finder(document).moved(anchor)
