"""The paper that charts and maps are drawn on: shapes, text in the embedded font, hatches, markers and scales.

Lengths are in the picture's own units; 680 units are the width of a page's text, so that 12 units are about
8 points in print. Colours are told apart by people who see colours differently, and every colour that carries
meaning has a hatch or a shape beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10
from typing import Literal

from fotfeste.reports.typeface import FAMILY, Weight, text_width
from fotfeste.reports.xml_text import text as escaped

PAGE_WIDTH, NARROW_WIDTH = 680, 332
INK, QUIET, LINE, FAINT, WHITE = "#1b2a3a", "#4a5b6c", "#c9d2dc", "#eef2f6", "#ffffff"
BLUE, BLUE_DARK, ORANGE, GREEN, PLUM = "#0a5aa6", "#083f75", "#c8641a", "#1d7a66", "#7b3f86"
SIZE = 12

Hatch = Literal["", "up", "down", "lines", "dots", "cross", "bars"]
Anchor = Literal["start", "middle", "end"]
Shape = Literal["circle", "square", "triangle", "diamond", "turned"]


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour and the hatch drawn over it, so that it is known in grey too."""

    colour: str
    hatch: Hatch = ""
    over: str = WHITE


SERIES = (
    Fill("#0b4f8a"),
    Fill("#8cc4ea", "up", "#2f6f9f"),
    Fill("#d9822b", "dots"),
    Fill("#1d7a66", "lines"),
    Fill("#e3c65b", "cross", "#8a7010"),
    Fill("#7b3f86", "down"),
    Fill("#a9b4bf", "bars", "#5b6b7a"),
    Fill("#b5462f", "cross"),
)
HATCHES: dict[Hatch, tuple[int, str]] = {
    "up": (6, "M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5"),
    "down": (6, "M-1.5 4.5L1.5 7.5M0 0L6 6M4.5 -1.5L7.5 1.5"),
    "lines": (5, "M0 2.5H5"),
    "bars": (5, "M2.5 0V5"),
    "cross": (7, "M0 3.5H7M3.5 0V7"),
    "dots": (6, "M1.5 1.5h1.6M4.5 4.5h1.6"),
}


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    shown = f"{value:.1f}"
    return shown[:-2] if shown.endswith(".0") else shown


class Canvas:
    """A picture being drawn; :meth:`picture` returns the SVG text."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []
        self._patterns: dict[Fill, str] = {}

    def _paint(self, fill: Fill | str) -> str:
        if isinstance(fill, str):
            return fill
        if not fill.hatch:
            return fill.colour
        name = self._patterns.setdefault(fill, f"h{len(self._patterns)}")
        return f"url(#{name})"

    def lay(self, other: Canvas) -> None:
        """Draw what ``other`` holds on top; nothing in it may be hatched."""
        if other._patterns:
            raise ValueError("a hatched drawing cannot be laid on another")
        self._parts += other._parts

    def rect(self, x: float, y: float, width: float, height: float, fill: Fill | str, more: str = "") -> None:
        """Draw a filled rectangle; ``more`` is further attributes."""
        where = f'x="{number(x)}" y="{number(y)}" width="{number(max(width, 0))}" height="{number(max(height, 0))}"'
        self._parts.append(f'<rect {where} fill="{self._paint(fill)}"{_space(more)}/>')

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, dashes: str = ""
    ) -> None:
        """Draw a straight line."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        where = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        self._parts.append(f'<line {where} stroke="{colour}" stroke-width="{width}"{dashed}/>')

    def polyline(
        self, points: Iterable[tuple[float, float]], colour: str, width: float, dashes: str = ""
    ) -> None:
        """Draw a broken line through ``points``."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        where = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._parts.append(
            f'<polyline points="{where}" fill="none" stroke="{colour}" stroke-width="{width}" '
            f'stroke-linejoin="round"{dashed}/>'
        )

    def path(self, shape: str, fill: Fill | str, more: str = "", title: str = "") -> None:
        """Draw a path; ``title`` is what the reader is told when pointing at it."""
        inside = f"<title>{escaped(title)}</title>" if title else ""
        self._parts.append(f'<path d="{shape}" fill="{self._paint(fill)}"{_space(more)}>{inside}</path>')

    def marker(
        self, shape: Shape, x: float, y: float, radius: float, colour: str, *, hollow: bool = False
    ) -> None:
        """Draw a marker with a thin white edge; hollow markers are white inside. A ``turned`` triangle stands on its point."""
        fill, edge, width = (WHITE, colour, 1.8) if hollow else (colour, WHITE, 1)
        more = f'fill="{fill}" stroke="{edge}" stroke-width="{width}"'
        if shape == "circle":
            self._parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" {more}/>')
            return
        reach = radius * {"square": 0.9, "triangle": 1.15, "diamond": 1.2, "turned": 1.15}[shape]
        corners = {
            "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
            "triangle": ((0, -1), (1, 0.8), (-1, 0.8)),
            "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
            "turned": ((0, 1), (-1, -0.8), (1, -0.8)),
        }[shape]
        points = " ".join(f"{number(x + reach * dx)},{number(y + reach * dy)}" for dx, dy in corners)
        self._parts.append(f'<polygon points="{points}" {more}/>')

    def text(
        self,
        x: float,
        y: float,
        content: str,
        *,
        size: float = SIZE,
        weight: Weight = 400,
        anchor: Anchor = "start",
        colour: str = INK,
        halo: float = 0,
    ) -> None:
        """Write ``content`` with its baseline at ``y``; ``halo`` is the width of a white edge around it."""
        more = "" if weight == 400 else f' font-weight="{weight}"'
        more += "" if anchor == "start" else f' text-anchor="{anchor}"'
        more += "" if size == SIZE else f' font-size="{number(size)}"'
        more += "" if colour == INK else f' fill="{colour}"'
        if halo:
            more += f' stroke="{WHITE}" stroke-width="{number(halo)}" stroke-linejoin="round" paint-order="stroke"'
        self._parts.append(f'<text x="{number(x)}" y="{number(y)}"{more}>{escaped(content)}</text>')

    def legend(
        self, entries: Sequence[tuple[str, Fill | tuple[Shape, str, bool]]], x: float, y: float, right: float
    ) -> float:
        """Draw a legend in lines from ``x`` to ``right``; return the height it took.

        An entry is a name with a :class:`Fill`, or with the shape, colour and hollowness of a marker.
        """
        across, down = x, y
        for name, key in entries:
            wide = 20 + text_width(name, SIZE) + 18
            if across > x and across + wide - 18 > right:
                across, down = x, down + 19
            if isinstance(key, Fill):
                self.rect(across + 0.5, down + 2.5, 13, 11, key, f'stroke="{QUIET}" stroke-width="0.6"')
            else:
                self.marker(key[0], across + 7, down + 8, 5, key[1], hollow=key[2])
            self.text(across + 20, down + 12, name)
            across += wide
        return down + 19 - y

    def picture(self, title: str, description: str) -> str:
        """Return the SVG text with its title and description."""
        patterns = "".join(
            f'<pattern id="{name}" width="{HATCHES[fill.hatch][0]}" height="{HATCHES[fill.hatch][0]}" '
            f'patternUnits="userSpaceOnUse"><path d="M0 0h9v9h-9z" fill="{fill.colour}"/>'
            f'<path d="{HATCHES[fill.hatch][1]}" stroke="{fill.over}" stroke-width="1.3" fill="none"/></pattern>'
            for fill, name in self._patterns.items()
        )
        defs = f"<defs>{patterns}</defs>" if patterns else ""
        size = f"{number(self.width)} {number(self.height)}"
        paper = f'<path d="M0 0h{number(self.width)}v{number(self.height)}H0z" fill="{WHITE}"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" '
            f'font-family="{FAMILY}, Inter, sans-serif" font-size="{SIZE}" fill="{INK}">'
            f"<title>{escaped(title)}</title><desc>{escaped(description)}</desc>{defs}{paper}{''.join(self._parts)}</svg>"
        )


def _space(more: str) -> str:
    return f" {more}" if more else ""


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places on the paper, with the values that are marked on the axis."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[Fraction, ...]

    def __call__(self, value: float | Fraction) -> float:
        """Return the place of ``value``."""
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def scale(low: float, high: float, start: float, end: float, steps: int = 5) -> Scale:
    """Return a scale whose ends and marks are round numbers around ``low`` and ``high``."""
    if high <= low:
        high = low + 1
    rough = (high - low) / steps
    power = Fraction(10) ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if float(power * factor) >= rough * 0.999)
    first, last = floor(low / float(step) + 1e-9), ceil(high / float(step) - 1e-9)
    ticks = tuple(step * place for place in range(first, last + 1))
    return Scale(float(ticks[0]), float(ticks[-1]), start, end, ticks)


def decimals(ticks: Sequence[Fraction]) -> int:
    """Return how many decimals the marks of an axis need."""
    for places in range(4):
        if all((tick * 10**places).denominator == 1 for tick in ticks):
            return places
    return 4


def fit(content: str, width: float, size: float = SIZE, weight: Weight = 400) -> str:
    """Return ``content``, cut with an ellipsis when it is wider than ``width``."""
    if text_width(content, size, weight) <= width:
        return content
    while content and text_width(f"{content}…", size, weight) > width:
        content = content[:-1].rstrip()
    return f"{content}…"


def label_width(labels: Iterable[str], longest: float = 210) -> float:
    """Return the width of the column that holds ``labels``."""
    return min(max((text_width(label, SIZE, 600) for label in labels), default=0) + 2, longest)


def wrapped(content: str, width: float, size: float, weight: Weight = 400) -> list[str]:
    """Return ``content`` in lines that are no wider than ``width``, where words allow it."""
    lines: list[str] = []
    for word in content.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
