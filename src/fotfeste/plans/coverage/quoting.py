"""The passage that something rests on: where it stands, its words, and who says what about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    ``core`` are the sentences that the codes stand in, with «…» where others are left out; empty where it is all of the quote.
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
    core: str = ""

    @property
    def said(self) -> Said:
        """How sure it is: as sure as the least sure of the codes it rests on; a passage without codes is only found."""
        return max((one.said for one in self.coded), key=list(Said).index, default=Said.SUGGESTED)

    @property
    def judged(self) -> bool:
        """Whether people stand behind it."""
        return bool(self.coded) and self.said is Said.ACCEPTED


def evidence(one: ReadDocument, place: int, *coded: Coded | None) -> Evidence:
    """Return a passage of a document as evidence, with the codes it rests on."""
    document, passage = one.document, one.document.passages[place]
    return Evidence(
        one.id,
        document.text_sha256,
        place,
        passage.span,
        passage.pages,
        document.heading_path(passage),
        " ".join(document.at(passage.span).split()),
        tuple(each for each in coded if each is not None),
    )


def evidence_of(
    one: ReadDocument, place: int, first: frozenset[str], second: frozenset[str], book: Codebook
) -> Evidence:
    """Return a passage as evidence of one code of each set (``second`` may be empty), with the sentences that hold them."""
    best = [one.best(place, codes) for codes in (first, second) if codes]
    found = evidence(one, place, *best)
    passage = one.document.passages[place]
    if passage.kind in ONE_THOUGHT or len(passage.sentences) < 2:
        return found
    with_first, with_second = (_sentences(one, place, codes, book) for codes in (first, second))
    both = with_first & with_second if second else with_first
    judged = all(each is not None and each.said is Said.ACCEPTED for each in best)
    core = _pieced(one, place, both or (with_first | with_second))
    return replace(found, close=bool(both) or not second or judged, core=core)


def _sentences(one: ReadDocument, place: int, codes: frozenset[str], book: Codebook) -> set[int]:
    """The sentences of a passage with words of the codes, by number."""
    if not codes:
        return set()
    index, text = _index(_patterns(book, codes)), one.document.text
    best = one.best(place, codes)
    places = best.places if best is not None else ()
    found = set()
    for number, sentence in enumerate(one.document.passages[place].sentences):
        words = [token.word for token in tokens(text, sentence.start, sentence.end)]
        said = any(sentence.start <= each.start < sentence.end for each in places)
        if said or any(hit.rule is None for _, hit in index.hits(words)):
            found.add(number)
    return found


def _pieced(one: ReadDocument, place: int, chosen: set[int]) -> str:
    """The chosen sentences in order, with «…» for those between them; empty when all are chosen or none."""
    sentences = one.document.passages[place].sentences
    if not chosen or len(chosen) == len(sentences):
        return ""
    parts: list[str] = []
    for number, sentence in enumerate(sentences):
        if number in chosen:
            parts.append(" ".join(one.document.at(sentence).split()))
        elif not parts or parts[-1] != "…":
            parts.append("…")
    return " ".join(parts)


def _patterns(book: Codebook, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            pattern for code in sorted(codes) for rule in book.code(code).rules for pattern in rule.patterns
        )
    )


@lru_cache(maxsize=256)
def _index(patterns: tuple[str, ...]) -> PatternIndex:
    return PatternIndex(patterns)
