"""What an anchor is, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fotfeste.plans.documents.model import Span

NOT_TOLD = -1
"""The context on this side does not tell the quote from the other places where the same words stand."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text: its position, the words there, and what stood before and after.

    ``left`` and ``right`` say how many signs of the context on that side are needed to tell the quote from every other
    place in its own text: 0 where the words stand only once, :data:`NOT_TOLD` where the kept context is not enough.
    """

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    text_sha256: str
    left: int = 0
    right: int = 0

    @property
    def span(self) -> Span:
        """The place in its own text."""
        return Span(self.start, self.end)


class Reason(StrEnum):
    """Why an anchor is lost; the value stands in files."""

    ABSENT = "absent"
    """The words do not stand there any more, as they were."""
    SEVERAL = "several"
    """The words stand in several places that cannot be told from each other."""
    UNSURE = "unsure"
    """The words stand there, but nothing around them says that it is the same place."""


@dataclass(frozen=True, slots=True)
class Found:
    """The same words at the same place of the plan, where they stand now."""

    span: Span


@dataclass(frozen=True, slots=True)
class Lost:
    """The place is not found for certain. ``perhaps`` is where its surroundings stand now: for a person to look at, no more."""

    reason: Reason
    perhaps: Span | None = None
