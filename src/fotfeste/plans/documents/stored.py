"""A document as bytes and back: one JSON text, packed; the same document always gives the same bytes."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from fotfeste.messages import Message, msg
from fotfeste.plans.documents.bounds import refused
from fotfeste.plans.documents.model import (
    Box,
    Cell,
    Document,
    Language,
    Origin,
    Page,
    Passage,
    PassageKind,
    Span,
)

SCHEMA = 1
LARGEST = 1_000_000_000
"""Bytes that a stored document may unpack to."""


def dump(document: Document) -> bytes:
    """Return ``document`` as packed JSON."""
    origin = document.origin
    content = {
        "schema": SCHEMA,
        "origin": [origin.name, origin.sha256, origin.media_type, origin.reader],
        "title": document.title,
        "text": document.text,
        "text_sha256": document.text_sha256,
        "pages": [[one.number, one.label, one.width, one.height, one.scanned] for one in document.pages],
        "remarks": [_remark(one) for one in document.remarks],
        "passages": [_row(one) for one in document.passages],
    }
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(written.encode(), compresslevel=6, mtime=0)


def load(data: bytes) -> Document:
    """Return the document that :func:`dump` wrote; raises :class:`InputError` when it is damaged or of another schema."""
    try:
        with gzip.open(BytesIO(data)) as stream:
            written = stream.read(LARGEST + 1)
        content = json.loads(written) if len(written) <= LARGEST else None
        if not isinstance(content, dict):
            raise ValueError("not an object")
        if content.get("schema") != SCHEMA:
            raise refused(
                "schema",
                msg("Planen er lagret i en form som denne utgaven ikke leser."),
                "",
                msg("Les inn filen på nytt."),
            )
        document = _document(content)
        if document.text_sha256 != content["text_sha256"]:
            raise ValueError("the text is not the one that was stored")
    except (
        OSError,
        EOFError,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        RecursionError,
    ) as error:
        raise refused(
            "damaged", msg("Den lagrede planen er skadet."), "", msg("Les inn filen på nytt.")
        ) from error
    return document


def _row(one: Passage) -> list[Any]:
    return [
        one.span.start,
        one.span.end,
        one.kind.value,
        one.language.value,
        list(one.headings),
        [[span.start, span.end] for span in one.sentences],
        one.level,
        list(one.pages) if one.pages else None,
        [one.cell.table, one.cell.row, one.cell.column] if one.cell else None,
        [[box.page, box.left, box.top, box.right, box.bottom] for box in one.boxes],
    ]


def _document(content: dict[str, Any]) -> Document:
    text = content["text"]
    passages = tuple(_passage(row) for row in content["passages"])
    places = [0]
    for number, passage in enumerate(passages):
        inside = all(
            passage.span.start <= one.start and one.end <= passage.span.end for one in passage.sentences
        )
        if passage.span.start < places[-1] or passage.span.end > len(text) or not inside:
            raise ValueError("a passage outside the text")
        if any(not 0 <= one < number for one in passage.headings):
            raise ValueError("a heading after its passage")
        places.append(passage.span.end)
    return Document(
        text,
        Origin(*map(str, content["origin"])),
        str(content["title"]),
        passages,
        tuple(Page(*row) for row in content["pages"]),
        tuple(_message(one) for one in content["remarks"]),
    )


def _passage(row: Sequence[Any]) -> Passage:
    start, end, kind, language, headings, sentences, level, pages, cell, boxes = row
    return Passage(
        Span(start, end),
        PassageKind(kind),
        Language(language),
        tuple(headings),
        tuple(Span(*one) for one in sentences),
        level,
        (pages[0], pages[1]) if pages else None,
        Cell(*cell) if cell else None,
        tuple(Box(*one) for one in boxes),
    )


def _remark(one: Message) -> list[Any]:
    return [one.text, dict(one.fields), one.plural, one.count]


def _message(row: Sequence[Any]) -> Message:
    text, fields, plural, count = row
    return Message(str(text), {str(name): value for name, value in fields.items()}, plural, count)
