"""What can be said of the change in a series: whether it is beyond what chance and small numbers make of themselves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from fotfeste.statistics.figure import Figure, ratio, total
from fotfeste.statistics.series.chance import adjusted, rate_ratio_interval, same_rate, t_reach, t_two_sided
from fotfeste.statistics.series.noise import dispersion, step_variance
from fotfeste.statistics.series.trend_rule import TrendRule, trend_rule
from fotfeste.statistics.series.values import Behaviour, Break, Point, Series

SPLIT = "municipality_split"
"""The break that, when it holds for a whole series, makes all of its figures estimates."""


class Verdict(StrEnum):
    """What is said of a change."""

    ROSE = "rose"
    FELL = "fell"
    AS_BEFORE = "as_before"
    """The whole interval of the change is small."""
    UNSTEADY = "unsteady"
    """Neither a change nor its absence can be told from the variation between years."""
    TOO_SMALL = "too_small"
    """The numbers are too small to say anything."""
    DECIDED = "decided"
    """Somebody decided the numbers; they are put beside each other and nothing is concluded."""
    UNTOLD = "untold"
    """Too few years without a break, or figures that are hidden or unknown."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A change and what is said of it.

    ``before`` is the figure it is measured from: the first year's (``since`` = ``until``), or, for events, the mean of
    the years ``since``-``until``. ``change`` is the newest divided by it, less one, with the ``interval`` of that.
    ``chance`` is the two-sided chance of as large a change from variation alone, ``adjusted`` that for all the changes
    looked at together. ``noise`` is the dispersion (events) or the standard deviation of a year's step (stock).
    ``years`` is how many went in; ``cut_by`` the break that the run begins at.
    """

    series: Series
    verdict: Verdict
    newest: Point | None = None
    before: Figure | None = None
    since: int = 0
    until: int = 0
    change: float | None = None
    interval: tuple[float, float] | None = None
    chance: float = 1.0
    adjusted: float = 1.0
    noise: float | None = None
    years: int = 0
    cut_by: Break | None = None


def trends_of(
    several: Sequence[tuple[Series, Sequence[Series]]], rule: TrendRule | None = None
) -> tuple[Trend, ...]:
    """Return what can be said of each series, all looked at together, in the same order.

    Each series comes with the same indicator's in the places alike, which tell how much such figures vary. Changes are
    adjusted for how many are looked at (Benjamini and Hochberg), so give all that one document tells in one call.
    """
    limits = rule or trend_rule()
    found = [_measured(one, alike, limits) for one, alike in several]
    tested = [place for place, one in enumerate(found) if one.interval is not None]
    chances = adjusted([found[place].chance for place in tested])
    for place, chance in zip(tested, chances, strict=True):
        found[place] = _judged(replace(found[place], adjusted=chance), limits)
    return tuple(found)


def _judged(one: Trend, rule: TrendRule) -> Trend:
    """Return a trend with the words its adjusted chance allows."""
    limits = rule.events if one.series.behaviour is Behaviour.EVENTS else rule.stock
    if one.change is None or one.interval is None or one.verdict is Verdict.TOO_SMALL:
        return one
    if one.adjusted <= rule.false_share and abs(one.change) >= limits.smallest_change:
        return replace(one, verdict=Verdict.ROSE if one.change > 0 else Verdict.FELL)
    if max(abs(end) for end in one.interval) <= limits.as_before_within:
        return replace(one, verdict=Verdict.AS_BEFORE)
    return replace(one, verdict=Verdict.UNSTEADY)


def _measured(series: Series, alike: Sequence[Series], rule: TrendRule) -> Trend:
    run = series.newest_run
    cut = next((one for one in series.parting if run and one.between and one.between[1] == run[0].when), None)
    guessed = next((one for one in series.breaks if one.id == SPLIT and one.between is None), None)
    untold = Trend(series, Verdict.UNTOLD, run[-1] if run else None, cut_by=guessed or cut, years=len(run))
    if guessed is not None:
        return untold
    if series.behaviour is Behaviour.EVENTS:
        return _events(untold, run[-rule.events.window :], alike, rule)
    if series.behaviour is Behaviour.STOCK:
        return _stock(untold, run[-rule.stock.window :], rule)
    known = [one for one in run if one.figure.value is not None]
    if series.behaviour is Behaviour.DECISION and known and known[-1] is run[-1]:
        before = known[-2] if len(known) > 1 and known[-2].year == known[-1].year - 1 else None
        if before is None or before.figure.value is None:
            return replace(untold, verdict=Verdict.DECIDED)
        return replace(
            untold,
            verdict=Verdict.DECIDED,
            before=before.figure,
            since=before.year,
            until=before.year,
        )
    return untold


def _events(untold: Trend, run: Sequence[Point], alike: Sequence[Series], rule: TrendRule) -> Trend:
    """Compare the newest year's events with those of the years before: two Poisson counts, given their sum."""
    limits = rule.events
    whole = [one for one in run if _ends(one.count) is not None and _exposure(one) > 0]
    if len(whole) < limits.least_years or not run or whole[-1] is not run[-1]:
        return untold
    newest, earlier = whole[-1], whole[:-1]
    ends = [_ends(one.count) or (0.0, 0.0) for one in earlier]
    before_low, before_high = sum(low for low, _ in ends), sum(high for _, high in ends)
    now_low, now_high = _ends(newest.count) or (0.0, 0.0)
    exposures = (sum(_exposure(one) for one in earlier), _exposure(newest))
    per_year = exposures[1] / exposures[0]
    spread = dispersion(rows_of((untold.series, *alike), [one.when for one in whole]))
    told = replace(
        untold,
        newest=newest,
        before=_mean(earlier, untold.series.per),
        since=earlier[0].year,
        until=earlier[-1].year,
        noise=spread,
        years=len(whole),
    )
    if max(now_high, before_high * per_year) < limits.least_count:
        return replace(told, verdict=Verdict.TOO_SMALL)
    middle_now, middle_before = (now_low + now_high) / 2, (before_low + before_high) / 2
    if middle_before <= 0:
        return replace(told, verdict=Verdict.UNTOLD)
    change = middle_now / middle_before / per_year - 1
    nearest = (before_high, now_low) if change > 0 else (before_low, now_high)
    crossed = (nearest[1] / max(nearest[0], 1e-9) / per_year - 1) * change <= 0
    scaled = (nearest[0] / spread, nearest[1] / spread)
    low, _ = rate_ratio_interval((before_high / spread, now_low / spread), exposures, rule.level)
    _, high = rate_ratio_interval((before_low / spread, now_high / spread), exposures, rule.level)
    return replace(
        told,
        verdict=Verdict.UNSTEADY,
        change=change,
        interval=(low - 1, high - 1),
        chance=1.0 if crossed else same_rate(scaled, exposures),
    )


def _stock(untold: Trend, run: Sequence[Point], rule: TrendRule) -> Trend:
    """Hold the whole change against what the single years' steps vary (Student's t).

    Register totals are complete: what is random is who happened to come and go in each year. The variance of a step is
    never taken as less than its mean size in people, since the variance of arrivals less departures is at least the
    difference of their means (J. G. Skellam, «The frequency distribution of the difference between two Poisson variates
    belonging to different populations», Journal of the Royal Statistical Society 109 (1946), 296).
    """
    limits = rule.stock
    kept = _together(run, limits.widest_bounds)
    if len(kept) < limits.least_years or not run or kept[-1] is not run[-1]:
        return untold
    first, newest = kept[0], kept[-1]
    values = [_middle(one.figure) for one in kept]
    steps = [later - one for one, later in pairwise(values)]
    number, whole = len(steps), values[-1] - values[0]
    unit = 1.0
    if newest.base is not None:
        unit = untold.series.per * number / sum(_exposure(one) for one in kept[1:])
    square, freedom = step_variance(steps)
    square = max(square, abs(whole / number) * unit)
    error = math.sqrt(number * square)
    told = replace(
        untold,
        newest=newest,
        before=first.figure,
        since=first.year,
        until=first.year,
        noise=math.sqrt(square),
        years=len(kept),
    )
    counted = [ends[1] for one in kept if (ends := _ends(one.count)) is not None]
    if max(counted, default=0.0) < limits.least_count:
        return replace(told, verdict=Verdict.TOO_SMALL)
    if values[0] <= 0:
        return told
    room = (_width(first.figure) + _width(newest.figure)) / 2
    sure = math.copysign(max(0.0, abs(whole) - room), whole)
    reach = t_reach(rule.level, freedom) * error + room
    return replace(
        told,
        verdict=Verdict.UNSTEADY,
        change=whole / values[0],
        interval=((whole - reach) / values[0], (whole + reach) / values[0]),
        chance=1.0 if sure == 0 else t_two_sided(sure / error, freedom),
    )


def _together(run: Sequence[Point], widest: float) -> list[Point]:
    """Return the newest points that have a number, or bounds as good as one, every year of them."""
    kept: list[Point] = []
    for point in reversed(run):
        ends = _ends(point.figure)
        if ends is None or (kept and kept[-1].year != point.year + 1):
            break
        if ends[1] - ends[0] > widest * abs(ends[0] + ends[1]) / 2 and point.figure.value is None:
            break
        kept.append(point)
    return kept[::-1]


def _middle(figure: Figure) -> float:
    if figure.value is not None:
        return float(figure.value)
    low, high = _ends(figure) or (0.0, 0.0)
    return (low + high) / 2


def rows_of(several: Sequence[Series], times: Sequence[tuple[int, int]]) -> list[list[float]]:
    """Return the counts of each place for the same years, a hidden one as the middle of its bounds."""
    rows = []
    for series in several:
        ends = [None if (point := series.at(when)) is None else _ends(point.count) for when in times]
        if all(one is not None for one in ends):
            rows.append([(one[0] + one[1]) / 2 for one in ends if one is not None])
    return rows


def _ends(figure: Figure) -> tuple[float, float] | None:
    if figure.low is None or figure.high is None:
        return None
    return float(figure.low), float(figure.high)


def _width(figure: Figure) -> float:
    ends = _ends(figure)
    return 0.0 if ends is None else ends[1] - ends[0]


def _exposure(point: Point) -> float:
    """Return what a count is of: its base, or one year where it has none."""
    return 1.0 if point.base is None else float(point.base.value or 0)


def _mean(points: Sequence[Point], per: int) -> Figure:
    """Return the mean count of several years, or their rate together, with bounds where a year is hidden."""
    whole = total(one.count for one in points)
    bases = [one.base for one in points if one.base is not None]
    return ratio(whole, total(bases)).times(per) if bases else whole.times(Fraction(1, len(points)))
