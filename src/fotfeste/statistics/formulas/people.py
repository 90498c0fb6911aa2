"""Population, age and population change."""

from __future__ import annotations

from fotfeste.statistics.components import Codes, Components
from fotfeste.statistics.figure import Figure, ratio

__all__ = [
    "children_share",
    "natural_increase_2011_2025",
    "net_migration_2011_2025",
    "old_age_share",
    "population",
    "population_change_5y",
    "population_change_10y",
    "school_age_share",
    "working_age_share",
]
FLOWS_BASE_YEAR = 2011


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


def old_age_share(facts: Components, codes: Codes) -> Figure:
    """People aged 67 or more as a share of all."""
    return ratio(facts.population(codes, "67+"), facts.population(codes))


def population_change_5y(facts: Components, codes: Codes) -> Figure:
    """Change in population over the last five years, as a share of the population then."""
    return _change(facts, codes, 5)


def population_change_10y(facts: Components, codes: Codes) -> Figure:
    """Change in population over the last ten years, as a share of the population then."""
    return _change(facts, codes, 10)


def net_migration_2011_2025(facts: Components, codes: Codes) -> Figure:
    """Net migration 2011-2025 per 1 000 inhabitants on 1 January 2011."""
    return _per_1000_of_2011(facts, codes, "net_migration")


def natural_increase_2011_2025(facts: Components, codes: Codes) -> Figure:
    """Natural increase 2011-2025 per 1 000 inhabitants on 1 January 2011."""
    return _per_1000_of_2011(facts, codes, "natural_increase")


def _change(facts: Components, codes: Codes, years: int) -> Figure:
    now = facts.population_year
    before = facts.population(codes, year=now - years)
    return ratio(facts.population(codes).minus(before), before)


def _per_1000_of_2011(facts: Components, codes: Codes, measure: str) -> Figure:
    base = facts.population(codes, year=FLOWS_BASE_YEAR)
    return ratio(facts.flows(codes, measure), base).times(1000)
