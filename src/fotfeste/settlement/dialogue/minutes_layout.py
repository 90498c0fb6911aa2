"""What the writer and the reader of minutes agree on: the marks and names by which cells are recognised."""

from __future__ import annotations

import re

from fotfeste.messages import msg

THEME, NEED, FOLLOW_UP, DEADLINE = "need_theme", "need_text", "need_follow_up", "need_deadline"
NEED_COLUMNS = (THEME, NEED, FOLLOW_UP, DEADLINE)
"""The names over the columns of the needs."""
ABOUT = ("municipality_code", "county", "year")
"""The names of the cells that say what the minutes are about; the value stands in the second column."""

FIELDS = (
    "met_on",
    "place",
    "participants_municipality",
    "participants_county",
    "capacity_said",
    "wish_said",
    "minors_said",
    "note",
    "next_step",
    "next_on",
)
"""The fields that minutes can have; a file of questions words them and may leave out all but the date."""
PARTS = {"form": msg("Referat"), "needs": msg("Behov"), "questions": msg("Spørsmål")}
"""The sheets of a form, by the part that their mark names."""

_MARKER = re.compile(r"fotfeste-referat/(?P<part>form|needs|questions)/(?P<schema>\d{1,6})")


def form_marker(schema: int) -> str:
    """Return the mark of the sheet of minutes."""
    return f"fotfeste-referat/form/{schema}"


def needs_marker(schema: int) -> str:
    """Return the mark of the sheet of needs."""
    return f"fotfeste-referat/needs/{schema}"


def questions_marker(schema: int) -> str:
    """Return the mark of the sheet of questions."""
    return f"fotfeste-referat/questions/{schema}"


def read_marker(text: str) -> tuple[str, int] | None:
    """Return the part and the schema number that ``text`` marks, or ``None`` when it is no mark."""
    found = _MARKER.fullmatch(text.strip())
    return None if found is None else (found["part"], int(found["schema"]))
