"""The embedded font: where its files are, and how wide a text becomes in it."""

from __future__ import annotations

import base64
import json
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

FAMILY = "Fotfeste Inter"
Weight = Literal[400, 600]
FILES: dict[Weight, str] = {400: "FotfesteInter-Regular", 600: "FotfesteInter-SemiBold"}
UNKNOWN_WIDTH = 650
STAND_IN = "□"
KEPT = "\n"


def folder() -> Path:
    """Return the folder with the font files."""
    return Path(str(resources.files("fotfeste.reports") / "fonts"))


@cache
def web_font(weight: Weight) -> str:
    """Return the font file for web pages (WOFF2) as a ``data:`` address."""
    content = (folder() / f"{FILES[weight]}.woff2").read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(content).decode('ascii')}"


@cache
def _widths(weight: Weight) -> dict[str, int]:
    table: dict[str, dict[str, int]] = json.loads((folder() / "widths.json").read_text("utf-8"))
    return table[str(weight)]


def text_width(text: str, size: float, weight: Weight = 400) -> float:
    """Return how wide ``text`` becomes at ``size``, in the unit of ``size``; kerning is not counted."""
    widths = _widths(weight)
    return sum(widths.get(sign, UNKNOWN_WIDTH) for sign in text) * size / 1000


def displayable(text: str) -> str:
    """Return ``text`` with only signs that the embedded font can show.

    Letters are composed; a letter with a mark that the font lacks becomes the plain letter, other spaces become
    a space, signs without a form disappear, and what is left (other scripts, emoji) becomes ``□``.
    """
    known = _widths(400)
    composed = unicodedata.normalize("NFC", text)
    strange = {sign for sign in set(composed) if sign not in known and sign not in KEPT}
    if not strange:
        return composed
    return composed.translate({ord(sign): _shown_as(sign) for sign in strange})


def _shown_as(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in ("Zs", "Zl", "Zp") or sign in "\t\r":
        return " "
    if kind.startswith(("C", "M")) and kind != "Co":
        return ""
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if part in _widths(400))
    return plain or STAND_IN
