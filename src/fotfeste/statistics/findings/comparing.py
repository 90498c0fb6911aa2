"""Comparison beyond noise: with the median of those alike, the county and the country, all of a document together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from fotfeste.statistics.figure import Figure, Number
from fotfeste.statistics.findings.noise import chance_of, deviation, interval
from fotfeste.statistics.findings.rule import FindingRule
from fotfeste.statistics.findings.values import Against, Alike, Candidate, Comparison, Model, Verdict
from fotfeste.statistics.series.chance import adjusted

ALIKE = ""
"""Stands for those alike where others have the number of a place."""
ROBUST = 1.4826
"""The median absolute deviation times this is the standard deviation of a normal distribution."""


def compared(candidates: Sequence[Candidate], rule: FindingRule) -> tuple[Comparison, ...]:
    """Return each candidate beside those alike, its county and the country, in the same order.

    All differences from those alike are looked at together (Benjamini and Hochberg), and so are all from county and
    country: give all that one document tells in one call.
    """
    found = [_beside(one, rule) for one in candidates]
    parts = [
        (place, part, other.place == ALIKE)
        for place, one in enumerate(found)
        for part, other in enumerate(_others(one))
        if other.verdict is not Verdict.UNTOLD
    ]
    for beside_alike in (True, False):
        tested = [(place, part) for place, part, question in parts if question is beside_alike]
        chances = adjusted([_others(found[place])[part].chance for place, part in tested])
        for (place, part), chance in zip(tested, chances, strict=True):
            found[place] = _judged(found[place], part, chance, rule)
    return tuple(found)


def _others(one: Comparison) -> tuple[Against, ...]:
    return (*(() if one.beside_alike is None else (one.beside_alike,)), *one.larger)


def _judged(one: Comparison, part: int, chance: float, rule: FindingRule) -> Comparison:
    """Return a comparison with one of its differences judged."""
    others = list(_others(one))
    other = others[part]
    verdict = Verdict.NOT_APART
    own, beside = _middle(one.candidate.own), _middle(other.figure)
    if chance <= rule.false_share and own is not None and beside is not None:
        verdict = Verdict.HIGHER if own > beside else Verdict.LOWER
    others[part] = replace(other, adjusted=chance, verdict=verdict)
    if one.beside_alike is None:
        return replace(one, larger=tuple(others))
    return replace(one, beside_alike=others[0], larger=tuple(others[1:]))


def _beside(one: Candidate, rule: FindingRule) -> Comparison:
    alike = alike_of(one.alike, rule)
    span = interval(one.own, one.noise, rule.level)
    larger = tuple(_against(one, place, figure, 0.0) for place, figure in one.larger.items())
    wide = one.noise.model is Model.SHARE and span is not None and span[1] - span[0] > rule.wide
    if alike is None:
        return Comparison(one, None, None, larger, interval=span, open_to_chance=wide)
    noise = 0.0 if one.noise.model is Model.NONE else deviation(one.noise, float(alike.median))
    uncertain = median_variance(noise, alike.spread, alike.known)
    beside = _against(one, ALIKE, Figure.observed(alike.median), uncertain)
    unit = math.hypot(alike.spread, noise)
    away = 0.0 if unit == 0 else _away(one.own, float(alike.median)) / unit
    return Comparison(one, alike, beside, larger, away, noise, span, wide)


def _against(one: Candidate, place: str, other: Figure, uncertain: float) -> Against:
    """Return the chance of the own figure if the other's level were its own; a hidden other at its nearest end."""
    own, ends = _ends(one.own), _ends(other)
    if own is None or ends is None or one.noise.model is Model.NONE:
        return Against(place, other, Verdict.UNTOLD)
    level = min(max(sum(own) / 2, ends[0]), ends[1])
    return Against(place, other, Verdict.NOT_APART, chance_of(one.own, level, one.noise, uncertain=uncertain))


def median_variance(noise: float, spread: float, known: int) -> float:
    """Return how far the median of those alike may lie from that of their true levels, as a variance.

    Formula: pi / 2 x noise x max(noise, spread) / known, their noise taken as large as the place's. Where they do not differ but
    by noise, it is the variance of a median; the more they differ, the fewer of them decide it (the sum of
    p (1 - p) over their chances of lying below it is then about known x noise / spread, not known / 4). That they differ
    does not by itself make it uncertain: what is said is said of those places, which are not a sample of others.
    """
    return math.pi / 2 * noise * max(noise, spread) / known


def alike_of(figures: Mapping[str, Figure], rule: FindingRule) -> Alike | None:
    """Return median, quartiles and spread of those alike with a number; ``None`` where too few have one.

    A sum with a hidden part whose bounds lie close (``rule.widest_bounds`` of their middle) counts as its middle.

    The spread is 1.4826 times the median distance from the median (F. R. Hampel, «The influence curve and its role in
    robust estimation», Journal of the American Statistical Association 69 (1974), 383-393); it holds their noise too.
    """
    known = sorted(number for one in figures.values() if (number := good_as_a_number(one, rule)) is not None)
    if len(known) < rule.least_known:
        return None
    middle = quantile(known, Fraction(1, 2))
    away = sorted(abs(one - middle) for one in known)
    return Alike(
        len(known),
        middle,
        quantile(known, Fraction(1, 4)),
        quantile(known, Fraction(3, 4)),
        float(quantile(away, Fraction(1, 2))) * ROBUST,
    )


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """Return the quantile between the two nearest numbers, as spreadsheets do (Hyndman and Fan's type 7)."""
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def good_as_a_number(figure: Figure, rule: FindingRule) -> Fraction | None:
    """Return the number of a figure, or the middle of bounds that lie close."""
    if figure.value is not None:
        return Fraction(figure.value)
    middle, ends = figure.middle, _ends(figure)
    if middle is None or ends is None or ends[1] - ends[0] > rule.widest_bounds * abs(float(middle)):
        return None
    return middle


def _away(own: Figure, level: float) -> float:
    """Return how far a figure lies from a level; one with bounds is taken at the end nearest to it."""
    ends = _ends(own)
    if ends is None or ends[0] <= level <= ends[1]:
        return 0.0 if own.value is None else float(own.value) - level
    return ends[0] - level if ends[0] > level else ends[1] - level


def _ends(figure: Figure) -> tuple[float, float] | None:
    if figure.low is None or figure.high is None:
        return None
    return float(figure.low), float(figure.high)


def _middle(figure: Figure) -> float | None:
    number: Number | None = figure.value if figure.value is not None else figure.middle
    return None if number is None else float(number)
