"""Patterns of words, found in texts and documents: the same language for the search and for codebooks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fotfeste.plans.documents.model import Document, Span
from fotfeste.plans.words.grammar import parsed
from fotfeste.plans.words.nodes import Node
from fotfeste.plans.words.tokens import tokens


@dataclass(frozen=True)
class ReadScope:
    """The words of one passage in order, and where each stands."""

    words: Sequence[str]

    @cached_property
    def positions(self) -> Mapping[str, Sequence[int]]:
        """The places of each word."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word, []).append(place)
        return found


@dataclass(frozen=True)
class ReadText:
    """The words of a text, read once for many patterns; ``starts`` are the first words of its passages."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    starts: tuple[int, ...]

    @cached_property
    def scopes(self) -> tuple[ReadScope, ...]:
        """The passages."""
        ends = (*self.starts[1:], len(self.words))
        return tuple(ReadScope(self.words[a:b]) for a, b in zip(self.starts, ends, strict=True))

    @cached_property
    def passages_with(self) -> Mapping[str, tuple[int, ...]]:
        """The passages that each word stands in, counted from 0."""
        found: dict[str, dict[int, None]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word, {})[bisect_right(self.starts, place) - 1] = None
        return {word: tuple(places) for word, places in found.items()}


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a pattern finds: from the first to the last word, the words, and where each of them stands.

    ``excluded_by`` is the id of the rule about look-alikes (:func:`look_alikes`) that leaves the match out; such a
    match is not counted, but shown.
    """

    span: Span
    words: tuple[str, ...]
    excluded_by: str | None
    places: tuple[Span, ...]


def read_words(source: Document | str, span: Span | None = None) -> ReadText:
    """Return the words of a document, passage by passage, or of a text, which is one passage.

    ``span`` narrows a text, or the passages of a document, to a piece; spans are always those of the whole.
    """
    if isinstance(source, str):
        pieces = [span or Span(0, len(source))]
        text = source
    else:
        text = source.text
        pieces = [one.span for one in source.passages]
        if span is not None:
            narrowed = ((max(one.start, span.start), min(one.end, span.end)) for one in pieces)
            pieces = [Span(start, end) for start, end in narrowed if start < end]
    words: list[str] = []
    spans: list[Span] = []
    starts: list[int] = []
    for piece in pieces:
        starts.append(len(words))
        for token in tokens(text, piece.start, piece.end):
            words.append(token.word)
            spans.append(token.span)
    return ReadText(tuple(words), tuple(spans), tuple(starts))


@dataclass(frozen=True)
class Pattern:
    """A pattern, ready to be looked for; never changed, so it may be kept and used again.

    >>> [match.words for match in Pattern.parse("innv*").find("Innvandrarar kom, innvendingar òg.")]
    [('innvandrarar',), ('innvendingar',)]
    """

    written: str
    tree: Node

    @classmethod
    def parse(cls, written: str) -> Pattern:
        """Return the pattern; raises :class:`PatternError`, which says where it cannot be read. See ``grammar``."""
        return cls(written, parsed(written))

    def find(self, source: Document | str | ReadText, span: Span | None = None) -> Iterator[Match]:
        """Return every match in order, those left out by a rule about look-alikes among them.

        A match lies within one passage. Reading a text first (:func:`read_words`) saves time for many patterns.
        """
        text = source if isinstance(source, ReadText) else read_words(source, span)
        passages: set[int] = set()
        leaves = tuple(dict.fromkeys(self.tree.leaves()))
        for word, numbers in text.passages_with.items():
            if any(leaf.finds(word) for leaf in leaves):
                passages.update(numbers)
        for number in sorted(passages):
            scope, start = text.scopes[number], text.starts[number]
            for hit in self.tree.hits(scope):
                places = tuple(text.spans[start + place] for place in hit.places)
                yield Match(
                    Span(places[0].start, places[-1].end),
                    tuple(scope.words[place] for place in hit.places),
                    hit.rule,
                    places,
                )

    def counts(self, source: Document | str | ReadText) -> int:
        """Return how many matches stand there, look-alikes not counted."""
        return sum(match.excluded_by is None for match in self.find(source))
