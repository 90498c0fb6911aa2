"""The block model: what a document says, before it is HTML, PDF, DOCX or XLSX.

A document is a sequence of blocks. Text is already in the reader's language; numbers are still numbers and are
formatted by the renderer, so that the same figure looks the same everywhere and stays a number in a workbook.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from fotfeste.messages import Locale
from fotfeste.statistics.figure import Figure

CellValue = str | int | Fraction | Figure | date | None
Kind = Literal["text", "number", "percent", "date"]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry weight in running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: an address, or ``#anchor`` of a heading in the same document."""

    text: str
    target: str


Inline = str | Strong | Link


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the highest below the title. ``anchor`` makes it a link target."""

    level: Literal[1, 2, 3]
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``lead`` marks the one sentence that answers first; ``keep`` stands on the page where the next block begins."""

    content: tuple[Inline, ...]
    lead: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; numbered where the order matters."""

    items: tuple[tuple[Inline, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, kind of value, decimals for numbers, and whether a total row sums it.

    ``adds`` are the places (from zero) of columns whose sum this one is in every row: a live sum in a workbook.
    """

    title: str
    kind: Kind = "text"
    decimals: int = 0
    summed: bool = False
    signed: bool = False
    adds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a header row. The first column holds row headings.

    ``total_label`` adds a row that sums the columns marked ``summed`` (live in a workbook). ``emphasis`` is the
    indexes of rows that stand out. ``note`` explains marks, ``source`` tells where the figures come from.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    total_label: str = ""
    emphasis: frozenset[int] = frozenset()
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart or map as SVG text, with the text that stands in for it and where its figures come from.

    ``width`` is the part of the text width that it takes (0 to 1).
    """

    svg: str
    alternative: str
    caption: str
    source: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A few figures side by side: label, value, and a short comparison."""

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something the reader must notice: ``warning``, ``note`` or ``choice`` (what people must decide)."""

    kind: Literal["warning", "note", "choice"]
    title: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Start a new page (where the format has pages)."""


Block = Heading | Paragraph | Bullets | Table | Picture | KeyFigures | Aside | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    ``sender`` and ``recipient`` stand on top as lines of an address; ``reference`` holds labelled lines (case
    number, date of decision). ``file_stem`` is the file name without ending. ``issued`` is passed in, never read
    from the clock, so that the same input gives the same bytes. ``contents`` asks for a table of contents;
    ``before_contents`` is how many blocks stand before it (0: those that give the answer).
    """

    title: str
    subtitle: str
    language: Locale
    issued: date
    blocks: tuple[Block, ...]
    file_stem: str
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    reference: tuple[tuple[str, str], ...] = ()
    description: str = ""
    contents: bool = False
    before_contents: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: a table, under a short name."""

    name: str
    table: Table


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook: sheets in order. Numbers are numbers, totals are live formulas with their values stored."""

    title: str
    language: Locale
    issued: date
    sheets: tuple[Sheet, ...]
    file_stem: str
    properties: tuple[tuple[str, str], ...] = field(default=())
