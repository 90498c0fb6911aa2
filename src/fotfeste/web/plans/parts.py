"""A document cut into what is read at a time: one page of the file, or so many passages where it knows no pages."""

from __future__ import annotations

from dataclasses import dataclass

from fotfeste.plans.documents import Document, Passage, PassageKind
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.stored import document_of

AT_A_TIME = 40
HEADINGS = frozenset({PassageKind.TITLE, PassageKind.HEADING})


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the contents: the words, how deep, and where it stands."""

    text: str
    level: int
    part: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in parts: the places of the passages of each, counted from 1, and its contents."""

    parts: tuple[tuple[int, ...], ...]
    contents: tuple[Heading, ...]
    paged: bool

    def holding(self, place: int) -> int:
        """Return the part in which the passage with this place stands."""
        return next((number for number, one in enumerate(self.parts, 1) if place in one), 1)


def anchor(passage: Passage) -> str:
    """Return the mark of a passage in an address: it stays as long as the text does."""
    return f"t{passage.span.start}-{passage.span.end}"


def cut_of(file: PlanFile) -> Cut:
    """Return how a document is read."""
    return _cut(file.pk.hex, file.text_sha256, document_of(file))


_known: dict[tuple[str, str], Cut] = {}


def _cut(name: str, text: str, document: Document) -> Cut:
    key = name, text
    if key not in _known:
        if len(_known) > 64:
            _known.clear()
        _known[key] = cut(document)
    return _known[key]


def cut(document: Document) -> Cut:
    """Return a document in parts."""
    paged = bool(document.pages)
    parts: list[list[int]] = [[] for _ in document.pages]
    for place, passage in enumerate(document.passages):
        number = (passage.pages[0] - 1 if passage.pages else 0) if paged else place // AT_A_TIME
        while len(parts) <= number:
            parts.append([])
        parts[number].append(place)
    where = {place: number for number, part in enumerate(parts, 1) for place in part}
    contents = tuple(
        Heading(document.at(one.span), one.level or 1, where[place], anchor(one))
        for place, one in enumerate(document.passages)
        if one.kind in HEADINGS
    )
    return Cut(tuple(map(tuple, parts)) or ((),), contents, paged)
