"""What stands for one word in a pattern: a word with all its forms and inside compounds, a whole word, or letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from fotfeste.plans.words.compounds import parts, pieces
from fotfeste.plans.words.forms import bokmaal, normal
from fotfeste.plans.words.look_alikes import LookAlike, rules_for
from fotfeste.plans.words.rules import fits
from fotfeste.plans.words.tokens import REMEMBERED, folded


class LeafKind(StrEnum):
    """How a word of a pattern is meant."""

    WORD = "word"
    WHOLE = "whole"
    LETTERS = "letters"


@dataclass(frozen=True)
class Leaf:
    """One word of a pattern.

    ``WORD`` finds every form of the word, alone or as a part of a compound; ``WHOLE`` (in quotation marks) every form
    of the word alone; ``LETTERS`` (with ``*``) the letters as they stand, in either form of Norwegian, from the
    beginning of a word or of a part of a compound.
    """

    written: str
    kind: LeafKind
    _known: dict[str, tuple[LookAlike, ...]] = field(
        default_factory=dict, repr=False, compare=False, hash=False
    )

    @cached_property
    def form(self) -> str:
        """The normal form of the word; for letters with ``*`` it is not used."""
        return normal(self.written)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts of the word."""
        return parts(self.written)

    @cached_property
    def globs(self) -> tuple[tuple[str, ...], ...]:
        """The letters between the stars, as written and in the letters of bokmål."""
        written = tuple(folded(piece) for piece in self.written.split("*"))
        return tuple(dict.fromkeys((written, tuple(bokmaal(piece) if piece else "" for piece in written))))

    @cached_property
    def rules(self) -> tuple[LookAlike, ...]:
        """The rules about look-alikes that hold for what is searched for."""
        if self.kind is LeafKind.LETTERS:
            return rules_for([piece for glob in self.globs for piece in glob if piece])
        return rules_for([bokmaal(self.written), self.form])

    def finds(self, word: str) -> bool:
        """Return whether ``word``, as :func:`tokens` gives it, is found, look-alikes too."""
        if word in self._known:
            return True
        found = self._found(word)
        if found:
            self.learn(word)
        return found

    def learn(self, word: str) -> tuple[LookAlike, ...]:
        """Keep that ``word`` is found, which an index knows, and return the rules about it; other words are not kept."""
        rules = tuple(rule for rule in self.rules if rule.covers(word, self._found))
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[word] = rules
        return rules

    def left_out_by(self, word: str, before: str, after: str) -> LookAlike | None:
        """Return the rule that leaves out ``word`` between these words, or none."""
        for rule in self.rules_about(word):
            if rule.holds_beside(before, after):
                return rule
        return None

    def rules_about(self, word: str) -> tuple[LookAlike, ...]:
        """Return the rules that may leave out ``word``, some of them only beside certain words."""
        known = self._known.get(word)
        if known is not None:
            return known
        return self.learn(word) if self._found(word) else ()

    def _found(self, word: str) -> bool:
        if self.kind is LeafKind.LETTERS:
            return self._letters_found(word)
        if normal(word) == self.form:
            return True
        if self.kind is LeafKind.WHOLE:
            return False
        inside, wanted = parts(word), self.parts
        return any(
            inside[place : place + len(wanted)] == wanted for place in range(len(inside) - len(wanted) + 1)
        )

    @cached_property
    def cores(self) -> tuple[str, ...]:
        """Return letters of which every word that is found holds some, in one of its forms; only for letters with ``*``."""
        *front, last = self.globs[-1]
        ended = (*front, normal(last) if last else "")
        return tuple(dict.fromkeys(max(pieces, key=len) for pieces in (*self.globs, ended)))

    def _letters_found(self, word: str) -> bool:
        if fits(word, self.globs[0]):
            return True
        in_bokmaal, form = bokmaal(word), normal(word)
        if not any(core in word or core in in_bokmaal or core in form for core in self.cores):
            return False
        forms = [word, in_bokmaal]
        if any(fits(form, glob) for glob in self.globs for form in forms):
            return True
        if self.globs[0][0]:
            split = pieces(word)
            within = ["".join(split[place:]) for place in range(1, len(split))]
            if any(fits(form, glob) for glob in self.globs for form in within):
                return True
            forms += within
        if not self.globs[0][-1]:
            return False
        *front, last = self.globs[-1]
        ended = (*front, normal(last))
        return any(fits(normal(form), ended) for form in forms)
