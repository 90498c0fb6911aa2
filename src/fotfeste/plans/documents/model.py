"""A plan as text: one canonical string, and spans in it that say what stands where.

Every position in the house is an offset in **code points** into :attr:`Document.text`, from and including ``start``
up to and not including ``end``. The text is in Unicode's composed form (NFC), its lines end with ``\\n`` alone, and
passages are separated by one empty line; it is never changed once made, so a position can be kept for ever beside
:attr:`Document.text_sha256`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from fotfeste.messages import Message


class PassageKind(StrEnum):
    """What a passage is; the value stands in files."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"
    BIBLIOGRAPHY = "bibliography"


class Language(StrEnum):
    """The form of language a passage is written in; ``UNKNOWN`` when it is too short to tell."""

    BOKMAAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the text: code points from ``start`` up to ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError("a span starts before it ends, and not before the text")


@dataclass(frozen=True, slots=True)
class Box:
    """Where on a page something stands: points from the upper left corner, x to the right and y down; page from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a passage stands; table, row and column are counted from 0 through the document."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest thing the reading speaks of: a heading, a paragraph, an item of a list, a cell of a table, a note.

    ``headings`` are the places in :attr:`Document.passages` of the headings it stands under, the outermost first; a
    heading's own place is not among them. ``level`` is 1 for an outermost heading and 0 for all that is no heading.
    ``pages`` are the first and last page, counted from 1, or nothing where the file knows no pages. ``sentences``
    cover the passage without its surrounding space. ``boxes`` are empty where the file has no layout.
    """

    span: Span
    kind: PassageKind
    language: Language
    headings: tuple[int, ...]
    sentences: tuple[Span, ...]
    level: int = 0
    pages: tuple[int, int] | None = None
    cell: Cell | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file: its size in points, the label printed on it, and whether it is a picture without text."""

    number: int
    label: str
    width: float
    height: float
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a document was read from, and which edition of the reading made it."""

    name: str
    sha256: str
    media_type: str
    reader: str


@dataclass(frozen=True)
class Document:
    """A plan as canonical text, with its passages in reading order, its pages, and remarks about the reading."""

    text: str
    origin: Origin
    title: str
    passages: tuple[Passage, ...]
    pages: tuple[Page, ...] = ()
    remarks: tuple[Message, ...] = ()

    @cached_property
    def text_sha256(self) -> str:
        """The check sum of the text: what a position belongs to."""
        return sha256(self.text.encode()).hexdigest()

    def at(self, span: Span) -> str:
        """Return the words of a span."""
        return self.text[span.start : span.end]

    def heading_path(self, passage: Passage) -> tuple[str, ...]:
        """Return the headings a passage stands under, the outermost first."""
        return tuple(self.at(self.passages[place].span) for place in passage.headings)
