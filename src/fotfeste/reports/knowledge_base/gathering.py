"""Gather what a knowledge base is made of: compared, followed over time and judged, all together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.reports.knowledge_base.values import Gathered
from fotfeste.reports.profiles.knowledge import Knowledge, open_knowledge
from fotfeste.reports.profiles.values import Place
from fotfeste.statistics.findings.choosing import findings_among, unused
from fotfeste.statistics.findings.comparing import compared
from fotfeste.statistics.findings.gathering import alike_places, beside_result, candidates_of
from fotfeste.statistics.findings.rule import FindingRule, context_of, finding_rule
from fotfeste.statistics.findings.values import Replacement
from fotfeste.statistics.series.counts import YearlyCounts
from fotfeste.statistics.series.declared import declared_series
from fotfeste.statistics.series.residence import cohorts_of, residents_of, retention_outcomes
from fotfeste.statistics.series.trends import Trend, trends_of
from fotfeste.statistics.series.values import Behaviour
from fotfeste.statistics.series.yearly import series_of
from fotfeste.statistics.shown_components import ShownComponents
from fotfeste.statistics.themes import load_themes

COMPARED = ("share", "per_100", "per_1000", "index")
"""Kinds of indicators that are put beside those alike; only those whose noise is known are judged."""


def gather(
    data_dir: Path | None,
    place: str,
    issued: date,
    *,
    replacements: Sequence[Replacement] = (),
    rule: FindingRule | None = None,
    knowledge: Knowledge | None = None,
) -> Gathered:
    """Return everything a knowledge base tells of a municipality or county (name or number), as known on ``issued``.

    ``data_dir`` holds imported figures; ``knowledge`` may be given where it is open already. All comparisons of
    the document are judged together, and so are all changes over time. Raises :class:`InputError` for an unknown place, and for a replacement
    that cannot be made.
    """
    opened = knowledge or open_knowledge(data_dir, issued)
    found, chosen_rule = _place(opened, place), rule or finding_rule()
    facts = ShownComponents(opened.store, opened.regions, opened.year)
    counts = YearlyCounts(opened.store, opened.regions)
    wanted = [one.id for one in opened.indicators if one.kind in COMPARED]
    comparisons = compared(candidates_of(facts, counts, found.code, chosen_rule, wanted), chosen_rule)
    findings = findings_among(comparisons, chosen_rule, replacements)
    results = [one.candidate.indicator.id for one in comparisons if context_of(one.candidate.indicator.id)]
    used = dict.fromkeys(source for one in opened.indicators for source in opened.sources(one.id))
    return Gathered(
        knowledge=opened,
        place=found,
        issued=issued,
        rule=chosen_rule,
        themes=load_themes(),
        comparisons={one.candidate.indicator.id: one for one in comparisons},
        findings=findings,
        unused=unused(replacements, findings),
        trends={one.series.indicator: one for one in _trends(counts, found.code, chosen_rule)},
        beside={name: beside_result(facts, counts, found.code, chosen_rule, name) for name in results},
        cohorts=cohorts_of(counts, found.code),
        residents=residents_of(counts, found.code),
        outcomes=retention_outcomes(counts, found.code) if found.kind == "county" else {},
        sources=tuple(used),
    )


def _place(knowledge: Knowledge, name: str) -> Place:
    found = knowledge.place(name)
    if found.kind == "country":
        raise InputError(
            "knowledge_base.place",
            msg("Et kunnskapsgrunnlag lages for en kommune eller et fylke."),
            remedy=msg("Oppgi navnet på kommunen eller fylket."),
        )
    return found


def _trends(counts: YearlyCounts, place: str, rule: FindingRule) -> tuple[Trend, ...]:
    """Return what can be said of every series of the place; only events are held against how those alike vary."""
    alike = alike_places(counts, place, rule)
    several = []
    for name, declared in declared_series().items():
        beside = alike if declared.behaviour is Behaviour.EVENTS else ()
        several.append((series_of(counts, name, place), [series_of(counts, name, one) for one in beside]))
    return trends_of(several)
