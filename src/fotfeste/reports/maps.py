"""Maps of municipalities, graded by a number, as SVG: hatched where there is none, readable in grey.

The outlines are metres (UTM 33); north is up and one metre is as long everywhere, so that the scale bar holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, dist, floor, log10

from fotfeste.messages import Language, msg
from fotfeste.reports.cells import SIGNS
from fotfeste.reports.drawing import INK, PAGE_WIDTH, QUIET, Canvas, Fill, number
from fotfeste.reports.map_labels import Box, Point, area, around, contains, interior_point, place_labels
from fotfeste.reports.typeface import text_width
from fotfeste.reports.xml_text import attribute
from fotfeste.statistics.figure import Figure, Mark, Number

Rings = Sequence[Sequence[tuple[int, int]]]
GRADES = ("#edf4fb", "#c6dff2", "#98c5e8", "#66a6d9", "#3a86c4")
NONE = Fill("#f4f4f2", "up", "#b9bec4")
HIDDEN = Fill("#f4f4f2", "dots", "#5b6b7a")
UNKNOWN = Fill("#ffffff", "cross", "#c9cdd2")
EDGE = "#6b7c8c"
CODE = "data-code"
"""The attribute that tells which place a shape is."""
BORDERS = msg("Kommunegrenser: Kartverket (CC BY 4.0)")
"""What stands below every map: whose the outlines are (:mod:`fotfeste.regions.outlines`)."""
TALLEST = 700.0
BESIDE, ABOVE = 34.0, 12.0
"""Room around the areas of a map with labels, for those that do not fit inside."""
NAME_SIZE, NUMBER_SIZE = 10.5, 12.0


@dataclass(frozen=True, slots=True)
class MapValue:
    """A municipality on the map: its code, its name and its figure.

    ``text`` is written in place of the figure; on ``dark`` ground a label inside its area is white.
    """

    code: str
    name: str
    figure: Figure
    text: str = ""
    dark: bool = False


def municipality_map(
    rings: Mapping[str, Rings],
    values: Sequence[MapValue],
    words: Language,
    *,
    title: str,
    description: str,
    places: int = 0,
    labels: bool = True,
    width: float = PAGE_WIDTH,
) -> str:
    """Return a map where the darker a municipality is, the higher its figure.

    ``rings`` are outlines by code; every code in ``values`` must be there. ``places`` is the number of decimals.
    Zero, suppressed and missing each have a hatch of their own. With ``labels`` each municipality carries its
    name and number; without (a whole country) they are told when pointing at it.
    """
    west, south, east, north = _bounds([rings[value.code] for value in values])
    beside, above = (BESIDE, ABOVE) if labels else (0.0, 0.0)
    metre = min((width - 2 * beside) / (east - west), TALLEST / (north - south))
    margin = (width - (east - west) * metre) / 2

    def onto(point: tuple[int, int]) -> Point:
        return margin + (point[0] - west) * metre, above + (north - point[1]) * metre

    height = (north - south) * metre + 2 * above
    canvas = Canvas(width, height)
    breaks = class_breaks([value.figure.value for value in values if value.figure.value], places)
    shapes = {value.code: [[onto(point) for point in ring] for ring in rings[value.code]] for value in values}
    for value in values:
        told = f"{value.name}: {_shown(value.figure, places, words)}"
        edge = f'stroke="{EDGE}" stroke-width="0.6" stroke-linejoin="round" fill-rule="evenodd"'
        more = f'{edge} {CODE}="{attribute(value.code)}"'
        canvas.path(outline_path(shapes[value.code]), _fill(value.figure, breaks), more, told)
    if labels:
        write_labels(canvas, values, shapes, places, words, Box(0, 0, width, height))
    scale_bar(canvas, metre, height, words)
    height += 34
    height += _legend(canvas, values, breaks, places, words, height, width)
    canvas.height = height
    return canvas.picture(title, description)


def class_breaks(
    values: Sequence[Number], places: int = 0, classes: int = len(GRADES)
) -> tuple[Fraction, ...]:
    """Return the lower limits of the classes above the first: round numbers that spread ``values`` evenly.

    ``places`` is the number of decimals that are shown; there are at most ``classes`` - 1 limits, rising.
    """
    ordered = sorted(Fraction(value) for value in values)
    if not ordered:
        return ()
    found: list[Fraction] = []
    for part in range(1, classes):
        limit = _round_number(ordered[min(len(ordered) * part // classes, len(ordered) - 1)], places)
        below = found[-1] if found else ordered[0]
        if limit <= ordered[-1] and any(below <= value < limit for value in ordered):
            found.append(limit)
    return tuple(found)


def _round_number(value: Fraction, places: int) -> Fraction:
    if value <= 0:
        return Fraction(0)
    power = Fraction(10) ** (floor(log10(value)) - 1)
    step = max(5 * power, Fraction(1, 10**places))
    return step * max(1, floor(value / step + Fraction(1, 2)))


def _bounds(shapes: Sequence[Rings]) -> tuple[int, int, int, int]:
    points = [point for rings in shapes for ring in rings for point in ring]
    if not points:
        raise ValueError("a map needs at least one municipality")
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    return min(easts), min(norths), max(easts), max(norths)


def outline_path(rings: Sequence[Sequence[Point]], grid: int = 1) -> str:
    """Return an outline as the ``d`` of a path, with its points on a grid of ``grid`` tenths of a unit."""
    parts = []
    for ring in rings:
        tenths = [(grid * round(10 * x / grid), grid * round(10 * y / grid)) for x, y in ring]
        steps = [f"M{number(tenths[0][0] / 10)} {number(tenths[0][1] / 10)}"]
        drawn = 1
        last = tenths[0]
        for here in tenths[1:]:
            if here != last:
                dx, dy = number((here[0] - last[0]) / 10), number((here[1] - last[1]) / 10)
                steps.append(f"l{dx}{dy}" if dy.startswith("-") else f"l{dx} {dy}")
                drawn += 1
                last = here
        if drawn > 2:
            parts.append("".join([*steps, "z"]))
    return "".join(parts)


def _fill(figure: Figure, breaks: Sequence[Fraction]) -> Fill | str:
    if figure.value is None:
        return HIDDEN if figure.mark is Mark.SUPPRESSED else UNKNOWN if figure.mark is Mark.MISSING else NONE
    if figure.value == 0:
        return NONE
    return _grade(sum(figure.value >= limit for limit in breaks), len(breaks) + 1)


def _grade(place: int, classes: int) -> str:
    return GRADES[0 if classes == 1 else round(place * (len(GRADES) - 1) / (classes - 1))]


def _shown(figure: Figure, places: int, words: Language) -> str:
    if figure.value is None:
        return SIGNS[figure.mark]
    return words.number(figure.value, places) + ("*" if figure.estimated else "")


def write_labels(
    canvas: Canvas,
    values: Sequence[MapValue],
    shapes: Mapping[str, Sequence[Sequence[Point]]],
    places: int,
    words: Language,
    paper: Box,
) -> None:
    """Write the name and number of every municipality where it has the most room."""
    sizes = {value.code: max(area(ring) for ring in shapes[value.code]) for value in values}
    boxes = {code: around(rings) for code, rings in shapes.items()}
    points = {value.code: interior_point(shapes[value.code]) for value in values}

    def tried(order: Sequence[MapValue]) -> dict[str, tuple[Point, bool]]:
        def foreign(index: int, point: Point) -> bool:
            own = order[index].code
            return any(
                boxes[code].holds(point) and contains(rings, point)
                for code, rings in shapes.items()
                if code != own
            )

        wanted = []
        for value in order:
            shown = value.text or _shown(value.figure, places, words)
            wide = max(text_width(value.name, NAME_SIZE), text_width(shown, NUMBER_SIZE, 600)) + 2
            wanted.append((points[value.code], wide, NAME_SIZE + NUMBER_SIZE + 4))
        placed = place_labels(wanted, paper, foreign)
        return {value.code: place for value, place in zip(order, placed, strict=True)}

    orders = (
        sorted(values, key=lambda value: (sizes[value.code], value.code)),
        sorted(values, key=lambda value: (-(value.figure.value or 0), value.code)),
        sorted(values, key=lambda value: points[value.code]),
        sorted(values, key=lambda value: points[value.code], reverse=True),
        sorted(values, key=lambda value: points[value.code][::-1]),
    )
    placed = min((tried(order) for order in orders), key=lambda found: _moved(points, found))
    for code, ((x, y), led) in placed.items():
        point = points[code]
        if led and not contains(shapes[code], (x, y)):
            canvas.line(point[0], point[1], x, y, "#ffffff", 2.6)
            canvas.line(point[0], point[1], x, y, INK, 0.9)
            canvas.marker("circle", point[0], point[1], 2.2, INK)
    for value in values:
        (x, y), _ = placed[value.code]
        shown = value.text or (_shown(value.figure, places, words) if value.figure.known else "")
        half = max(text_width(value.name, NAME_SIZE), text_width(shown, NUMBER_SIZE, 600)) / 2
        edge = [(x + side * half, y + down) for side in (-1, 0, 1) for down in (-NAME_SIZE, 0, NUMBER_SIZE)]
        light = value.dark and all(contains(shapes[value.code], point) for point in edge)
        colour, halo = ("#ffffff", 0.0) if light else (INK, 2.5)
        canvas.text(x, y - 1.5, value.name, size=NAME_SIZE, anchor="middle", colour=colour, halo=halo)
        canvas.text(
            x, y + NUMBER_SIZE, shown, size=NUMBER_SIZE, weight=600, anchor="middle", colour=colour, halo=halo
        )


def _moved(points: Mapping[str, Point], placed: Mapping[str, tuple[Point, bool]]) -> float:
    """Return how far labels stand from their places, all together."""
    return sum(dist(points[code], place) for code, (place, _) in placed.items())


def scale_bar(canvas: Canvas, metre: float, top: float, words: Language) -> None:
    """Draw a bar of a round number of kilometres below ``top``; ``metre`` is the length of a metre on the paper."""
    kilometres = next(
        step for step in (500, 200, 100, 50, 20, 10, 5, 2, 1) if step * 1000 * metre <= 160 or step == 1
    )
    length = kilometres * 1000 * metre
    canvas.line(1, top + 14, 1 + length, top + 14, INK, 2)
    for end in (1.0, 1 + length):
        canvas.line(end, top + 9, end, top + 19, INK, 2)
    canvas.text(length + 9, top + 18, f"{words.number(kilometres)} km", size=11, colour=QUIET)


def _legend(
    canvas: Canvas,
    values: Sequence[MapValue],
    breaks: Sequence[Fraction],
    places: int,
    words: Language,
    top: float,
    width: float,
) -> float:
    numbers = [Fraction(value.figure.value) for value in values if value.figure.value]
    entries: list[tuple[str, Fill]] = []
    if numbers:
        step = Fraction(1, 10**places)
        limits = [_down(min(numbers), step), *breaks, _up(max(numbers), step) + step]
        for place, (low, high) in enumerate(pairwise(limits)):
            first, last = words.number(low, places), words.number(high - step, places)
            shown = first if first == last else f"{first}–{last}"
            entries.append((shown, Fill(_grade(place, len(breaks) + 1))))
    marks = {value.figure.mark for value in values}
    none = [
        *([words.number(0)] if any(value.figure.value == 0 for value in values) else []),
        *([words.text(msg("ikke spurt"))] if Mark.NOT_ASKED in marks else []),
    ]
    if none:
        entries.append(
            (
                words.text(msg("{one} eller {other}", one=none[0], other=none[1]))
                if len(none) > 1
                else none[0],
                NONE,
            )
        )
    if Mark.SUPPRESSED in marks:
        entries.append((words.text(msg("skjult, lite tall")), HIDDEN))
    if Mark.MISSING in marks:
        entries.append((words.text(msg("tallet mangler")), UNKNOWN))
    return canvas.legend(entries, 0, top, width)


def _down(value: Fraction, step: Fraction) -> Fraction:
    return step * floor(value / step)


def _up(value: Fraction, step: Fraction) -> Fraction:
    return step * ceil(value / step)
