"""How far a figure may lie from what is usual by chance alone: exact for counted people, normal where a size is published."""

from __future__ import annotations

import math

from fotfeste.statistics.figure import Figure
from fotfeste.statistics.findings.values import Model, Noise
from fotfeste.statistics.series.chance import (
    binomial_at_least,
    binomial_at_most,
    binomial_interval,
    poisson_at_least,
    poisson_at_most,
    poisson_interval,
    two_sided,
)


def deviation(noise: Noise, expected: float) -> float:
    """Return the standard deviation of a figure when ``expected`` is its true level."""
    return math.sqrt(_single(noise, expected) * noise.factor)


def _single(noise: Noise, expected: float) -> float:
    """Return the variance if people came and went singly."""
    match noise.model:
        case Model.SHARE:
            level = _inside(noise, expected)
            return level * (1 - level) / noise.base
        case Model.EVENTS:
            return max(expected, 0.5 * noise.per / noise.base) * noise.per / noise.base
        case Model.CHANGE:
            return noise.size * noise.per**2 / noise.base
        case Model.PUBLISHED:
            return noise.size**2
        case Model.NONE:
            return 0.0


def _inside(noise: Noise, expected: float) -> float:
    """Return a share that is neither none nor all: at least half a person from either."""
    half = 0.5 / noise.base
    return min(max(expected, half), 1 - half)


def chance_of(own: Figure, expected: float, noise: Noise, *, uncertain: float = 0.0) -> float:
    """Return the two-sided chance of a figure as far from ``expected``, when that is its true level.

    ``uncertain`` is the variance of ``expected`` itself. Counted people: exact binomial or Poisson tails, the count
    divided by how many times more it varies than singles would. A figure with bounds is taken at the end nearest to
    ``expected``; one that spans it has the chance 1.
    """
    if own.low is None or own.high is None or noise.model is Model.NONE:
        return 1.0
    low, high = float(own.low), float(own.high)
    if low <= expected <= high:
        return 1.0
    value = low if low > expected else high
    single = _single(noise, expected)
    if single <= 0 and uncertain <= 0:
        return 0.0
    if noise.model is Model.SHARE:
        level, of = _inside(noise, expected), noise.base / (noise.factor + uncertain / single)
        count = min(max(value, 0.0), 1.0) * of
        return two_sided(binomial_at_most(count, of, level), binomial_at_least(count, of, level))
    if noise.model is Model.EVENTS:
        factor = noise.factor + uncertain / single
        count = value * noise.base / noise.per / factor
        mean = max(expected * noise.base / noise.per, 0.5) / factor
        return two_sided(poisson_at_most(count, mean), poisson_at_least(count, mean))
    away = abs(value - expected) / math.sqrt(single * noise.factor + uncertain)
    return math.erfc(away / math.sqrt(2))


def interval(own: Figure, noise: Noise, level: float) -> tuple[float, float] | None:
    """Return the exact interval of a share or rate of counted people; ``None`` where it is not one."""
    if own.low is None or own.high is None or noise.model not in (Model.SHARE, Model.EVENTS):
        return None
    of = noise.base / noise.factor
    if noise.model is Model.SHARE:
        low, high = max(0.0, float(own.low)), min(1.0, float(own.high))
        return binomial_interval(low * of, of, level)[0], binomial_interval(high * of, of, level)[1]
    scale = noise.per / of
    return (
        poisson_interval(float(own.low) / scale, level)[0] * scale,
        poisson_interval(float(own.high) / scale, level)[1] * scale,
    )
