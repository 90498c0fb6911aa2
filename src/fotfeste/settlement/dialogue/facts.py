"""What is known of each municipality before the meeting, gathered from the statistics and last year's round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.comparison import figures_of
from fotfeste.settlement.dialogue.minutes import Need
from fotfeste.settlement.facts import Compared, CountyFacts, MunicipalityFacts, YearFigures
from fotfeste.settlement.follow_up.own_years import OwnYear, filled
from fotfeste.settlement.gather import (
    ALIKE,
    SHOWN_INDICATORS,
    Gathered,
    county_facts,
    municipality_facts,
    used_sources,
)
from fotfeste.settlement.replies import Reply
from fotfeste.statistics.figure import Figure, Mark, ratio

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store, UserData
    from fotfeste.statistics.sources import Source

FIRST_YEAR, LAST_YEAR = 2024, 2100
FIRST_HISTORY_YEAR = 2012
FEWEST_ALIKE = 3
"""A median of fewer municipalities alike would almost show one of them."""


@dataclass(frozen=True, slots=True)
class Level:
    """Settled persons per 1 000 inhabitants in one year: own, the county's, and the median of those alike."""

    year: int
    own: Figure
    county: Figure
    alike: Figure


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a sheet rests on for one municipality.

    ``last`` are the figures of the year before, which the last round was about. ``recommended`` is what the county
    recommended then and ``reply`` what the municipality replied; ``None`` where not given. ``needs`` were heard in last year's meeting. ``asked`` tells whether
    replies were read at all, so that silence can be told from not having looked. ``alone`` is a municipality that is
    its whole county: what stands as the county's figure is then the country's. ``own`` tells which of last year's
    figures the county itself has entered, ``now`` what it has entered of the year of the round already.
    """

    code: str
    name: str
    year: int
    language_form: str
    facts: MunicipalityFacts
    levels: tuple[Level, ...]
    alone: bool = False
    recommended: int | None = None
    reply: Reply | None = None
    asked: bool = False
    needs: tuple[Need, ...] = ()
    own: OwnYear | None = None
    now: OwnYear | None = None

    @property
    def last_year(self) -> int:
        """The year that the last round was about."""
        return self.year - 1

    @property
    def last(self) -> YearFigures:
        """The figures of last year's round, all missing when there is no row."""
        return figures_of(self.facts.history, self.last_year)

    @property
    def finished(self) -> tuple[YearFigures, ...]:
        """The finished years before the round, oldest first."""
        return tuple(one for one in self.facts.history if one.status_date is None and one.year < self.year)

    def compared(self, indicator: str) -> Compared | None:
        """Return an indicator beside county, country and those alike."""
        return next((one for one in self.facts.indicators if one.indicator == indicator), None)


def with_own_years(case: Case, last: OwnYear | None, now: OwnYear | None) -> Case:
    """Return the case with what the county itself has entered: of last year where nothing is published yet, and of the round's."""
    history, used = filled(case.facts.history, last)
    if used is None:
        return replace(case, now=now)
    levels = case.levels
    if used.settled is not None:
        gap = Figure.missing()
        standing = next((one for one in levels if one.year == used.year), Level(used.year, gap, gap, gap))
        own = replace(standing, own=_rate(used.settled.figure, case.facts.population))
        levels = (*(one for one in levels if one.year != used.year), own)
    return replace(case, facts=replace(case.facts, history=history), levels=levels, own=used, now=now)


@dataclass(frozen=True, slots=True)
class Round:
    """The meetings of one county and year: a case for every municipality, in the county's order.

    ``names`` holds names of municipalities by code, also of those alike outside the county.
    """

    county_code: str
    county_name: str
    year: int
    county: CountyFacts
    cases: tuple[Case, ...]
    names: Mapping[str, str]
    sources: tuple[Source, ...]


def default_year(store: Store) -> int:
    """Return the year after the newest year with figures of settled persons, finished or not."""
    import polars as pl

    published = (pl.col("measure") == "settled") & (pl.col("mark") != Mark.MISSING.value)
    newest = store.scan("settlement").filter(published).select(pl.col("year").max()).collect().item()
    return int(newest) + 1


def prepare_round(
    county: str,
    year: int,
    *,
    store: Store,
    regions: Regions,
    data: Path | None = None,
    recommended: Mapping[str, int] | None = None,
    replies: Mapping[str, Reply] | None = None,
    needs: Mapping[str, tuple[Need, ...]] | None = None,
) -> Round:
    """Return what is known before the meetings of ``county`` about settlement in ``year``.

    ``recommended``, ``replies`` and ``needs`` heard are those of the year before, by municipality code. ``data`` is a file with
    indicators that the embedded data lack. Raises :class:`InputError` for an unknown county or an impossible year.
    """
    from fotfeste.statistics import compute
    from fotfeste.statistics.borders import borders_of
    from fotfeste.statistics.history import by_municipality, settlement_years

    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(
            "dialogue.year",
            msg("Dialogen kan lages fra {first}, ikke for {year}.", first=str(FIRST_YEAR), year=str(year)),
            remedy=msg("Oppgi året det skal bosettes i, for eksempel {year}.", year=str(default_year(store))),
        )
    area = regions.county(county, year)
    municipalities = regions.municipalities(year, area.code)
    codes = tuple(one.code for one in municipalities)
    alike = {code: regions.similar(code, ALIKE) for code in codes}
    everyone = tuple(dict.fromkeys((*codes, *(one.code for group in alike.values() for one in group))))
    indicators = compute(store, regions, SHOWN_INDICATORS, everyone, year, user=_supplied(data, codes, year))
    years = settlement_years(store, borders_of(regions), range(FIRST_HISTORY_YEAR, year))
    history = by_municipality(years, everyone)
    gathered = Gathered(municipalities, indicators, {code: history[code] for code in codes}, years, alike)
    facts = municipality_facts(gathered, regions, area.code)
    whole = county_facts(gathered, regions, area.code)
    rates = {
        code: {
            one.year: _rate(one.shown().settled, indicators.figure("population", code))
            for one in history[code]
        }
        for code in everyone
    }
    alone = len(codes) == 1
    if alone:
        facts = {code: _beside_country(one) for code, one in facts.items()}
    return Round(
        area.code,
        area.name,
        year,
        whole,
        tuple(
            Case(
                one.code,
                one.name,
                year,
                str(regions.attributes(one.code).language_form),
                facts[one.code],
                _levels(rates[one.code], whole, [rates[other] for other in facts[one.code].alike]),
                alone,
                (recommended or {}).get(one.code),
                (replies or {}).get(one.code),
                replies is not None,
                (needs or {}).get(one.code, ()),
            )
            for one in municipalities
        ),
        {one.code: one.name for one in regions.municipalities(year)},
        used_sources(gathered, (*SHOWN_INDICATORS, "settled_per_1000_5y")),
    )


def _supplied(data: Path | None, codes: Sequence[str], year: int) -> UserData | None:
    if data is None:
        return None
    from fotfeste.statistics import read_user_indicators

    return read_user_indicators(data, codes, year)


def _beside_country(one: MunicipalityFacts) -> MunicipalityFacts:
    return replace(one, indicators=tuple(replace(part, county=part.country) for part in one.indicators))


def _rate(settled: Figure, population: Figure) -> Figure:
    return ratio(settled.times(1000), population)


def _levels(
    own: Mapping[int, Figure], county: CountyFacts, alike: Sequence[Mapping[int, Figure]]
) -> tuple[Level, ...]:
    return tuple(
        Level(
            one.year,
            own.get(one.year, Figure.missing()),
            _rate(one.settled, county.population),
            _median([rates[one.year] for rates in alike if one.year in rates]),
        )
        for one in county.history
    )


def _median(figures: Sequence[Figure]) -> Figure:
    known = [Fraction(one.value) for one in figures if one.value is not None]
    return Figure.observed(median(known)) if len(known) >= FEWEST_ALIKE else Figure.missing()
