"""The passage that something rests on: where it stands, its words, and who says what about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.rule_index import PatternIndex
from fotfeste.plans.coverage.coded import Coded, ReadDocument, Said
from fotfeste.plans.documents.model import PassageKind, Span
from fotfeste.plans.words import tokens

ONE_THOUGHT = frozenset(
    {PassageKind.LIST_ITEM, PassageKind.TABLE_CELL, PassageKind.HEADING, PassageKind.TITLE}
)
"""Passages that count as one sentence however many stops they hold."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage with the codes that make it count; ``document`` is what the document is called outside.

    ``quote`` is the whole passage on one line. ``pages`` are counted from 1, and nothing where the file knows no pages.
    ``close`` tells whether the words of all its codes stand in one sentence; where people have given the codes, they have judged that.
    """

    document: str
    text_sha256: str
    passage: int
    span: Span
    pages: tuple[int, int] | None
    headings: tuple[str, ...]
    quote: str
    coded: tuple[Coded, ...] = ()
    close: bool = True

    @property
    def said(self) -> Said:
        """How sure it is: as sure as the least sure of the codes it rests on; a passage without codes is only found."""
        return max((one.said for one in self.coded), key=list(Said).index, default=Said.SUGGESTED)

    @property
    def judged(self) -> bool:
        """Whether people stand behind it."""
        return bool(self.coded) and self.said is Said.ACCEPTED


def evidence(one: ReadDocument, place: int, *coded: Coded | None, close: bool = True) -> Evidence:
    """Return a passage of a document as evidence, with the codes it rests on."""
    document, passage = one.document, one.document.passages[place]
    codes = tuple(each for each in coded if each is not None)
    return Evidence(
        one.id,
        document.text_sha256,
        place,
        passage.span,
        passage.pages,
        document.heading_path(passage),
        " ".join(document.at(passage.span).split()),
        codes,
        close,
    )


def in_one_sentence(
    one: ReadDocument, place: int, first: frozenset[str], second: frozenset[str], book: Codebook
) -> bool:
    """Whether words of both sets of codes stand in one sentence of a passage; people who gave both have judged that."""
    if not first or not second:
        return True
    passage = one.document.passages[place]
    said = [one.best(place, codes) for codes in (first, second)]
    if passage.kind in ONE_THOUGHT or all(each is not None and each.said is Said.ACCEPTED for each in said):
        return True
    text = one.document.text
    indexes = [_index(_patterns(book, codes)) for codes in (first, second)]
    for sentence in passage.sentences:
        words = [token.word for token in tokens(text, sentence.start, sentence.end)]
        if all(any(hit.rule is None for _, hit in index.hits(words)) for index in indexes):
            return True
    return False


def _patterns(book: Codebook, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            pattern for code in sorted(codes) for rule in book.code(code).rules for pattern in rule.patterns
        )
    )


@lru_cache(maxsize=256)
def _index(patterns: tuple[str, ...]) -> PatternIndex:
    return PatternIndex(patterns)
