"""Charts of all municipalities of a county, one row each, as SVG.

All texts come in the reader's language; numbers are formatted by the language given. Missing and suppressed
figures are drawn as what they are: nothing with a sign, and the range in which the number lies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fotfeste.messages import Language, msg
from fotfeste.reports.cells import SIGNS
from fotfeste.reports.drawing import (
    BLUE,
    BLUE_DARK,
    FAINT,
    GREEN,
    INK,
    LINE,
    ORANGE,
    PAGE_WIDTH,
    PLUM,
    QUIET,
    SERIES,
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

ROW = 23
BAR = 14
AXIS = 26
HIDDEN = msg("skjult tall: ligger i dette området")
RANGE = Fill("#e6ebf0", "up", "#7a8896")
MARKERS: tuple[tuple[Shape, str], ...] = (("square", ORANGE), ("triangle", GREEN), ("diamond", PLUM))


@dataclass(frozen=True, slots=True)
class StackedRow:
    """A municipality: its persons per criterion (in the order of the series) and its final number."""

    label: str
    parts: tuple[Number, ...]
    number: int


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A municipality: the recommended number, and the figures it is compared with (in the order of the series)."""

    label: str
    recommended: int
    others: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A municipality and one figure; ``emphasis`` makes it stand out."""

    label: str
    figure: Figure
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A municipality: the chosen number, and numbers under alternatives (each with the place of its series).

    ``lowest`` and ``highest`` are short names of the alternatives at the ends.
    """

    label: str
    chosen: int
    others: tuple[tuple[int, int], ...]
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A municipality with a number and the lowest and highest it could be."""

    label: str
    low: Number
    high: Number
    number: Number


def persons_by_criterion(
    rows: Sequence[StackedRow],
    series: Sequence[str],
    number_name: str,
    words: Language,
    *,
    title: str,
    description: str,
) -> str:
    """Return stacked bars: persons per criterion for every municipality, with the final number as a dot.

    Parts below zero are drawn to the left of zero. ``number_name`` names the dot in the legend.
    """
    left = label_width(row.label for row in rows) + 12
    low = min([sum(float(part) for part in row.parts if part < 0) for row in rows] + [0.0])
    tops = [max(sum(float(part) for part in row.parts if part > 0), row.number) for row in rows]
    fills = [SERIES[place % len(SERIES)] for place in range(len(series))]
    canvas = Canvas(PAGE_WIDTH, 0)
    entries: list[tuple[str, Fill | tuple[Shape, str, bool]]] = list(zip(series, fills, strict=True))
    top = canvas.legend([*entries, (number_name, ("circle", INK, False))], 0, 0, PAGE_WIDTH) + 8
    across = scale(low, max([*tops, 1.0]), left, PAGE_WIDTH - 44)
    bottom = row_grid(canvas, [row.label for row in rows], across, top, left, words)
    for place, row in enumerate(rows):
        middle = top + ROW * (place + 0.5)
        right = ended = across(0)
        for part, fill in zip(row.parts, fills, strict=True):
            reach = across(part) - across(0)
            if reach >= 0:
                canvas.rect(right, middle - BAR / 2, reach, BAR, fill)
                right += reach
            else:
                ended += reach
                canvas.rect(ended, middle - BAR / 2, -reach, BAR, fill)
        canvas.marker("circle", across(row.number), middle, 5, INK)
        beside = max(right, across(row.number) + 5) + 6
        canvas.text(beside, middle + 4, words.number(row.number), weight=600)
    canvas.height = bottom
    return canvas.picture(title, description)


def compared_with_last_year(
    rows: Sequence[ComparedRow],
    recommended_name: str,
    series: Sequence[str],
    words: Language,
    *,
    title: str,
    description: str,
) -> str:
    """Return a dot plot: the recommended number beside up to three figures of last year, per municipality.

    Each series has its own shape. A suppressed figure is drawn as the range in which it lies.
    """
    left = label_width(row.label for row in rows) + 12
    canvas = Canvas(PAGE_WIDTH, 0)
    keys: list[tuple[str, Fill | tuple[Shape, str, bool]]] = [
        (recommended_name, ("circle", BLUE_DARK, False))
    ]
    keys += [(name, (*MARKERS[place], True)) for place, name in enumerate(series)]
    if any(figure.value is None and figure.high for row in rows for figure in row.others):
        keys.append((words.text(HIDDEN), RANGE))
    top = canvas.legend(keys, 0, 0, PAGE_WIDTH) + 8
    highest = [float(figure.high) for row in rows for figure in row.others if figure.high is not None]
    across = scale(0, max([*highest, *(row.recommended for row in rows), 1]), left, PAGE_WIDTH - 44)
    bottom = row_grid(canvas, [row.label for row in rows], across, top, left, words)
    for place, row in enumerate(rows):
        middle = top + ROW * (place + 0.5)
        seen = [float(figure.value) for figure in row.others if figure.value is not None]
        ends = [*seen, row.recommended]
        canvas.line(across(min(ends)), middle, across(max(ends)), middle, QUIET, 2)
        canvas.marker("circle", across(row.recommended), middle, 6.5, BLUE_DARK)
        for height, (shape, colour), figure in zip((-4, 0, 4), MARKERS, row.others, strict=False):
            if figure.value is not None:
                canvas.marker(shape, across(figure.value), middle + height, 4, colour, hollow=True)
            else:
                hidden_range(canvas, figure, across, middle + height)
        canvas.text(PAGE_WIDTH - 5, middle + 4, words.number(row.recommended), weight=600, anchor="end")
    canvas.height = bottom
    return canvas.picture(title, description)


def per_thousand(
    rows: Sequence[FigureRow],
    mean: Figure,
    mean_name: str,
    words: Language,
    *,
    title: str,
    description: str,
    places: int = 1,
) -> str:
    """Return bars of one figure per municipality, with a line at the mean of the county.

    ``places`` is the number of decimals. A municipality without a number shows its sign and, where bounds are
    known, the hatched range.
    """
    left = label_width(row.label for row in rows) + 12
    highest = [float(row.figure.high) for row in rows if row.figure.high is not None]
    average = None if mean.value is None else float(mean.value)
    canvas = Canvas(PAGE_WIDTH, 0)
    top = 24.0 if average is not None else 4.0
    across = scale(0, max([*highest, average or 0.0, 0.001]), left, PAGE_WIDTH - 44)
    bottom = row_grid(canvas, [row.label for row in rows], across, top, left, words)
    if average is not None and mean.value is not None:
        x = across(average)
        canvas.line(x, top - 4, x, bottom - AXIS, ORANGE, 2, "6 3")
        name = f"{mean_name} {words.number(mean.value, places)}"
        half = text_width(name, 12, 600) / 2
        canvas.text(
            min(max(x, left + half), PAGE_WIDTH - half),
            14,
            name,
            weight=600,
            anchor="middle",
            colour="#8f420c",
        )
    for place, row in enumerate(rows):
        middle = top + ROW * (place + 0.5)
        shown = SIGNS.get(row.figure.mark, "")
        end = left
        if row.figure.value is not None:
            end = across(row.figure.value)
            canvas.rect(left, middle - BAR / 2, end - left, BAR, BLUE_DARK if row.emphasis else BLUE)
            shown = words.number(row.figure.value, places) + ("*" if row.figure.estimated else "")
        else:
            end = max(end, hidden_range(canvas, row.figure, across, middle))
        canvas.text(end + 6, middle + 4, shown, weight=600 if row.emphasis else 400, halo=3)
    canvas.height = bottom
    return canvas.picture(title, description)


def intervals(rows: Sequence[IntervalRow], words: Language, *, title: str, description: str) -> str:
    """Return a dot with an interval per municipality: what the number could be when what is unknown varies."""
    left = label_width(row.label for row in rows) + 12
    canvas = Canvas(PAGE_WIDTH, 0)
    top = 4.0
    across = scale(0, max([float(max(row.high, row.number)) for row in rows] + [1.0]), left, PAGE_WIDTH - 74)
    bottom = row_grid(canvas, [row.label for row in rows], across, top, left, words)
    for place, row in enumerate(rows):
        middle = top + ROW * (place + 0.5)
        low, high = across(row.low), across(row.high)
        canvas.line(low, middle, high, middle, BLUE, 3)
        for end in (low, high):
            canvas.line(end, middle - 5, end, middle + 5, BLUE, 2)
        canvas.marker("circle", across(row.number), middle, 5, BLUE_DARK)
        shown = (
            words.number(row.low)
            if row.low == row.high
            else f"{words.number(row.low)}–{words.number(row.high)}"
        )
        canvas.text(PAGE_WIDTH - 5, middle + 4, shown, anchor="end")
    canvas.height = bottom
    return canvas.picture(title, description)


def spread(
    rows: Sequence[SpreadRow],
    chosen_name: str,
    series: Mapping[int, str],
    words: Language,
    *,
    title: str,
    description: str,
) -> str:
    """Return a dot plot: the chosen number and all alternatives on a line from the lowest to the highest.

    ``series`` names the kinds of alternatives by place (0 to 4), each with a shape of its own. Those with the
    chosen number are not drawn; those at the ends are named.
    """
    left = label_width(row.label for row in rows) + 12
    canvas = Canvas(PAGE_WIDTH, 0)
    shapes: tuple[tuple[Shape, str], ...] = (("circle", BLUE), *MARKERS, ("turned", INK))
    keys: list[tuple[str, Fill | tuple[Shape, str, bool]]] = [(chosen_name, ("circle", BLUE_DARK, False))]
    keys += [(name, (*shapes[place], True)) for place, name in sorted(series.items())]
    top = canvas.legend(keys, 0, 0, PAGE_WIDTH) + 8
    highest = max([number for row in rows for _, number in row.others] + [row.chosen for row in rows] + [1])
    start, room = left + 26, 2 * PAGE_WIDTH // 17
    across = scale(0, highest, start, PAGE_WIDTH - room)
    bottom = row_grid(canvas, [row.label for row in rows], across, top, left, words)
    for place, row in enumerate(rows):
        middle = top + ROW * (place + 0.5)
        low, high = (end(row.chosen, *(number for _, number in row.others)) for end in (min, max))
        canvas.line(across(low), middle, across(high), middle, QUIET, 2)
        canvas.marker("circle", across(row.chosen), middle, 6.5, BLUE_DARK)
        for kind, number in row.others:
            if number == row.chosen:
                continue
            shape, colour = shapes[kind]
            height = (0, -4, 4, 0, 0)[kind]
            canvas.marker(shape, across(number), middle + height, 3.6, colour, hollow=True)
        for x, name, anchor in (
            (across(low) - 9, row.lowest, "end"),
            (across(high) + 9, row.highest, "start"),
        ):
            canvas.text(x, middle + 4, name, size=10, weight=600, anchor=anchor, halo=3)  # type: ignore[arg-type]
        shown = words.number(low) if low == high else f"{words.number(low)}–{words.number(high)}"
        canvas.text(PAGE_WIDTH - 5, middle + 4, shown, anchor="end")
    canvas.height = bottom
    return canvas.picture(title, description)


def row_grid(
    canvas: Canvas, labels: Sequence[str], across: Scale, top: float, left: float, words: Language
) -> float:
    """Draw a band, a label and the axis for rows of a chart; return where the axis ends."""
    bottom = top + ROW * len(labels)
    for place in range(0, len(labels), 2):
        canvas.rect(0, top + ROW * place, PAGE_WIDTH, ROW, FAINT, 'opacity="0.55"')
    places = decimals(across.ticks)
    for tick in across.ticks:
        x = across(tick)
        canvas.line(x, top, x, bottom, QUIET if tick == 0 else LINE)
        canvas.text(x, bottom + 16, words.number(tick, places), anchor="middle", colour=QUIET, size=11)
    for place, label in enumerate(labels):
        canvas.text(left - 12, top + ROW * (place + 0.5) + 4, fit(label, left - 12), anchor="end")
    return bottom + AXIS


def hidden_range(
    canvas: Canvas, figure: Figure, across: Scale, middle: float, colour: str = RANGE.over
) -> float:
    """Draw the range in which a figure without a number lies, if it has one; return where it ends."""
    if figure.value is not None or figure.low is None or not figure.high:
        return across(0)
    start, end = across(figure.low), across(figure.high)
    fill = Fill(RANGE.colour, RANGE.hatch, colour)
    canvas.rect(start, middle - 5, max(end - start, 4), 10, fill, f'stroke="{QUIET}" stroke-width="1"')
    return max(end, start + 4)
