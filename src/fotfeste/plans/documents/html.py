"""HTML as it is read, not as it is run: headings, paragraphs, lists, tables and captions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from fotfeste.plans.documents.bounds import Bounds, broken
from fotfeste.plans.documents.building import Block, build
from fotfeste.plans.documents.model import Cell, Document, Origin, PassageKind
from fotfeste.plans.documents.plain import decoded


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEFT_OUT = _names("""script style noscript template head nav iframe object embed svg math canvas audio video select button
    input textarea form dialog menu applet frameset""")
_INLINE = _names("""a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike
    strong sub sup time tt u var wbr img""")
_KINDS = {
    "li": PassageKind.LIST_ITEM, "dd": PassageKind.LIST_ITEM, "dt": PassageKind.LIST_ITEM,
    "figcaption": PassageKind.CAPTION, "caption": PassageKind.CAPTION,
}  # fmt: skip
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STATED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


WIDEST = 1_000


@dataclass(frozen=True, slots=True)
class _Place:
    kind: PassageKind = PassageKind.PARAGRAPH
    level: int = 0
    cell: Cell | None = None


@dataclass(slots=True)
class _Reading:
    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tables: int = 0
    row: int = -1
    column: int = 0
    below: dict[int, int] = field(default_factory=dict)

    def end(self, place: _Place) -> None:
        """Close the passage that is being read."""
        text = "".join(self.words)
        self.words = []
        if text.strip():
            self.blocks.append(Block(place.kind, text, place.level, cell=place.cell))


def read_html(data: bytes, origin: Origin, bounds: Bounds) -> Document:
    """Return the document; raises :class:`InputError` for one that cannot be read or has no words."""
    stated = _STATED.search(data[:4096])
    text = decoded(data, origin.name, stated[1].decode("ascii") if stated else None)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml_html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise broken(origin.name) from error
    reading = _Reading()
    body = root.find("body")
    main = next(root.iter("main"), None)
    _read(main if main is not None else body if body is not None else root, reading)
    title = root.findtext(".//title") or ""
    return build(reading.blocks, origin, bounds, title=title)


def _read(root: Any, reading: _Reading) -> None:
    """Walk the tree without recursion: pages can be nested as deep as their makers like."""
    places = [_Place()]
    walk = etree.iterwalk(root, events=("start", "end"))
    unread: Any = None
    for event, element in walk:
        if event == "start" and element is not root and _left_out(element):
            walk.skip_subtree()
            unread = element
            continue
        if element is unread:
            reading.words.append(element.tail or "")
            continue
        name = element.tag if isinstance(element.tag, str) else ""
        inline = name in _INLINE or name == "br"
        if event == "start":
            place = places[-1]
            if not inline:
                reading.end(place)
            places.append(_place(element, name, place, reading))
            reading.words.append(" " if name == "br" else _raised(name, element.text or ""))
        else:
            place = places.pop()
            if not inline:
                reading.end(place)
            if element is not root:
                reading.words.append(element.tail or "")
    reading.end(_Place())


def _raised(name: str, text: str) -> str:
    figure = text.strip()
    return f"[{figure}]" if name == "sup" and figure.isdigit() else text


def _left_out(element: Any) -> bool:
    name = element.tag
    if name in _LEFT_OUT or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if name in ("header", "footer") and next(element.iterancestors("article", "main"), None) is None:
        return True
    return bool(_UNSEEN.search(element.get("style") or ""))


def _place(element: Any, name: str, place: _Place, reading: _Reading) -> _Place:
    if name == "table" and place.cell is None:
        reading.tables, reading.row, reading.below = reading.tables + 1, -1, {}
        return _Place(place.kind, 0, Cell(reading.tables - 1, 0, 0))
    if name in ("tr", "td", "th") and place.cell is not None and _outermost(element):
        if name == "tr":
            reading.row, reading.column = reading.row + 1, 0
            reading.below = {column: left - 1 for column, left in reading.below.items() if left > 1}
            return _Place(PassageKind.TABLE_CELL, 0, Cell(place.cell.table, reading.row, 0))
        return _Place(
            PassageKind.TABLE_CELL, 0, Cell(place.cell.table, max(reading.row, 0), _column(element, reading))
        )
    if place.cell is not None and name != "caption":
        return place
    if name in _LEVELS:
        return _Place(PassageKind.HEADING, _LEVELS[name])
    if name in _KINDS:
        return _Place(_KINDS[name])
    if (
        name in ("p", "div", "section", "article", "blockquote", "pre")
        and place.kind is not PassageKind.LIST_ITEM
    ):
        return _Place()
    return place


def _outermost(element: Any) -> bool:
    """Whether a row or cell is of a table that stands in no other: those are read into the cell they stand in."""
    return sum(1 for _ in element.iterancestors("table")) == 1


def _column(element: Any, reading: _Reading) -> int:
    """The column of the row's next cell; cells of rows above may reach down into this one."""
    while reading.column in reading.below:
        reading.column += 1
    column = reading.column
    wide, high = (_spans(element.get(one)) for one in ("colspan", "rowspan"))
    if high > 1 and len(reading.below) < WIDEST:
        reading.below |= dict.fromkeys(range(column, column + wide), high)
    reading.column += wide
    return column


def _spans(stated: str | None) -> int:
    return (
        min(max(int(stated), 1), WIDEST)
        if stated and stated.isascii() and stated.isdigit() and len(stated) < 6
        else 1
    )
