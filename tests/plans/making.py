"""Documents for tests, made of paragraphs that are written here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fotfeste.plans.documents.model import Document, Language, Origin, Passage, PassageKind, Span

KINDS = {"# ": PassageKind.HEADING, "- ": PassageKind.LIST_ITEM, "| ": PassageKind.TABLE_CELL}


def document(paragraphs: Sequence[str], name: str = "oppdiktet.txt") -> Document:
    """Return a document of ``paragraphs``; one that begins with «# » is a heading, «- » an item, «| » a cell."""
    text, passages, headings = "", [], ()
    for paragraph in paragraphs:
        kind = KINDS.get(paragraph[:2], PassageKind.PARAGRAPH)
        words = paragraph if kind is PassageKind.PARAGRAPH else paragraph[2:]
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(words))
        text += words
        level = 1 if kind is PassageKind.HEADING else 0
        above = () if level else headings
        passages.append(Passage(span, kind, Language.BOKMAAL, above, (span,), level))
        if level:
            headings = (len(passages) - 1,)
    return of_text(text, tuple(passages), name)


def of_text(text: str, passages: tuple[Passage, ...] = (), name: str = "oppdiktet.txt") -> Document:
    """Return a document of ``text`` as it is."""
    origin = Origin(name, hashlib.sha256(text.encode()).hexdigest(), "text/plain", "test")
    return Document(text, origin, "Oppdiktet plan", passages)


def written(*paragraphs: str, name: str = "oppdiktet.md") -> Document:
    """Return what the reading makes of paragraphs in Markdown: with headings, list items and sentences."""
    from fotfeste.plans.documents import read

    return read(name, "\n\n".join(paragraphs).encode())
