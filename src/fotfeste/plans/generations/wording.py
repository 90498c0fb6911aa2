"""What was changed in a passage, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 2_000
"""Words of a passage that are compared one by one; a longer one is shown as gone and come."""
_PIECES = re.compile(r"\w+|\s+|[^\w\s]")


class PieceKind(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a changed passage, as they stand."""

    kind: PieceKind
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Return ``before`` and ``after`` as pieces: what is the same and gone gives the one, the same and new the other."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if max(len(old), len(new)) > 2 * MOST_WORDS:
        return tuple(_pieces("replace", before, after))
    found: list[Piece] = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += _pieces(kind, "".join(old[first:last]), "".join(new[start:end]))
    return tuple(found)


def _pieces(kind: str, before: str, after: str) -> Iterator[Piece]:
    if kind == "equal":
        yield Piece(PieceKind.SAME, before)
        return
    if before:
        yield Piece(PieceKind.GONE, before)
    if after:
        yield Piece(PieceKind.NEW, after)
