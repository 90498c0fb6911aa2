"""The embedded font: where its files are, and how wide a text becomes in it."""

from __future__ import annotations

import base64
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

FAMILY = "Fotfeste Inter"
Weight = Literal[400, 600]
FILES: dict[Weight, str] = {400: "FotfesteInter-Regular", 600: "FotfesteInter-SemiBold"}
UNKNOWN_WIDTH = 650


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
