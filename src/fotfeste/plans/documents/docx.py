"""DOCX (ECMA-376, WordprocessingML): paragraphs by their styles, lists, tables and notes.

Deleted and hidden words, instructions of fields, and the second form of what is stated twice are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fotfeste.office_gate import Kind
from fotfeste.plans.documents.bounds import Bounds, broken
from fotfeste.plans.documents.building import Block, build
from fotfeste.plans.documents.model import Cell, Document, Origin, PassageKind
from fotfeste.plans.documents.packages import opened, part, stated_number


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_LEFT_OUT = _names("del moveFrom instrText delText rPr Fallback delInstrText rt")
_HEADING = re.compile(r"^(?:heading|overskrift)\s*(\d)$", re.IGNORECASE)
_NAMED = {
    "title": PassageKind.TITLE, "tittel": PassageKind.TITLE, "caption": PassageKind.CAPTION,
    "bildetekst": PassageKind.CAPTION, "bibliography": PassageKind.BIBLIOGRAPHY,
    "bibliografi": PassageKind.BIBLIOGRAPHY, "footnote text": PassageKind.FOOTNOTE,
}  # fmt: skip


MOST_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class _Style:
    kind: PassageKind = PassageKind.PARAGRAPH
    level: int = 0
    listed: bool = False


@dataclass(slots=True)
class _Reading:
    styles: Mapping[str, _Style]
    notes: Mapping[str, Any]
    endnotes: Mapping[str, Any]
    marks: dict[tuple[str, str], int] = field(default_factory=dict)
    waiting: list[Block] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    tables: int = 0


def read_docx(data: bytes, origin: Origin, bounds: Bounds) -> Document:
    """Return the document; raises :class:`InputError` when it does not pass the gate or cannot be read."""
    with opened(origin.name, data, Kind.DOCX, bounds) as archive:
        main = part(archive, "word/document.xml", origin.name, bounds)
        styles = part(archive, "word/styles.xml", origin.name, bounds)
        notes = part(archive, "word/footnotes.xml", origin.name, bounds)
        endnotes = part(archive, "word/endnotes.xml", origin.name, bounds)
        core = part(archive, "docProps/core.xml", origin.name, bounds)
    body = None if main is None else next((one for one in main if _name(one) == "body"), None)
    if body is None:
        raise broken(origin.name)
    reading = _Reading(_styles(styles), _numbered(notes), _numbered(endnotes))
    title = "" if core is None else next((one.text or "" for one in core if _name(one) == "title"), "")
    return build(_blocks(body, reading, None), origin, bounds, title=title)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, *path: str) -> str | None:
    """The ``val`` of a descendant that is reached by names; empty when it has none."""
    for name in path:
        element = next((one for one in element if _name(one) == name), None)
        if element is None:
            return None
    return _own(element, "val") or ""


def _own(element: Any, name: str) -> str | None:
    value: str | None = element.get(_W + name)
    if value is None:
        value = element.get(_STRICT + name)
    return value


def _numbered(root: Any | None) -> dict[str, Any]:
    return {} if root is None else {_own(one, "id") or "": one for one in root if _own(one, "type") is None}


def _styles(root: Any | None) -> dict[str, _Style]:
    found = {} if root is None else {_own(one, "styleId") or "": one for one in root if _name(one) == "style"}
    return {name: _style(found, name) for name in found}


def _style(found: Mapping[str, Any], name: str) -> _Style:
    """What a style says, or the one it is based on."""
    listed = False
    for _ in range(12):
        element = found.get(name)
        if element is None:
            break
        called = (_value(element, "name") or "").strip().casefold()
        listed = (
            listed
            or _value(element, "pPr", "numPr", "numId") not in (None, "0")
            or called.startswith("list ")
        )
        heading = _HEADING.match(called)
        outline = stated_number(_value(element, "pPr", "outlineLvl"), 9)
        if heading:
            return _Style(PassageKind.HEADING, int(heading[1]))
        if called.startswith(("toc ", "innh ")) and called != "toc heading":
            return _Style(PassageKind.CONTENTS)
        if called in _NAMED:
            return _Style(_NAMED[called])
        if outline is not None and outline < 9:
            return _Style(PassageKind.HEADING, outline + 1)
        name = _value(element, "basedOn") or ""
    return _Style(listed=listed)


def _blocks(parent: Any, reading: _Reading, cell: Cell | None) -> Iterator[Block]:
    for element in parent:
        name = _name(element)
        if name == "p":
            yield from _paragraph(element, reading, cell)
        elif name == "tbl":
            yield from _table(element, reading, cell)
        elif name not in _LEFT_OUT and name not in ("pPr", "tcPr", "sectPr", "sdtPr"):
            yield from _blocks(element, reading, cell)
        if cell is None:
            yield from _set_free(reading)


def _set_free(reading: _Reading) -> Iterator[Block]:
    """Notes stand after what they belong to, so that no paragraph is parted by one."""
    waiting, reading.waiting = reading.waiting, []
    yield from waiting


def _paragraph(element: Any, reading: _Reading, cell: Cell | None) -> Iterator[Block]:
    text = "".join(_words(element, reading))
    inside, reading.boxes = reading.boxes, []
    properties = next((one for one in element if _name(one) == "pPr"), None)
    style = _Style()
    if properties is not None:
        style = reading.styles.get(_value(properties, "pStyle") or "", style)
        outline = stated_number(_value(properties, "outlineLvl"), 9)
        number = _value(properties, "numPr", "numId")
        if outline is not None and outline < 9:
            style = _Style(PassageKind.HEADING, outline + 1)
        elif number is not None and style.kind is PassageKind.PARAGRAPH:
            style = _Style(listed=number != "0")
    kind = PassageKind.LIST_ITEM if style.listed and style.kind is PassageKind.PARAGRAPH else style.kind
    if cell is not None:
        kind = PassageKind.TABLE_CELL
    yield Block(kind, text, style.level if kind is PassageKind.HEADING else 0, cell=cell)
    for box in inside:
        yield from _blocks(box, reading, cell)


def _words(element: Any, reading: _Reading) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr", "ptab"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name in ("footnoteReference", "endnoteReference"):
            yield _note(name, _own(child, "id") or "", reading)
        elif name == "txbxContent":
            reading.boxes.append(child)
        elif name == "r" and _hidden(child):
            continue
        elif name not in _LEFT_OUT and name != "pPr":
            yield from _words(child, reading)


def _hidden(run: Any) -> bool:
    return any(_name(one) == "rPr" and _value(one, "vanish") not in (None, "0", "false") for one in run)


def _note(name: str, number: str, reading: _Reading) -> str:
    found = (reading.notes if name == "footnoteReference" else reading.endnotes).get(number)
    if found is None:
        return ""
    key = (name, number)
    if key in reading.marks:
        return f"[{reading.marks[key]}]"
    mark = reading.marks[key] = len(reading.marks) + 1
    text = " ".join("".join(_words(one, reading)) for one in found if _name(one) == "p")
    reading.waiting.append(Block(PassageKind.FOOTNOTE, f"[{mark}] {text.strip()}"))
    return f"[{mark}]"


def _table(element: Any, reading: _Reading, outer: Cell | None) -> Iterator[Block]:
    """A table in a table is read into the cell it stands in."""
    table = reading.tables
    reading.tables += outer is None
    rows = (one for one in element.iter(f"{_W}tr", f"{_STRICT}tr") if _table_of(one) is element)
    for number, row in enumerate(rows):
        column = 0
        for one in row.iter(f"{_W}tc", f"{_STRICT}tc"):
            if _row_of(one) is not row:
                continue
            goes_on = _value(one, "tcPr", "vMerge")
            if goes_on is None or goes_on == "restart":
                yield from _blocks(one, reading, outer or Cell(table, number, column))
            width = stated_number(_value(one, "tcPr", "gridSpan"), MOST_COLUMNS)
            column += 1 if width is None else width


def _table_of(row: Any) -> Any:
    return next((one for one in row.iterancestors() if _name(one) == "tbl"), None)


def _row_of(cell: Any) -> Any:
    return next((one for one in cell.iterancestors() if _name(one) == "tr"), None)
