"""Maps of one indicator: every municipality a shape that can be pointed at, reached and followed; one of them marked.

Classes differ by lightness and by hatch. Numbers below zero are orange, those above blue, so that a map of changes is
read by people who see colours differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from fotfeste.messages import Language, msg
from fotfeste.regions.outlines import load_outlines
from fotfeste.reports.drawing import INK, WHITE, Canvas, Fill
from fotfeste.reports.map_labels import Box, Point
from fotfeste.reports.maps import (
    ABOVE,
    BESIDE,
    EDGE,
    HIDDEN,
    NONE,
    UNKNOWN,
    MapValue,
    class_breaks,
    outline_path,
    scale_bar,
    write_labels,
)
from fotfeste.reports.profiles.inline import CODE
from fotfeste.reports.profiles.shown import column_of
from fotfeste.reports.profiles.values import Shown
from fotfeste.reports.xml_text import attribute
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicators import Indicator

WIDTH = 680.0
TALLEST = 700.0
FINE, COARSE = 1, 4
"""The grid that outlines are drawn on, in tenths of a unit: a county's, and the whole country's."""
MOST_LABELS = 60
RISING = (
    Fill("#eef5fb"),
    Fill("#c2dcf1", "lines", "#8fb9dc"),
    Fill("#8fbfe5", "bars", "#5d97c8"),
    Fill("#4f94cc", "down", "#2f6fa5"),
    Fill("#155a96"),
)
FALLING = (Fill("#f9dcc0", "lines", "#e0ac7c"), Fill("#dd8a3c", "down", "#a85c14"))
SIX = (*RISING[:4], Fill("#2c72ad", "cross", "#8fbfe5"), Fill("#0b3f70"))


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A municipality on the map: its code, its name and its figure for the reader."""

    code: str
    name: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class _Paper:
    """Outlines laid on paper: the height and length of a metre, and by code the shape and its path."""

    height: float
    metre: float
    shapes: Mapping[str, Sequence[Sequence[Point]]]
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Class:
    """A class on the map: its fill, its name, and the lowest number in it."""

    fill: Fill
    name: str
    low: Fraction


def place_map(
    places: Sequence[MapPlace], indicator: Indicator, words: Language, *, marked: str, title: str, told: str
) -> str:
    """Return the map of ``places`` as SVG; ``marked`` is the code of the one that stands out (or empty)."""
    labelled = len(places) <= MOST_LABELS
    decimals = indicator.decimals + (2 if indicator.kind == "share" else 0)
    written = {one.code: _as_written(one.shown.figure, decimals) for one in places}
    paper = _laid(tuple(one.code for one in places), labelled)
    canvas = Canvas(WIDTH, paper.height)
    classes = _classes(written.values(), indicator, decimals, words)
    edge = f'stroke="{EDGE}" stroke-width="{0.6 if labelled else 0.3}" stroke-linejoin="round" fill-rule="evenodd"'
    for one in places:
        mark = words.text(msg(", usikkert: få personer")) if one.shown.few else ""
        canvas.path(
            paper.paths[one.code],
            _fill(written[one.code], classes),
            f'{edge} {CODE}="{attribute(one.code)}"',
            f"{one.name}: {one.shown.said}{mark}",
        )
    if marked in paper.paths:
        for colour, width in ((WHITE, 4.5), (INK, 2.2)):
            around = f'stroke="{colour}" stroke-width="{width}" stroke-linejoin="round" pointer-events="none"'
            canvas.path(paper.paths[marked], "none", around)
    if labelled:
        values = [MapValue(one.code, one.name, _label(one.shown.figure, indicator)) for one in places]
        write_labels(canvas, values, paper.shapes, indicator.decimals, words, Box(0, 0, WIDTH, paper.height))
    scale_bar(canvas, paper.metre, paper.height, words)
    top = paper.height + 34
    canvas.height = top + canvas.legend(_legend(tuple(written.values()), classes, words), 0, top, WIDTH)
    return canvas.picture(title, told)


@lru_cache(maxsize=64)
def _laid(codes: tuple[str, ...], labelled: bool) -> _Paper:
    outlines = load_outlines()
    west, south, east, north = outlines.bounds(codes)
    beside, above = (BESIDE, ABOVE) if labelled else (0.0, 4.0)
    metre = min((WIDTH - 2 * beside) / (east - west), TALLEST / (north - south))
    margin = (WIDTH - (east - west) * metre) / 2
    shapes = {
        code: tuple(
            tuple((margin + (x - west) * metre, above + (north - y) * metre) for x, y in ring)
            for ring in outlines.rings(code)
        )
        for code in codes
    }
    paths = {code: outline_path(rings, FINE if labelled else COARSE) for code, rings in shapes.items()}
    return _Paper((north - south) * metre + 2 * above, metre, shapes, paths)


def _label(figure: Figure, indicator: Indicator) -> Figure:
    """Return the number that stands under a name: shares as per cent, none for yes and no."""
    if indicator.kind == "flag":
        return Figure.missing()
    return figure.times(100) if indicator.kind == "share" else figure


def _as_written(figure: Figure, decimals: int) -> Figure:
    """Return a figure rounded as it is written, so that it falls in the class whose limits are written."""
    if figure.value is None:
        return figure
    scaled = abs(Fraction(figure.value)) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Figure.observed(Fraction(whole if figure.value >= 0 else -whole, 10**decimals))


def _classes(
    figures: Iterable[Figure], indicator: Indicator, decimals: int, words: Language
) -> tuple[_Class, ...]:
    """Return the classes of the map, lowest first; limits are round numbers that spread the municipalities evenly."""
    every = [Fraction(one.value) for one in figures if one.value is not None]
    values = sorted(set(every))
    if not every:
        return ()
    if indicator.kind == "flag":
        names = (words.text(msg("nei")), words.text(msg("ja")))
        return tuple(_Class(RISING[3 * int(value)], names[int(value)], value) for value in values)
    if indicator.kind == "class":
        return tuple(_Class(SIX[int(value) - 1], words.number(value), value) for value in values)
    above, below = [one for one in every if one > 0], [-one for one in every if one < 0]
    fills: list[Fill] = []
    lows: list[Fraction] = []
    if below:
        limits = class_breaks(below, decimals, len(FALLING))
        step = Fraction(1, 10**decimals)
        lows += [-max(below), *(step - limit for limit in reversed(limits))]
        fills += reversed(FALLING[len(FALLING) - 1 - len(limits) :] if limits else FALLING[:1])
    if above:
        limits = class_breaks(above, decimals, len(RISING))
        lows += [min(above), *limits]
        fills += [
            RISING[round(at * (len(RISING) - 1) / max(len(limits), 1))] for at in range(len(limits) + 1)
        ]
    return _named(fills, lows, max(every), decimals, indicator, words)


def _named(
    fills: Sequence[Fill],
    lows: Sequence[Fraction],
    highest: Fraction,
    places: int,
    indicator: Indicator,
    words: Language,
) -> tuple[_Class, ...]:
    """Return classes named by the first and last number that can stand in them, as these are written."""
    column = column_of(indicator)
    step = Fraction(1, 10**places)

    def written(value: Fraction) -> str:
        if column.kind == "percent":
            return words.number(value * 100, column.decimals)
        return words.number(value, column.decimals)

    found = []
    for place, (fill, low) in enumerate(zip(fills, lows, strict=True)):
        following = lows[place + 1] if place + 1 < len(lows) else None
        if following is None:
            last = highest
        elif low < 0 < following:
            last = min(-step, Fraction(0))
        else:
            last = following - step
        ends = written(low), written(max(low, last))
        between = "–" if low >= 0 else words.text(msg(" til "))
        name = ends[0] if ends[0] == ends[1] else between.join(ends)
        found.append(_Class(fill, name, low))
    if column.kind == "percent" and found:
        sign = words.percent(0, 0).removeprefix(words.number(0))
        found = [_Class(one.fill, f"{one.name}{sign}", one.low) for one in found]
    return tuple(found)


def _fill(figure: Figure, classes: Sequence[_Class]) -> Fill:
    if figure.value is None:
        return {Mark.SUPPRESSED: HIDDEN, Mark.MISSING: UNKNOWN}.get(figure.mark, NONE)
    within = [one for one in classes if one.low <= figure.value]
    if figure.value == 0 and not any(one.low == 0 for one in classes):
        return NONE
    return within[-1].fill if within else classes[0].fill


def _legend(figures: Sequence[Figure], classes: Sequence[_Class], words: Language) -> list[tuple[str, Fill]]:
    marks = {one.mark for one in figures}
    entries = [(one.name, one.fill) for one in classes]
    zero = any(one.value == 0 for one in figures) and not any(one.low == 0 for one in classes)
    none = [words.number(0)] if zero else []
    none += [words.text(msg("ikke spurt"))] if Mark.NOT_ASKED in marks else []
    if none:
        either = msg("{one} eller {other}", one=none[0], other=none[-1])
        entries.append((words.text(either) if len(none) > 1 else none[0], NONE))
    if Mark.SUPPRESSED in marks:
        entries.append((words.text(msg("skjult, lite tall")), HIDDEN))
    if Mark.MISSING in marks:
        entries.append((words.text(msg("tallet mangler")), UNKNOWN))
    return entries
