"""The passages written for trying the coding on (`tests/plans/labelled/passages.toml`), each as a small document.

A passage becomes a document of its own: the headings it stands under, and itself last. Labels point into that text.
Even numbers are the test part, odd numbers the tuning part.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from fotfeste.plans.documents.model import Document, Language, Origin, Passage, PassageKind, Span
from fotfeste.plans.documents.sentences import sentences

FILE = Path(__file__).resolve().parents[1] / "tests" / "plans" / "labelled" / "passages.toml"
SCHEMA = 1


@dataclass(frozen=True)
class TryPassage:
    """One passage with its number; it is the last of its document."""

    number: int
    language: Language
    kind: PassageKind
    headings: tuple[str, ...]
    text: str

    @property
    def part(self) -> str:
        """``test`` for even numbers, ``tuning`` for odd."""
        return "tuning" if self.number % 2 else "test"

    def document(self) -> Document:
        """Return the passage under its headings, as a document."""
        passages: list[Passage] = []
        text = ""
        for level, heading in enumerate(self.headings, start=1):
            span = Span(len(text), len(text) + len(heading))
            above = tuple(range(level - 1))
            passages.append(Passage(span, PassageKind.HEADING, self.language, above, (span,), level))
            text += heading + "\n\n"
        span = Span(len(text), len(text) + len(self.text))
        level = len(self.headings) + 1 if self.kind is PassageKind.HEADING else 0
        own = sentences(self.text, span.start)
        passages.append(Passage(span, self.kind, self.language, tuple(range(len(self.headings))), own, level))
        text += self.text
        origin = Origin(
            f"passage {self.number}", sha256(text.encode()).hexdigest(), "text/plain", "labelled_passages"
        )
        return Document(text, origin, "", tuple(passages))


@cache
def try_passages(path: Path = FILE) -> tuple[TryPassage, ...]:
    """Return the passages in order."""
    content = tomllib.loads(path.read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise ValueError(f"{path} has another schema than {SCHEMA}")
    return tuple(
        TryPassage(
            one["number"],
            Language(one["language"]),
            PassageKind(one["kind"]),
            tuple(one["headings"]),
            one["text"],
        )
        for one in content["passage"]
    )
