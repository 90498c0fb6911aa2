"""The place itself: area, centrality, travel time, need; and what exists only per county."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from fotfeste.statistics.components import Codes, Components
from fotfeste.statistics.figure import Figure, ratio, total

__all__ = [
    "area",
    "centrality_class",
    "centrality_index",
    "density",
    "district",
    "intro_programme_result",
    "need_index_2026",
    "retention_first_municipality",
    "travel_time",
]


def area(facts: Components, codes: Codes) -> Figure:
    """Area in square kilometres, land and water."""
    return Figure.observed(sum((Fraction(facts.attributes(code).area_km2) for code in codes), Fraction(0)))


def density(facts: Components, codes: Codes) -> Figure:
    """People per square kilometre."""
    return ratio(facts.population(codes), area(facts, codes))


def district(facts: Components, codes: Codes) -> Figure:
    """One for a district municipality (centrality class 5 or 6), else zero; for several, the share of them."""
    flags = [int(facts.attributes(code).district) for code in codes]
    return Figure.observed(Fraction(sum(flags), len(flags)))


def centrality_class(facts: Components, codes: Codes) -> Figure:
    """SSB's centrality class, 1 (most central) to 6; several municipalities have no common class."""
    return (
        Figure.observed(facts.attributes(codes[0]).centrality_class) if len(codes) == 1 else Figure.missing()
    )


def centrality_index(facts: Components, codes: Codes) -> Figure:
    """SSB's centrality index, 0 to 1000; for several municipalities the mean weighted by population."""
    return weighted_mean(facts, codes, lambda code: Figure.observed(facts.attributes(code).centrality_index))


def travel_time(facts: Components, codes: Codes) -> Figure:
    """Minutes to the centre of the labour-market region; for several the mean weighted by population."""
    return weighted_mean(facts, codes, facts.travel_time)


def need_index_2026(facts: Components, codes: Codes) -> Figure:
    """The state's need index for 2026; for several municipalities the mean weighted by population."""
    return weighted_mean(facts, codes, lambda code: facts.need_index(code, 2026))


def retention_first_municipality(facts: Components, codes: Codes) -> Figure:
    """Share of settled refugees who still live in their first municipality; exists for whole counties only."""
    county = facts.whole_county(codes)
    return Figure.missing() if county is None else facts.retention(county)


def intro_programme_result(facts: Components, codes: Codes) -> Figure:
    """Share in work or education the year after the programme; whole counties (as of 2020-2023) and the country."""
    if len(codes) == len(facts.all_codes):
        return facts.programme_result(None)
    county = facts.whole_county(codes)
    return Figure.missing() if county is None else facts.programme_result(county)


def weighted_mean(facts: Components, codes: Codes, measure: Callable[[str], Figure]) -> Figure:
    """Return one municipality's measure, or the mean of several weighted by population."""
    if len(codes) == 1:
        return measure(codes[0])
    parts = []
    weights = Fraction(0)
    for code in codes:
        people = facts.population([code]).value or 0
        weights += people
        parts.append(measure(code).times(people))
    return total(parts).times(1 / weights) if weights else Figure.missing()
