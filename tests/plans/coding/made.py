"""Small documents to try the coding on."""

from __future__ import annotations

from hashlib import sha256

from fotfeste.plans.documents.model import Document, Language, Origin, Passage, PassageKind, Span
from fotfeste.plans.documents.sentences import sentences

KINDS = {
    "#": PassageKind.HEADING,
    "-": PassageKind.LIST_ITEM,
    "|": PassageKind.TABLE_CELL,
    "=": PassageKind.CONTENTS,
}


def plan(*lines: str) -> Document:
    """Return a document: ``# `` and ``## `` are headings, ``- `` items, ``| `` cells, ``= `` contents, else paragraphs."""
    passages: list[Passage] = []
    open_headings: list[tuple[int, int]] = []
    text = ""
    for line in lines:
        sign = line.split(" ", 1)[0]
        kind = (
            KINDS.get(sign[:1], PassageKind.PARAGRAPH) if set(sign) <= set("#-|=") else PassageKind.PARAGRAPH
        )
        words = line.split(" ", 1)[1] if kind is not PassageKind.PARAGRAPH else line
        level = len(sign) if kind is PassageKind.HEADING else 0
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(words))
        if level:
            open_headings = [one for one in open_headings if one[0] < level]
        above = tuple(place for _, place in open_headings)
        if level:
            open_headings.append((level, len(passages)))
        passages.append(Passage(span, kind, Language.BOKMAAL, above, sentences(words, span.start), level))
        text += words
    origin = Origin("plan.txt", sha256(text.encode()).hexdigest(), "text/plain", "made")
    return Document(text, origin, "", tuple(passages))
