"""What is put into the index of plans, what is asked of it, and what it answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from fotfeste.plans.documents.model import Document, Language, PassageKind, Span
from fotfeste.plans.words.patterns import Match

KeyValue = str | int


@dataclass(frozen=True)
class Entry:
    """A document to be found: its id, and what it can be chosen by (``owner``, ``type``, ``year`` …), by name.

    A key may have several values; whole numbers can be asked for as a range.
    """

    id: str
    document: Document
    keys: Mapping[str, tuple[KeyValue, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Chosen:
    """Which passages are searched; what is not given does not narrow.

    ``documents`` are the ids that the reader may see: an empty collection finds nothing. ``keys`` ask for one of the
    values, ``ranges`` for a whole number from and including the first up to and including the second. ``passages`` are
    places of passages by document: nothing else is searched.
    """

    documents: Collection[str] | None = None
    kinds: Collection[PassageKind] | None = None
    languages: Collection[Language] | None = None
    keys: Mapping[str, Collection[KeyValue]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    passages: Mapping[str, Collection[int]] | None = None


@dataclass(frozen=True, slots=True)
class InContext:
    """A match in its line: what stands before it, the words found, what stands after; ``span`` is in the document."""

    left: str
    hit: str
    right: str
    span: Span
    match: Match


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that is found: where it stands, its text, its matches, and how well it fits.

    ``place`` is its number in :attr:`Document.passages`; spans of matches and lines are those of the document.
    """

    document: str
    place: int
    span: Span
    kind: PassageKind
    language: Language
    pages: tuple[int, int] | None
    headings: tuple[str, ...]
    text: str
    score: float
    lines: tuple[InContext, ...]
    left_out: tuple[InContext, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a rule about look-alikes left out: its id, in how many passages, and the words with their number."""

    rule: str
    passages: int
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: how many passages and documents in all, a page of passages, and what was left out."""

    passages: int
    documents: int
    found: tuple[FoundPassage, ...]
    left_out: tuple[LeftOut, ...]
    by_document: Mapping[str, int]
