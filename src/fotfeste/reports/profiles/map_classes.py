"""The classes of a map: what falls in each, how they look, and what the legend says.

Classes differ by lightness and by hatch. Numbers below zero are orange, those above blue, so that a map of changes is
read by people who see colours differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.messages import Language, msg
from fotfeste.reports.cells import is_span
from fotfeste.reports.drawing import Fill
from fotfeste.reports.maps import HIDDEN, NONE, UNKNOWN, class_breaks
from fotfeste.reports.profiles.shown import column_of
from fotfeste.statistics.figure import Figure, Mark, Number
from fotfeste.statistics.indicators import Indicator

RISING = (
    Fill("#eef5fb"),
    Fill("#c2dcf1", "lines", "#8fb9dc"),
    Fill("#8fbfe5", "bars", "#5d97c8"),
    Fill("#4f94cc", "down", "#2f6fa5"),
    Fill("#155a96"),
)
PARTLY = Fill("#ffffff", "lines", "#5b6b7a")
FALLING = (Fill("#f9dcc0", "lines", "#e0ac7c"), Fill("#dd8a3c", "down", "#a85c14"))
SIX = (*RISING[:4], Fill("#2c72ad", "cross", "#8fbfe5"), Fill("#0b3f70"))
DARK = frozenset((RISING[4], *SIX[4:]))
"""Fills on which white is read better than black."""


@dataclass(frozen=True, slots=True)
class MapClass:
    """A class on the map: its fill, its name, and the lowest number in it."""

    fill: Fill
    name: str
    low: Fraction


def as_written(figure: Figure, decimals: int) -> Figure:
    """Return a figure rounded as it is written, so that it falls in the class whose limits are written."""
    if figure.value is None and is_span(figure):
        low, high = (_rounded(end or 0, decimals) for end in (figure.low, figure.high))
        return Figure.observed(low) if low == high else Figure.suppressed(low, high)
    return figure if figure.value is None else Figure.observed(_rounded(figure.value, decimals))


def _rounded(value: Number, decimals: int) -> Fraction:
    scaled = abs(Fraction(value)) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def classes_of(
    figures: Iterable[Figure], indicator: Indicator, decimals: int, words: Language
) -> tuple[MapClass, ...]:
    """Return the classes of the map, lowest first; limits are round numbers that spread the municipalities evenly."""
    figures = tuple(figures)
    every = [Fraction(one.value) for one in figures if one.value is not None]
    ends = [Fraction(end) for one in figures if is_span(one) for end in (one.low or 0, one.high or 0)]
    values = sorted(set(every))
    if not every:
        return ()
    if indicator.kind == "flag":
        names = (words.text(msg("nei")), words.text(msg("ja")))
        return tuple(MapClass(RISING[3 * int(value)], names[int(value)], value) for value in values)
    if indicator.kind == "class":
        return tuple(MapClass(SIX[int(value) - 1], words.number(value), value) for value in values)
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
        lows += [min([*above, *(end for end in ends if end > 0)]), *limits]
        fills += [
            RISING[round(at * (len(RISING) - 1) / max(len(limits), 1))] for at in range(len(limits) + 1)
        ]
    return _named(fills, lows, max([*every, *ends]), decimals, indicator, words)


def _named(
    fills: Sequence[Fill],
    lows: Sequence[Fraction],
    highest: Fraction,
    places: int,
    indicator: Indicator,
    words: Language,
) -> tuple[MapClass, ...]:
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
        if ends[0] == ends[1]:
            name = ends[0]
        elif low >= 0:
            name = "–".join(ends)
        else:
            name = words.text(msg("{low} til {high}", low=ends[0], high=ends[1]))
        found.append(MapClass(fill, name, low))
    if column.kind == "percent" and found:
        sign = words.percent(0, 0).removeprefix(words.number(0))
        found = [MapClass(one.fill, f"{one.name}{sign}", one.low) for one in found]
    return tuple(found)


def fill_of(figure: Figure, classes: Sequence[MapClass]) -> Fill:
    """Return how a municipality looks: by its class, or by what kind of nothing it has."""
    if figure.value is None:
        if is_span(figure):
            return _of_span(figure, classes) or PARTLY
        return {Mark.SUPPRESSED: HIDDEN, Mark.MISSING: UNKNOWN}.get(figure.mark, NONE)
    within = [one for one in classes if one.low <= figure.value]
    if figure.value == 0 and not any(one.low == 0 for one in classes):
        return NONE
    return within[-1].fill if within else classes[0].fill


def _of_span(figure: Figure, classes: Sequence[MapClass]) -> Fill | None:
    """Return the fill that both bounds of a figure with hidden parts have, if they share one."""
    if not classes or figure.low is None or figure.high is None:
        return None
    low, high = (fill_of(Figure.observed(end), classes) for end in (figure.low, figure.high))
    return low if low == high else None


def legend_of(
    figures: Sequence[Figure], classes: Sequence[MapClass], words: Language
) -> list[tuple[str, Fill]]:
    """Return the entries of the legend: the classes, and those kinds of nothing that the map has."""
    marks = {one.mark for one in figures}
    entries = [(one.name, one.fill) for one in classes]
    zero = any(one.value == 0 for one in figures) and not any(one.low == 0 for one in classes)
    none = [words.number(0)] if zero else []
    none += [words.text(msg("ikke spurt"))] if Mark.NOT_ASKED in marks else []
    if none:
        either = msg("{one} eller {other}", one=none[0], other=none[-1])
        entries.append((words.text(either) if len(none) > 1 else none[0], NONE))
    spans = [one for one in figures if is_span(one)]
    if any(_of_span(one, classes) is None for one in spans):
        entries.append((words.text(msg("delvis skjult: fra–til")), PARTLY))
    if any(one.mark is Mark.SUPPRESSED and one not in spans for one in figures):
        entries.append((words.text(msg("skjult, lite tall")), HIDDEN))
    if Mark.MISSING in marks:
        entries.append((words.text(msg("tallet mangler")), UNKNOWN))
    return entries
