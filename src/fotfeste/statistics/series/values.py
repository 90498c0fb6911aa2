"""Values of a series: its points, the breaks in it, and the runs between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fotfeste.messages import Message, Translated
from fotfeste.statistics.figure import Figure

When = tuple[int, int]
"""A year and a month; the month is 0 for a whole year."""


class Behaviour(StrEnum):
    """What moves a series from year to year, and so which chance it is held against (docs/method/findings.md)."""

    EVENTS = "events"
    """New events every year: settled persons. Poisson, with the dispersion of those alike."""
    STOCK = "stock"
    """Mostly the same people as the year before: inhabitants. Own steps from year to year."""
    DECISION = "decision"
    """Somebody decided the number; chance has no part in it."""
    MONTHS = "months"
    """Months of a year, with the seasons in them: shown, never called a trend."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series as it may be shown; ``count`` and ``base`` are what a rate is made of, shown alike.

    ``status`` is the ISO date of a figure for a year that had not ended, otherwise ``None``.
    """

    when: When
    figure: Figure
    count: Figure
    base: Figure | None = None
    status: str | None = None

    @property
    def year(self) -> int:
        """Return the year the figure is about."""
        return self.when[0]


@dataclass(frozen=True, slots=True)
class Break:
    """Where, and why, the figures before and after do not say the same.

    ``between`` holds the last point before and the first after; ``None`` when it holds for the whole series. A break
    that is not ``bridged`` parts the series: no change is worked out across it. ``source`` is who says so.
    """

    id: str
    kind: str
    why: Translated | Message
    source: str
    bridged: bool
    between: tuple[When, When] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator of one place from time to time, oldest first, in the borders of today.

    ``place`` is the number of a municipality (four digits) or county (two), or ``0`` for the country.
    ``datasets`` are what the points are made of; ``per`` is 1, or 1 000 for a rate per thousand.
    """

    indicator: str
    name: Translated
    place: str
    behaviour: Behaviour
    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()
    datasets: tuple[str, ...] = ()
    per: int = 1

    @property
    def parting(self) -> tuple[Break, ...]:
        """Return the breaks that part the series."""
        return tuple(one for one in self.breaks if one.between is not None and not one.bridged)

    @property
    def runs(self) -> tuple[tuple[Point, ...], ...]:
        """Return the points between the breaks that part the series, oldest run first."""
        ends = [one.between[1] for one in self.parting if one.between is not None]
        found: list[list[Point]] = []
        before: When | None = None
        for point in self.points:
            last = before
            if last is None or any(last < end <= point.when for end in ends):
                found.append([])
            found[-1].append(point)
            before = point.when
        return tuple(tuple(run) for run in found)

    @property
    def newest_run(self) -> tuple[Point, ...]:
        """Return the newest run that has whole years, without statuses; empty when there is none."""
        for run in reversed(self.runs):
            whole = tuple(one for one in run if one.status is None)
            if whole:
                return whole
        return ()

    def at(self, when: When | int) -> Point | None:
        """Return the point of a time (a year, or a year and a month)."""
        wanted = (when, 0) if isinstance(when, int) else when
        return next((one for one in self.points if one.when == wanted), None)
