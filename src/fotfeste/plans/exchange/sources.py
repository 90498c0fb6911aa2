"""The text of a source and the pieces coded in it, as a document of ours and spans in that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.errors import InputError
from fotfeste.plans.documents.model import Span
from fotfeste.plans.documents.reading import read
from fotfeste.plans.exchange.following import follow
from fotfeste.plans.exchange.model import Source
from fotfeste.plans.exchange.offsets import Counted, Piece, detect, source_text
from fotfeste.plans.exchange.report import Detected, Why

LEAST_SHARE = 0.9
"""The share of a document's signs that must be met in the text of the program."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a source as it was decoded, with its own line ends and byte order mark."""

    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A source as a document, its pieces there (or why one is not), and how they were counted."""

    source: Source
    spans: tuple[Span | Why, ...]
    detected: Detected | None


def text_of_bytes(data: bytes) -> Text | None:
    """Return the text of a file; nothing for one that is no text. The byte order mark stays, as some programs count it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16-le" if data[0] == 0xFF else "utf-16-be"]
    else:
        encodings = ["utf-8", "windows-1252", "latin-1"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # A text with such signs was no text; a single one stands for a letter and keeps its place.
        if text.count("\0") > len(text) // 100:
            return None
        return Text(text.replace("\0", " "))
    return None


def placed(text: Text, pieces: Sequence[Piece], name: str, names: set[str]) -> Placed | None:
    """Return a source with its pieces in the document that is read from it; nothing when it cannot be read.

    ``names`` are the names of files given out before: no two texts get the same.
    """
    held = source_text(text.text)
    file_name = file_name_of(name, names)
    content = held.text.encode("utf-8", "replace")
    try:
        document = read(file_name, content)
    except InputError:
        return None
    names.add(file_name.casefold())
    source = Source(name, file_name, content, document)
    if not pieces:
        return Placed(source, (), None)
    detected = detect(held, pieces, name)
    counted = Counted(held, detected.counting)
    followed = follow(held.text, document.text)
    if followed.share < LEAST_SHARE:
        return Placed(source, tuple(Why.NOT_FOLLOWED for _ in pieces), detected)
    spans: list[Span | Why] = []
    for one in pieces:
        start, end, _ = counted.piece(*one)
        if start == end:
            spans.append(Why.EMPTY)
        elif not 0 <= start < end <= len(held.text):
            spans.append(Why.OUTSIDE)
        elif not held.text[start:end].strip():
            spans.append(Why.EMPTY)
        else:
            spans.append(followed.span(start, end) or Why.NOT_FOLLOWED)
    return Placed(source, tuple(spans), detected)


def file_name_of(name: str, names: set[str], ending: str = "txt") -> str:
    """Return a name for the file of a text: the source's own without what leads anywhere, and one that no other has."""
    plain = re.sub(r"[^\w .,()&+-]+", "-", name).strip(" .-")[:120] or "kilde"
    stem = plain.removesuffix(f".{ending}")
    found, number = f"{stem}.{ending}", 2
    while found.casefold() in names:
        found, number = f"{stem} ({number}).{ending}", number + 1
    return found
