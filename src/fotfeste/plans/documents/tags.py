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
    at = ctypes.cast(tree, ctypes.c_void_p).value
    found: dict[int, Role] = {}
    tables, seen = 0, 0
    try:
        count = max(pdfium.FPDF_StructTree_CountChildren(tree), 0)
        waiting: list[tuple[Any, Role, _Table | None, int]] = [
            (child, Role("P"), None, 0)
            for place in reversed(range(min(count, MOST)))
            if (child := _top(at, place))
        ]
        while waiting and seen < MOST:
            element, role, table, depth = waiting.pop()
            seen += 1
            if depth > DEEPEST:
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
            for place in range(max(_contents(element), 0)):
                number = _content(element, place)
                if number >= 0:
                    found[number] = role
            children = max(_children(element), 0)
            waiting += [
                (child, role, table, depth + 1)
                for place in reversed(range(min(children, MOST - len(waiting))))
                if (child := _child(element, place))
            ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _role(element: int) -> str:
    buffer = ctypes.create_string_buffer(64)
    size = _type(element, buffer, 64)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace") if 2 < size <= 64 else ""


def _call(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function with plain addresses for arguments: asked for every element on every page."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int
_top = _call(pdfium.FPDF_StructTree_GetChildAtIndex, _ADDRESS, _ADDRESS, _INT)
_child = _call(pdfium.FPDF_StructElement_GetChildAtIndex, _ADDRESS, _ADDRESS, _INT)
_children = _call(pdfium.FPDF_StructElement_CountChildren, _INT, _ADDRESS)
_contents = _call(pdfium.FPDF_StructElement_GetMarkedContentIdCount, _INT, _ADDRESS)
_content = _call(pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex, _INT, _ADDRESS, _INT)
_type = _call(pdfium.FPDF_StructElement_GetType, ctypes.c_ulong, _ADDRESS, ctypes.c_char_p, ctypes.c_ulong)
