"""What other plans say about the same thing: what a remark to a municipality can lean on, and how others have solved it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.model import Strength
from fotfeste.plans.coverage.coded import HOLDS, ReadDocument, Said
from fotfeste.plans.coverage.quoting import Evidence, evidence_of, share_about
from fotfeste.plans.documents.model import PassageKind
from fotfeste.plans.gaps.model import Check, Expectation, Expectations, Remark
from fotfeste.plans.words import Pattern

QUOTABLE = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.TABLE_CELL})
WILLED = ("mal", "tiltak")
"""Codes of what a plan wants or will do: a county that wants something itself has the better ground for advising it."""
SHORTEST, LONGEST = 50, 900
"""Signs of what can be quoted in a letter; shorter passages say too little alone, longer sentences too much."""
MOST_OF_ONE = 20
"""Passages of one document that are kept to learn from; more than a few are never shown."""
ABOUT = Fraction(1, 3)
"""The share of a passage's sentences that name the people where it is about them, and not about many things."""


@dataclass(frozen=True)
class _Asked:
    """What a passage must say.

    A code of ``first``, and where there are any one of ``second`` in the same sentence, in which also one of the patterns ``words`` must
    stand and none of ``unless``. With ``strong`` the rule itself must have found it in one sentence. With ``most`` passages with
    several of ``first`` come before those with one.
    """

    first: frozenset[str]
    second: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    strong: bool = False
    most: bool = False

    @cached_property
    def _parsed(self) -> tuple[list[Pattern], list[Pattern]]:
        first, second = ([Pattern.parse(one) for one in some] for some in (self.words, self.unless))
        return first, second

    def fits(self, sentence: str) -> bool:
        """Whether a sentence is about the matter."""
        words, unless = self._parsed
        return (not words or any(one.counts(sentence) for one in words)) and not any(
            one.counts(sentence) for one in unless
        )


def support(
    remark: Remark, documents: Sequence[ReadDocument], book: Codebook, expectations: Expectations
) -> tuple[Evidence, ...]:
    """Return the passages of a county's plans that say what a municipality's plan is expected to say, the best first.

    What must be said together must stand in one sentence that names the people and the matter, unless people have given both codes. People's
    codings come before suggestions, and what the county wants or does before what it tells; among equals the plans
    in the order they are given. Nothing is returned where the plans are silent: then there is nothing to lean on.
    """
    return _ranked(documents, book, _asked(remark.expectation, remark.missing, book, expectations))


def solved(
    expectation: Expectation,
    documents: Sequence[ReadDocument],
    book: Codebook,
    expectations: Expectations,
    missing: Sequence[str] = (),
    *,
    each: int = 2,
) -> tuple[Evidence, ...]:
    """Return passages of other plans that say what a plan is expected to say: those to learn from, at most ``each`` of a document.

    ``missing`` are the codes that are asked for, where several are asked for one by one. See :func:`said_well`.
    """
    return _said_well(documents, book, _asked(expectation, missing, book, expectations), each)


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
    return _said_well(documents, book, _Asked(first, second), each)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage of one document, and how good it is: of ``rank`` the lowest is the best."""

    rank: tuple[int, ...]
    evidence: Evidence


def solved_in(
    one: ReadDocument,
    expectation: Expectation,
    book: Codebook,
    expectations: Expectations,
    missing: Sequence[str] = (),
) -> tuple[Ranked, ...]:
    """Return what :func:`solved` has of one document, so that it can be kept; :func:`best_of` puts documents together."""
    return _well_in(one, book, _asked(expectation, missing, book, expectations))


def said_well_in(
    one: ReadDocument, book: Codebook, first: frozenset[str], second: frozenset[str] = frozenset()
) -> tuple[Ranked, ...]:
    """Return what :func:`said_well` has of one document, so that it can be kept; :func:`best_of` puts documents together."""
    return _well_in(one, book, _Asked(first, second))


def best_of(documents: Sequence[Sequence[Ranked]], each: int = 2) -> tuple[Evidence, ...]:
    """Return the passages of documents, the best first, none of them twice, and at most ``each`` of a document."""
    taken: Counter[str] = Counter()
    found = []
    for one in _merged(documents):
        if taken[one.document] < each:
            taken[one.document] += 1
            found.append(one)
    return tuple(found)


def _said_well(
    documents: Sequence[ReadDocument], book: Codebook, asked: _Asked, each: int
) -> tuple[Evidence, ...]:
    return best_of([_well_in(one, book, asked) for one in documents], each)


def _well_in(one: ReadDocument, book: Codebook, asked: _Asked) -> tuple[Ranked, ...]:
    strong = (each for each in _ranked_in(one, book, asked) if _is_strong(each.evidence))
    return tuple(sorted(strong, key=lambda each: (each.rank, each.evidence.passage))[:MOST_OF_ONE])


def _is_strong(one: Evidence) -> bool:
    return all(coded.said is Said.ACCEPTED or coded.strength is Strength.STRONG for coded in one.coded)


def _ranked(documents: Sequence[ReadDocument], book: Codebook, asked: _Asked) -> tuple[Evidence, ...]:
    return _merged([list(_ranked_in(one, book, asked)) for one in documents])


def _merged(documents: Sequence[Sequence[Ranked]]) -> tuple[Evidence, ...]:
    """Put the passages of documents together, the best first; among equals the documents in the order they are given."""
    ranked = sorted(
        (
            ((*one.rank, number, one.evidence.passage), one.evidence)
            for number, some in enumerate(documents)
            for one in some
        ),
        key=lambda each: each[0],
    )
    once = {found.quote.casefold(): found for _, found in reversed(ranked)}
    return tuple(found for _, found in ranked if once[found.quote.casefold()] is found)


def _ranked_in(one: ReadDocument, book: Codebook, asked: _Asked) -> Iterator[Ranked]:
    willed = [code for code in WILLED if code in book.by_id]
    others = set(one.with_code(asked.second)) if asked.second else None
    wanting = set(one.with_code(willed))
    for place in one.with_code(asked.first):
        passage = one.document.passages[place]
        length = passage.span.end - passage.span.start
        if passage.kind not in QUOTABLE or length < SHORTEST or (others is not None and place not in others):
            continue
        found = evidence_of(one, place, asked.first, asked.second, book, asked.fits)
        if not found.close or (asked.strong and not _is_strong(found)):
            continue
        here = sum(one.best(place, (code,)) is not None for code in asked.first) if asked.most else 0
        passing = bool(asked.second) and share_about(one, place, asked.second, book) < ABOUT
        long = len(found.core or found.quote) > LONGEST
        yield Ranked(
            (HOLDS.index(found.said), -here, int(place not in wanting), int(passing), int(long)), found
        )


def _asked(
    expectation: Expectation, missing: Sequence[str], book: Codebook, expectations: Expectations
) -> _Asked:
    """Return what a passage must say for advice to lean on it."""

    def under(some: Sequence[str]) -> frozenset[str]:
        return frozenset(below for code in some for below in book.under(code))

    leans = expectation.leans
    words, unless = leans.words, (*leans.unless, *expectations.unless)
    groups = under(leans.beside or expectations.groups)
    match expectation.check:
        case Check.COUPLED:
            return _Asked(under(expectation.coupling), frozenset(), words, unless, strong=True)
        case Check.FOLLOWED:
            return _Asked(under(expectation.by), groups, words, unless)
        case Check.EACH:
            return _Asked(under(missing or expectation.codes), frozenset(), words, unless, most=True)
        case Check.DEFINED:
            return _Asked(under(expectation.by), under(expectation.codes), words, unless)
        case Check.LABOUR:
            return _Asked(under((*expectation.by, *expectation.codes)), frozenset(), words, unless)
        case _:
            beside = groups if expectation.together else frozenset[str]()
            return _Asked(under(leans.codes or expectation.codes), beside, words, unless)
