"""Gather what a recommendation rests on: figures for the criteria and the rules, and facts to show beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from fotfeste.settlement.facts import Compared, CountyFacts, MunicipalityFacts, YearFigures
from fotfeste.statistics.figure import Figure, Mark, total

if TYPE_CHECKING:
    from fotfeste.regions import Municipality, Regions
    from fotfeste.statistics.history import HistoryYear, SettlementYear
    from fotfeste.statistics.indicators import Indicators
    from fotfeste.statistics.sources import Source

SHOWN_INDICATORS = (
    "population",
    "population_change_5y",
    "working_age_share",
    "old_age_share",
    "settled_per_1000_1y",
    "settled_per_1000_5y",
    "refugee_share",
    "other_immigrant_share",
    "reduced_work_capacity_share",
    "unemployment_share_2022",
    "refugees_moved_in_share",
)
"""Indicators that stand beside every number, in this order; where one is lacking it is shown as lacking."""

COUNTY_INDICATORS = ("retention_first_municipality", "intro_programme_result")
ALIKE = 5
HISTORY_YEARS = 12


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything read from the statistics for one county and year."""

    municipalities: tuple[Municipality, ...]
    indicators: Indicators
    history: Mapping[str, Sequence[HistoryYear]]
    years: Sequence[SettlementYear]
    alike: Mapping[str, tuple[Municipality, ...]]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the county's municipalities, in order."""
        return tuple(one.code for one in self.municipalities)


def counted_figures(gathered: Gathered, indicators: Sequence[str]) -> dict[str, dict[str, Figure]]:
    """Return what keys count with: where a figure may not be shown, nothing may follow from it either."""
    found: dict[str, dict[str, Figure]] = {}
    for name in indicators:
        found[name] = {}
        for code in gathered.codes:
            found[name][code] = gathered.indicators.counted(name, code)
    return found


def county_levels(gathered: Gathered, indicators: Sequence[str], county_code: str) -> dict[str, Figure]:
    """Return the county's own values that keys count with; where one may not be shown, its bounds."""
    found = {}
    for name in indicators:
        shown = gathered.indicators.shown_county(name, county_code)
        hidden = shown.mark is Mark.SUPPRESSED
        found[name] = shown if hidden else gathered.indicators.county(name, county_code)
    return found


def shown_figures(gathered: Gathered, indicators: Sequence[str]) -> dict[str, dict[str, Figure]]:
    """Return the figures as they may be shown."""
    return {
        name: {code: gathered.indicators.shown(name, code) for code in gathered.codes} for name in indicators
    }


def requested_in(gathered: Gathered, year: int) -> dict[str, Figure]:
    """Return what each municipality was asked for in ``year``."""
    return {code: _requested(gathered.history[code], year) for code in gathered.codes}


def settled_over(gathered: Gathered, years: int) -> dict[str, Figure]:
    """Return the persons settled in the newest ``years`` finished years; missing where one of them is unknown."""
    found = {}
    for code in gathered.codes:
        finished = [one.shown().settled for one in gathered.history[code] if one.status_date is None][-years:]
        found[code] = total(finished) if len(finished) == years else Figure.missing()
    return found


def municipality_facts(
    gathered: Gathered, regions: Regions, county_code: str
) -> dict[str, MunicipalityFacts]:
    """Return the facts of every municipality, beside its county, the country and those alike."""
    facts = {}
    for one in gathered.municipalities:
        attributes = regions.attributes(one.code)
        facts[one.code] = MunicipalityFacts(
            one.code,
            gathered.indicators.figure("population", one.code),
            attributes.centrality_class,
            attributes.labour_market_region.name,
            shown_history(gathered.history[one.code]),
            tuple(_compared(name, one.code, gathered, county_code) for name in SHOWN_INDICATORS),
            tuple(other.code for other in gathered.alike[one.code]),
        )
    return facts


def county_facts(gathered: Gathered, regions: Regions, county_code: str) -> CountyFacts:
    """Return the facts of the whole county; history is summed over what its municipalities may show, marks kept.

    A sum of exact numbers would tell what the one hidden municipality has.
    """
    history = tuple(_summed(one, gathered.codes) for one in gathered.years)
    district = sum(regions.attributes(code).district for code in gathered.codes)
    indicators = tuple(
        (
            name,
            gathered.indicators.shown_county(name, county_code),
            gathered.indicators.shown_country(name),
            gathered.indicators.period(name),
        )
        for name in COUNTY_INDICATORS
    )
    return CountyFacts(
        county_code,
        gathered.indicators.county("population", county_code),
        len(gathered.codes),
        district,
        history,
        indicators,
    )


def shown_history(history: Sequence[HistoryYear]) -> tuple[YearFigures, ...]:
    """Return the newest years, oldest first."""
    return tuple(
        YearFigures(one.year, one.requested, one.decided, one.shown().settled, one.status_date)
        for one in history[-HISTORY_YEARS:]
    )


def used_sources(gathered: Gathered, names: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources of the named indicators, each once, in order of first use."""
    return tuple(dict.fromkeys(source for name in names for source in gathered.indicators.sources(name)))


def _summed(found: SettlementYear, codes: Sequence[str]) -> YearFigures:
    from fotfeste.statistics.history import MEASURES
    from fotfeste.statistics.shown_components import shown_year

    figures = shown_year(found).figures
    requested, decided, settled = (figures[measure].sum(codes) for measure in MEASURES)
    return YearFigures(found.year, requested, decided, settled, found.status_date)


def _requested(history: Sequence[HistoryYear], year: int) -> Figure:
    return next((one.requested for one in history if one.year == year), Figure.missing())


def _compared(name: str, code: str, gathered: Gathered, county_code: str) -> Compared:
    others = [gathered.indicators.shown(name, other.code).value for other in gathered.alike[code]]
    known = [Fraction(value) for value in others if value is not None]
    return Compared(
        name,
        gathered.indicators.shown(name, code),
        gathered.indicators.shown_county(name, county_code),
        gathered.indicators.shown_country(name),
        Figure.observed(median(known)) if known else Figure.missing(),
        gathered.indicators.period(name),
    )
