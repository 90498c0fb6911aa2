"""From what a reader of one format found to the document: its canonical text and the passages in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from fotfeste.messages import Message, msg
from fotfeste.plans.documents.bounds import Bounds, refused, too_large
from fotfeste.plans.documents.languages import language_of
from fotfeste.plans.documents.model import (
    Box,
    Cell,
    Document,
    Language,
    Origin,
    Page,
    Passage,
    PassageKind,
    Span,
)
from fotfeste.plans.documents.sentences import sentences

_SPACES = re.compile(r"[^\S\n]+|[\u200b\u2060\ufeff]+")
_HALVES = re.compile("[\ud800-\udfff]")
_DROPPED = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, *range(0x200B, 0x2010),
     *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFE, 0xFFFF, *range(0xFFF9, 0xFFFC)]
)  # fmt: skip
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_SIGNS = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0FC: "•", 0xF02D: "-", 0x2010: "-", 0x2011: "-"}
_CHANGED = {**_DROPPED, **_LIGATURES, **_SIGNS, 0x0B: " ", 0x0C: " ", 0x85: " ", 0x2028: " ", 0x2029: " "}


@dataclass(slots=True)
class Block:
    """What a reader found: a passage that is still only its words and where they stand."""

    kind: PassageKind
    text: str
    level: int = 0
    pages: tuple[int, int] | None = None
    cell: Cell | None = None
    boxes: tuple[Box, ...] = field(default=())


def canonical(text: str) -> str:
    """Return the words of one passage in the form that is kept: NFC, one space between words, no signs without a look."""
    text = text.translate(_CHANGED)
    if _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text.replace("\n", " "))).strip()


_GOES_ON = frozenset(
    ("i", "og", "for", "på", "til", "av", "med", "om", "mot", "fra", "frå", "ved", "mellom", "under", "samt", "the", "of", "in", "and", "to")
)  # fmt: skip
"""Last words of a line that no title ends with."""


def build(
    blocks: Iterable[Block],
    origin: Origin,
    bounds: Bounds,
    *,
    title: str = "",
    pages: tuple[Page, ...] = (),
    remarks: Iterable[Message] = (),
) -> Document:
    """Return the document; raises :class:`InputError` when it has no words, or more than ``bounds`` allow."""
    pieces: list[str] = []
    passages: list[Passage] = []
    path: list[tuple[int, int]] = []
    here = 0
    for block in blocks:
        words = canonical(block.text)
        if not words:
            continue
        span = Span(here, here + len(words))
        heading = block.kind is PassageKind.HEADING
        if heading:
            while path and path[-1][0] >= block.level:
                path.pop()
        passages.append(
            Passage(
                span,
                block.kind,
                language_of(words),
                tuple(place for _, place in path),
                sentences(words, here),
                len(path) + 1 if heading else 0,
                block.pages,
                block.cell,
                block.boxes,
            )
        )
        if heading:
            path.append((block.level, len(passages) - 1))
        pieces.append(words)
        here = span.end + 2
        if here > bounds.letters or len(passages) > bounds.passages:
            raise too_large(origin.name, msg("Filen har mer tekst enn det som leses."))
    if not passages:
        raise refused(
            "empty",
            msg("Filen har ingen tekst som kan leses."),
            origin.name,
            msg("Er siden skannet, må teksten gjenkjennes (OCR) før filen leses inn."),
        )
    return Document(
        "\n\n".join(pieces),
        origin,
        canonical(title) or _title(passages, pieces, origin),
        tuple(passages),
        pages,
        tuple(remarks),
    )


def _title(passages: list[Passage], pieces: list[str], origin: Origin) -> str:
    """Return the first title or heading; one that breaks off («Kompetanse i») goes on in the headings right after it."""
    for kind in (PassageKind.TITLE, PassageKind.HEADING):
        for first, passage in enumerate(passages):
            if passage.kind is not kind:
                continue
            words = pieces[first]
            for passage_after, more in zip(passages[first + 1 :], pieces[first + 1 :], strict=True):
                goes_on = passage_after.kind is kind and passage_after.pages == passage.pages
                if not (goes_on and words.rpartition(" ")[2].casefold() in _GOES_ON):
                    break
                words = f"{words} {more}"
            return words
    return origin.name.rpartition(".")[0] or origin.name


def main_language(document: Document) -> Language:
    """Return the form of language that most of the document is written in."""
    letters: dict[Language, int] = {}
    for passage in document.passages:
        if passage.language is not Language.UNKNOWN:
            letters[passage.language] = (
                letters.get(passage.language, 0) + passage.span.end - passage.span.start
            )
    return max(letters, key=lambda one: letters[one], default=Language.UNKNOWN)
