"""The few figures that stand beside every number: last year's, and persons per 1 000 inhabitants."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.result import MunicipalityResult, Recommendation
from fotfeste.statistics.figure import Figure, ratio


def last_year(recommendation: Recommendation) -> int:
    """Return the newest year of settlement figures before the year of the recommendation."""
    year = recommendation.request.year
    return max((one.year for one in recommendation.county.history if one.year < year), default=year - 1)


def figures_of(history: Sequence[YearFigures], year: int) -> YearFigures:
    """Return the figures of ``year``, all missing when there is no row."""
    gap = Figure.missing()
    return next((one for one in history if one.year == year), YearFigures(year, gap, gap, gap))


def per_thousand(persons: int, population: Figure) -> Figure:
    """Return ``persons`` per 1 000 inhabitants."""
    return ratio(Figure.observed(persons * 1000), population)


def rules_effect(result: MunicipalityResult) -> int:
    """Return the whole persons that all rules together gave (above zero) or took (below)."""
    explanation = result.explanation
    return sum(effect.persons for effect in explanation.rule_effects) + explanation.interaction
