"""What the writer and the reader of reply sheets agree on: the marks by which a sheet is recognised."""

from __future__ import annotations

import re
from typing import Literal, cast

Layout = Literal["form", "collected"]
FORM: Layout = "form"
COLLECTED: Layout = "collected"

ABOUT = ("municipality_code", "county", "year")
"""Ids of the cells that say whom and what the sheet is about; the value stands in the second column."""

_MARKER = re.compile(r"fotfeste-svar/(?P<layout>form|collected)/(?P<schema>\d{1,6})")


def marker(layout: Layout, schema: int) -> str:
    """Return the mark of a sheet: its kind and the schema number of its fields."""
    return f"fotfeste-svar/{layout}/{schema}"


def code_marker() -> str:
    """Return the mark over the names in a collected sheet; the codes stand to the left of it."""
    return "name"


def read_marker(text: str) -> tuple[Layout, int] | None:
    """Return the kind and the schema number that ``text`` marks, or ``None`` when it is no mark."""
    found = _MARKER.fullmatch(text.strip())
    return None if found is None else (cast(Layout, found["layout"]), int(found["schema"]))
