"""Chance: tails and exact intervals of the Poisson, binomial and t distributions, and many tests at once.

Written out here because the library has no other need of SciPy (about 100 MB installed). The regularised incomplete
gamma and beta functions are worked out by series and continued fractions (DLMF §8.7, §8.9 and §8.17.22); the tests hold
them against exact rational sums and published intervals. Arguments need not be whole, so that a count with more
variation than Poisson's can be divided by its dispersion.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence

_STEPS = 100_000
_EXACT = 1e-15
_TINY = 1e-300


def gamma_share(shape: float, value: float) -> float:
    """Return the regularised lower incomplete gamma function P(shape, value), between 0 and 1."""
    if value <= 0:
        return 0.0
    if shape <= 0:
        return 1.0
    scale = math.exp(shape * math.log(value) - value - math.lgamma(shape))
    if value < shape + 1:
        term = total = 1 / shape
        step = shape
        for _ in range(_STEPS):
            step += 1
            term *= value / step
            total += term
            if term < total * _EXACT:
                break
        return min(1.0, total * scale)
    return max(0.0, 1 - scale * _gamma_fraction(shape, value))


def _gamma_fraction(shape: float, value: float) -> float:
    """Return the continued fraction of the upper incomplete gamma function (DLMF 8.9.2), by Lentz' method."""
    below = value + 1 - shape
    over, under = 1 / _TINY, 1 / below
    found = under
    for step in range(1, _STEPS):
        part = -step * (step - shape)
        below += 2
        under = 1 / _not_zero(part * under + below)
        over = _not_zero(below + part / over)
        change = under * over
        found *= change
        if abs(change - 1) < _EXACT:
            break
    return found


def beta_share(one: float, other: float, value: float) -> float:
    """Return the regularised incomplete beta function I_value(one, other), between 0 and 1."""
    if value <= 0 or other <= 0:
        return 0.0
    if value >= 1 or one <= 0:
        return 1.0
    scale = math.exp(
        math.lgamma(one + other)
        - math.lgamma(one)
        - math.lgamma(other)
        + one * math.log(value)
        + other * math.log1p(-value)
    )
    if value < (one + 1) / (one + other + 2):
        return min(1.0, scale * _beta_fraction(one, other, value) / one)
    return max(0.0, 1 - scale * _beta_fraction(other, one, 1 - value) / other)


def _beta_fraction(one: float, other: float, value: float) -> float:
    """Return the continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz' method."""
    over, under = 1.0, 1 / _not_zero(1 - (one + other) * value / (one + 1))
    found = under
    for step in range(1, _STEPS):
        twice = one + 2 * step
        for part in (
            step * (other - step) * value / ((twice - 1) * twice),
            -(one + step) * (one + other + step) * value / (twice * (twice + 1)),
        ):
            under = 1 / _not_zero(1 + part * under)
            over = _not_zero(1 + part / over)
            found *= under * over
        if abs(under * over - 1) < _EXACT:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def poisson_at_most(count: float, mean: float) -> float:
    """Return the chance of ``count`` or fewer when ``mean`` are expected."""
    return 1 - gamma_share(count + 1, mean)


def poisson_at_least(count: float, mean: float) -> float:
    """Return the chance of ``count`` or more when ``mean`` are expected."""
    return 1.0 if count <= 0 else gamma_share(count, mean)


def binomial_at_most(count: float, of: float, share: float) -> float:
    """Return the chance of ``count`` or fewer among ``of`` when each counts with chance ``share``."""
    return 1.0 if count >= of else 1 - beta_share(count + 1, of - count, share)


def binomial_at_least(count: float, of: float, share: float) -> float:
    """Return the chance of ``count`` or more among ``of`` when each counts with chance ``share``."""
    return 1.0 if count <= 0 else beta_share(count, of - count + 1, share)


def two_sided(lower: float, upper: float) -> float:
    """Return the two-sided chance of something as far out: twice the smaller tail, at most 1."""
    return min(1.0, 2 * max(0.0, min(lower, upper)))


def t_two_sided(value: float, freedom: float) -> float:
    """Return the chance of a t at least as far from zero, with ``freedom`` degrees of freedom (DLMF 8.17.E2 ff.)."""
    return beta_share(freedom / 2, 0.5, freedom / (freedom + value * value))


def t_reach(level: float, freedom: float) -> float:
    """Return how far from zero t stays with chance ``level``."""
    return _reverse(lambda value: 1 - t_two_sided(value, freedom), level, 0.0, 1e6)


def poisson_interval(count: float, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval for the mean behind a count.

    Formula: the limits are the means whose tails at ``count`` are (1 - level) / 2 each; zero has the lower limit zero.
    Source: F. Garwood, «Fiducial limits for the Poisson distribution», Biometrika 28 (1936), 437-442.
    """
    tail = (1 - level) / 2
    most = 2 * (count + 10) + 40
    low = 0.0 if count <= 0 else _reverse(lambda mean: gamma_share(count, mean), tail, 0.0, most)
    return low, _reverse(lambda mean: gamma_share(count + 1, mean), 1 - tail, 0.0, most)


def binomial_interval(count: float, of: float, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval for the share behind ``count`` of ``of``.

    Formula: the limits are the shares whose tails at ``count`` are (1 - level) / 2 each.
    Source: C. J. Clopper and E. S. Pearson, «The use of confidence or fiducial limits illustrated in the case of the
    binomial», Biometrika 26 (1934), 404-413.
    """
    tail = (1 - level) / 2
    low = 0.0 if count <= 0 else _reverse(lambda share: beta_share(count, of - count + 1, share), tail, 0, 1)
    high = 1.0
    if count < of:
        high = _reverse(lambda share: beta_share(count + 1, of - count, share), 1 - tail, 0, 1)
    return low, high


def same_rate(counts: tuple[float, float], exposures: tuple[float, float]) -> float:
    """Return the two-sided chance of two counts as unlike when they have the same rate.

    Given their sum, the second is binomial with the second's part of the exposure (Przyborowski and Wilenski,
    «Homogeneity of results in testing samples from Poisson series», Biometrika 31 (1940), 313-323).
    """
    whole, part = counts[0] + counts[1], exposures[1] / (exposures[0] + exposures[1])
    if whole <= 0:
        return 1.0
    return two_sided(binomial_at_most(counts[1], whole, part), binomial_at_least(counts[1], whole, part))


def rate_ratio_interval(
    counts: tuple[float, float], exposures: tuple[float, float], level: float = 0.95
) -> tuple[float, float]:
    """Return the exact interval for the second rate divided by the first, from :func:`same_rate`'s binomial."""
    low, high = binomial_interval(counts[1], counts[0] + counts[1], level)
    scale = exposures[0] / exposures[1]
    return low / (1 - low) * scale, (math.inf if high >= 1 else high / (1 - high) * scale)


def adjusted(chances: Sequence[float]) -> tuple[float, ...]:
    """Return each chance adjusted for all being looked at together, in the same order.

    The least of chance x number / rank over itself and those larger: rejecting where this is at most q keeps the expected
    share of false ones at q or less. Source: Y. Benjamini and Y. Hochberg, «Controlling the false discovery rate»,
    Journal of the Royal Statistical Society B 57 (1995), 289-300.
    """
    order = sorted(range(len(chances)), key=lambda place: chances[place], reverse=True)
    found = [1.0] * len(chances)
    least = 1.0
    for behind, place in enumerate(order):
        least = min(least, chances[place] * len(chances) / (len(chances) - behind))
        found[place] = least
    return tuple(found)


def _reverse(function: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Return where a growing function reaches ``wanted`` between two limits, to about the last digit of a float.

    Halves the interval where the function is crooked, and goes by a curve through three points where it is not: T. R.
    Chandrupatla, «A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without using
    derivatives», Advances in Engineering Software 28 (1997), 145-149.
    """
    here, there = low, high
    at_here, at_there = function(low) - wanted, function(high) - wanted
    if at_here >= 0:
        return low
    if at_there <= 0:
        return high
    step = 0.5
    while True:
        now = here + step * (there - here)
        at_now = function(now) - wanted
        if (at_now > 0) == (at_here > 0):
            third, at_third = here, at_here
        else:
            third, at_third = there, at_there
            there, at_there = here, at_here
        here, at_here = now, at_now
        best, at_best = (here, at_here) if abs(at_here) < abs(at_there) else (there, at_there)
        near = (4 * sys.float_info.epsilon * abs(best) + sys.float_info.min) / abs(there - here)
        if near > 0.5 or at_best == 0:
            return best
        step = min(1 - near, max(near, _curved((here, at_here), (there, at_there), (third, at_third))))


def _curved(one: tuple[float, float], two: tuple[float, float], three: tuple[float, float]) -> float:
    """Return how far from the first point towards the second a curve through three points is zero; half, where it is crooked."""
    (x1, f1), (x2, f2), (x3, f3) = one, two, three
    if f3 in (f1, f2):
        return 0.5
    across, up = (x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)
    if up**2 >= across or (1 - up) ** 2 >= 1 - across:
        return 0.5
    return f1 / (f2 - f1) * f3 / (f2 - f3) + (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f3 - f2)
