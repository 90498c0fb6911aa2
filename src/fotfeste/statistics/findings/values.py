"""Values of comparisons and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from fotfeste.messages import Translated
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.indicators import Indicator


class Model(StrEnum):
    """What is random in a figure (docs/method/findings.md)."""

    SHARE = "share"
    """Each of the base counts or not: binomial."""
    EVENTS = "events"
    """People come one by one or in families: Poisson."""
    CHANGE = "change"
    """Arrivals less departures over some years."""
    PUBLISHED = "published"
    """The source, or the one who brought the figure, says how uncertain it is."""
    NONE = "none"
    """Nothing is known of it; nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Noise:
    """The randomness of one figure.

    ``base`` is how many people it is of, ``per`` 1 or 1 000, ``factor`` the variance against people who come and go
    singly, ``size`` the standard deviation that is published, in the figure's own unit.
    """

    model: Model
    base: float = 0.0
    per: int = 1
    factor: float = 1.0
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One indicator of one place beside those alike, as it may be shown; what comparisons are made of.

    ``alike`` are the figures of those alike by place; ``larger`` those of county and country by place (``40``, ``0``).
    """

    indicator: Indicator
    theme: str
    period: str
    own: Figure
    alike: Mapping[str, Figure]
    larger: Mapping[str, Figure]
    noise: Noise


class Verdict(StrEnum):
    """How a figure stands beside another."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_APART = "not_apart"
    """The difference may be chance."""
    UNTOLD = "untold"
    """Hidden, unknown, or nothing known of the noise."""


@dataclass(frozen=True, slots=True)
class Against:
    """A figure beside another: the other place, its figure, and whether the difference is beyond the noise."""

    place: str
    figure: Figure
    verdict: Verdict
    chance: float = 1.0
    adjusted: float = 1.0


@dataclass(frozen=True, slots=True)
class Alike:
    """Those alike: how many have a figure, their median, quartiles and spread (robust standard deviation)."""

    known: int
    median: Fraction
    lower: Fraction
    upper: Fraction
    spread: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator of one place beside those alike, the county and the country.

    ``distance`` is from the median of those alike, in units of their spread and the noise together; ``deviation`` is the
    noise of the own figure. ``open_to_chance`` when it rests on so few that its exact interval is wide.
    """

    candidate: Candidate
    alike: Alike | None
    beside_alike: Against | None
    larger: tuple[Against, ...]
    distance: float = 0.0
    deviation: float = 0.0
    interval: tuple[float, float] | None = None
    open_to_chance: bool = False


@dataclass(frozen=True, slots=True)
class Replacement:
    """Somebody's choice of another finding, with the reason; a part of what the document is made from."""

    indicator: str
    by: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that a knowledge base opens with, and why it was chosen.

    ``place_in_order`` is where it came among the ``of`` that lie beyond the noise and far enough away (1: farthest from those
    alike); 0 when it is not among them, and only follows them, or was put there by ``replaced``. ``silent`` is what it does not say; ``beside`` the indicators to read with it.
    """

    comparison: Comparison
    place_in_order: int
    of: int
    silent: tuple[Translated, ...] = ()
    beside: tuple[str, ...] = ()
    replaced: Replacement | None = None

    @property
    def indicator(self) -> Indicator:
        """Return the indicator."""
        return self.comparison.candidate.indicator

    @property
    def clear(self) -> bool:
        """Whether it lies beyond the noise from those alike."""
        return self.verdict in (Verdict.HIGHER, Verdict.LOWER)

    @property
    def verdict(self) -> Verdict:
        """Return whether it is higher or lower than among those alike, or not apart from them."""
        beside = self.comparison.beside_alike
        return Verdict.UNTOLD if beside is None else beside.verdict
