"""Charts of places: dots on one axis, and people by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fotfeste.messages import Language, msg
from fotfeste.reports.cells import is_span, one_number
from fotfeste.reports.charts import HIDDEN, RANGE, ROW, hidden_range, row_grid
from fotfeste.reports.drawing import (
    BLUE,
    BLUE_DARK,
    GREEN,
    LINE,
    ORANGE,
    PAGE_WIDTH,
    QUIET,
    Canvas,
    Fill,
    Shape,
    decimals,
    label_width,
    scale,
)
from fotfeste.reports.profiles.shown import column_of
from fotfeste.reports.profiles.values import Shown
from fotfeste.reports.typeface import text_width
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.indicators import Indicator

Look = Literal["own", "alike", "county", "country", "plain"]
LOOKS: dict[Look, tuple[Shape, str, bool]] = {
    "own": ("circle", BLUE_DARK, False),
    "plain": ("circle", BLUE, False),
    "alike": ("circle", BLUE, True),
    "county": ("square", ORANGE, True),
    "country": ("triangle", GREEN, True),
}
LINE_HEIGHT = 190.0


@dataclass(frozen=True, slots=True)
class DotRow:
    """A place on the axis: its name, its figure for the reader, and what it is in the picture."""

    label: str
    shown: Shown
    look: Look = "plain"


def dots(
    rows: Sequence[DotRow],
    indicator: Indicator,
    words: Language,
    *,
    names: dict[Look, str],
    title: str,
    told: str,
) -> str:
    """Return one row for each place with a dot on a common axis, and its number to the right.

    ``names`` tells what the shapes are, for those that the legend shows. A hidden number is the range in which it lies,
    one that is not known only its sign.
    """
    figures = [_drawn(row.shown, indicator) for row in rows]
    left = label_width(row.label for row in rows) + 12
    right = PAGE_WIDTH - max(text_width(row.shown.text, 12, 600) for row in rows) - 22
    canvas = Canvas(PAGE_WIDTH, 0)
    keys: list[tuple[str, Fill | tuple[Shape, str, bool]]] = [
        (name, LOOKS[look]) for look, name in names.items() if any(row.look == look for row in rows)
    ]
    if any(figure.value is None and figure.high for figure in figures):
        keys.append((words.text(HIDDEN), RANGE))
    top = canvas.legend(keys, 0, 0, PAGE_WIDTH) + 8 if keys else 4.0
    ends = [float(end) for figure in figures for end in (figure.low, figure.high) if end is not None]
    across = scale(min([*ends, 0.0]), max([*ends, 0.001]), left, right)
    bottom = row_grid(canvas, [row.label for row in rows], across, top, left, words)
    for place, (row, figure) in enumerate(zip(rows, figures, strict=True)):
        middle = top + ROW * (place + 0.5)
        strong = row.look == "own"
        if figure.value is not None:
            shape, colour, hollow = LOOKS[row.look]
            canvas.line(across(0), middle, across(figure.value), middle, LINE, 2)
            canvas.marker(shape, across(figure.value), middle, 6 if strong else 5, colour, hollow=hollow)
        else:
            hidden_range(canvas, figure, across, middle)
        canvas.text(PAGE_WIDTH - 4, middle + 4, row.shown.text, weight=600 if strong else 400, anchor="end")
    canvas.height = bottom
    return canvas.picture(title, told)


def _drawn(shown: Shown, indicator: Indicator) -> Figure:
    """Return a figure as it stands on the axis: shares as per cent, one number where the table shows one."""
    figure = shown.figure
    if figure.value is None and figure.high is None:
        return Figure.missing()
    if figure.value is None and (one := one_number(figure, column_of(indicator))) is not None:
        figure = Figure.observed(one)
    return figure.times(100) if indicator.kind == "share" else figure


def written_as(shown: Sequence[Shown], indicator: Indicator) -> tuple[Figure, ...]:
    """Return figures as a chart writes them: those with bounds that are written alike are plain numbers."""
    column = column_of(indicator)
    found = ((one.figure, one_number(one.figure, column)) for one in shown)
    return tuple(figure if one is None else Figure.observed(one) for figure, one in found)


def people_by_year(years: Sequence[tuple[int, Figure]], words: Language, *, title: str, told: str) -> str:
    """Return a line of the population on 1 January by year; the axis does not begin at zero, and says so."""
    known = [(year, float(figure.value)) for year, figure in years if figure.value is not None]
    canvas = Canvas(PAGE_WIDTH, LINE_HEIGHT)
    low, high = min(people for _, people in known), max(people for _, people in known)
    room = max(high - low, high * 0.02, 4.0)
    widest = text_width(words.number(int(high)), 11)
    left, right, bottom = widest + 18, PAGE_WIDTH - 70.0, LINE_HEIGHT - 26
    up = scale(max(0.0, low - room * 0.1), high + room * 0.1, bottom, 26, 4)
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
    first, last = known[0][0], known[-1][0]
    step = (right - left - 24) / max(last - first, 1)
    points = [(left + 12 + (year - first) * step, up(people)) for year, people in known]
    every = max(1, -(-44 // max(int(step), 1)))
    for (year, _), (x, _) in zip(known, points, strict=True):
        if (last - year) % every == 0:
            canvas.text(x, bottom + 17, str(year), anchor="middle", colour=QUIET, size=11)
    canvas.polyline(points, BLUE_DARK, 2.5)
    canvas.marker("circle", *points[-1], 5, BLUE_DARK)
    newest = words.number(int(known[-1][1]))
    canvas.text(points[-1][0] + 10, points[-1][1] + 4, newest, weight=600)
    if up.ticks[0] > 0:
        start = words.text(msg("Aksen begynner på {number}", number=words.number(up.ticks[0])))
        canvas.text(left, 12, start, size=11, colour=QUIET)
    return canvas.picture(title, told)


def order_of(shown: Shown) -> tuple[int, float]:
    """Return the key that puts the highest first, sums with hidden parts by their middle; then places without a number."""
    figure = shown.figure
    if figure.value is not None:
        return 0, -float(figure.value)
    if is_span(figure) and figure.middle is not None:
        return 0, -float(figure.middle)
    return (1, -float(figure.high)) if figure.high else (2, 0.0)
