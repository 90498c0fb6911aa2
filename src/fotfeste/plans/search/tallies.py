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
        single = isinstance(node, Words) and len(node.each) == 1
        found = self._single(node.each[0]) if single and isinstance(node, Words) else self._in_order(node)
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
        """Count one word by its postings; only beside words that a rule names are the passages themselves read."""
        words = self._vocabulary(leaf)
        rules = {number: leaf.rules_about(word) for number, word in words.items()}
        barred = {
            number: always[0].id
            for number, some in rules.items()
            if (always := [rule for rule in some if not rule.depends_on_company])
        }
        clean = [number for number in words if number not in barred]
        found: Counts = dict(self._summed(clean))
        left_out: dict[int, dict[tuple[str, str], int]] = {}
        for word, passage, times in self._postings(barred):
            left_out.setdefault(passage, {})[barred[word], words[word]] = times
        company = {form for some in rules.values() for rule in some for form in rule.before | rule.after}
        if company and (beside := self._with_forms(company) & set(found)):
            in_order = self._in_order(Words((leaf,)), beside)
            for passage in beside:
                found.pop(passage)
                left_out.pop(passage, None)
            found.update(in_order.found)
            left_out.update(in_order.left_out)
        return Tally(found, left_out)

    def _with_forms(self, forms: Iterable[str]) -> set[int]:
        rows = self.connection.execute(
            f"SELECT number FROM word WHERE form IN {IN_LIST}", (json.dumps(list(forms)),)
        )
        return {passage for passage, _ in self._summed([row[0] for row in rows])}

    def _in_order(self, node: Node, within: set[int] | None = None) -> Tally:
        """Count what depends on the order of words, in the passages that have all the words."""
        leaves = tuple(dict.fromkeys(node.leaves()))
        relevant = {number: word for leaf in leaves for number, word in self._vocabulary(leaf).items()}
        passages = self._candidates(node) if within is None else within
        rows = self.connection.execute(
            f"SELECT passage, words FROM content WHERE passage IN {IN_LIST}", (json.dumps(sorted(passages)),)
        ).fetchall()
        if any(rule.depends_on_company for leaf in leaves for rule in leaf.rules):
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
        return set.intersection(*({passage for passage, _ in self._summed(words)} for words in each))

    def _summed(self, words: Iterable[int]) -> Iterable[tuple[int, int]]:
        """Return the passages of any of ``words``, each with how often they stand there."""
        query, values = self._where(words)
        return self.connection.execute(
            f"SELECT passage, sum(times) FROM posting WHERE {query} GROUP BY passage", values
        )

    def _postings(self, words: Iterable[int]) -> Iterable[tuple[int, int, int]]:
        query, values = self._where(words)
        return self.connection.execute(f"SELECT word, passage, times FROM posting WHERE {query}", values)

    def _where(self, words: Iterable[int]) -> tuple[str, tuple[object, ...]]:
        query, values = f"word IN {IN_LIST}", (json.dumps(list(words)),)
        if self.allowed is None:
            return query, values
        return f"{query} AND passage IN ({self.allowed[0]})", (*values, *self.allowed[1])

    def _vocabulary(self, leaf: Leaf) -> dict[int, str]:
        """Return the words of the index that a word of the search finds, by number; look-alikes are among them."""
        if leaf not in self._words:
            if leaf.kind is LeafKind.LETTERS:
                cores = leaf.cores
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
                    leaf.learn(word)
                if leaf.finds(word):
                    found[number] = word
            self._words[leaf] = found
        return self._words[leaf]


def _merged(some: Iterable[Mapping[tuple[str, str], int]]) -> dict[tuple[str, str], int]:
    merged: dict[tuple[str, str], int] = {}
    for one in some:
        for key, times in one.items():
            merged[key] = max(merged.get(key, 0), times)
    return merged
