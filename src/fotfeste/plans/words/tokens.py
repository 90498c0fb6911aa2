"""Words as they stand in a text, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fotfeste.plans.documents.model import Span

SOFT_HYPHEN = "\u00ad"
REMEMBERED = 1 << 17
"""How many different words the forms are kept of."""
LONGEST_WORD = 100
"""Letters of a word that are looked at; a longer one is no word of Norwegian, and its first letters stand for it."""
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u00ad\u0300-\u036f])*")
_ACCENTS = str.maketrans(
    {"é": "e", "è": "e", "ê": "e", "ò": "o", "ó": "o", "ô": "o", "à": "a", "ü": "y", "ö": "ø", "ä": "æ"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: where it stands, and the word in small letters without soft hyphens and accents."""

    span: Span
    word: str


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Return the words of ``text`` in order, with spans in code points of ``text``.

    Letters and digits make words; a hyphen parts them, so that «EØS-borgere» is two words and «bo- og
    arbeidsmarked» three. ``start`` and ``end`` narrow the piece that is read.
    """
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Token(Span(found.start(), found.end()), folded(found.group()))


@lru_cache(maxsize=REMEMBERED)
def folded(word: str) -> str:
    """Return a word as it is compared: small letters, composed, without soft hyphens and the accents of Norwegian."""
    word = unicodedata.normalize("NFC", word.replace(SOFT_HYPHEN, "").lower())
    return word.translate(_ACCENTS)[:LONGEST_WORD]
