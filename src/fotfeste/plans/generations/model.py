"""What a comparison of two documents says, passage by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from fotfeste.plans.documents.model import Document, Passage


class Change(StrEnum):
    """What became of a passage; the value stands in files."""

    STAYED = "stayed"
    CHANGED = "changed"
    MOVED = "moved"
    VANISHED = "vanished"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of the old document and what it is in the new one: places in :attr:`Document.passages`.

    ``before`` is ``None`` for what is new, ``after`` for what vanished. ``likeness`` is the share of words in common, 1 for
    words that are the same. A passage that moved may be changed too: its likeness tells.
    """

    change: Change
    before: int | None
    after: int | None
    likeness: Fraction

    @property
    def same_words(self) -> bool:
        """Whether the words are the same."""
        return self.likeness == 1


@dataclass(frozen=True)
class Comparison:
    """Two documents and their passages in pairs, in the order of the new one; what vanished stands where it stood.

    Contents lists and bibliographies are left out: they follow from the rest.
    """

    old: Document
    new: Document
    pairs: tuple[Pair, ...]

    def counts(self) -> Mapping[Change, int]:
        """Return how many passages each kind of change has."""
        found = Counter(pair.change for pair in self.pairs)
        return {change: found[change] for change in Change}

    def before(self, pair: Pair) -> Passage | None:
        """Return the passage of the old document."""
        return None if pair.before is None else self.old.passages[pair.before]

    def after(self, pair: Pair) -> Passage | None:
        """Return the passage of the new document."""
        return None if pair.after is None else self.new.passages[pair.after]

    def words_before(self, pair: Pair) -> str:
        """Return the words in the old document, empty for what is new."""
        passage = self.before(pair)
        return "" if passage is None else self.old.at(passage.span)

    def words_after(self, pair: Pair) -> str:
        """Return the words in the new document, empty for what vanished."""
        passage = self.after(pair)
        return "" if passage is None else self.new.at(passage.span)
