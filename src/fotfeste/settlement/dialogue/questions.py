"""What may be asked in the yearly meeting, and when: themes, questions, limits and the fields of the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from fotfeste.messages import Locale
from fotfeste.settlement.reply_form import FormField

Words = Mapping[Locale, str]
RaisedKind = Literal[
    "settled_below_decided",
    "decided_below_requested",
    "behind_in_year",
    "not_asked",
    "request_changed",
    "few_settled",
    "bottleneck",
    "requested_unlike_wish",
    "reply_text",
    "reply_number",
    "reply_minors",
    "no_reply",
    "needs_heard",
    "indicator",
    "stands_out",
    "hidden",
    "no_history",
]
Side = Literal["above", "below"]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that a need or a question belongs to; the list is closed."""

    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class Question:
    """A question that every municipality is asked; ``{year}`` is the year of the round.

    ``priority`` 1 stays longest when two pages are full, 3 gives way first. ``apart`` is a question that only makes
    sense where municipality and county are two.
    """

    id: str
    theme: str
    priority: int
    text: Words
    apart: bool = False


@dataclass(frozen=True, slots=True)
class RaisedRule:
    """When figures or a reply raise a question, the question, and the words for what raised it.

    Which limits count depends on ``kind``: ``share`` and ``persons`` bound differences, ``years`` is a number of
    finished years, ``limit`` a value of ``indicator``, ``field`` a field of the reply form. ``source`` says where
    the limits come from.
    """

    id: str
    kind: RaisedKind
    theme: str
    priority: int
    question: Words
    because: Words
    source: str
    years: int = 0
    persons: int = 0
    share: Fraction = Fraction(0)
    indicator: str = ""
    side: Side = "above"
    limit: Fraction = Fraction(0)
    field: str = ""


@dataclass(frozen=True, slots=True)
class OutLimit:
    """How far an indicator must lie from others to stand out: a ``share`` of theirs, or plain ``points``."""

    indicator: str
    by: Literal["share", "points"]
    limit: Fraction


@dataclass(frozen=True, slots=True)
class DialogueForm:
    """Everything that is chosen about the meeting; ``origin`` is the file it was read from.

    ``most_standing_out`` figures are shown as standing out; ``gathering`` is the number of municipalities that makes
    a need the basis for a common gathering. ``minutes`` are the fields of the minutes.
    """

    schema: int
    id: str
    dated: date
    source: str
    origin: str
    themes: tuple[Theme, ...]
    questions: tuple[Question, ...]
    raised: tuple[RaisedRule, ...]
    standing_out: tuple[OutLimit, ...]
    most_standing_out: int
    gathering: int
    minutes: tuple[FormField, ...]

    def questions_for(self, *, alone: bool) -> tuple[Question, ...]:
        """Return the questions to a municipality; ``alone`` is one that is its whole county."""
        return tuple(one for one in self.questions if not (alone and one.apart))

    @property
    def theme_names(self) -> Mapping[str, Words]:
        """The names of the themes by id, in the file's order."""
        return {one.id: one.name for one in self.themes}
