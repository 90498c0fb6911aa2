"""Periods written with numbers only, so that they read the same in every language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fotfeste.statistics.components import Components


def period_of(rule: str, facts: Components) -> str:
    """Return the period that a rule of the indicator catalogue stands for.

    ``population``: the newest 1 January. ``population-N``: from N years before to that. ``settled-N``: the newest N
    finished years. ``last``: the year before, with the date of the status when it is unfinished. ``=TEXT``: TEXT.
    """
    if rule.startswith("="):
        return rule[1:]
    name, _, number = rule.partition("-")
    if name == "population":
        now = facts.population_year
        return f"1.1.{now}" if not number else f"1.1.{now - int(number)}–1.1.{now}"
    if name == "settled":
        years = facts.finished_years(int(number))
        if not years:
            return ""
        return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    year = facts.year - 1
    found = facts.settlement_year(year)
    if found is None or found.status_date is None:
        return str(year)
    return f"{year} ({_written(found.status_date)})"


def _written(day: str) -> str:
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{when.day}.{when.month}.{when.year}"
