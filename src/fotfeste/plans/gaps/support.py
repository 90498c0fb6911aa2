"""What the county's own plans say about the same thing: the passages that a remark to a municipality can lean on."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coverage.coded import HOLDS, ReadDocument
from fotfeste.plans.coverage.quoting import Evidence, evidence_of
from fotfeste.plans.documents.model import PassageKind
from fotfeste.plans.gaps.model import Check, Remark

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
    first, second = _asked(remark, book, immigrants)
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
    remark: Remark, book: Codebook, immigrants: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes to look for, and those of which one must stand with them."""

    def under(some: Sequence[str]) -> frozenset[str]:
        return frozenset(below for code in some for below in book.under(code))

    expectation = remark.expectation
    match expectation.check:
        case Check.COUPLED:
            return under(expectation.coupling), frozenset()
        case Check.FOLLOWED:
            return under(expectation.by), under(immigrants)
        case Check.EACH:
            return under(remark.missing or expectation.codes), frozenset()
        case Check.DEFINED:
            return under(expectation.by), under(expectation.codes)
        case Check.LABOUR:
            return under((*expectation.by, *expectation.codes)), frozenset()
        case _:
            return under(expectation.codes), under(expectation.together)
