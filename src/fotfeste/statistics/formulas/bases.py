"""What rates are rates of: the bases that the smallest base applies to."""

from __future__ import annotations

from fotfeste.statistics.components import Codes, Components
from fotfeste.statistics.figure import Figure

__all__ = [
    "population_2011",
    "population_2021",
    "population_2022",
    "population_2024",
    "population_now",
    "refugees_2022",
]


def population_now(facts: Components, codes: Codes) -> Figure:
    """People on 1 January of the newest year."""
    return facts.population(codes)


def population_2011(facts: Components, codes: Codes) -> Figure:
    """People on 1 January 2011."""
    return facts.population(codes, year=2011)


def population_2021(facts: Components, codes: Codes) -> Figure:
    """People on 1 January 2021."""
    return facts.population(codes, year=2021)


def population_2022(facts: Components, codes: Codes) -> Figure:
    """People on 1 January 2022."""
    return facts.population(codes, year=2022)


def population_2024(facts: Components, codes: Codes) -> Figure:
    """People on 1 January 2024."""
    return facts.population(codes, year=2024)


def refugees_2022(facts: Components, codes: Codes) -> Figure:
    """Refugees living in the municipalities in 2022."""
    return facts.refugees(codes)
