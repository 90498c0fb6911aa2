"""A document of which it is known already what it says of each column of the matrix, so that nothing of it is read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from fotfeste.plans.coverage.coded import Coded, ReadDocument, Said
from fotfeste.plans.coverage.quoting import Evidence
from fotfeste.plans.coverage.settings import Column
from fotfeste.plans.documents.model import Document, Origin, Span

_NOTHING = Span(0, 0)
_EMPTY = Document("", Origin("", "", "", ""), "", ())


@dataclass(frozen=True, slots=True)
class Summary:
    """What a document says in numbers: for each column, by its id, how sure each of its passages is, and the pages that are pictures.

    Every passage is told of as ``(said, close)`` (see :class:`Evidence`), in reading order.
    """

    columns: dict[str, tuple[tuple[Said, bool], ...]]
    read_whole: bool
    unseen_pages: tuple[int, ...]


class HeldDocument(ReadDocument):
    """A document as the matrix needs it. ``passages`` gives those of a column; they are asked for only when they are to be shown."""

    def __init__(
        self, name: str, summary: Summary, passages: Callable[[Column], tuple[Evidence, ...]] | None = None
    ) -> None:
        super().__init__(name, _EMPTY, {})
        object.__setattr__(self, "_summary", summary)
        object.__setattr__(self, "_passages", passages)

    def found(self, column: Column) -> tuple[Evidence, ...]:
        """Return the passages of a column; without words, which stand for those that are only counted, where none are asked for."""
        passages: Callable[[Column], tuple[Evidence, ...]] | None = self._passages  # type: ignore[attr-defined]
        if passages is not None:
            return passages(column)
        summary: Summary = self._summary  # type: ignore[attr-defined]
        return tuple(_counted(self.id, said, close) for said, close in summary.columns.get(column.id, ()))

    @property
    def readable(self) -> tuple[int, ...]:
        """Nothing that is unread where a person has read all of it."""
        return () if self._summary.read_whole else (0,)  # type: ignore[attr-defined]

    @property
    def unseen_pages(self) -> tuple[int, ...]:
        """The pages that are pictures without text."""
        return self._summary.unseen_pages  # type: ignore[attr-defined,no-any-return]


@lru_cache(maxsize=4096)
def _counted(name: str, said: Said, close: bool) -> Evidence:
    return Evidence(name, "", 0, _NOTHING, None, (), "", (Coded("", said),), close)
