"""Suggestions by the rules of a codebook: patterns, what must stand together, negation, headings and coupling.

Order: every passage is cut into words once; the patterns that its words call for are tried sentence by sentence; then
the rules that ask for other codes, then the couplings. A rule's own words and what it asks for in one sentence (or one
item of a list) are a strong cause, in one passage a weak one, and with a heading's help a candidate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fotfeste.messages import Message, msg
from fotfeste.plans.codebooks.model import Codebook, Rule, Within
from fotfeste.plans.coding.model import ORDER, HeldBack, RuleCause, Strength, Suggestion
from fotfeste.plans.coding.negation import CLAUSE_SIGNS, negated_by
from fotfeste.plans.coding.rule_index import PatternIndex
from fotfeste.plans.documents.model import Document, Passage, PassageKind, Span
from fotfeste.plans.words import look_alikes, tokens

NOT_READ = frozenset({PassageKind.CONTENTS, PassageKind.BIBLIOGRAPHY})
"""Passages that no code is suggested for: they name what stands elsewhere."""
ONE_THOUGHT = frozenset(
    {PassageKind.LIST_ITEM, PassageKind.TABLE_CELL, PassageKind.HEADING, PassageKind.TITLE}
)
"""Passages that count as one sentence however many stops they hold."""
_NONE: frozenset[int] = frozenset()
HEADING_KINDS = frozenset({PassageKind.HEADING, PassageKind.TITLE})


@dataclass(frozen=True, slots=True)
class _Found:
    """A code found in a sentence by a rule, with the words."""

    rule: str
    pattern: str
    words: tuple[str, ...]
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Refused:
    code: str
    found: _Found
    why: Message


@dataclass(slots=True)
class _Reading:
    """What one passage holds: for each sentence the codes found in it, and what was held back."""

    sentences: list[dict[str, _Found]] = field(default_factory=list)
    waiting: list[tuple[int, str, Rule, _Found]] = field(default_factory=list)
    refused: list[_Refused] = field(default_factory=list)
    present: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def found(self, code: str) -> _Found | None:
        return next((sentence[code] for sentence in self.sentences if code in sentence), None)


class CodingRules:
    """The rules of one codebook, compiled; read-only but for what it remembers of words."""

    def __init__(self, book: Codebook) -> None:
        self.book = book
        self._plain: dict[str, list[tuple[str, Rule]]] = {}
        self._couplings: list[tuple[str, Rule]] = []
        self._whole: list[tuple[str, Rule]] = []
        self._conditions: set[str] = set()
        self._under = {code.id: book.under(code.id) for code in book.codes}
        self._inherited = frozenset(rule.id for code in book.codes for rule in code.rules if rule.inherited)
        for code in book.codes:
            for rule in code.rules:
                if rule.couples:
                    self._couplings.append((code.id, rule))
                elif not rule.patterns:
                    self._whole.append((code.id, rule))
                for pattern in rule.patterns:
                    self._plain.setdefault(pattern, []).append((code.id, rule))
                self._conditions.update(rule.apart_from)
                self._conditions.update(rule.unless)
                self._conditions.update(rule.under)
        self.index = PatternIndex([*self._plain, *sorted(self._conditions)])

    def suggest(self, document: Document) -> tuple[Suggestion, ...]:
        """Return what the rules suggest for each passage of a document, in order, with what they held back."""
        headings = {
            place: self._read(document, passage)
            for place, passage in enumerate(document.passages)
            if passage.kind in HEADING_KINDS
        }
        found: list[Suggestion] = []
        for place, passage in enumerate(document.passages):
            if passage.kind in NOT_READ:
                continue
            reading = headings[place] if place in headings else self._read(document, passage)
            above = [headings[one] for one in passage.headings if one in headings]
            found += self._suggestions(document, place, passage, reading, above)
        return tuple(found)

    def _read(self, document: Document, passage: Passage) -> _Reading:
        """Find what stands in a passage by itself."""
        reading = _Reading()
        sentences = (
            (passage.span,) if passage.kind in ONE_THOUGHT or not passage.sentences else passage.sentences
        )
        for number, span in enumerate(sentences):
            reading.sentences.append({})
            self._read_sentence(document.text, span, passage, number, reading)
        return reading

    def _read_sentence(self, text: str, span: Span, passage: Passage, number: int, reading: _Reading) -> None:
        cut = list(tokens(text, span.start, span.end))
        words = [token.word for token in cut]
        hits = list(self.index.hits(words))
        if not hits:
            return
        written = self.index.written
        present: dict[str, set[int]] = {}
        for pattern, hit in hits:
            if hit.rule is None and written[pattern] in self._conditions:
                present.setdefault(written[pattern], set()).update(hit.places)
        for one, found_at in present.items():
            reading.present.setdefault(one, tuple(cut[place].span for place in sorted(found_at)))
        breaks: list[bool] | None = None
        for pattern, hit in hits:
            for code, rule in self._plain.get(written[pattern], ()):
                if rule.kinds and passage.kind not in rule.kinds:
                    continue
                found = _Found(
                    rule.id,
                    written[pattern],
                    tuple(words[place] for place in hit.places),
                    tuple(cut[place].span for place in hit.places),
                )
                if hit.rule is not None:
                    reading.refused.append(_Refused(code, found, _look_alike(hit.rule)))
                    continue
                apart = next(
                    (one for one in rule.apart_from if not present.get(one, _NONE).isdisjoint(hit.places)),
                    None,
                )
                if apart is not None:
                    why = msg("Ordet er et annet: «{pattern}».", pattern=apart)
                    reading.refused.append(_Refused(code, found, why))
                    continue
                stopped = next((one for one in rule.unless if one in present), None)
                if stopped is not None:
                    why = msg("Regelen gjelder ikke når det også står «{pattern}».", pattern=stopped)
                    reading.refused.append(_Refused(code, found, why))
                    continue
                if rule.asserted:
                    breaks = breaks if breaks is not None else _breaks(text, [token.span for token in cut])
                    denied = negated_by(words, breaks, hit.first, hit.last)
                    if denied is not None:
                        why = msg("«{word}» sier at det ikke er slik.", word=words[denied])
                        reading.refused.append(_Refused(code, found, why))
                        continue
                if rule.together or rule.under:
                    reading.waiting.append((number, code, rule, found))
                else:
                    reading.sentences[number].setdefault(code, found)

    def _suggestions(
        self, document: Document, place: int, passage: Passage, reading: _Reading, above: Sequence[_Reading]
    ) -> Iterator[Suggestion]:
        causes: dict[str, list[RuleCause]] = {}
        for sentence in reading.sentences:
            for code, found in sentence.items():
                causes.setdefault(code, []).append(_cause(found, Strength.STRONG))
        inherited = self._from_headings(above)
        for code, found in inherited.items():
            if found.rule in self._inherited:
                causes.setdefault(code, []).append(_cause(found, Strength.CANDIDATE))
        self._conditional(reading, above, inherited, causes)
        self._whole_passages(document, passage, reading, above, causes)
        self._coupled(reading, inherited, causes)
        refused: dict[str, list[HeldBack]] = {}
        for one in reading.refused:
            refused.setdefault(one.code, []).append(HeldBack(_cause(one.found, Strength.STRONG), one.why))
        for code in (one.id for one in self.book.codes if one.id in causes or one.id in refused):
            ordered = tuple(sorted(causes.get(code, ()), key=lambda cause: ORDER.index(cause.strength)))
            yield Suggestion(
                document.text_sha256, place, passage.span, code, ordered, tuple(refused.get(code, ()))
            )

    def _conditional(
        self,
        reading: _Reading,
        above: Sequence[_Reading],
        inherited: Mapping[str, _Found],
        causes: dict[str, list[RuleCause]],
    ) -> None:
        for number, code, rule, found in reading.waiting:
            if rule.under and not any(one in heading.present for heading in above for one in rule.under):
                continue
            if not rule.together:
                causes.setdefault(code, []).append(_cause(found, Strength.STRONG))
                continue
            wanted = tuple(dict.fromkeys(one for each in rule.together for one in self._under[each]))
            other, strength = _nearest(reading, number, wanted, inherited)
            if other is None or strength is None:
                why = msg("Regelen krever noe mer i samme avsnitt eller overskrift.")
                reading.refused.append(_Refused(code, found, why))
                continue
            if rule.within is Within.PASSAGE and strength is Strength.WEAK:
                strength = Strength.STRONG
            causes.setdefault(code, []).append(_cause(found, strength, other))

    def _whole_passages(
        self,
        document: Document,
        passage: Passage,
        reading: _Reading,
        above: Sequence[_Reading],
        causes: dict[str, list[RuleCause]],
    ) -> None:
        """Add what is suggested of whole passages for the heading right above them."""
        if not above:
            return
        for code, rule in self._whole:
            if rule.kinds and passage.kind not in rule.kinds:
                continue
            under = next((one for one in rule.under if one in above[-1].present), None)
            if under is None or any(one in reading.present for one in rule.unless):
                continue
            places = above[-1].present[under]
            words = tuple(document.at(place).lower() for place in places)
            causes.setdefault(code, []).append(RuleCause(rule.id, under, words, places, Strength.STRONG))

    def _coupled(
        self, reading: _Reading, inherited: Mapping[str, _Found], causes: dict[str, list[RuleCause]]
    ) -> None:
        for code, rule in self._couplings:
            one, other = (self._under[each] for each in rule.couples)
            best: RuleCause | None = None
            for number, sentence in enumerate(reading.sentences):
                here = next((sentence[each] for each in one if each in sentence), None)
                if here is None:
                    continue
                with_it, strength = _nearest(reading, number, other, inherited)
                if with_it is not None and strength is not None:
                    cause = _cause(here, strength, with_it, rule.id)
                    if best is None or ORDER.index(strength) < ORDER.index(best.strength):
                        best = cause
            if best is None:
                there = next((found for each in other if (found := reading.found(each))), None)
                heading = next((inherited[each] for each in one if each in inherited), None)
                if there is not None and heading is not None:
                    best = _cause(heading, Strength.CANDIDATE, there, rule.id)
            if best is not None:
                causes.setdefault(code, []).append(best)

    def _from_headings(self, above: Sequence[_Reading]) -> dict[str, _Found]:
        found: dict[str, _Found] = {}
        for heading in reversed(above):
            for sentence in heading.sentences:
                for code, one in sentence.items():
                    found.setdefault(code, one)
        return found


def _nearest(
    reading: _Reading, number: int, wanted: Sequence[str], inherited: Mapping[str, _Found]
) -> tuple[_Found | None, Strength | None]:
    """Return one of the wanted codes, from the same sentence, else the passage, else a heading above."""
    here = reading.sentences[number]
    for code in wanted:
        if code in here:
            return here[code], Strength.STRONG
    for code in wanted:
        if (found := reading.found(code)) is not None:
            return found, Strength.WEAK
    for code in wanted:
        if code in inherited:
            return inherited[code], Strength.CANDIDATE
    return None, None


def _cause(
    found: _Found, strength: Strength, other: _Found | None = None, rule: str | None = None
) -> RuleCause:
    words, places = found.words, found.places
    if other is not None:
        words, places = (*words, *other.words), (*places, *other.places)
    return RuleCause(rule or found.rule, found.pattern, words, places, strength)


def _look_alike(rule_id: str) -> Message:
    rule = look_alikes().get(rule_id)
    return msg("Ordet ligner bare: {reason}.", reason=rule.reason if rule else rule_id)


def _breaks(text: str, spans: Sequence[Span]) -> list[bool]:
    """Return for each word whether a sign that ends a clause stands between it and the word before."""
    breaks = [False]
    for before, after in pairwise(spans):
        between = text[before.end : after.start]
        breaks.append(not between.isspace() and any(sign in CLAUSE_SIGNS for sign in between))
    return breaks
