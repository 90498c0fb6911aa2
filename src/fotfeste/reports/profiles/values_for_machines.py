"""Figures for the API: exact numbers as text, marks as words."""

from __future__ import annotations

from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.values import IndicatorValue, MarkWord, Place
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.publishing.numbers import decimal_text

__all__ = ["MARK_WORDS", "bounds", "decimal_text", "indicator_values", "value_of"]

MARK_WORDS: dict[Mark, MarkWord] = {
    Mark.OBSERVED: "observed",
    Mark.MISSING: "missing",
    Mark.NOT_ASKED: "not_asked",
    Mark.SUPPRESSED: "suppressed",
}


def indicator_values(knowledge: Knowledge, indicator: str) -> tuple[IndicatorValue, ...]:
    """Return the figures of an indicator for the country, every county and every municipality, in that order.

    Raises :class:`~fotfeste.errors.InputError` for an unknown indicator.
    """
    found = knowledge.indicator(indicator).id
    return tuple(value_of(knowledge, found, place) for place in knowledge.places.values())


def value_of(knowledge: Knowledge, indicator: str, place: Place) -> IndicatorValue:
    """Return the figure of a known indicator for one place."""
    public = knowledge.figure(indicator, place)
    low, high = bounds(public.figure)
    return IndicatorValue(
        place.code,
        place.name,
        place.kind,
        decimal_text(public.figure.value),
        MARK_WORDS[public.figure.mark],
        low,
        high,
        public.figure.estimated,
        public.few,
        knowledge.period(indicator),
    )


def bounds(figure: Figure) -> tuple[str | None, str | None]:
    """Return the bounds of a suppressed figure as decimal text; others have none to tell."""
    if figure.mark is not Mark.SUPPRESSED:
        return None, None
    return decimal_text(figure.low), decimal_text(figure.high)
