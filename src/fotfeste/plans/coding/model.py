"""What is said of a passage, by whom or by what: suggestions with their causes, and codings by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fotfeste.messages import Message
from fotfeste.plans.documents.model import Span


class State(StrEnum):
    """What has become of a coding; the value stands in files."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Strength(StrEnum):
    """How near the cause of a suggestion stands; the value stands in files.

    ``STRONG``: all of it in one sentence or item of a list. ``WEAK``: in one passage, not in one sentence.
    ``CANDIDATE``: a part of it stands only in a heading above, or the classifier thinks so. A person decides about
    all three.
    """

    STRONG = "strong"
    WEAK = "weak"
    CANDIDATE = "candidate"


ORDER = (Strength.STRONG, Strength.WEAK, Strength.CANDIDATE)
"""From the strongest to the weakest."""
SHOWN = (Strength.STRONG, Strength.WEAK)
"""What is shown among a passage's own suggestions; candidates stand apart, for they are wrong more often than right."""


@dataclass(frozen=True, slots=True)
class RuleCause:
    """A rule of the codebook and what it found: the words and where they stand, those in headings too."""

    rule: str
    pattern: str
    words: tuple[str, ...]
    places: tuple[Span, ...]
    strength: Strength


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An accepted passage that is like this one: where it stands, and how like it is, between 0 and 1.

    ``document`` is what the document is called outside, where that was told: two documents may have the same text.
    """

    text_sha256: str
    span: Span
    likeness: float
    document: str = ""


@dataclass(frozen=True, slots=True)
class LearntCause:
    """What the classifier leans on: the words that weigh most, each with its weight, and the accepted passages nearest.

    ``score`` is above ``threshold``, the lowest score at which what it learnt from was right often enough
    (:mod:`fotfeste.plans.coding.classifier`).
    """

    score: float
    threshold: float
    words: tuple[tuple[str, float], ...]
    neighbours: tuple[Neighbour, ...]


Cause = RuleCause | LearntCause


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Why a rule that found its words does not suggest its code: shown, not hidden."""

    cause: RuleCause
    why: Message


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a passage might be given, with what caused it; never accepted by itself.

    ``passage`` is the place in :attr:`Document.passages`, ``span`` the passage's. ``causes`` stand with the strongest
    first. Where all causes are ``held_back`` (by a negation, a look-alike, a word that says otherwise), ``causes`` is
    empty: the code is not suggested, and a page can show why.
    """

    text_sha256: str
    passage: int
    span: Span
    code: str
    causes: tuple[Cause, ...]
    held_back: tuple[HeldBack, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether the code is suggested."""
        return bool(self.causes)

    @property
    def strength(self) -> Strength | None:
        """The strength of the strongest cause; none when the suggestion is held back."""
        first = self.causes[0] if self.causes else None
        if first is None:
            return None
        return first.strength if isinstance(first, RuleCause) else Strength.CANDIDATE


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one piece of a text, as a person or a suggestion says it.

    ``span`` are code points of the text whose check sum is ``text_sha256``. ``coder`` is the id of a person without
    the person's name, empty for a suggestion that nobody has judged. ``at`` is when, passed in and with a time zone.
    ``number`` is the number of the event that made it, by which it is referred to in its log; 0 outside a log.
    """

    text_sha256: str
    span: Span
    code: str
    coder: str
    state: State
    cause: str
    memo: str
    at: datetime
    number: int = 0


def suggested_coding(suggestion: Suggestion, at: datetime) -> Coding:
    """Return an offered suggestion as a coding that nobody has judged."""
    return Coding(
        suggestion.text_sha256,
        suggestion.span,
        suggestion.code,
        "",
        State.SUGGESTED,
        cause_id(suggestion),
        "",
        at,
    )


def cause_id(suggestion: Suggestion) -> str:
    """Return what a coding keeps of its cause: the rule's id, ``learnt`` for the classifier, empty for neither."""
    first = suggestion.causes[0] if suggestion.causes else None
    if first is None:
        return ""
    return first.rule if isinstance(first, RuleCause) else "learnt"
