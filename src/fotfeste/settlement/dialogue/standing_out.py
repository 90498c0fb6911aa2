"""Where a municipality stands out from its county and from those alike, by one stated rule for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.settlement.dialogue.questions import DialogueForm, OutLimit, Side
from fotfeste.settlement.facts import Compared
from fotfeste.statistics.figure import Number


@dataclass(frozen=True, slots=True)
class StandingOut:
    """An indicator that lies apart, on which side, and how many times the limit (1 is just at it)."""

    compared: Compared
    side: Side
    times: Fraction


def standing_out(indicators: Sequence[Compared], form: DialogueForm) -> tuple[StandingOut, ...]:
    """Return the indicators that stand out, those furthest beyond their limit first, at most as many as the form says.

    An indicator stands out when it lies at least its limit above, or below, both the county and the median of the
    municipalities alike. A figure that is hidden or lacking never does.
    """
    limits = {one.indicator: one for one in form.standing_out}
    found = [
        out
        for one in indicators
        if one.indicator in limits and (out := stands_out(one, limits[one.indicator])) is not None
    ]
    places = {one.indicator: place for place, one in enumerate(indicators)}
    found.sort(key=lambda out: (-out.times, places[out.compared.indicator]))
    return tuple(found[: form.most_standing_out])


def stands_out(one: Compared, limit: OutLimit) -> StandingOut | None:
    """Return how an indicator stands out by ``limit``, or ``None``; where another is hidden, its bounds decide."""
    if one.own.value is None:
        return None
    own, others = Fraction(one.own.value), (one.county, one.alike)
    above = [_distance(own, other.high, limit) for other in others]
    below = [_distance(own, other.low, limit) for other in others]
    if all(part is not None and part >= 1 for part in above):
        return StandingOut(one, "above", min(part for part in above if part is not None))
    if all(part is not None and part <= -1 for part in below):
        return StandingOut(one, "below", -max(part for part in below if part is not None))
    return None


def _distance(own: Fraction, other: Number | None, limit: OutLimit) -> Fraction | None:
    """Return how many limits ``own`` lies above (below: negative) ``other``; ``None`` where that has no meaning."""
    if other is None:
        return None
    if limit.by == "points":
        return (own - other) / limit.limit
    return None if other <= 0 else (own - other) / other / limit.limit
