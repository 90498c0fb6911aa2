"""Bars of what became of a recommendation: settled within decided, with recommended and requested as marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.messages import Language
from fotfeste.reports.charts import HIDDEN, RANGE, ROW, hidden_range, row_grid
from fotfeste.reports.drawing import (
    BLUE_DARK,
    INK,
    ORANGE,
    PAGE_WIDTH,
    QUIET,
    SIZE,
    Canvas,
    Fill,
    Shape,
    label_width,
    scale,
)
from fotfeste.reports.typeface import text_width
from fotfeste.statistics.figure import Figure

DECIDED = Fill("#c9dff1", "up", "#8fb6d8")
SETTLED = Fill(BLUE_DARK)
WIDE, NARROW = 16, 7
GAP = 8


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """A municipality and its figures; ``shown`` is what stands in numbers at the end of the row."""

    label: str
    recommended: Figure
    requested: Figure
    decided: Figure
    settled: Figure
    shown: str


def followed(
    rows: Sequence[FollowedRow], names: Sequence[str], words: Language, *, title: str, description: str
) -> str:
    """Return one bar a municipality; ``names`` are those of recommended, requested, decided and settled.

    A hidden number is drawn as the range in which it lies; what is missing is not drawn.
    """
    left = label_width(row.label for row in rows) + 12
    right = max([text_width(row.shown, SIZE, 600) for row in rows] + [40]) + GAP
    canvas = Canvas(PAGE_WIDTH, 0)
    keys: list[tuple[str, Fill | tuple[Shape, str, bool]]] = [
        (names[3], SETTLED),
        (names[2], DECIDED),
        (names[0], ("circle", INK, False)),
        (names[1], ("square", ORANGE, True)),
    ]
    if any(one.value is None and one.high for row in rows for one in (row.decided, row.settled)):
        keys.append((words.text(HIDDEN), RANGE))
    top = canvas.legend(keys, 0, 0, PAGE_WIDTH) + 8
    ends = [
        float(one.high)
        for row in rows
        for one in (row.recommended, row.requested, row.decided, row.settled)
        if one.high is not None
    ]
    across = scale(0, max([*ends, 1.0]), left, PAGE_WIDTH - right - GAP)
    bottom = row_grid(canvas, [row.label for row in rows], across, top, left, words)
    for place, row in enumerate(rows):
        middle = top + ROW * (place + 0.5)
        for figure, fill, height in ((row.decided, DECIDED, WIDE), (row.settled, SETTLED, NARROW)):
            if figure.value is not None:
                wide = across(figure.value) - across(0)
                edge = f'stroke="{QUIET}" stroke-width="0.6"' if height == WIDE and wide else ""
                canvas.rect(across(0), middle - height / 2, wide, height, fill, edge)
            else:
                hidden_range(canvas, figure, across, middle)
        if row.requested.value is not None:
            canvas.marker("square", across(row.requested.value), middle, 5, ORANGE, hollow=True)
        if row.recommended.value is not None:
            canvas.marker("circle", across(row.recommended.value), middle, 4, INK)
        canvas.text(PAGE_WIDTH - 5, middle + 4, row.shown, weight=600, anchor="end", halo=3)
    canvas.height = bottom
    return canvas.picture(title, description)
