"""A document as tagged PDF (PDF/UA-1) through Typst.

The Typst template is a fixed file; the document reaches it as data, so no text in a document can become markup.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fotfeste.messages import Language, language
from fotfeste.reports import svg, typeface, widths, words
from fotfeste.reports.blocks import (
    Aside,
    Block,
    Bullets,
    CellValue,
    Document,
    Heading,
    Inline,
    KeyFigures,
    Link,
    PageBreak,
    Paragraph,
    Picture,
    Strong,
    Table,
)
from fotfeste.reports.cells import format_cell, is_numeric, notes, total_row
from fotfeste.reports.html import SAFE_ADDRESSES
from fotfeste.reports.outline import Entry, contents_depth, contents_place, outline

if TYPE_CHECKING:
    import typst

Data = dict[str, Any]


def render_pdf(document: Document) -> bytes:
    """Return ``document`` as PDF/UA-1: tagged, with language, title, alternative texts and page numbers.

    Signs that the embedded font lacks are replaced (:func:`fotfeste.reports.typeface.displayable`), since PDF/UA
    allows no text that cannot be shown. The date inside the file is ``document.issued``, so that
    the same document gives the same bytes. Raises :class:`fotfeste.reports.svg.UnsafePicture` for a picture that
    is more than a drawing.
    """
    stamp = int(datetime.combine(document.issued, time(12), UTC).timestamp())
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"document": json.dumps(_displayable(data(document)), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=stamp,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst returned no PDF")
    return made


@cache
def _compiler() -> typst.Compiler:
    import typst

    template = Path(str(resources.files("fotfeste.reports") / "assets" / "document.typ"))
    return typst.Compiler(
        input=str(template),
        root=str(template.parent),
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(typeface.folder())]
        ),
    )


def _displayable(content: object) -> object:
    if isinstance(content, str):
        return typeface.displayable(content)
    if isinstance(content, list):
        return [_displayable(item) for item in content]
    if isinstance(content, dict):
        return {key: _displayable(item) for key, item in content.items()}
    return content


def data(document: Document) -> Data:
    """Return what the template reads: texts in the reader's language, nothing but strings, numbers and lists."""
    reader = language(document.language)
    entries = outline(document.blocks)
    tag = words.LANGUAGE_TAGS[document.language]
    lines = ((reader.text(words.DATE), reader.date(document.issued)), *document.reference)
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "description": document.description or document.subtitle or document.title,
        "language": tag.partition("-")[0],
        "region": tag.partition("-")[2],
        "issued": [document.issued.year, document.issued.month, document.issued.day],
        "author": list(document.sender[:1]),
        "family": typeface.FAMILY,
        "parties": [
            {"label": reader.text(label), "lines": list(party)}
            for label, party in ((words.SENDER, document.sender), (words.RECIPIENT, document.recipient))
            if party
        ],
        "reference": [list(line) for line in lines],
        "contents": reader.text(words.CONTENTS) if document.contents else "",
        "contents-depth": contents_depth(entries),
        "contents-after": contents_place(document) if document.contents else 0,
        "page": words.page_parts(reader),
        "anchors": [entry.anchor for entry in entries.values()],
        "blocks": [_block(block, index, entries, reader) for index, block in enumerate(document.blocks)],
    }


def _block(block: Block, index: int, entries: dict[int, Entry], reader: Language) -> Data:
    match block:
        case Heading():
            entry = entries[index]
            return {"kind": "heading", "level": entry.level, "text": entry.text, "anchor": entry.anchor}
        case Paragraph():
            return {
                "kind": "paragraph",
                "lead": block.lead,
                "keep": block.keep,
                "content": _inline(block.content),
            }
        case Bullets():
            items = [_inline(item) for item in block.items]
            return {"kind": "bullets", "numbered": block.numbered, "items": items}
        case Table():
            return _table(block, reader)
        case Picture():
            return {
                "kind": "picture",
                "svg": svg.check(block.svg),
                "alternative": block.alternative,
                "caption": block.caption,
                "source": words.source_line(block.source, reader),
                "width": min(max(block.width, 0.1), 1.0),
            }
        case KeyFigures():
            return {"kind": "key-figures", "items": [list(item) for item in block.items]}
        case Aside():
            return {
                "kind": "aside",
                "type": block.kind,
                "label": reader.text(words.ASIDES[block.kind]),
                "title": block.title,
                "content": _inline(block.content),
            }
        case PageBreak():
            return {"kind": "page-break"}


def _inline(content: tuple[Inline, ...]) -> list[Data]:
    pieces: list[Data] = []
    for piece in content:
        match piece:
            case Strong():
                pieces.append({"kind": "strong", "text": piece.text})
            case Link() if piece.target.startswith(SAFE_ADDRESSES):
                pieces.append({"kind": "link", "text": piece.text, "target": piece.target})
            case Link():
                pieces.append({"kind": "text", "text": piece.text})
            case _:
                pieces.append({"kind": "text", "text": piece})
    return pieces


def _table(table: Table, reader: Language) -> Data:
    sums = total_row(table)
    rows = [_row(row, table, reader) for row in table.rows]
    total = _row(sums, table, reader) if sums else []
    laid = widths.layout([column.title for column in table.columns], [*rows, *([total] if sums else [])])
    return {
        "kind": "table",
        "caption": table.caption,
        "head": [column.title for column in table.columns],
        "numeric": [is_numeric(column) for column in table.columns],
        "weights": list(laid.shares),
        "size": laid.size,
        "rows": rows,
        "total": total,
        "emphasis": sorted(table.emphasis),
        "note": notes(table, reader),
        "source": words.source_line(table.source, reader),
    }


def _row(row: tuple[CellValue, ...], table: Table, reader: Language) -> list[str]:
    return [format_cell(value, column, reader) for value, column in zip(row, table.columns, strict=True)]
