"""Words of a document that are to be looked at again: outdated, unclear, or several for the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from fotfeste.plans.coverage.coded import ReadDocument
from fotfeste.plans.coverage.quoting import evidence
from fotfeste.plans.gaps.model import Term, TermFound, TermKind
from fotfeste.plans.words import Match, Pattern, ReadText, read_words


def terms_found(read: ReadDocument, terms: Sequence[Term]) -> tuple[TermFound, ...]:
    """Return the words to be looked at again that stand in a document, with every passage; lists of contents and sources left out.

    Words that are mixed are returned where at least two of the ways to say it stand there.
    """
    words = read_words(read.document)
    readable = [(place, read.document.passages[place].span) for place in read.readable]
    found = []
    for term in terms:
        places: set[int] = set()
        shown: Counter[str] = Counter()
        ways = 0
        for way in term.ways or (term.patterns,):
            here = [
                (place, match)
                for match in _matches(words, way)
                for place, span in readable
                if span.start <= match.span.start < span.end
            ]
            ways += bool(here)
            places.update(place for place, _ in here)
            shown.update(read.document.at(match.span).casefold() for _, match in here)
        if ways > (term.kind is TermKind.MIXED):
            passages = tuple(evidence(read, place) for place in sorted(places))
            found.append(TermFound(term, tuple(shown), passages, tuple(shown.values())))
    return tuple(found)


def _matches(words: ReadText, patterns: Iterable[str]) -> list[Match]:
    found: dict[tuple[int, int], Match] = {}
    for pattern in patterns:
        for match in Pattern.parse(pattern).find(words):
            if match.excluded_by is None:
                found.setdefault((match.span.start, match.span.end), match)
    return [found[span] for span in sorted(found)]
