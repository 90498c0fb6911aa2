"""Series: an indicator of one place from year to year, as it may be shown, with its breaks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from fotfeste.errors import DataMissing
from fotfeste.messages import msg
from fotfeste.statistics.disclosure import disclose
from fotfeste.statistics.figure import Figure, ratio
from fotfeste.statistics.history import SETTLEMENT
from fotfeste.statistics.indicators import Indicator, load_catalogue
from fotfeste.statistics.series.counts import COUNTRY, YearlyCounts
from fotfeste.statistics.series.declared import (
    DeclaredBreak,
    DeclaredSeries,
    Part,
    declared_breaks,
    declared_series,
)
from fotfeste.statistics.series.values import Break, Point, Series, When

STATUS_MEASURE = "settled"


def has_series(indicator: str) -> bool:
    """Whether an indicator has figures of several years."""
    return indicator in declared_series()


def series_of(counts: YearlyCounts, indicator: str, place: str) -> Series:
    """Return an indicator of a place from year to year, in the borders of today, after disclosure control.

    ``place`` is the number of a municipality (four digits) or county (two), or ``0`` for the country; a county's and
    the country's figures are made of summed counts. Years without any figure are left out. A rate per thousand has
    the population of its own year as base. Raises :class:`DataMissing` when the indicator has no such figures, or the
    place does not exist.
    """
    declared = declared_series().get(indicator)
    if declared is None or indicator not in load_catalogue():
        raise DataMissing(
            "series.none",
            msg("«{indicator}» har ikke tall for flere år.", indicator=indicator),
            remedy=msg("Velg blant: {known}.", known=", ".join(declared_series())),
        )
    codes = counts.inside(place)
    if not codes:
        raise DataMissing("series.place", msg("Stedet «{place}» finnes ikke.", place=place))
    points = tuple(_points(counts, declared, load_catalogue()[indicator], codes))
    return Series(
        indicator,
        declared.name,
        place,
        declared.behaviour,
        points,
        tuple(_breaks(counts, declared, place, codes, points)),
        declared.datasets,
        declared.per,
    )


def _points(
    counts: YearlyCounts, declared: DeclaredSeries, indicator: Indicator, codes: Sequence[str]
) -> Iterator[Point]:
    for when, part in _times(counts, declared):
        count = counts.count(part, when, codes)
        if declared.less is not None:
            count = count.minus(counts.count(declared.less, when, codes))
        base = None if declared.base is None else _base(counts, declared.base, when, codes)
        figure = count if base is None else ratio(count, base).times(declared.per)
        figure = disclose(figure, indicator, base, None if base is None else count)
        if figure.low is None and figure.high is None and base is not None:
            count = Figure.missing()
        settled = declared.count == Part(SETTLEMENT, (("measure", STATUS_MEASURE),))
        status = counts.statuses.get(when[0]) if settled else None
        status = status or _status_of_decision(counts, declared, when)
        yield Point(when, figure, count, base, status)


def _times(counts: YearlyCounts, declared: DeclaredSeries) -> Iterator[tuple[When, Part]]:
    """Return the times of a series, each with what is counted then."""
    times = counts.times(declared.count)
    yield from ((when, declared.count) for when in times)
    if declared.then is not None and declared.then.dataset in counts.store.versions:
        later = (when for when in counts.times(declared.then) if not times or when > times[-1])
        yield from ((when, declared.then) for when in later)


def _status_of_decision(counts: YearlyCounts, declared: DeclaredSeries, when: When) -> str | None:
    """Return the date where requests and decisions stand beside a settled that is a status of the newest year."""
    if declared.count.dataset != SETTLEMENT or not counts.statuses:
        return None
    newest = max(counts.statuses)
    return counts.statuses[newest] if when[0] == newest else None


def _base(counts: YearlyCounts, part: Part, when: When, codes: Sequence[str]) -> Figure:
    """Return the base on 1 January of the year, or of the newest year before it that is known."""
    years = [one for one in counts.times(part) if one[0] <= when[0]]
    return counts.count(part, max(years), codes) if years else Figure.missing()


def _breaks(
    counts: YearlyCounts,
    declared: DeclaredSeries,
    place: str,
    codes: Sequence[str],
    points: Sequence[Point],
) -> Iterator[Break]:
    pairs = [(one.when, other.when) for one, other in itertools.pairwise(points)]
    for one in declared_breaks():
        if not one.concerns(declared):
            continue
        if one.throughout:
            yield _made(one, None)
            continue
        found = list(_where(one, counts, place, codes, points, pairs))
        for before, after in found:
            yield _made(one, (before, after))
        if one.rule == "split" and not found and points and divided(counts, codes, points[-1].year):
            yield _made(one, None)


def _where(
    one: DeclaredBreak,
    counts: YearlyCounts,
    place: str,
    codes: Sequence[str],
    points: Sequence[Point],
    pairs: Iterable[tuple[When, When]],
) -> Iterator[tuple[When, When]]:
    """Return the neighbouring points that a declared break lies between."""
    statuses = {point.when for point in points if point.status is not None}
    for before, after in pairs:
        if one.rule == "status":
            hit = (before in statuses) != (after in statuses)
        elif one.rule and place != COUNTRY:
            hit = before[0] != after[0] and changed(one.rule, counts, codes, before[0], after[0])
        else:
            hit = any(before < end <= after for _, end in one.between)
        if hit:
            yield before, after


def changed(rule: str, counts: YearlyCounts, codes: Sequence[str], before: int, after: int) -> bool:
    """Whether a place was made of other municipalities before: parts of one divided, or several merged.

    ``codes`` are the municipalities of today that the place has. A division between two of them changes nothing for it.
    """
    if rule == "merged":
        return len(origins(counts, codes, before)) > len(origins(counts, codes, after))
    return divided(counts, codes, before) and not divided(counts, codes, after)


def divided(counts: YearlyCounts, codes: Sequence[str], year: int) -> bool:
    """Whether some of a place's municipalities of ``year`` have since been shared with other places."""
    chosen = set(codes)
    return any(not chosen >= counts.borders.shares(one, year).keys() for one in origins(counts, codes, year))


def origins(counts: YearlyCounts, codes: Sequence[str], year: int) -> set[str]:
    """Return the municipalities of ``year`` that a place of today has its people from."""
    return {origin for code in codes for origin in counts.origins(code, year)}


def _made(one: DeclaredBreak, between: tuple[When, When] | None) -> Break:
    return Break(one.id, one.kind, one.why, one.source, one.bridged, between)
