"""What a tagged PDF says its marked content is: headings, figures, notes, cells of tables."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DEEPEST = 60
MOST = 50_000
TOLD = _words("H H1 H2 H3 H4 H5 H6 Title Figure Caption Note FENote TOCI LI BibEntry")
"""The roles that say something; ``P`` and ``Span`` say as little as none."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a piece of marked content is; ``cell`` is the table on the page, the row and the column, from 0."""

    name: str
    cell: tuple[int, int, int] | None = None


@dataclass(slots=True)
class _Table:
    number: int
    row: int = -1
    column: int = -1


def roles(page: Any) -> dict[int, Role]:
    """Return the innermost told role of each piece of marked content on the page, by its number; ``P`` for the rest.

    Nothing when the page has no tags. What has no number is decoration: running lines, numbers of pages.
    """
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    found: dict[int, Role] = {}
    tables, seen = 0, 0
    try:
        count = max(pdfium.FPDF_StructTree_CountChildren(tree), 0)
        waiting: list[tuple[Any, Role, _Table | None, int]] = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, place), Role("P"), None, 0)
            for place in reversed(range(min(count, MOST)))
        ]
        while waiting and seen < MOST:
            element, role, table, depth = waiting.pop()
            seen += 1
            if not element or depth > DEEPEST:
                continue
            own = _role(element)
            if own == "Table":
                table, tables = _Table(tables), tables + 1
            elif own == "TR" and table is not None:
                table.row, table.column = table.row + 1, -1
            elif own in ("TD", "TH") and table is not None:
                table.column += 1
                role = Role(own, (table.number, max(table.row, 0), table.column))
            elif own in TOLD:
                role = Role(own, role.cell)
            for place in range(max(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element), 0)):
                number = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, place)
                if number >= 0:
                    found[number] = role
            children = max(pdfium.FPDF_StructElement_CountChildren(element), 0)
            waiting += [
                (pdfium.FPDF_StructElement_GetChildAtIndex(element, place), role, table, depth + 1)
                for place in reversed(range(min(children, MOST - len(waiting))))
            ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _role(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    if not 2 < size <= 100:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
