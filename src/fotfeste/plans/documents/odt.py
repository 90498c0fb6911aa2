"""ODT (OASIS OpenDocument text): headings by their outline, lists, tables and notes; deleted words are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fotfeste.office_gate import Kind
from fotfeste.plans.documents.bounds import Bounds, broken
from fotfeste.plans.documents.building import Block, build
from fotfeste.plans.documents.model import Cell, Document, Origin, PassageKind
from fotfeste.plans.documents.packages import opened, part, stated_number


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _STYLE, _OFFICE = (_NS % one for one in ("text", "table", "style", "office"))
_LEFT_OUT = _names("tracked-changes annotation sequence-decls forms annotation-end bookmark-ref")
_KINDS = {
    "table-of-content": PassageKind.CONTENTS,
    "illustration-index": PassageKind.CONTENTS,
    "table-index": PassageKind.CONTENTS,
    "bibliography": PassageKind.BIBLIOGRAPHY,
    "list": PassageKind.LIST_ITEM,
}
_STYLES = {"title": PassageKind.TITLE, "caption": PassageKind.CAPTION, "tittel": PassageKind.TITLE}
MOST_COLUMNS = 1_000


@dataclass(slots=True)
class _Reading:
    parents: dict[str, str]
    waiting: list[Block] = field(default_factory=list)
    frames: list[Any] = field(default_factory=list)
    marks: int = 0
    tables: int = 0


def read_odt(data: bytes, origin: Origin, bounds: Bounds) -> Document:
    """Return the document; raises :class:`InputError` when it does not pass the gate or cannot be read."""
    with opened(origin.name, data, Kind.ODT, bounds) as archive:
        content = part(archive, "content.xml", origin.name, bounds)
        meta = part(archive, "meta.xml", origin.name, bounds)
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if content is None or body is None:
        raise broken(origin.name)
    parents = {
        one.get(f"{_STYLE}name", ""): one.get(f"{_STYLE}parent-style-name", "")
        for one in content.iter(f"{_STYLE}style")
    }
    title = "" if meta is None else next((one.text or "" for one in meta.iter() if _name(one) == "title"), "")
    blocks = _blocks(body, _Reading(parents), PassageKind.PARAGRAPH, None)
    return build(blocks, origin, bounds, title=title)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(parent: Any, reading: _Reading, kind: PassageKind, cell: Cell | None) -> Iterator[Block]:
    for element in parent:
        name = _name(element)
        if name in ("p", "h"):
            yield from _paragraph(element, reading, kind, cell)
        elif name == "table" and cell is None:
            yield from _table(element, reading)
        elif name not in _LEFT_OUT and not name.endswith("-source"):
            yield from _blocks(element, reading, _KINDS.get(name, kind), cell)
        if cell is None:
            waiting, reading.waiting = reading.waiting, []
            yield from waiting


def _paragraph(element: Any, reading: _Reading, kind: PassageKind, cell: Cell | None) -> Iterator[Block]:
    text = "".join(_words(element, reading))
    frames, reading.frames = reading.frames, []
    level = 0
    if cell is not None:
        kind = PassageKind.TABLE_CELL
    elif _name(element) == "h" and kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM):
        stated = stated_number(element.get(f"{_TEXT}outline-level"), 10)
        kind, level = PassageKind.HEADING, 1 if stated is None else stated
    elif kind is PassageKind.PARAGRAPH:
        style = element.get(f"{_TEXT}style-name", "")
        kind = _STYLES.get(style.casefold()) or _STYLES.get(reading.parents.get(style, "").casefold()) or kind
    yield Block(kind, text, level, cell=cell)
    for frame in frames:
        yield from _blocks(frame, reading, PassageKind.PARAGRAPH, cell)


def _words(element: Any, reading: _Reading) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = _name(child)
        if name in ("s", "tab", "line-break"):
            yield " "
        elif name == "note":
            yield _note(child, reading)
        elif name == "text-box":
            reading.frames.append(child)
        elif name and name not in _LEFT_OUT:
            yield from _words(child, reading)
        yield child.tail or ""


def _note(element: Any, reading: _Reading) -> str:
    body = next((one for one in element if _name(one) == "note-body"), None)
    if body is None:
        return ""
    reading.marks += 1
    mark = f"[{reading.marks}]"
    text = " ".join("".join(_words(one, reading)) for one in body)
    reading.waiting.append(Block(PassageKind.FOOTNOTE, f"{mark} {text.strip()}"))
    return mark


def _table(element: Any, reading: _Reading) -> Iterator[Block]:
    """A table in a table is read into the cell it stands in."""
    table = reading.tables
    reading.tables += 1
    rows = (one for one in element.iter(f"{_TABLE}table-row") if _above(one, "table") is element)
    for number, row in enumerate(rows):
        column = 0
        for one in row:
            if _name(one) not in ("table-cell", "covered-table-cell"):
                continue
            if _name(one) == "table-cell":
                yield from _blocks(one, reading, PassageKind.PARAGRAPH, Cell(table, number, column))
            times = stated_number(one.get(f"{_TABLE}number-columns-repeated"), MOST_COLUMNS)
            column += 1 if times is None else times
    waiting, reading.waiting = reading.waiting, []
    yield from waiting


def _above(element: Any, name: str) -> Any:
    return next((one for one in element.iterancestors() if _name(one) == name), None)
