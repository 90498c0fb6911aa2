"""A place beside those alike, its county and the country: which differences are larger than chance makes, judged together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.values import Place
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.findings.comparing import compared
from fotfeste.statistics.findings.gathering import alike_places, candidates_of
from fotfeste.statistics.findings.rule import FindingRule, finding_rule
from fotfeste.statistics.findings.values import Candidate, Comparison
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.series.trends import Trend, trends_of
from fotfeste.statistics.series.values import Behaviour, Series
from fotfeste.statistics.series.yearly import has_series, series_of

COMPARED = ("share", "per_100", "per_1000", "index")
"""Kinds of indicators that are put beside those alike; only those whose noise is known are judged."""


def comparisons(knowledge: Knowledge, place: Place) -> Mapping[str, Comparison]:
    """Return each share, rate and index of a place beside the others, by indicator; all of them judged together.

    The same figures and the same rule as in the document (``fotfeste.reports.knowledge_base``), from figures that the
    pages have worked out already. Kept with ``knowledge``.
    """
    key = ("comparisons", place.code)
    if key not in knowledge.remembered:
        rule = finding_rule()
        found = compared(_candidates(knowledge, place, rule), rule)
        knowledge.remembered[key] = {one.candidate.indicator.id: one for one in found}
    return cast("Mapping[str, Comparison]", knowledge.remembered[key])


def _candidates(knowledge: Knowledge, place: Place, rule: FindingRule) -> tuple[Candidate, ...]:
    def shown(one: Indicator, code: str) -> Figure:
        return knowledge.figure(one.id, knowledge.places[code]).figure

    wanted = [one.id for one in knowledge.indicators if one.kind in COMPARED]
    return candidates_of(knowledge.facts, knowledge.counts, place.code, rule, wanted, shown)


def series(knowledge: Knowledge, indicator: str, code: str) -> Series:
    """Return an indicator of a place from year to year; kept with ``knowledge``."""
    key = ("series", indicator, code)
    if key not in knowledge.remembered:
        knowledge.remembered[key] = series_of(knowledge.counts, indicator, code)
    return cast(Series, knowledge.remembered[key])


def trends(knowledge: Knowledge, place: Place) -> Mapping[str, Trend]:
    """Return what can be said of each indicator's change in a place, by indicator, all looked at together; kept."""
    key = ("trends", place.code)
    if key not in knowledge.remembered:
        alike = alike_places(knowledge.counts, place.code, finding_rule())
        followed = [one.id for one in knowledge.catalogue if has_series(one.id)]
        several = []
        for name in followed:
            own = series(knowledge, name, place.code)
            beside = alike if own.behaviour is Behaviour.EVENTS else ()
            several.append((own, [series(knowledge, name, one) for one in beside]))
        knowledge.remembered[key] = {one.series.indicator: one for one in trends_of(several)}
    return cast("Mapping[str, Trend]", knowledge.remembered[key])


def read_ahead(knowledge: Knowledge) -> None:
    """Read now what the first page about differences and changes would otherwise wait for; takes about a second."""
    comparisons(knowledge, knowledge.country)
    trends(knowledge, knowledge.country)
