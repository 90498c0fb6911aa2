"""The passage that something rests on: where it stands, its words, and who says what about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.rule_index import PatternIndex
from fotfeste.plans.coverage.coded import HOLDS, Coded, ReadDocument, Said
from fotfeste.plans.documents.model import PassageKind, Span
from fotfeste.plans.words import tokens

ONE_THOUGHT = frozenset(
    {PassageKind.LIST_ITEM, PassageKind.TABLE_CELL, PassageKind.HEADING, PassageKind.TITLE}
)
"""Passages that count as one sentence however many stops they hold."""
POINTERS = frozenset({"dette", "denne", "disse", "desse", "deres", "deira", "slike"})
POINTER_REACH = 4
"""Words that point at the sentence before when they stand among the first of a sentence."""


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
        if len(self.coded) == 1:
            return self.coded[0].said
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
    one: ReadDocument,
    place: int,
    first: frozenset[str],
    second: frozenset[str],
    book: Codebook,
    fits: Callable[[str], bool] | None = None,
) -> Evidence:
    """Return a passage as evidence of one code of each set (``second`` may be empty), with the sentences that hold them.

    With ``fits`` only sentences that it takes count as holding them together; what people have coded they have judged as it is.
    """
    best = [one.best(place, codes) for codes in (first, second) if codes]
    found = evidence(one, place, *best)
    passage = one.document.passages[place]
    judged = all(each is not None and each.said is Said.ACCEPTED for each in best)
    if passage.kind in ONE_THOUGHT or len(passage.sentences) < 2:
        return found if fits is None or judged or fits(found.quote) else replace(found, close=False)
    with_first, with_second = (_sentences(one, place, codes, book) for codes in (first, second))
    both = with_first & with_second if second else with_first
    if fits is not None:
        fitting = {number for number in both if fits(one.document.at(passage.sentences[number]))}
        both = fitting or (both if judged else set())
    core = _pieced(one, place, both or (with_first | with_second))
    alone = not second and fits is None
    return replace(found, close=bool(both) or alone or judged, core=core)


def share_about(one: ReadDocument, place: int, codes: frozenset[str], book: Codebook) -> Fraction:
    """Return how many of a passage's sentences have words of the codes: whether it is about them, or only names them in passing."""
    sentences = one.document.passages[place].sentences
    return Fraction(len(_sentences(one, place, codes, book)), len(sentences)) if sentences else Fraction(0)


def _sentences(one: ReadDocument, place: int, codes: frozenset[str], book: Codebook) -> set[int]:
    """The sentences of a passage with words of the codes, by number.

    They are those that the rules found the words in. A code that people gave without any rule is looked for by its
    patterns, since nobody has said in which sentence it stands.
    """
    document, sentences = one.document, one.document.passages[place].sentences
    given = [
        coded for code, coded in one.coded.get(place, {}).items() if code in codes and coded.said in HOLDS
    ]
    starts = [spot.start for coded in given for spot in coded.places]
    found = {
        number
        for number, sentence in enumerate(sentences)
        if any(sentence.start <= start < sentence.end for start in starts)
    }
    if by_hand := frozenset(coded.code for coded in given if not coded.places):
        index = _index(_patterns(book, by_hand))
        for number, sentence in enumerate(sentences):
            words = [token.word for token in tokens(document.text, sentence.start, sentence.end)]
            if any(hit.rule is None for _, hit in index.hits(words)):
                found.add(number)
    return found


def _pieced(one: ReadDocument, place: int, chosen: set[int]) -> str:
    """The chosen sentences in order, with «…» for those between them; empty when all are chosen or none.

    A sentence that points back («Dette gjelder …») is shown with the one before it: alone it says nothing.
    """
    sentences = one.document.passages[place].sentences
    chosen |= {number - 1 for number in chosen if number and _points_back(one.document.at(sentences[number]))}
    if not chosen or len(chosen) == len(sentences):
        return ""
    parts: list[str] = []
    for number, sentence in enumerate(sentences):
        if number in chosen:
            parts.append(" ".join(one.document.at(sentence).split()))
        elif not parts or parts[-1] != "…":
            parts.append("…")
    return " ".join(parts)


def _points_back(sentence: str) -> bool:
    first = [token.word for token in tokens(sentence, 0, len(sentence))][:POINTER_REACH]
    return first[:1] in (["de"], ["dei"]) or any(word in POINTERS for word in first)


def _patterns(book: Codebook, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            pattern for code in sorted(codes) for rule in book.code(code).rules for pattern in rule.patterns
        )
    )


@lru_cache(maxsize=256)
def _index(patterns: tuple[str, ...]) -> PatternIndex:
    return PatternIndex(patterns)
