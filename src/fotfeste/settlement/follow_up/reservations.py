"""Words in a council's decision that look like a reservation, or that count family members who come later.

They are pointed to with the passage they stand in; nothing is refused because of them. The words stand in
``reservations.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg

SCHEMA = 1
FILE = "reservations.toml"
LONGEST_QUOTE = 240
SENTENCE = re.compile(r"[^\n]+?(?:[.!?;](?=\s+[A-ZÆØÅ])|$)", re.MULTILINE)
About = Literal["reservation", "family"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that are looked for, in both forms of Norwegian, and words that make a sentence with them harmless."""

    id: str
    about: About
    words: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """All words that are looked for, since when, and who chose them."""

    patterns: tuple[Pattern, ...]
    dated: str
    source: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A word in a decision that a person should look at: what it is about, the word, and the passage it stands in.

    ``start`` and ``end`` are its place in the text, counted in characters.
    """

    pattern: str
    about: About
    word: str
    passage: str
    start: int
    end: int

    def in_words(self) -> Message:
        """Return what was found, with the passage quoted as it is written."""
        if self.about == "family":
            return msg("Vedtaket kan omfatte familiegjenforente: «{passage}»", passage=self.passage)
        return msg("Vedtaket kan ha et forbehold: «{passage}»", passage=self.passage)


@cache
def load_patterns() -> Patterns:
    """Return the words that come with Fotfeste."""
    content = tomllib.loads((resources.files(__package__) / FILE).read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise InputError(
            "reservations.schema", msg("Ordlisten for forbehold har et ukjent skjema."), place=FILE
        )
    patterns = tuple(
        Pattern(
            one["id"],
            one["about"],
            tuple(re.compile(word) for word in dict.fromkeys((*one["nb"], *one["nn"]))),
            tuple(re.compile(word) for word in one["unless"]),
        )
        for one in content["pattern"]
    )
    return Patterns(patterns, str(content["dated"]), content["source"])


def reservations_in(text: str, patterns: Patterns | None = None) -> tuple[Flag, ...]:
    """Return the words in ``text`` that look like a reservation or include family reunified, in their order.

    Each kind of word is told once in a sentence. ``text`` may be in bokmål or nynorsk.
    """
    found: list[Flag] = []
    for sentence in SENTENCE.finditer(text):
        said = sentence.group().lower()
        if len(said) != len(sentence.group()):  # a letter whose small form is longer would move the places
            said = sentence.group()
        for one in (patterns or load_patterns()).patterns:
            if any(word.search(said) for word in one.unless):
                continue
            hits = [hit for word in one.words if (hit := word.search(said)) is not None]
            if hits:
                first = min(hits, key=lambda hit: (hit.start(), -hit.end()))
                start, end = sentence.start() + first.start(), sentence.start() + first.end()
                passage = _passage(sentence.group(), first.start(), first.end())
                found.append(Flag(one.id, one.about, text[start:end], passage, start, end))
    return tuple(sorted(found, key=lambda flag: (flag.start, flag.end, flag.pattern)))


def _passage(sentence: str, start: int, end: int) -> str:
    """Return the sentence on one line; of a long one the part around the word."""
    if len(sentence.strip()) <= LONGEST_QUOTE:
        return " ".join(sentence.split())
    room = max(0, LONGEST_QUOTE - (end - start)) // 2
    first, last = max(0, start - room), min(len(sentence), end + room)
    shown = " ".join(sentence[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(sentence) else ''}"
