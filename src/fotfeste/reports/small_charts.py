"""Small pictures of one municipality: its history, where it stands, and the steps to its number.

They are drawn by the dozen, so they are plain shapes: 46 of each take a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fotfeste.messages import Language
from fotfeste.reports.cells import SIGNS
from fotfeste.reports.drawing import (
    BLUE,
    BLUE_DARK,
    GREEN,
    INK,
    LINE,
    ORANGE,
    PAGE_WIDTH,
    PLUM,
    QUIET,
    WHITE,
    Canvas,
    Fill,
    Scale,
    Shape,
    decimals,
    fit,
    label_width,
    scale,
)
from fotfeste.reports.typeface import text_width
from fotfeste.statistics.figure import Figure, Number

HISTORY_HEIGHT = 170
STRIP = 32
STEP = 26
LINES: tuple[tuple[Shape, str, str], ...] = (
    ("square", ORANGE, "6 3"),
    ("triangle", GREEN, "2 3"),
    ("circle", BLUE_DARK, ""),
)
OTHERS: tuple[tuple[Shape, str], ...] = (("square", ORANGE), ("triangle", GREEN), ("diamond", PLUM))


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """One year: requested, decided and settled. ``status`` is the text that marks an unfinished year."""

    year: int
    requested: Figure
    decided: Figure
    settled: Figure
    status: str = ""


@dataclass(frozen=True, slots=True)
class StripRow:
    """One indicator: the municipality's own figure, and those of the county, the country and municipalities alike.

    ``percent`` shows shares between 0 and 1 as per cent; ``places`` is the number of decimals.
    """

    label: str
    own: Figure
    others: tuple[Figure, ...]
    percent: bool = False
    places: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A step to the number: a change, or a sum that stands on its own (``kind`` is ``sum``)."""

    label: str
    value: Number
    kind: Literal["change", "sum"] = "change"


def history(
    points: Sequence[HistoryPoint],
    series: tuple[str, str, str],
    words: Language,
    *,
    title: str,
    description: str,
) -> str:
    """Return lines of requested, decided and settled by year (``series`` names them in that order).

    Years without a figure are gaps. A suppressed figure is an upright range with an open marker. An unfinished
    year stands apart from the line with its status text.
    """
    canvas = Canvas(PAGE_WIDTH, HISTORY_HEIGHT)
    top = canvas.legend(
        [(name, (shape, colour, False)) for name, (shape, colour, _) in zip(series, LINES, strict=True)],
        0,
        0,
        PAGE_WIDTH,
    )
    bottom, right = HISTORY_HEIGHT - 40.0, PAGE_WIDTH - 40.0
    figures = [figure for point in points for figure in (point.requested, point.decided, point.settled)]
    up = scale(0, max([float(f.high) for f in figures if f.high is not None] + [4.0]), bottom, top + 10, 4)
    widest = max(text_width(words.number(tick, decimals(up.ticks)), 11) for tick in up.ticks)
    left = max(40.0, widest + 10)
    for tick in up.ticks:
        canvas.line(left, up(tick), right, up(tick), QUIET if tick == 0 else LINE)
        canvas.text(
            left - 8,
            up(tick) + 4,
            words.number(tick, decimals(up.ticks)),
            anchor="end",
            colour=QUIET,
            size=11,
        )
    width = (right - left) / max(len(points), 1)
    places = [left + width * (index + 0.5) for index in range(len(points))]
    every = max(1, -(-40 // max(int(width), 1)))
    for index, (x, point) in enumerate(zip(places, points, strict=True)):
        if (len(points) - 1 - index) % every == 0:
            canvas.text(x, bottom + 17, str(point.year), anchor="middle", colour=QUIET, size=11)
        if point.status:
            canvas.line(x - width / 2, top + 6, x - width / 2, bottom, QUIET, 1, "2 3")
            half = text_width(point.status, 11) / 2
            canvas.text(
                min(x, PAGE_WIDTH - half), bottom + 33, point.status, anchor="middle", colour=QUIET, size=11
            )
    kinds = ([p.requested for p in points], [p.decided for p in points], [p.settled for p in points])
    for values, (shape, colour, dashes) in zip(kinds, LINES, strict=True):
        _series(canvas, values, points, places, up, (shape, colour, dashes))
    return canvas.picture(title, description)


def _series(
    canvas: Canvas,
    values: Sequence[Figure],
    points: Sequence[HistoryPoint],
    places: Sequence[float],
    up: Scale,
    look: tuple[Shape, str, str],
) -> None:
    shape, colour, dashes = look
    stretch: list[tuple[float, float]] = []
    for index, (figure, x) in enumerate(zip(values, places, strict=True)):
        unfinished = bool(points[index].status)
        if figure.value is None or unfinished:
            _draw_stretch(canvas, stretch, colour, dashes)
            stretch = []
        if figure.value is not None and not unfinished:
            stretch.append((x, up(figure.value)))
    _draw_stretch(canvas, stretch, colour, dashes)
    for figure, x, point in zip(values, places, points, strict=True):
        if figure.value is not None:
            canvas.marker(shape, x, up(figure.value), 4, colour, hollow=bool(point.status))
        elif figure.low is not None and figure.high:
            canvas.line(x, up(figure.low), x, up(figure.high), colour, 2)
            canvas.marker(shape, x, (up(figure.low) + up(figure.high)) / 2, 4, colour, hollow=True)


def _draw_stretch(canvas: Canvas, stretch: list[tuple[float, float]], colour: str, dashes: str) -> None:
    if len(stretch) > 1:
        canvas.polyline(stretch, colour, 2, dashes)


def comparison(
    rows: Sequence[StripRow],
    own_name: str,
    others: Sequence[str],
    words: Language,
    *,
    title: str,
    description: str,
) -> str:
    """Return one axis per indicator with dots: the municipality itself, its county, the country, and those alike.

    Each axis has its own ends, written under them; the municipality's own value is written to the right.
    """
    left = label_width((row.label for row in rows), 230) + 16
    canvas = Canvas(PAGE_WIDTH, 0)
    keys: list[tuple[str, Fill | tuple[Shape, str, bool]]] = [(own_name, ("circle", BLUE_DARK, False))]
    keys += [(name, (*OTHERS[place], True)) for place, name in enumerate(others)]
    top = canvas.legend(keys, 0, 0, PAGE_WIDTH) + 6
    right = PAGE_WIDTH - 70
    for place, row in enumerate(rows):
        middle = top + STRIP * (place + 0.5)
        canvas.text(left - 16, middle + 4, fit(row.label, left - 16), anchor="end")
        known = [float(figure.value) for figure in (row.own, *row.others) if figure.value is not None]
        low, high = min([*known, 0.0]), max([*known, 0.0])
        across = scale(low, high, left, right, 4)
        canvas.line(left, middle, right, middle, LINE, 2)
        for end in (across.ticks[0], across.ticks[-1]):
            canvas.line(across(end), middle - 4, across(end), middle + 4, QUIET)
            shown = _value(row, Figure.observed(end), words)
            canvas.text(across(end), middle + 16, shown, anchor="middle", size=9.5, colour=QUIET)
        if low < 0 < high:
            canvas.line(across(0), middle - 4, across(0), middle + 4, QUIET)
        for figure, (shape, colour) in zip(row.others, OTHERS, strict=False):
            if figure.value is not None:
                canvas.marker(shape, across(figure.value), middle, 4.5, colour, hollow=True)
        if row.own.value is not None:
            canvas.marker("circle", across(row.own.value), middle, 6, BLUE_DARK)
        canvas.text(PAGE_WIDTH - 5, middle + 4, _value(row, row.own, words), weight=600, anchor="end")
    canvas.height = top + STRIP * len(rows) + 4
    return canvas.picture(title, description)


def _value(row: StripRow, figure: Figure, words: Language) -> str:
    if figure.value is None:
        return SIGNS[figure.mark]
    if row.percent:
        return words.percent(Fraction(figure.value), row.places)
    return words.number(figure.value, row.places)


def steps(items: Sequence[Step], words: Language, *, title: str, description: str) -> str:
    """Return the steps to a number: bars that add and take, each beginning where the last one ended.

    Added parts are blue with a plus sign, taken parts orange and hatched with a minus sign, sums dark.
    """
    left = label_width((item.label for item in items), 250) + 14
    canvas = Canvas(PAGE_WIDTH, STEP * len(items) + 8)
    ends = [Fraction(0)]
    spans: list[tuple[Fraction, Fraction]] = []
    for item in items:
        start = Fraction(0) if item.kind == "sum" else ends[-1]
        ends.append(Fraction(item.value) if item.kind == "sum" else ends[-1] + item.value)
        spans.append((start, ends[-1]))
    low, high = min(float(end) for end in ends), max(float(end) for end in ends)
    across = scale(low, max(high, 1.0), left, PAGE_WIDTH - 70)
    canvas.line(across(0), 0, across(0), STEP * len(items), QUIET)
    for place, (item, (start, end)) in enumerate(zip(items, spans, strict=True)):
        middle = STEP * (place + 0.5)
        whole = item.kind == "sum"
        canvas.text(
            left - 14,
            middle + 4,
            fit(item.label, left - 14, weight=600 if whole else 400),
            anchor="end",
            weight=600 if whole else 400,
        )
        first, last = sorted((across(start), across(end)))
        fill = Fill(BLUE_DARK) if whole else Fill(BLUE) if item.value >= 0 else Fill(ORANGE, "up", WHITE)
        canvas.rect(first, middle - 8, max(last - first, 1.5), 16, fill)
        if place + 1 < len(items):
            canvas.line(across(end), middle + 8, across(end), middle + STEP - 8, QUIET, 1, "2 2")
        canvas.text(last + 6, middle + 4, _step_value(item, words), weight=600 if whole else 400, colour=INK)
    return canvas.picture(title, description)


def _step_value(item: Step, words: Language) -> str:
    exact = Fraction(item.value)
    shown = words.number(exact, 0 if exact.denominator == 1 else 1)
    return f"+{shown}" if item.kind == "change" and exact > 0 else shown
