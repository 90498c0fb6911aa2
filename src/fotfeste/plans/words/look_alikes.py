"""Look-alikes: words that a search finds by their letters, and that mean something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from fotfeste.messages import Translated
from fotfeste.plans.words.forms import bokmaal, normal
from fotfeste.plans.words.rules import is_one_of, read_rules
from fotfeste.plans.words.tokens import folded

GONE = "|"
"""Stands where letters were taken away; no word holds it."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One rule: for which letters of a search it holds, what it leaves out, in which company, and why."""

    id: str
    letters_searched: tuple[str, ...]
    letters: tuple[str, ...]
    words: tuple[str, ...]
    unless: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]
    reason: Translated

    @property
    def depends_on_company(self) -> bool:
        """Whether the words beside the word decide."""
        return bool(self.before or self.after)

    def covers(self, word: str, found: Callable[[str], bool]) -> bool:
        """Return whether ``word``, which a search finds, is one that the rule leaves out.

        ``found`` tells whether the search finds a word.
        """
        if is_one_of(folded(word), self.unless):
            return False
        if not self.letters and not self.words:
            return True
        for form in dict.fromkeys((folded(word), bokmaal(word))):
            if is_one_of(form, self.words):
                return True
            rest = form
            for letters in self.letters:
                rest = rest.replace(letters, GONE)
            if rest != form and not any(found(piece) for piece in (rest, *rest.split(GONE)) if piece):
                return True
        return False

    def holds_beside(self, before: str, after: str) -> bool:
        """Return whether the rule holds with these words before and after; empty where there is none."""
        if not self.depends_on_company:
            return True
        return bool((before and normal(before) in self.before) or (after and normal(after) in self.after))


@cache
def look_alikes() -> dict[str, LookAlike]:
    """Return the rules that are shipped, by id."""
    rules = (
        LookAlike(
            id=one["id"],
            letters_searched=tuple(bokmaal(letters) for letters in one["for"]),
            letters=tuple(sorted(one.get("letters", ()), key=lambda letters: (-len(letters), letters))),
            words=tuple(one.get("words", ())),
            unless=tuple(one.get("unless", ())),
            before=frozenset(normal(word) for word in one.get("before", ())),
            after=frozenset(normal(word) for word in one.get("after", ())),
            reason=Translated(one["reason"]),
        )
        for one in read_rules("look_alikes.toml")["rule"]
    )
    return {rule.id: rule for rule in rules}


def rules_for(letters: Sequence[str]) -> tuple[LookAlike, ...]:
    """Return the rules that hold for a search for any of ``letters`` (in the letters of bokmål)."""
    return tuple(rule for rule in look_alikes().values() if set(rule.letters_searched) & set(letters))
