"""Population, age and population change."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.statistics.components import Codes, Components
from fotfeste.statistics.figure import Figure, ratio

__all__ = [
    "children_change_5y",
    "children_share",
    "dependency_ratio",
    "median_age",
    "men_per_100_women",
    "natural_increase_2011_2025",
    "net_migration_2011_2025",
    "old_age_share",
    "population",
    "population_change_1y",
    "population_change_5y",
    "population_change_10y",
    "school_age_share",
    "very_old_share",
    "working_age_share",
    "youth_share",
]
FLOWS_BASE_YEAR = 2011
VERY_OLD = 80
WORKING_AGE = (20, 66)


def population(facts: Components, codes: Codes) -> Figure:
    """People on 1 January of the newest year."""
    return facts.population(codes)


def working_age_share(facts: Components, codes: Codes) -> Figure:
    """People aged 20-66 as a share of all."""
    return ratio(facts.population(codes, "20-66"), facts.population(codes))


def children_share(facts: Components, codes: Codes) -> Figure:
    """People aged 0-5 as a share of all."""
    return ratio(facts.population(codes, "0-5"), facts.population(codes))


def school_age_share(facts: Components, codes: Codes) -> Figure:
    """People aged 6-15 as a share of all."""
    return ratio(facts.population(codes, "6-15"), facts.population(codes))


def youth_share(facts: Components, codes: Codes) -> Figure:
    """People aged 16-19 as a share of all."""
    return ratio(facts.population(codes, "16-19"), facts.population(codes))


def very_old_share(facts: Components, codes: Codes) -> Figure:
    """People aged 80 or more as a share of all."""
    return ratio(facts.aged(codes, VERY_OLD), facts.population(codes))


def dependency_ratio(facts: Components, codes: Codes) -> Figure:
    """People aged 0-19 and 67 or more per 100 aged 20-66."""
    working = facts.population(codes, "20-66")
    return ratio(facts.population(codes).minus(working), working).times(100)


def men_per_100_women(facts: Components, codes: Codes) -> Figure:
    """Men per 100 women among those aged 20-66."""
    men, women = (facts.aged(codes, *WORKING_AGE, sex) for sex in ("male", "female"))
    return ratio(men, women).times(100)


def median_age(facts: Components, codes: Codes) -> Figure:
    """The age that half of the people are younger than, counted evenly within each one-year age."""
    counts, estimated = facts.ages(codes)
    half, younger = Fraction(sum(counts or ()), 2), 0
    for age, count in enumerate(counts or ()):
        if count and younger + count >= half:
            return Figure.observed(age + (half - younger) / count, estimated=estimated)
        younger += count
    return Figure.missing()


def old_age_share(facts: Components, codes: Codes) -> Figure:
    """People aged 67 or more as a share of all."""
    return ratio(facts.population(codes, "67+"), facts.population(codes))


def population_change_1y(facts: Components, codes: Codes) -> Figure:
    """Change in population from the year before, as a share of the population then."""
    return _change(facts, codes, 1)


def population_change_5y(facts: Components, codes: Codes) -> Figure:
    """Change in population over the last five years, as a share of the population then."""
    return _change(facts, codes, 5)


def population_change_10y(facts: Components, codes: Codes) -> Figure:
    """Change in population over the last ten years, as a share of the population then."""
    return _change(facts, codes, 10)


def children_change_5y(facts: Components, codes: Codes) -> Figure:
    """Change in the number aged 0-5 over the last five years, as a share of the number then."""
    return _change(facts, codes, 5, "0-5")


def net_migration_2011_2025(facts: Components, codes: Codes) -> Figure:
    """Net migration 2011-2025 per 1 000 inhabitants on 1 January 2011."""
    return _per_1000_of_2011(facts, codes, "net_migration")


def natural_increase_2011_2025(facts: Components, codes: Codes) -> Figure:
    """Natural increase 2011-2025 per 1 000 inhabitants on 1 January 2011."""
    return _per_1000_of_2011(facts, codes, "natural_increase")


def _change(facts: Components, codes: Codes, years: int, group: str = "all") -> Figure:
    before = facts.population(codes, group, facts.population_year - years)
    return ratio(facts.population(codes, group).minus(before), before)


def _per_1000_of_2011(facts: Components, codes: Codes, measure: str) -> Figure:
    base = facts.population(codes, year=FLOWS_BASE_YEAR)
    return ratio(facts.flows(codes, measure), base).times(1000)
