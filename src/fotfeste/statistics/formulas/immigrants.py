"""Immigrants and refugees as they were last counted for every municipality."""

from __future__ import annotations

from fotfeste.statistics.components import IMMIGRANTS_YEAR, Codes, Components
from fotfeste.statistics.figure import Figure, ratio

__all__ = [
    "education_immigrant_share",
    "family_immigrant_share",
    "immigrant_share",
    "immigrant_share_2022",
    "immigrant_share_change_5y",
    "immigrants",
    "immigrants_2022",
    "labour_immigrant_share",
    "other_immigrant_share",
    "refugee_share",
    "refugee_share_change_5y",
    "refugees",
    "refugees_long_residence_share",
    "refugees_moved_in_long_share",
    "refugees_moved_in_new_share",
    "refugees_moved_in_share",
]
REFUGEES = "refugee_and_family"
NEW, LONG = "0-4", "5+"


def immigrants(facts: Components, codes: Codes) -> Figure:
    """Immigrants on 1 January 2021."""
    return facts.immigrants(codes)


def immigrants_2022(facts: Components, codes: Codes) -> Figure:
    """Immigrants on 1 January 2022."""
    return facts.immigrants_in_2022(codes)


def immigrant_share_2022(facts: Components, codes: Codes) -> Figure:
    """Immigrants as a share of the population on 1 January 2022."""
    return ratio(facts.immigrants_in_2022(codes), facts.population(codes, year=2022))


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


def refugees_moved_in_new_share(facts: Components, codes: Codes) -> Figure:
    """The same among those with less than five years in Norway."""
    return ratio(facts.refugees(codes, "moved_here", NEW), facts.refugees(codes, "all", NEW))


def refugees_moved_in_long_share(facts: Components, codes: Codes) -> Figure:
    """The same among those with five years or more in Norway."""
    return ratio(facts.refugees(codes, "moved_here", LONG), facts.refugees(codes, "all", LONG))


def refugees_long_residence_share(facts: Components, codes: Codes) -> Figure:
    """Refugees with five years or more in Norway, as a share of the municipality's refugees in 2022."""
    return ratio(facts.refugees(codes, "all", LONG), facts.refugees(codes))


def labour_immigrant_share(facts: Components, codes: Codes) -> Figure:
    """Immigrants for reasons of work as a share of the population on 1 January 2021."""
    return _share(facts, codes, "work")


def family_immigrant_share(facts: Components, codes: Codes) -> Figure:
    """Immigrants for reasons of family as a share of the population on 1 January 2021; refugees' families are not among them."""
    return _share(facts, codes, "family")


def education_immigrant_share(facts: Components, codes: Codes) -> Figure:
    """Immigrants for reasons of education or others as a share of the population on 1 January 2021."""
    return _share(facts, codes, "education_or_other")


def immigrant_share_change_5y(facts: Components, codes: Codes) -> Figure:
    """The share of immigrants on 1 January 2021 less that on 1 January 2016, in percentage points."""
    return _change(facts, codes, "all")


def refugee_share_change_5y(facts: Components, codes: Codes) -> Figure:
    """The share of refugees and their family on 1 January 2021 less that on 1 January 2016, in percentage points."""
    return _change(facts, codes, REFUGEES)


def _share(facts: Components, codes: Codes, reason: str, year: int = IMMIGRANTS_YEAR) -> Figure:
    return ratio(facts.immigrants(codes, reason, year), facts.population(codes, year=year))


def _change(facts: Components, codes: Codes, reason: str) -> Figure:
    before = _share(facts, codes, reason, IMMIGRANTS_YEAR - 5)
    return _share(facts, codes, reason).minus(before).times(100)
