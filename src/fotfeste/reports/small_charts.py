"""Small pictures of one municipality: its history, where it stands, and the steps to its number.

They are drawn by the dozen, so they are plain shapes: 46 of each take a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import Column
from fotfeste.reports.cells import SIGNS, format_cell, is_span, one_number
from fotfeste.reports.charts import HIDDEN, RANGE, hidden_range
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
    wrapped,
)
from fotfeste.reports.typeface import text_width
from fotfeste.statistics.figure import Figure, Number

HISTORY_HEIGHT = 170
STRIP = 32
NARROW_BELOW = 500
"""Width below which names stand above the axes instead of beside them."""
STEP = 26
NOTE = 18
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
    note: str = "",
) -> str:
    """Return lines of requested, decided and settled by year (``series`` names them in that order).

    Years without a figure are gaps; ``note`` stands below and tells why. A suppressed figure is a hatched range. An
    unfinished year stands apart from the line with open markers and its status text.
    """
    canvas = Canvas(PAGE_WIDTH, HISTORY_HEIGHT + (NOTE if note else 0))
    keys: list[tuple[str, Fill | tuple[Shape, str, bool]]] = [
        (name, (shape, colour, False)) for name, (shape, colour, _) in zip(series, LINES, strict=True)
    ]
    if any(_hidden(figure) for point in points for figure in (point.requested, point.decided, point.settled)):
        keys.append((words.text(HIDDEN), RANGE))
    top = canvas.legend(keys, 0, 0, PAGE_WIDTH)
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
    if note:
        canvas.text(0, HISTORY_HEIGHT + NOTE - 5, fit(note, PAGE_WIDTH, 11), size=11, colour=QUIET)
    return canvas.picture(title, description)


def _hidden(figure: Figure) -> bool:
    """Whether a figure is drawn as the range in which it lies."""
    return figure.value is None and figure.low is not None and bool(figure.high)


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
            hidden = [one for one in (point.requested, point.decided, point.settled) if _hidden(one)]
            beside = 12 * (next(at for at, one in enumerate(hidden) if one is figure) - (len(hidden) - 1) / 2)
            tall = max(up(figure.low) - up(figure.high), 4)
            edge = f'stroke="{colour}" stroke-width="1.2"'
            canvas.rect(x + beside - 5, up(figure.low) - tall, 10, tall, RANGE, edge)


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
    across: float = PAGE_WIDTH,
) -> str:
    """Return one axis per indicator with dots: the municipality itself, its county, the country, and those alike.

    ``across`` is the width of the picture; a narrow one has the names above the axes. Each axis has its own ends, written under them; the municipality's own value is written to the right. A figure with
    hidden parts is a dot where both bounds are written alike, otherwise a hatched range; what has neither is told
    below. The legend names what is drawn.
    """
    narrow = across < NARROW_BELOW
    step = STRIP + NOTE if narrow else STRIP
    left = 16.0 if narrow else label_width((row.label for row in rows), 246) + 20
    canvas = Canvas(across, 0)
    drawn = [tuple(_as_shown(row, figure) for figure in (row.own, *row.others)) for row in rows]
    seen = [
        any(at < len(row) and row[at].value is not None for row in drawn) for at in range(len(others) + 1)
    ]
    keys: list[tuple[str, Fill | tuple[Shape, str, bool]]] = [(own_name, ("circle", BLUE_DARK, False))]
    keys += [(name, (*OTHERS[place], True)) for place, name in enumerate(others) if seen[place + 1]]
    ranges = {at for row in drawn for at, figure in enumerate(row) if _hidden(figure)}
    keys += [
        (
            words.text(msg("{name}, skjult tall: ligger i dette området", name=(own_name, *others)[at])),
            Fill(RANGE.colour, RANGE.hatch, _colour(at)),
        )
        for at in sorted(ranges)
    ]
    top = canvas.legend(keys, 0, 0, across) + 6
    values = max([48.0, *(text_width(_value(row, row.own, words), 12, 600) for row in rows)]) + 22
    right = across - (20 if narrow else values)
    for place, (row, figures) in enumerate(zip(rows, drawn, strict=True)):
        middle = top + step * (place + 1) - STRIP / 2
        if narrow:
            canvas.text(0, middle - 14, fit(row.label, across - values))
        else:
            canvas.text(left - 16, middle + 4, fit(row.label, left - 20), anchor="end")
        known = [end for figure in figures for end in _ends(figure)]
        low, high = min([*known, 0.0]), max([*known, 0.0])
        axis = scale(low, high, left, right, 4)
        canvas.line(left, middle, right, middle, LINE, 2)
        for end in (axis.ticks[0], axis.ticks[-1]):
            canvas.line(axis(end), middle - 4, axis(end), middle + 4, QUIET)
            shown = _value(row, Figure.observed(end), words)
            canvas.text(axis(end), middle + 16, shown, anchor="middle", size=9.5, colour=QUIET)
        if low < 0 < high:
            canvas.line(axis(0), middle - 4, axis(0), middle + 4, QUIET)
        for at, figure in enumerate(figures):
            hidden_range(canvas, figure, axis, middle, _colour(at))
        for figure, (shape, colour) in zip(figures[1:], OTHERS, strict=False):
            if figure.value is not None:
                canvas.marker(shape, axis(figure.value), middle, 4.5, colour, hollow=True)
        if figures[0].value is not None:
            canvas.marker("circle", axis(figures[0].value), middle, 6, BLUE_DARK)
        canvas.text(
            across - 5, middle + (-14 if narrow else 4), _value(row, row.own, words), weight=600, anchor="end"
        )
    canvas.height = top + step * len(rows) + 4
    for row, figures in zip(rows, drawn, strict=True):
        without = [
            name
            for name, figure in zip(others, figures[1:], strict=False)
            if figure.value is None and not _hidden(figure)
        ]
        if without:
            told = words.text(
                msg("{label}: uten tall for {names}.", label=row.label, names=words.join(without))
            )
            for line in wrapped(told, across * 0.98, 11):
                canvas.text(0, canvas.height + NOTE - 5, line, size=11, colour=QUIET)
                canvas.height += NOTE
    return canvas.picture(title, description)


def _colour(at: int) -> str:
    return OTHERS[at - 1][1] if at else BLUE_DARK


def _column(row: StripRow) -> Column:
    return Column("", "percent" if row.percent else "number", row.places)


def _as_shown(row: StripRow, figure: Figure) -> Figure:
    """Return a figure whose bounds are written alike as that one number."""
    one = one_number(figure, _column(row)) if figure.value is None else None
    return figure if one is None else Figure.observed(one)


def _ends(figure: Figure) -> tuple[float, ...]:
    if figure.value is not None:
        return (float(figure.value),)
    return (float(figure.low or 0), float(figure.high or 0)) if _hidden(figure) else ()


def _value(row: StripRow, figure: Figure, words: Language) -> str:
    if figure.value is None:
        return format_cell(figure, _column(row), words) if is_span(figure) else SIGNS[figure.mark]
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
