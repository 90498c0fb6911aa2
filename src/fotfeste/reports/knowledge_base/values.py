"""What a knowledge base is made of: every figure of a place, what can be said of it, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.values import Place
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.findings.rule import FindingRule
from fotfeste.statistics.findings.values import Candidate, Comparison, Finding, Replacement
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.series.residence import Cohort, Residents
from fotfeste.statistics.series.trends import Trend
from fotfeste.statistics.sources import Source
from fotfeste.statistics.themes import ThemeEntry


@dataclass(frozen=True)
class Gathered:
    """Everything that is told of one place, in no language yet; all figures have passed disclosure control.

    ``comparisons`` are by indicator, judged together; ``trends`` likewise, by the indicator of the series. ``beside``
    are, for each result, the figures that must stand beside it and the ids of those that are not at hand. ``unused`` are
    replacements that changed nothing.
    """

    knowledge: Knowledge
    place: Place
    issued: date
    rule: FindingRule
    themes: tuple[ThemeEntry, ...]
    comparisons: Mapping[str, Comparison]
    findings: tuple[Finding, ...]
    unused: tuple[Replacement, ...]
    trends: Mapping[str, Trend]
    beside: Mapping[str, tuple[tuple[Candidate, ...], tuple[str, ...]]]
    cohorts: tuple[Cohort, ...]
    residents: tuple[Residents, ...]
    outcomes: Mapping[str, Figure]
    sources: tuple[Source, ...]

    def indicators(self, theme: str) -> tuple[Indicator, ...]:
        """Return the indicators of a theme that have a figure for the place, in the order of the catalogue."""
        return tuple(
            one
            for one in self.knowledge.indicators
            if one.theme == theme and _told(self.knowledge.figure(one.id, self.place).figure)
        )

    def lacking(self, theme: str) -> tuple[Indicator, ...]:
        """Return the indicators of a theme that have no figure anywhere, since they are not fetched."""
        return tuple(one for one in self.knowledge.lacking if one.theme == theme)

    def number(self, source: Source) -> int:
        """Return the number by which the document names a source, from one up."""
        return self.sources.index(source) + 1

    @property
    def several(self) -> bool:
        """Whether the place is a county of several municipalities."""
        return self.place.kind == "county" and not self.place.alone

    @property
    def code(self) -> str:
        """The code of the place."""
        return self.place.code


def _told(figure: Figure) -> bool:
    return figure.value is not None or figure.mark.value != "."
