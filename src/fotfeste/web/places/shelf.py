"""Answers kept in memory: those used last, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

OVERHEAD = 500
"""Bytes that an answer takes beside its body, about."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: its body, perhaps compressed with gzip, and its headers."""

    body: bytes
    compressed: bool
    headers: tuple[tuple[str, str], ...]


@dataclass
class Shelf:
    """Answers by key; when there is no more room, the one that has lain longest without use goes."""

    room: int
    used: int = 0
    _answers: OrderedDict[str, Kept] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def take(self, key: str) -> Kept | None:
        """Return the answer under ``key``, if it is there."""
        with self._lock:
            if (found := self._answers.get(key)) is not None:
                self._answers.move_to_end(key)
            return found

    def keep(self, key: str, answer: Kept) -> None:
        """Keep an answer; one that fills more than an eighth of the room is not kept."""
        size = len(answer.body) + OVERHEAD
        if size * 8 > self.room:
            return
        with self._lock:
            if (old := self._answers.pop(key, None)) is not None:
                self.used -= len(old.body) + OVERHEAD
            self._answers[key] = answer
            self.used += size
            while self.used > self.room:
                _, gone = self._answers.popitem(last=False)
                self.used -= len(gone.body) + OVERHEAD

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._answers.clear()
            self.used = 0
