"""How often the parts of a search stand in each passage: words by number first, their order only where it counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fotfeste.plans.search.store import word_numbers
from fotfeste.plans.words.leaves import Leaf, LeafKind
from fotfeste.plans.words.nodes import All, Either, Near, Node, Words

Counts = dict[int, int]
IN_LIST = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class Tally:
    """How often something stands in each passage, and how often a rule left it out: by passage, rule and words."""

    found: Counts
    left_out: dict[int, dict[tuple[str, str], int]]

    def passages(self) -> set[int]:
        """Return the passages where it stands, left out or not."""
        return {*self.found, *self.left_out}


@dataclass(frozen=True)
class _Passage:
    """The words of a passage, those that matter only; what is between them is empty."""

    words: Sequence[str]

    @cached_property
    def positions(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            if word:
                found.setdefault(word, []).append(place)
        return found


@dataclass
class Tallying:
    """Counts the parts of one search in one state of the index; ``units`` are what the ranking adds up.

    ``allowed`` is a query for the numbers of the passages that may be found, with its values; none allows all.
    """

    connection: sqlite3.Connection
    allowed: tuple[str, tuple[object, ...]] | None
    units: list[Counts] = field(default_factory=list)
    _words: dict[Leaf, dict[int, str]] = field(default_factory=dict)

    def tally(self, node: Node, *, counts: bool = True) -> Tally:
        """Return how often ``node`` stands in each passage; ``counts`` adds its parts to the units of the ranking."""
        if isinstance(node, All):
            return self._all(node, counts=counts)
        if isinstance(node, Either):
            return self._either(node, counts=counts)
        if isinstance(node, Words) and len(node.each) == 1 and not _needs_company(node.each[0]):
            found = self._single(node.each[0])
        else:
            found = self._in_order(node)
        if counts:
            self.units.append(found.found)
        return found

    def _all(self, node: All, *, counts: bool) -> Tally:
        must = [self.tally(one, counts=counts) for one in node.must]
        barred = {passage for one in node.without for passage in self.tally(one, counts=False).found}
        shared = set.intersection(*(one.passages() for one in must)) - barred
        whole = set.intersection(*(set(one.found) for one in must)) & shared
        return Tally(
            {passage: sum(one.found[passage] for one in must) for passage in whole},
            {
                passage: merged
                for passage in shared
                if (merged := _merged(one.left_out.get(passage, {}) for one in must))
            },
        )

    def _either(self, node: Either, *, counts: bool) -> Tally:
        some = [self.tally(one, counts=counts) for one in node.some]
        found: Counts = {}
        for one in some:
            for passage, times in one.found.items():
                found[passage] = max(found.get(passage, 0), times)
        passages = {passage for one in some for passage in one.left_out}
        return Tally(found, {at: _merged(one.left_out.get(at, {}) for one in some) for at in passages})

    def _single(self, leaf: Leaf) -> Tally:
        words = self._vocabulary(leaf)
        barred = {number: rules[0].id for number, word in words.items() if (rules := leaf.rules_about(word))}
        found: Counts = {}
        left_out: dict[int, dict[tuple[str, str], int]] = {}
        for word, passage, times in self._postings(words):
            if word in barred:
                left_out.setdefault(passage, {})[barred[word], words[word]] = times
            else:
                found[passage] = found.get(passage, 0) + times
        return Tally(found, left_out)

    def _in_order(self, node: Node) -> Tally:
        """Count what depends on the order of words, in the passages that have all the words."""
        leaves = tuple(dict.fromkeys(node.leaves()))
        relevant = {number: word for leaf in leaves for number, word in self._vocabulary(leaf).items()}
        passages = self._candidates(node)
        rows = self.connection.execute(
            f"SELECT passage, words FROM content WHERE passage IN {IN_LIST}", (json.dumps(sorted(passages)),)
        ).fetchall()
        if any(_needs_company(leaf) for leaf in leaves):
            every = {number for _, content in rows for number in word_numbers(content)}
            relevant = dict(
                self.connection.execute(
                    f"SELECT number, word FROM word WHERE number IN {IN_LIST}", (json.dumps(list(every)),)
                )
            )
        found: Counts = {}
        left_out: dict[int, dict[tuple[str, str], int]] = {}
        for passage, content in rows:
            scope = _Passage([relevant.get(number, "") for number in word_numbers(content)])
            for hit in node.hits(scope):
                if hit.rule is None:
                    found[passage] = found.get(passage, 0) + 1
                else:
                    key = hit.rule, " ".join(scope.words[place] for place in hit.places)
                    own = left_out.setdefault(passage, {})
                    own[key] = own.get(key, 0) + 1
        return Tally(found, left_out)

    def _candidates(self, node: Node) -> set[int]:
        if isinstance(node, Near):
            return self._candidates(node.one) & self._candidates(node.other)
        if isinstance(node, Either):
            return set.union(*(self._candidates(one) for one in node.some))
        leaves = tuple(dict.fromkeys(node.leaves()))
        each = sorted((self._vocabulary(leaf) for leaf in leaves), key=len)
        return set.intersection(*({row[1] for row in self._postings(words)} for words in each))

    def _postings(self, words: Mapping[int, str]) -> Iterable[tuple[int, int, int]]:
        query = f"SELECT word, passage, times FROM posting WHERE word IN {IN_LIST}"
        values: tuple[object, ...] = (json.dumps(list(words)),)
        if self.allowed is not None:
            query += f" AND passage IN ({self.allowed[0]})"
            values += self.allowed[1]
        return self.connection.execute(query, values)

    def _vocabulary(self, leaf: Leaf) -> dict[int, str]:
        """Return the words of the index that a word of the search finds, by number; look-alikes are among them."""
        if leaf not in self._words:
            if leaf.kind is LeafKind.LETTERS:
                cores = leaf.cores()
                rows = self.connection.execute(
                    f"SELECT number, word FROM word WHERE {' OR '.join('instr(letters, ?)' for _ in cores)}",
                    cores,
                )
            elif leaf.kind is LeafKind.WHOLE or not leaf.parts:
                rows = self.connection.execute("SELECT number, word FROM word WHERE form = ?", (leaf.form,))
            else:
                rows = self.connection.execute(
                    "SELECT number, word FROM word WHERE form = ?"
                    " UNION SELECT word.number, word.word FROM part JOIN word ON word.number = part.word WHERE part.part = ?",
                    (leaf.form, leaf.parts[0]),
                )
            known = leaf.kind is LeafKind.WHOLE or (leaf.kind is LeafKind.WORD and len(leaf.parts) == 1)
            found = {}
            for number, word in rows:
                if known:
                    leaf.learn(word, found=True)
                if leaf.finds(word):
                    found[number] = word
            self._words[leaf] = found
        return self._words[leaf]


def _needs_company(leaf: Leaf) -> bool:
    return any(rule.depends_on_company for rule in leaf.rules)


def _merged(some: Iterable[Mapping[tuple[str, str], int]]) -> dict[tuple[str, str], int]:
    merged: dict[tuple[str, str], int] = {}
    for one in some:
        for key, times in one.items():
            merged[key] = max(merged.get(key, 0), times)
    return merged
