"""How much of a file the reading takes on before it says no."""

from __future__ import annotations

from dataclasses import dataclass

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settings import PlanLimits


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest plan that is read: bytes of the file, of what it unpacks to and of one part of that, pages, letters and passages.

    ``page_letters`` and ``page_objects`` bound one page of a PDF; what stands beyond them on it is left out with a remark.
    ``objects`` bounds all its pages together, ``stream`` the bytes that one packed part of it other than a picture unpacks to.
    """

    file: int = 100_000_000
    content: int = 400_000_000
    part: int = 100_000_000
    pages: int = 2_000
    letters: int = 20_000_000
    passages: int = 400_000
    page_letters: int = 100_000
    page_objects: int = 100_000
    objects: int = 5_000_000
    stream: int = 50_000_000

    @classmethod
    def of(cls, limits: PlanLimits) -> Bounds:
        """Return the bounds of an installation: its own for the file and the pages, the others as they are."""
        return cls(file=limits.document_bytes, pages=limits.plan_pages)


def refused(code: str, what: Message, name: str, remedy: Message | None = None) -> InputError:
    """Return the error for a plan that is not read; ``code`` comes after ``plan.``."""
    return InputError(f"plan.{code}", what, place=name, remedy=remedy)


def too_large(name: str, what: Message) -> InputError:
    """Return the error for a plan that is larger than the bounds."""
    return refused("huge", what, name, msg("Del opp filen og les inn delene hver for seg."))


def broken(name: str) -> InputError:
    """Return the error for a file that cannot be opened as what it says it is."""
    return refused(
        "broken",
        msg("Filen er skadet og kan ikke leses."),
        name,
        msg("Åpne filen i programmet den er laget med, lagre den på nytt og prøv igjen."),
    )
