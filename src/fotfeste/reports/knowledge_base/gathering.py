"""Gather what a knowledge base is made of: compared, followed over time and judged, all together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.reports.knowledge_base.values import Gathered
from fotfeste.reports.profiles import judged
from fotfeste.reports.profiles.knowledge import Knowledge, open_knowledge
from fotfeste.reports.profiles.values import Place
from fotfeste.statistics.findings.choosing import findings_among, unused
from fotfeste.statistics.findings.gathering import beside_result
from fotfeste.statistics.findings.rule import FindingRule, context_of, finding_rule
from fotfeste.statistics.findings.values import Replacement
from fotfeste.statistics.series.residence import cohorts_of, residents_of, retention_outcomes
from fotfeste.statistics.themes import load_themes


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

    ``data_dir`` holds imported figures; ``knowledge`` may be given where it is open already, and ``rule`` where findings are
    to be chosen otherwise. All comparisons of the document are judged together, and so are all changes over time, by the
    same functions as on the pages. Raises :class:`InputError` for an unknown place, and for a replacement that cannot be
    made.
    """
    opened = knowledge or open_knowledge(data_dir, issued)
    found, chosen_rule = _place(opened, place), rule or finding_rule()
    facts, counts = opened.facts, opened.counts
    comparisons = tuple(judged.comparisons(opened, found).values())
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
        trends=judged.trends(opened, found),
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
