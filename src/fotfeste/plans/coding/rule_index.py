"""All patterns of a codebook at once: which of them a word may start, known after the word has been seen once.

A pattern is only tried on a sentence that holds one of its words, and which words of patterns a word of a text is, is
worked out once for each different word. What is found is what :meth:`fotfeste.plans.words.Pattern.find` finds (held
by tests); the index only spares the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fotfeste.plans.words import Pattern, parts
from fotfeste.plans.words import normal as normal_form
from fotfeste.plans.words.compounds import pieces
from fotfeste.plans.words.forms import bokmaal
from fotfeste.plans.words.leaves import Leaf, LeafKind
from fotfeste.plans.words.nodes import All, Either, Hit, Near, Node, Scope, Words
from fotfeste.plans.words.patterns import ReadScope
from fotfeste.plans.words.tokens import REMEMBERED

BEGINNING = 3
"""Letters of a beginning by which ``innv*`` is looked up; a pattern with ``*`` has at least as many."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one word: which leaves find it, by number, and which patterns it calls for."""

    leaves: frozenset[int]
    patterns: tuple[int, ...]


def _nothing(_word: str) -> _Known:
    return _Known(frozenset(), ())


@dataclass(frozen=True)
class _IndexedLeaf(Leaf):
    """A word of a pattern that asks the index whether it is found."""

    number: int = field(default=0, compare=False)
    known: Callable[[str], _Known] = field(default=_nothing, repr=False, compare=False)

    def finds(self, word: str) -> bool:
        """Return whether ``word`` is found, look-alikes too."""
        return self.number in self.known(word).leaves

    def found_alone(self, word: str) -> bool:
        """Return the same without asking the index."""
        return Leaf.finds(self, word)


@dataclass(frozen=True)
class _IndexedScope(ReadScope):
    """The words of one sentence, and the places of each leaf that finds some of them."""

    at: Mapping[int, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _IndexedWords(Words):
    """Words beside each other whose places the scope knows."""

    each: tuple[_IndexedLeaf, ...]

    def hits(self, scope: Scope) -> list[Hit]:
        """Return every place where the words stand beside each other."""
        assert isinstance(scope, _IndexedScope)
        words, at = scope.words, scope.at
        several = range(len(self.each))
        found = []
        for start in at.get(self.each[0].number, ()):
            if any(start + far not in at.get(self.each[far].number, ()) for far in several[1:]):
                continue
            rule = None
            for place, leaf in enumerate(self.each, start):
                before = words[place - 1] if place else ""
                after = words[place + 1] if place + 1 < len(words) else ""
                rule = rule or leaf.left_out_by(words[place], before, after)
            found.append(Hit(tuple(start + far for far in several), rule.id if rule else None))
        return found


class PatternIndex:
    """Patterns in order, each found by its number; remembers what it knows of words, and nothing of texts."""

    def __init__(self, written: Iterable[str]) -> None:
        self.written = tuple(dict.fromkeys(written))
        self.number = {pattern: number for number, pattern in enumerate(self.written)}
        self._leaves: dict[tuple[str, LeafKind], _IndexedLeaf] = {}
        self._calls: dict[int, list[int]] = {}
        self._by_form: dict[str, list[_IndexedLeaf]] = {}
        self._by_part: dict[str, list[_IndexedLeaf]] = {}
        self._by_beginning: dict[str, list[_IndexedLeaf]] = {}
        self._by_any: list[_IndexedLeaf] = []
        self._trees = tuple(self._indexed(Pattern.parse(one).tree) for one in self.written)
        for number, tree in enumerate(self._trees):
            for leaf in _needed(tree):
                assert isinstance(leaf, _IndexedLeaf)
                self._calls.setdefault(leaf.number, []).append(number)
        self._needs = tuple(_needs(tree) for tree in self._trees)
        self._known: dict[str, _Known] = {}

    def hits(self, words: Sequence[str]) -> Iterator[tuple[int, Hit]]:
        """Return what the patterns find in one run of words: the pattern's number and the places, look-alikes too."""
        called: set[int] = set()
        at: dict[int, list[int]] = {}
        for place, word in enumerate(words):
            known = self.known(word)
            called.update(known.patterns)
            for leaf in known.leaves:
                at.setdefault(leaf, []).append(place)
        if not called:
            return
        scope = _IndexedScope(words, at)
        # Asked of what is there, so that the few that a pattern needs are looked up, not all that is there.
        lacks = at.keys().isdisjoint
        for number in sorted(called):
            if not any(map(lacks, self._needs[number])):
                for hit in self._trees[number].hits(scope):
                    yield number, hit

    def known(self, word: str) -> _Known:
        """Return what is known of a word."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            leaves = frozenset(leaf.number for leaf in self._possible(word) if leaf.found_alone(word))
            called = {number for leaf in leaves for number in self._calls.get(leaf, ())}
            found = self._known[word] = _Known(leaves, tuple(sorted(called)))
        return found

    def _indexed(self, node: Node) -> Node:
        """Return the same pattern with words that ask this index."""
        if isinstance(node, Words):
            return _IndexedWords(tuple(self._leaf(leaf) for leaf in node.each))
        if isinstance(node, Near):
            return Near(self._indexed(node.one), self._indexed(node.other), node.distance)
        if isinstance(node, All):
            must, without = (tuple(map(self._indexed, some)) for some in (node.must, node.without))
            return All(must, without)
        if isinstance(node, Either):
            return Either(tuple(map(self._indexed, node.some)))
        raise TypeError("a part of a pattern that this index does not know")

    def _leaf(self, leaf: Leaf) -> _IndexedLeaf:
        key = leaf.written, leaf.kind
        if key not in self._leaves:
            made = _IndexedLeaf(leaf.written, leaf.kind, number=len(self._leaves), known=self.known)
            self._leaves[key] = made
            self._enter(made)
        return self._leaves[key]

    def _enter(self, leaf: _IndexedLeaf) -> None:
        if leaf.kind is LeafKind.LETTERS:
            begins = {glob[0][:BEGINNING] for glob in leaf.globs}
            if min(map(len, begins)) < BEGINNING:
                self._by_any.append(leaf)
                return
            for letters in begins:
                self._by_beginning.setdefault(letters, []).append(leaf)
            return
        self._by_form.setdefault(leaf.form, []).append(leaf)
        if leaf.kind is LeafKind.WORD:
            self._by_part.setdefault(leaf.parts[0], []).append(leaf)

    def _possible(self, word: str) -> Iterator[_IndexedLeaf]:
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


def _needs(node: Node) -> tuple[frozenset[int], ...]:
    """Return the numbers of leaves of which one from each set stands wherever the node is found; none for one word."""
    needed: list[frozenset[int]] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Near):
            waiting += [part.one, part.other]
        elif isinstance(part, All):
            waiting += part.must
        elif isinstance(part, Words):
            needed += [frozenset({_number(leaf)}) for leaf in part.each]
        else:
            needed.append(frozenset(_number(leaf) for leaf in _needed(part)))
    return tuple(sorted(set(needed), key=len)) if len(needed) > 1 else ()


def _number(leaf: Leaf) -> int:
    assert isinstance(leaf, _IndexedLeaf)
    return leaf.number


def _commonness(leaves: list[Leaf]) -> tuple[int, int]:
    return len(leaves), -min(len(leaf.written) for leaf in leaves)
