"""How the words of a pattern go together: beside each other, near each other, all of them, any of them, without."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from fotfeste.plans.words.leaves import Leaf

MOST_LOOKED_AT = 60
"""How many of the other are looked at on each side, when what is near may be longer than a word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found: their places, counted in words, in order; ``rule`` is the look-alike rule that leaves them out."""

    places: tuple[int, ...]
    rule: str | None = None

    @property
    def first(self) -> int:
        """The place of the first word."""
        return self.places[0]

    @property
    def last(self) -> int:
        """The place of the last word."""
        return self.places[-1]


class Scope(Protocol):
    """The words of one passage, and where each stands."""

    @property
    def words(self) -> Sequence[str]: ...  # noqa: D102

    @property
    def positions(self) -> Mapping[str, Sequence[int]]: ...  # noqa: D102


class Node(Protocol):
    """A part of a pattern."""

    def hits(self, scope: Scope) -> list[Hit]:
        """Return what is found in a passage, in order; what a rule leaves out is among it, with the rule."""

    def leaves(self) -> Iterator[Leaf]:
        """Return the words of this part that a passage must or may have, those it must not have left out."""


@dataclass(frozen=True)
class Words:
    """Words beside each other; one or more."""

    each: tuple[Leaf, ...]

    def hits(self, scope: Scope) -> list[Hit]:
        """Return every place where the words stand beside each other."""
        words = scope.words
        first, *others = self.each
        found = []
        starts = sorted(
            place for word, places in scope.positions.items() if first.finds(word) for place in places
        )
        for start in starts:
            if start + len(others) >= len(words):
                continue
            if not all(leaf.finds(words[start + far]) for far, leaf in enumerate(others, start=1)):
                continue
            rule = None
            for far, leaf in enumerate(self.each):
                place = start + far
                before = words[place - 1] if place else ""
                after = words[place + 1] if place + 1 < len(words) else ""
                rule = rule or leaf.left_out_by(words[place], before, after)
            found.append(Hit(tuple(range(start, start + len(self.each))), rule.id if rule else None))
        return found

    def leaves(self) -> Iterator[Leaf]:
        """Return the words."""
        yield from self.each


@dataclass(frozen=True)
class Near:
    """Two things with at most ``distance`` words from one to the other, in either order; words beside each other are 1."""

    one: Node
    other: Node
    distance: int

    def hits(self, scope: Scope) -> list[Hit]:
        """Return each of the one with the nearest of the other."""
        lefts, rights = self.one.hits(scope), sorted(self.other.hits(scope), key=lambda hit: hit.first)
        clean = [hit for hit in rights if hit.rule is None]
        found: dict[tuple[int, ...], Hit] = {}
        for left in lefts:
            right = self._nearest(left, clean) or self._nearest(left, rights)
            if right is not None:
                places = tuple(sorted({*left.places, *right.places}))
                hit = Hit(places, left.rule or right.rule)
                if places not in found or hit.rule is None:
                    found[places] = hit
        return sorted(found.values(), key=lambda hit: hit.places)

    def leaves(self) -> Iterator[Leaf]:
        """Return the words of both."""
        yield from self.one.leaves()
        yield from self.other.leaves()

    def _nearest(self, hit: Hit, others: Sequence[Hit]) -> Hit | None:
        """Return the nearest of ``others``, which are in order, within the distance; one that it overlaps does not count.

        Looks to each side until one is near enough, over ``MOST_LOOKED_AT`` at most.
        """
        place = bisect_left(others, hit.first, key=lambda one: one.first)
        best: tuple[int, Hit] | None = None
        for other in reversed(others[max(0, place - MOST_LOOKED_AT) : place]):
            if 0 < hit.first - other.last <= self.distance:
                best = hit.first - other.last, other
                break
        for other in others[place : place + MOST_LOOKED_AT]:
            if other.first > hit.last + (self.distance if best is None else best[0] - 1):
                break
            if other.first > hit.last:
                return other
        return best[1] if best else None


@dataclass(frozen=True)
class All:
    """A passage that has all of ``must`` and none of ``without``."""

    must: tuple[Node, ...]
    without: tuple[Node, ...] = ()

    def hits(self, scope: Scope) -> list[Hit]:
        """Return all that is found of ``must``; only what a rule left out when a part is found by look-alikes alone."""
        found = [node.hits(scope) for node in self.must]
        if not all(found) or any(hit.rule is None for node in self.without for hit in node.hits(scope)):
            return []
        whole = all(any(hit.rule is None for hit in some) for some in found)
        return _in_order(hit for some in found for hit in some if whole or hit.rule is not None)

    def leaves(self) -> Iterator[Leaf]:
        """Return the words of ``must``."""
        for node in self.must:
            yield from node.leaves()


@dataclass(frozen=True)
class Either:
    """A passage that has one or more of ``some``."""

    some: tuple[Node, ...]

    def hits(self, scope: Scope) -> list[Hit]:
        """Return all that is found; what one part finds is not left out for another's sake."""
        return _in_order(hit for node in self.some for hit in node.hits(scope))

    def leaves(self) -> Iterator[Leaf]:
        """Return the words of all."""
        for node in self.some:
            yield from node.leaves()


def _in_order(hits: Iterator[Hit]) -> list[Hit]:
    kept: dict[tuple[int, ...], Hit] = {}
    for hit in hits:
        if hit.places not in kept or hit.rule is None:
            kept[hit.places] = hit
    return sorted(kept.values(), key=lambda hit: hit.places)
