"""What is wrong with an answer, said so that a person knows what to do."""

from __future__ import annotations

from fotfeste.errors import InputError, Place
from fotfeste.messages import Message, msg

FETCH_AGAIN = msg(
    "Hent tabellen på nytt. Blir svaret likt, er det feil hos kilden: meld fra dit, og bruk tallene som finnes fra før."
)


def fault(code: str, what: Message, place: Place | None = None, remedy: Message = FETCH_AGAIN) -> InputError:
    """Return the error to raise; ``place`` is the path within the answer, as ``dimension.Region.category``."""
    return InputError(code, what, place=place or None, remedy=remedy)
