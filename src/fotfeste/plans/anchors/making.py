"""Make an anchor: keep the words, and as much of their surroundings as tells them from the same words elsewhere."""

from __future__ import annotations

from fotfeste.plans.anchors.folding import Folded, common_end, common_start, folded
from fotfeste.plans.anchors.model import NOT_TOLD, Anchor
from fotfeste.plans.documents.model import Document, Span

CONTEXT = 256
"""Signs of the text that are kept before and after the quote."""
MOST = 2_000
"""Places with the same words that are compared; a quote that stands more often is told by no context."""


class Maker:
    """Makes anchors in one document; keeps what they have in common."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._folded = Folded(document.text)

    def anchor(self, span: Span) -> Anchor:
        """Return an anchor for the words at ``span``, without the white space around them.

        Raises :class:`ValueError` for a span outside the text, and for one that holds no words.
        """
        text = self._document.text
        if span.end > len(text) or not (quote := text[span.start : span.end].strip()):
            raise ValueError("an anchor needs words that stand in the text")
        start = text.index(quote, span.start)
        end = start + len(quote)
        prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        left, right = self._needed(start, quote, prefix, suffix)
        return Anchor(start, end, quote, prefix, suffix, self._document.text_sha256, left, right)

    def _needed(self, start: int, quote: str, prefix: str, suffix: str) -> tuple[int, int]:
        """Return how much context on each side tells the quote from every other place where the same words stand."""
        words, before, after = folded(quote), folded(prefix), folded(suffix)
        own = self._folded.place(start)
        places = list(self._folded.occurrences(words, MOST))
        others = [place for place in places if place != own]
        if len(places) >= MOST:
            return NOT_TOLD, NOT_TOLD
        if not others:
            return 0, 0
        text = self._folded.text
        left = 1 + max(common_end(before, text[max(0, place - CONTEXT) : place]) for place in others)
        ends = [place + len(words) for place in others]
        right = 1 + max(common_start(after, text[place : place + CONTEXT]) for place in ends)
        return (left if left <= len(before) else NOT_TOLD, right if right <= len(after) else NOT_TOLD)


def anchor(document: Document, span: Span) -> Anchor:
    """Return an anchor for the words at ``span``; see :meth:`Maker.anchor`."""
    return Maker(document).anchor(span)
