"""What the county's own plans say about the same thing: the passages that a remark to a municipality can lean on."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coverage.coded import HOLDS, ReadDocument
from fotfeste.plans.coverage.quoting import Evidence, evidence, in_one_sentence
from fotfeste.plans.documents.model import PassageKind
from fotfeste.plans.gaps.model import Check, Expectation

QUOTABLE = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.TABLE_CELL})
WILLED = ("mal", "tiltak")
"""Codes of what a plan wants or will do: a county that wants something itself has the better ground for advising it."""
SHORTEST, LONGEST = 50, 900
"""Signs of a passage that can be quoted in a letter; shorter ones say too little alone, longer ones too much."""


def support(
    expectation: Expectation, documents: Sequence[ReadDocument], book: Codebook, immigrants: Sequence[str]
) -> tuple[Evidence, ...]:
    """Return the passages of a county's plans that say what a municipality's plan is expected to say, the best first.

    People's codings come before suggestions, what stands in one sentence before what only shares a passage, and what the county
    wants or does before what it tells. Nothing is returned where the plans are silent: then there is nothing to lean on.
    """
    first, second = _asked(expectation, book, immigrants)
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
            close = in_one_sentence(one, place, first, second, book)
            coded = (one.best(place, first), one.best(place, second) if second else None)
            found = evidence(one, place, *coded, close=close)
            rank = (HOLDS.index(found.said), not close, length > LONGEST, place not in wanting, number, place)
            ranked.append((rank, found))
    ranked.sort(key=lambda each: each[0])
    once = {found.quote.casefold(): found for _, found in reversed(ranked)}
    return tuple(found for _, found in ranked if once[found.quote.casefold()] is found)


def _asked(
    expectation: Expectation, book: Codebook, immigrants: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes to look for, and those of which one must stand with them."""

    def under(some: Sequence[str]) -> frozenset[str]:
        return frozenset(below for code in some for below in book.under(code))

    match expectation.check:
        case Check.COUPLED:
            return under(expectation.coupling), frozenset()
        case Check.FOLLOWED:
            return under(expectation.by), under(immigrants)
        case Check.DEFINED:
            return under(expectation.by), under(expectation.codes)
        case Check.LABOUR:
            return under((*expectation.by, *expectation.codes)), under(immigrants)
        case _:
            return under(expectation.codes), under(expectation.together)
