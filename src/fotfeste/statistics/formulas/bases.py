"""What rates are rates of, and the counts that could be worked out from them: what disclosure control looks at."""

from __future__ import annotations

from fotfeste.statistics.components import Codes, Components
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.formulas.immigrants import LONG, NEW, immigrants, refugees
from fotfeste.statistics.formulas.people import WORKING_AGE
from fotfeste.statistics.formulas.settled import settled_1y, settled_3y, settled_5y

__all__ = [
    "children_before",
    "education_immigrants_counted",
    "family_immigrants_counted",
    "immigrants_counted",
    "immigrants_counted_2022",
    "labour_immigrants_counted",
    "other_immigrants_counted",
    "population_2011",
    "population_2021",
    "population_2022",
    "population_2024",
    "population_now",
    "refugees_2022",
    "refugees_counted",
    "refugees_long",
    "refugees_long_moved_in",
    "refugees_moved_in",
    "refugees_new",
    "refugees_new_moved_in",
    "settled_in_1y",
    "settled_in_3y",
    "settled_in_5y",
    "settled_protected",
    "working_age_now",
    "working_age_women",
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


def refugees_moved_in(facts: Components, codes: Codes) -> Figure:
    """Refugees in 2022 who moved to the municipalities after first settlement."""
    return facts.refugees(codes, "moved_here")


def immigrants_counted(facts: Components, codes: Codes) -> Figure:
    """Immigrants on 1 January 2021."""
    return immigrants(facts, codes)


def immigrants_counted_2022(facts: Components, codes: Codes) -> Figure:
    """Immigrants on 1 January 2022."""
    return facts.immigrants_in_2022(codes)


def refugees_counted(facts: Components, codes: Codes) -> Figure:
    """Refugees and their family on 1 January 2021."""
    return refugees(facts, codes)


def other_immigrants_counted(facts: Components, codes: Codes) -> Figure:
    """Immigrants other than refugees and their family on 1 January 2021."""
    return immigrants(facts, codes).minus(refugees(facts, codes))


def settled_in_1y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest finished year."""
    return settled_1y(facts, codes)


def settled_in_3y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest three finished years."""
    return settled_3y(facts, codes)


def settled_in_5y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest five finished years."""
    return settled_5y(facts, codes)


def working_age_now(facts: Components, codes: Codes) -> Figure:
    """People aged 20-66 on 1 January of the newest year."""
    return facts.population(codes, "20-66")


def working_age_women(facts: Components, codes: Codes) -> Figure:
    """Women aged 20-66 on 1 January of the newest year."""
    return facts.aged(codes, *WORKING_AGE, "female")


def children_before(facts: Components, codes: Codes) -> Figure:
    """People aged 0-5 five years before."""
    return facts.population(codes, "0-5", facts.population_year - 5)


def labour_immigrants_counted(facts: Components, codes: Codes) -> Figure:
    """Immigrants for reasons of work on 1 January 2021."""
    return facts.immigrants(codes, "work")


def family_immigrants_counted(facts: Components, codes: Codes) -> Figure:
    """Immigrants for reasons of family on 1 January 2021."""
    return facts.immigrants(codes, "family")


def education_immigrants_counted(facts: Components, codes: Codes) -> Figure:
    """Immigrants for reasons of education or others on 1 January 2021."""
    return facts.immigrants(codes, "education_or_other")


def refugees_new(facts: Components, codes: Codes) -> Figure:
    """Refugees in 2022 with less than five years in Norway."""
    return facts.refugees(codes, "all", NEW)


def refugees_new_moved_in(facts: Components, codes: Codes) -> Figure:
    """Those of them who moved to the municipalities after first settlement."""
    return facts.refugees(codes, "moved_here", NEW)


def refugees_long(facts: Components, codes: Codes) -> Figure:
    """Refugees in 2022 with five years or more in Norway."""
    return facts.refugees(codes, "all", LONG)


def refugees_long_moved_in(facts: Components, codes: Codes) -> Figure:
    """Those of them who moved to the municipalities after first settlement."""
    return facts.refugees(codes, "moved_here", LONG)


def settled_protected(facts: Components, codes: Codes) -> Figure:
    """Persons settled under collective protection in the newest finished year."""
    return facts.protected(codes, facts.finished_years(1))
