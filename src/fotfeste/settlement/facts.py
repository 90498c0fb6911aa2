"""The same facts about every municipality, beside its county, the country and municipalities alike."""

from __future__ import annotations

from dataclasses import dataclass

from fotfeste.statistics.figure import Figure


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Requested, decided and settled in one year; ``status_date`` (ISO) is given where the year is unfinished."""

    year: int
    requested: Figure
    decided: Figure
    settled: Figure
    status_date: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator of a municipality beside the same for its county, the country and the median of those alike.

    Units and names stand in the indicator catalogue under ``indicator``.
    """

    indicator: str
    own: Figure
    county: Figure
    country: Figure
    alike: Figure
    period: str


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """Facts shown beside a municipality's number: history (oldest year first), indicators, and who it resembles."""

    code: str
    population: Figure
    centrality_class: int
    labour_market_region: str
    history: tuple[YearFigures, ...]
    indicators: tuple[Compared, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """Facts about the whole county: history (oldest year first) and what only exists at county level."""

    code: str
    population: Figure
    municipalities: int
    district_municipalities: int
    history: tuple[YearFigures, ...]
    indicators: tuple[tuple[str, Figure, Figure, str], ...]
