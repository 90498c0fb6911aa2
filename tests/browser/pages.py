"""The main pages of the workspace, once: the browser tests open each of them, and so does `tools/screenshots.py`.

To add a page: one `Page` in `PAGES`. `steps` brings it into a state that its address alone does not give (a form
sent with faults, a menu open), each state a page of its own here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Do = Literal["press", "open", "fill"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done on a page: ``press`` an element, ``open`` a fold, ``fill`` a field with ``text``."""

    do: Do
    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One main page, in one state.

    ``name`` names it in tests and files; ``role`` is who reads it (none: nobody known); ``status`` is what it answers.
    ``picture`` is whether `tools/screenshots.py` takes it.
    """

    name: str
    address: str
    role: str | None = None
    status: int = 200
    steps: tuple[Step, ...] = ()
    picture: bool = True


PAGES: tuple[Page, ...] = (
    # Open pages
    Page("landet", "/"),
    Page("om", "/om/"),
    Page("hjelp", "/om/hjelp/", picture=False),
    Page("ordliste", "/om/ordliste/"),
    Page("tilgjengelighet", "/om/tilgjengelighet/", picture=False),
    Page("personvern", "/om/personvern/", picture=False),
    Page("finnes-ikke", "/finnes-ikke/", status=404),
)
