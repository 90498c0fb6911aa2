"""Work: reduced work capacity, unemployment, and the size of the labour market around a municipality."""

from __future__ import annotations

from fotfeste.statistics.components import UNEMPLOYMENT_YEAR, Codes, Components
from fotfeste.statistics.figure import Figure, ratio
from fotfeste.statistics.formulas.places import weighted_mean

__all__ = [
    "labour_market_region_population",
    "labour_market_region_working_age",
    "reduced_work_capacity_share",
    "unemployment_share_2022",
]
CAPACITY_YEAR = 2024


def reduced_work_capacity_share(facts: Components, codes: Codes) -> Figure:
    """People with reduced work capacity in January 2024 as a share of those aged 18-66 (NAV's own base)."""
    return ratio(facts.reduced_work_capacity(codes), facts.population(codes, "18-66", CAPACITY_YEAR))


def unemployment_share_2022(facts: Components, codes: Codes) -> Figure:
    """Mean registered unemployed January-October 2022 as a share of those aged 20-66 on 1 January 2022."""
    return ratio(facts.unemployed(codes), facts.population(codes, "20-66", UNEMPLOYMENT_YEAR))


def labour_market_region_population(facts: Components, codes: Codes) -> Figure:
    """People in the labour-market region; for several municipalities the mean weighted by population."""
    return weighted_mean(facts, codes, lambda code: facts.population(facts.same_labour_market(code)))


def labour_market_region_working_age(facts: Components, codes: Codes) -> Figure:
    """People aged 20-66 in the labour-market region; for several municipalities weighted by population."""
    return weighted_mean(facts, codes, lambda code: facts.population(facts.same_labour_market(code), "20-66"))
