"""The headings of a document: levels without gaps and anchors that are all different."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from fotfeste.reports.blocks import Block, Document, Heading, KeyFigures, Paragraph

LONGEST_CONTENTS = 22
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as it is written: ``level`` 1 to 3, its text and its anchor."""

    level: int
    text: str
    anchor: str


def outline(blocks: tuple[Block, ...]) -> dict[int, Entry]:
    """Return the entry of every heading, by the block's index.

    A heading is never more than one level below the one before it (WCAG 1.3.1, PDF/UA 7.4.2); a document that
    jumps is lifted. Anchors given by the document are kept; the others are made from the text.
    """
    entries: dict[int, Entry] = {}
    taken = {block.anchor for block in blocks if isinstance(block, Heading) and block.anchor}
    used: set[str] = set()
    level = 0
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading):
            continue
        level = min(block.level, level + 1)
        anchor = block.anchor
        if not anchor or anchor in used:
            anchor = _free(anchor or _slug(block.text), taken | used)
        used.add(anchor)
        entries[index] = Entry(level, block.text, anchor)
    return entries


def contents_place(document: Document) -> int:
    """Return how many blocks stand before the table of contents: those the document says, otherwise its answer."""
    return document.before_contents or _answer_length(document.blocks)


def _answer_length(blocks: tuple[Block, ...]) -> int:
    """Return how many blocks at the beginning give the answer: lead paragraphs and key figures."""
    number = 0
    for block in blocks:
        if not (isinstance(block, KeyFigures) or (isinstance(block, Paragraph) and block.lead)):
            break
        number += 1
    return number


def contents_depth(entries: dict[int, Entry]) -> int:
    """Return how many levels the table of contents shows: two, or one where two would not fit a page's half."""
    return 2 if sum(entry.level <= 2 for entry in entries.values()) <= LONGEST_CONTENTS else 1


def _slug(text: str) -> str:
    lowered = text.lower().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "avsnitt"


def _free(wanted: str, taken: set[str]) -> str:
    number, anchor = 1, wanted
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor
