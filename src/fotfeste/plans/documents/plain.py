"""Plain text: paragraphs between empty lines, lists by their signs, headings by their numbers or underlining."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fotfeste.plans.documents.bounds import Bounds, broken
from fotfeste.plans.documents.building import Block, build
from fotfeste.plans.documents.model import Document, Origin, PassageKind


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_KNOWN = _names(
    "utf-8 utf8 utf-16 iso-8859-1 iso8859-1 latin-1 latin1 windows-1252 cp1252 us-ascii iso-8859-15"
)
_BULLET = re.compile(r"^\s*[•●▪◦‣·*–—-]\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-zæøå]\))\s+(?=\S)")
_HEADING = re.compile(r"^(?:kapittel\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])", re.IGNORECASE)
_UNDERLINED = re.compile(r"^\s*(?:={3,}|-{3,})\s*$")
LONGEST_HEADING = 120


def decoded(data: bytes, name: str, stated: str | None = None) -> str:
    """Return the text of bytes: as marked or stated, else UTF-8, else what Norwegian Windows writes."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise broken(name) from error
    if b"\0" in data:
        raise broken(name)
    encodings = ["utf-8", "windows-1252"]
    if stated and stated.lower() in _KNOWN and "16" not in stated:
        encodings.insert(
            0, "windows-1252" if stated.lower() in ("iso-8859-1", "latin-1", "latin1") else stated
        )
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_plain(data: bytes, origin: Origin, bounds: Bounds) -> Document:
    """Return the document; raises :class:`InputError` for one that is no text or has no words."""
    text = decoded(data, origin.name).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    return build(_blocks(text.split("\n")), origin, bounds)


def _blocks(lines: list[str]) -> Iterator[Block]:
    wrapped = _wrapped(lines)
    group: list[str] = []
    for line in [*lines, ""]:
        if not line.strip():
            yield from _group(group)
            group = []
        elif group and (not wrapped or _BULLET.match(line) or _NUMBERED.match(line)):
            yield from _group(group)
            group = [line]
        elif group and _UNDERLINED.match(line) and len(group) == 1:
            yield Block(PassageKind.HEADING, group[0], 1 if "=" in line else 2)
            group = []
        else:
            group.append(line)


def _wrapped(lines: list[str]) -> bool:
    """Whether lines are broken at a width; otherwise each is a paragraph."""
    lengths = [len(line) for line in lines if line.strip()]
    return not lengths or max(lengths) <= 130


def _group(lines: list[str]) -> Iterator[Block]:
    if not lines:
        return
    text = lines[0].strip()
    for line in lines[1:]:
        after = line.strip()
        if (
            re.search(r"[^\W\d_]-$", text[-2:])
            and after[:1].islower()
            and not re.match(r"(?:og|eller|samt)\b", after)
        ):
            text = text[:-1] + after
        else:
            text = f"{text} {after}"
    heading = _HEADING.match(text)
    if _UNDERLINED.match(text):
        return
    if len(lines) == 1 and len(text) <= LONGEST_HEADING and not text.endswith((".", ":", ";", ",")):
        if heading:
            yield Block(PassageKind.HEADING, text, heading[1].count(".") + 1)
            return
        if text.isupper() and sum(letter.isalpha() for letter in text) > 3:
            yield Block(PassageKind.HEADING, text, 1)
            return
    if _BULLET.match(text) or _NUMBERED.match(text):
        yield Block(PassageKind.LIST_ITEM, _BULLET.sub("", text, count=1))
    else:
        yield Block(PassageKind.PARAGRAPH, text)
