"""All patterns of a codebook at once: which of them a word may start, known after the word has been seen once.

A pattern is only tried on a sentence that holds one of its words; which patterns a word calls for is kept by word.
What is found is what :meth:`fotfeste.plans.words.Pattern.find` finds (held by tests); the index only spares the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fotfeste.plans.words import Pattern, parts
from fotfeste.plans.words import normal as normal_form
from fotfeste.plans.words.compounds import pieces
from fotfeste.plans.words.forms import bokmaal
from fotfeste.plans.words.leaves import Leaf, LeafKind
from fotfeste.plans.words.nodes import All, Either, Hit, Near, Node, Words
from fotfeste.plans.words.patterns import ReadScope
from fotfeste.plans.words.tokens import REMEMBERED

BEGINNING = 3
"""Letters of a beginning by which ``innv*`` is looked up; a pattern with ``*`` has at least as many."""


class PatternIndex:
    """Patterns in order, each found by its number; remembers what it knows of words, and nothing of texts."""

    def __init__(self, written: Iterable[str]) -> None:
        self.written = tuple(dict.fromkeys(written))
        self.number = {pattern: number for number, pattern in enumerate(self.written)}
        self._trees = tuple(Pattern.parse(one).tree for one in self.written)
        self._by_form: dict[str, list[tuple[Leaf, int]]] = {}
        self._by_part: dict[str, list[tuple[Leaf, int]]] = {}
        self._by_beginning: dict[str, list[tuple[Leaf, int]]] = {}
        self._by_any: list[tuple[Leaf, int]] = []
        for number, tree in enumerate(self._trees):
            for leaf in _needed(tree):
                self._enter(leaf, number)
        self._called: dict[str, tuple[int, ...]] = {}

    def hits(self, words: Sequence[str]) -> Iterator[tuple[int, Hit]]:
        """Return what the patterns find in one run of words: the pattern's number and the places, look-alikes too."""
        called: set[int] = set()
        for word in words:
            called.update(self.called_by(word))
        if not called:
            return
        scope = ReadScope(words)
        for number in sorted(called):
            for hit in self._trees[number].hits(scope):
                yield number, hit

    def called_by(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the patterns that may be found where ``word`` stands."""
        known = self._called.get(word)
        if known is None:
            if len(self._called) >= REMEMBERED:
                self._called.clear()
            known = tuple(sorted({number for leaf, number in self._possible(word) if leaf.finds(word)}))
            self._called[word] = known
        return known

    def _enter(self, leaf: Leaf, number: int) -> None:
        if leaf.kind is LeafKind.LETTERS:
            begins = {glob[0][:BEGINNING] for glob in leaf.globs}
            if min(map(len, begins)) < BEGINNING:
                self._by_any.append((leaf, number))
                return
            for letters in begins:
                self._by_beginning.setdefault(letters, []).append((leaf, number))
            return
        self._by_form.setdefault(leaf.form, []).append((leaf, number))
        if leaf.kind is LeafKind.WORD:
            self._by_part.setdefault(leaf.parts[0], []).append((leaf, number))

    def _possible(self, word: str) -> Iterator[tuple[Leaf, int]]:
        yield from self._by_any
        yield from self._by_form.get(normal_form(word), ())
        for part in set(parts(word)):
            yield from self._by_part.get(part, ())
        split = pieces(word)
        forms = {word, bokmaal(word), normal_form(word)}
        rests = ["".join(split[place:]) for place in range(1, len(split))]
        forms.update(rests)
        forms.update(normal_form(rest) for rest in rests)
        for letters in {form[:BEGINNING] for form in forms}:
            yield from self._by_beginning.get(letters, ())


def _needed(node: Node) -> list[Leaf]:
    """Return words one of which stands wherever the node is found: as few and as rare as can be told."""
    if isinstance(node, Words):
        return [max(node.each, key=lambda leaf: len(leaf.written))]
    if isinstance(node, Near):
        return min(_needed(node.one), _needed(node.other), key=_commonness)
    if isinstance(node, All):
        return min((_needed(one) for one in node.must), key=_commonness)
    if isinstance(node, Either):
        return [leaf for one in node.some for leaf in _needed(one)]
    return list(node.leaves())


def _commonness(leaves: list[Leaf]) -> tuple[int, int]:
    return len(leaves), -min(len(leaf.written) for leaf in leaves)
