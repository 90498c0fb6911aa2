"""What other plans say about the same thing: what a remark to a municipality can lean on, and how others have solved it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.model import Strength
from fotfeste.plans.coverage.coded import HOLDS, ReadDocument, Said
from fotfeste.plans.coverage.quoting import Evidence, evidence_of
from fotfeste.plans.documents.model import PassageKind
from fotfeste.plans.gaps.model import Check, Expectation, Remark

QUOTABLE = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.TABLE_CELL})
WILLED = ("mal", "tiltak")
"""Codes of what a plan wants or will do: a county that wants something itself has the better ground for advising it."""
SHORTEST, LONGEST = 50, 900
"""Signs of a passage that can be quoted in a letter; shorter ones say too little alone, longer ones too much."""


def support(
    remark: Remark, documents: Sequence[ReadDocument], book: Codebook, immigrants: Sequence[str]
) -> tuple[Evidence, ...]:
    """Return the passages of a county's plans that say what a municipality's plan is expected to say, the best first.

    What must be said together must stand in one sentence, unless people have given both codes. People's codings come before
    suggestions, and what the county wants or does before what it tells. Nothing is returned where the plans are silent: then
    there is nothing to lean on.
    """
    return _ranked(documents, book, *_asked(remark.expectation, remark.missing, book, immigrants))


def solved(
    expectation: Expectation,
    documents: Sequence[ReadDocument],
    book: Codebook,
    immigrants: Sequence[str],
    missing: Sequence[str] = (),
    *,
    each: int = 2,
) -> tuple[Evidence, ...]:
    """Return passages of other plans that say what a plan is expected to say: those to learn from, at most ``each`` of a document.

    ``missing`` are the codes that are asked for, where several are asked for one by one. See :func:`said_well`.
    """
    return said_well(documents, book, *_asked(expectation, missing, book, immigrants), each=each)


def said_well(
    documents: Sequence[ReadDocument],
    book: Codebook,
    first: frozenset[str],
    second: frozenset[str] = frozenset(),
    *,
    each: int = 2,
) -> tuple[Evidence, ...]:
    """Return the passages with a code of ``first`` beside one of ``second`` that people have accepted, or all of it in one sentence.

    At most ``each`` of a document, so that one long plan does not hide the others; the best first.
    """
    taken: Counter[str] = Counter()
    found = []
    for one in _ranked(documents, book, first, second):
        if taken[one.document] < each and all(
            coded.said is Said.ACCEPTED or coded.strength is Strength.STRONG for coded in one.coded
        ):
            taken[one.document] += 1
            found.append(one)
    return tuple(found)


def _ranked(
    documents: Sequence[ReadDocument], book: Codebook, first: frozenset[str], second: frozenset[str]
) -> tuple[Evidence, ...]:
    willed = [code for code in WILLED if code in book.by_id]
    ranked = []
    for number, one in enumerate(documents):
        others = set(one.with_code(second)) if second else None
        wanting = set(one.with_code(willed))
        for place in one.with_code(first):
            passage = one.document.passages[place]
            length = passage.span.end - passage.span.start
            if (
                passage.kind not in QUOTABLE
                or length < SHORTEST
                or (others is not None and place not in others)
            ):
                continue
            found = evidence_of(one, place, first, second, book)
            if not found.close:
                continue
            rank = (HOLDS.index(found.said), place not in wanting, length > LONGEST, number, place)
            ranked.append((rank, found))
    ranked.sort(key=lambda each: each[0])
    once = {found.quote.casefold(): found for _, found in reversed(ranked)}
    return tuple(found for _, found in ranked if once[found.quote.casefold()] is found)


def _asked(
    expectation: Expectation, missing: Sequence[str], book: Codebook, immigrants: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes to look for, and those of which one must stand with them."""

    def under(some: Sequence[str]) -> frozenset[str]:
        return frozenset(below for code in some for below in book.under(code))

    match expectation.check:
        case Check.COUPLED:
            return under(expectation.coupling), frozenset()
        case Check.FOLLOWED:
            return under(expectation.by), under(immigrants)
        case Check.EACH:
            return under(missing or expectation.codes), frozenset()
        case Check.DEFINED:
            return under(expectation.by), under(expectation.codes)
        case Check.LABOUR:
            return under((*expectation.by, *expectation.codes)), frozenset()
        case _:
            return under(expectation.leans or expectation.codes), under(expectation.together)
