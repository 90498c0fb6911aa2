"""Maps of one indicator: every municipality a shape that can be pointed at, reached and followed; one of them marked.

On the map of the whole country the crowded area around the Oslofjord is drawn once more, enlarged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fotfeste.messages import Language, msg
from fotfeste.regions.outlines import load_outlines
from fotfeste.reports.cells import is_span
from fotfeste.reports.drawing import INK, QUIET, WHITE, Canvas
from fotfeste.reports.map_labels import Box, Point
from fotfeste.reports.maps import ABOVE, BESIDE, CODE, EDGE, MapValue, outline_path, scale_bar, write_labels
from fotfeste.reports.profiles.map_classes import DARK, MapClass, as_written, classes_of, fill_of, legend_of
from fotfeste.reports.profiles.values import Shown
from fotfeste.reports.xml_text import attribute
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.indicators import Indicator

WIDTH = 680.0
TALLEST = 700.0
FINE, COARSE = 1, 4
"""The grid that outlines are drawn on, in tenths of a unit: a county's, and the whole country's."""
MOST_LABELS = 60
CROWDED = (205_000, 6_545_000, 315_000, 6_700_000)
"""West, south, east and north (metres, UTM 33) of what is enlarged: municipalities with their middle inside."""
ENLARGED = Box(360, 372, 676, 700)


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


def place_map(
    places: Sequence[MapPlace],
    indicator: Indicator,
    words: Language,
    *,
    marked: str,
    title: str,
    told: str,
    classes: Sequence[MapClass] | None = None,
) -> str:
    """Return the map of ``places`` as SVG; ``marked`` is the code of the one that stands out (or empty).

    ``classes`` are given where several maps are to be compared; otherwise they are those of the figures on this one.
    """
    labelled = len(places) <= MOST_LABELS
    decimals = decimals_on_map(indicator)
    written = {one.code: as_written(one.shown.figure, decimals) for one in places}
    codes = tuple(one.code for one in places)
    paper = _laid(codes, labelled)
    canvas = Canvas(WIDTH, paper.height)
    classes = classes_of(written.values(), indicator, decimals, words) if classes is None else classes
    _shapes(canvas, places, paper.paths, written, classes, 0.6 if labelled else 0.3, words)
    if marked in paper.paths:
        for colour, width in ((WHITE, 4.5), (INK, 2.2)):
            around = f'stroke="{colour}" stroke-width="{width}" stroke-linejoin="round" pointer-events="none"'
            canvas.path(paper.paths[marked], "none", around)
    if labelled:
        values = tuple(
            MapValue(
                one.code,
                one.name,
                _label(one.shown.figure, indicator),
                one.shown.text.rstrip("%\u00a0 ") if is_span(one.shown.figure) else "",
                fill_of(written[one.code], classes) in DARK,
            )
            for one in places
        )
        canvas.lay(_labels(values, indicator.decimals, words))
    elif paths := _enlarged(codes):
        inside = [one for one in places if one.code in paths]
        _shapes(canvas, inside, paths, written, classes, 0.4, words)
        wide, high = ENLARGED.right - ENLARGED.left, ENLARGED.bottom - ENLARGED.top
        canvas.rect(ENLARGED.left, ENLARGED.top, wide, high, "none", f'stroke="{QUIET}"')
        about = words.text(msg("Rundt Oslofjorden, forstørret"))
        canvas.text(ENLARGED.left, ENLARGED.top - 6, about, size=11, colour=QUIET)
    scale_bar(canvas, paper.metre, paper.height, words)
    top = paper.height + 34
    canvas.height = top + canvas.legend(legend_of(tuple(written.values()), classes, words), 0, top, WIDTH)
    return canvas.picture(title, told)


def decimals_on_map(indicator: Indicator) -> int:
    """Return how many decimals the figures of an indicator are sorted into classes by."""
    return indicator.decimals + (2 if indicator.kind == "share" else 0)


def _shapes(
    canvas: Canvas,
    places: Sequence[MapPlace],
    paths: Mapping[str, str],
    written: Mapping[str, Figure],
    classes: Sequence[MapClass],
    width: float,
    words: Language,
) -> None:
    edge = f'stroke="{EDGE}" stroke-width="{width}" stroke-linejoin="round" fill-rule="evenodd"'
    uncertain = words.text(msg(", usikkert: få personer"))
    for one in places:
        told = f"{one.name}: {one.shown.said}{uncertain if one.shown.few else ''}"
        more = f'{edge} {CODE}="{attribute(one.code)}"'
        canvas.path(paths[one.code], fill_of(written[one.code], classes), more, told)


@lru_cache(maxsize=64)
def _laid(codes: tuple[str, ...], labelled: bool) -> _Paper:
    outlines = load_outlines()
    west, south, east, north = outlines.bounds(codes)
    beside, above = (BESIDE, ABOVE) if labelled else (0.0, 4.0)
    metre = min((WIDTH - 2 * beside) / (east - west), TALLEST / (north - south))
    margin = (WIDTH - (east - west) * metre) / 2 if labelled else 6.0
    shapes = _on_paper(codes, (west, north), (margin, above), metre)
    paths = {code: outline_path(rings, FINE if labelled else COARSE) for code, rings in shapes.items()}
    return _Paper((north - south) * metre + 2 * above, metre, shapes, paths)


@lru_cache(maxsize=256)
def _labels(values: tuple[MapValue, ...], decimals: int, words: Language) -> Canvas:
    """Return names and numbers, placed: most of the work of a map, and the same for every municipality of a county."""
    paper = _laid(tuple(one.code for one in values), True)
    canvas = Canvas(WIDTH, paper.height)
    write_labels(canvas, values, paper.shapes, decimals, words, Box(0, 0, WIDTH, paper.height))
    return canvas


@lru_cache(maxsize=4)
def _enlarged(codes: tuple[str, ...]) -> Mapping[str, str]:
    """Return the paths of the municipalities in the crowded area, laid inside its frame."""
    outlines = load_outlines()
    first_east, first_north, last_east, last_north = CROWDED
    inside = []
    for code in codes:
        west, south, east, north = outlines.bounds([code])
        if first_east <= (west + east) / 2 <= last_east and first_north <= (south + north) / 2 <= last_north:
            inside.append(code)
    if not inside:
        return {}
    west, south, east, north = outlines.bounds(inside)
    wide, high = ENLARGED.right - ENLARGED.left - 8, ENLARGED.bottom - ENLARGED.top - 8
    metre = min(wide / (east - west), high / (north - south))
    left = ENLARGED.left + 4 + (wide - (east - west) * metre) / 2
    shapes = _on_paper(inside, (west, north), (left, ENLARGED.top + 4), metre)
    return {code: outline_path(rings, FINE) for code, rings in shapes.items()}


def _on_paper(
    codes: Sequence[str], corner: tuple[int, int], place: Point, metre: float
) -> dict[str, tuple[tuple[Point, ...], ...]]:
    """Return outlines with the north-western ``corner`` (metres) laid at ``place`` on the paper."""
    return {
        code: tuple(
            tuple((place[0] + (x - corner[0]) * metre, place[1] + (corner[1] - y) * metre) for x, y in ring)
            for ring in load_outlines().rings(code)
        )
        for code in codes
    }


def _label(figure: Figure, indicator: Indicator) -> Figure:
    """Return the number that stands under a name: shares as per cent, none for yes and no."""
    if indicator.kind == "flag":
        return Figure.missing()
    return figure.times(100) if indicator.kind == "share" else figure
