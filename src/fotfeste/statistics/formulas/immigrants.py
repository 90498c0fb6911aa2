"""Immigrants and refugees as they were last counted for every municipality."""

from __future__ import annotations

from fotfeste.statistics.components import IMMIGRANTS_YEAR, Codes, Components
from fotfeste.statistics.figure import Figure, ratio

__all__ = [
    "immigrant_share",
    "immigrants",
    "other_immigrant_share",
    "refugee_share",
    "refugees",
    "refugees_moved_in_share",
]
REFUGEES = "refugee_and_family"


def immigrants(facts: Components, codes: Codes) -> Figure:
    """Immigrants on 1 January 2021."""
    return facts.immigrants(codes)


def refugees(facts: Components, codes: Codes) -> Figure:
    """Refugees and their family on 1 January 2021."""
    return facts.immigrants(codes, REFUGEES)


def immigrant_share(facts: Components, codes: Codes) -> Figure:
    """Immigrants as a share of the population on 1 January 2021."""
    return ratio(facts.immigrants(codes), facts.population(codes, year=IMMIGRANTS_YEAR))


def refugee_share(facts: Components, codes: Codes) -> Figure:
    """Refugees and their family as a share of the population on 1 January 2021."""
    return ratio(refugees(facts, codes), facts.population(codes, year=IMMIGRANTS_YEAR))


def other_immigrant_share(facts: Components, codes: Codes) -> Figure:
    """Immigrants other than refugees and their family as a share of the population on 1 January 2021."""
    others = facts.immigrants(codes).minus(refugees(facts, codes))
    return ratio(others, facts.population(codes, year=IMMIGRANTS_YEAR))


def refugees_moved_in_share(facts: Components, codes: Codes) -> Figure:
    """Refugees who moved to the municipality after first settlement, as a share of its refugees in 2022."""
    return ratio(facts.refugees(codes, "moved_here"), facts.refugees(codes))
