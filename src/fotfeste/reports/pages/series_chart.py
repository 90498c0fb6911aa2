"""A chart of figures over time: lines that stop where the series breaks, and the breaks marked with letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.messages import Language, msg
from fotfeste.reports.charts import HIDDEN, RANGE
from fotfeste.reports.drawing import (
    BLUE_DARK,
    GREEN,
    LINE,
    ORANGE,
    PAGE_WIDTH,
    QUIET,
    Canvas,
    Fill,
    Scale,
    Shape,
    decimals,
    scale,
)
from fotfeste.reports.typeface import text_width
from fotfeste.statistics.figure import Figure

HEIGHT = 250.0
LOOKS: tuple[tuple[Shape, str, str], ...] = (
    ("circle", BLUE_DARK, ""),
    ("square", ORANGE, "6 3"),
    ("triangle", GREEN, "2 3"),
)
"""Marker, colour and dashes of the place itself, its county and the country."""
ZOOM = 0.6
"""An axis does not begin at zero where the lowest figure is more than so much of the highest."""


@dataclass(frozen=True, slots=True)
class LineRun:
    """A stretch of a line without breaks: places in time with their figures; ``open`` are those that are not whole years."""

    points: tuple[tuple[float, Figure], ...]
    open: frozenset[float] = frozenset()


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One place: its name, its runs, and its newest figure as it is written at the end."""

    name: str
    runs: tuple[LineRun, ...]
    newest: str


@dataclass(frozen=True, slots=True)
class ChartBreak:
    """A break at a place in time, with its letters."""

    at: float
    letters: str
    bridged: bool


def series_chart(
    lines: Sequence[ChartLine],
    breaks: Sequence[ChartBreak],
    ticks: Sequence[tuple[float, str]],
    words: Language,
    *,
    may_zoom: bool,
    title: str,
    told: str,
) -> str:
    """Return the chart as SVG. Shares are given per cent; ``ticks`` are the places in time and their names.

    No line is drawn across a break that is not bridged; hidden figures are the range in which they lie.
    """
    figures = [figure for line in lines for run in line.runs for _, figure in run.points]
    canvas = Canvas(PAGE_WIDTH, HEIGHT)
    keys: list[tuple[str, Fill | tuple[Shape, str, bool]]] = [
        (line.name, (look[0], look[1], False)) for line, look in zip(lines, LOOKS, strict=False)
    ]
    if any(_hidden(one) for one in figures):
        keys.append((words.text(HIDDEN), RANGE))
    top = canvas.legend(keys, 0, 0, PAGE_WIDTH) + (18 if breaks else 6)
    up = _upwards(figures, may_zoom, HEIGHT - 28, top + 8)
    places = decimals(up.ticks)
    left = max(40.0, max(text_width(words.number(one, places), 11) for one in up.ticks) + 12)
    right = PAGE_WIDTH - 14 - max([text_width(one.newest, 12, 600) for one in lines], default=40)
    for tick in up.ticks:
        canvas.line(left, up(tick), right, up(tick), QUIET if tick == 0 else LINE)
        canvas.text(left - 8, up(tick) + 4, words.number(tick, places), anchor="end", colour=QUIET, size=11)
    across = _across([at for at, _ in ticks], left + 12, right - 12)
    _name_ticks(canvas, ticks, across)
    for one in breaks:
        _draw_break(canvas, one, across(one.at), top)
    for line, look in reversed(list(zip(lines, LOOKS, strict=False))):
        _draw_line(canvas, line, look, across, up, strong=look is LOOKS[0])
    _name_ends(canvas, lines, up, right)
    if up.ticks[0] > 0:
        start = words.text(msg("Aksen begynner på {number}", number=words.number(up.ticks[0], places)))
        canvas.text(left, HEIGHT - 32, start, size=11, colour=QUIET, halo=3)
    return canvas.picture(title, told)


def _upwards(figures: Sequence[Figure], may_zoom: bool, bottom: float, top: float) -> Scale:
    ends = [float(end) for one in figures for end in (one.low, one.high) if end is not None] or [0.0, 1.0]
    low, high = min(ends), max(ends)
    if may_zoom and low > ZOOM * high > 0:
        room = max(high - low, high * 0.02, 4.0) * 0.1
        return scale(max(0.0, low - room), high + room, bottom, top, 4)
    return scale(min(0.0, low), max(high, 0.001), bottom, top, 4)


def _across(times: Sequence[float], left: float, right: float) -> Scale:
    first, last = min(times), max(times)
    return Scale(first, last if last > first else first + 1, left, right, ())


def _name_ticks(canvas: Canvas, ticks: Sequence[tuple[float, str]], across: Scale) -> None:
    """Write the names of times, the newest and as many before it as there is room for."""
    until = float("inf")
    for at, name in reversed(ticks):
        wide = text_width(name, 11)
        if across(at) + wide / 2 + 6 > until:
            continue
        canvas.text(across(at), HEIGHT - 8, name, anchor="middle", colour=QUIET, size=11)
        until = across(at) - wide / 2


def _draw_break(canvas: Canvas, one: ChartBreak, x: float, top: float) -> None:
    canvas.line(x, top, x, HEIGHT - 28, QUIET, 1, "2 4" if one.bridged else "6 3")
    canvas.text(x, top - 4, one.letters, anchor="middle", weight=600, size=11)


def _draw_line(
    canvas: Canvas, line: ChartLine, look: tuple[Shape, str, str], across: Scale, up: Scale, *, strong: bool
) -> None:
    _, colour, dashes = look
    for run in line.runs:
        stretch: list[tuple[float, float]] = []
        for at, figure in (*run.points, (0.0, Figure.missing())):
            if figure.value is None or at in run.open:
                if len(stretch) > 1:
                    canvas.polyline(stretch, colour, 2.5 if strong else 1.6, dashes)
                stretch = []
            if figure.value is not None and at not in run.open:
                stretch.append((across(at), up(figure.value)))
    if strong:
        _draw_points(canvas, line, look, across, up)


def _draw_points(
    canvas: Canvas, line: ChartLine, look: tuple[Shape, str, str], across: Scale, up: Scale
) -> None:
    shape, colour, _ = look
    for run in line.runs:
        for at, figure in run.points:
            if figure.value is not None:
                canvas.marker(shape, across(at), up(figure.value), 3.5, colour, hollow=at in run.open)
            elif _hidden(figure):
                high, low = up(figure.high or 0), up(figure.low or 0)
                canvas.rect(
                    across(at) - 5,
                    high,
                    10,
                    max(low - high, 4),
                    RANGE,
                    f'stroke="{colour}" stroke-width="1.2"',
                )


def _name_ends(canvas: Canvas, lines: Sequence[ChartLine], up: Scale, right: float) -> None:
    """Write the newest figure of each line at its end, moved apart where they would lie on each other."""
    ends = []
    for line, look in zip(lines, LOOKS, strict=False):
        known = [figure for run in line.runs for _, figure in run.points if figure.value is not None]
        if known:
            ends.append((up(known[-1].value or 0) + 4, line, look))
    last = -20.0
    for y, line, look in sorted(ends, key=lambda one: one[0]):
        last = max(y, last + 13)
        canvas.text(right + 6, last, line.newest, weight=600 if look is LOOKS[0] else 400, colour=look[1])


def _hidden(figure: Figure) -> bool:
    return figure.value is None and figure.low is not None and bool(figure.high)
