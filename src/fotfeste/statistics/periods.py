"""Periods written with numbers only, as in the catalogue of indicators, and as an English reader expects them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from fotfeste.messages import msg

if TYPE_CHECKING:
    from fotfeste.messages import Language
    from fotfeste.statistics.components import Components

_PART = re.compile(
    r"(?<![\d.])(?:(?P<day>\d{1,2})\.(?P<of>\d{1,2})\.|(?P<first>\d{1,2})\.–(?P<last>\d{1,2})\.|(?P<month>\d{1,2})\.)(?P<year>\d{4})"
)
"""A date, some months of a year, or one month of it: ``1.1.2021``, ``1.–10.2022``, ``1.2024``."""


def in_words(period: str, words: Language) -> str:
    """Return a period for one reader: as it stands in Norwegian, ``1 Jan 2021–1 Jan 2026`` in English."""
    if words.locale != "en":
        return period

    def as_date(part: re.Match[str]) -> str:
        year = int(part["year"])
        try:
            if part["day"]:
                return words.short_date(date(year, int(part["of"]), int(part["day"])))
            months = [int(part[name]) for name in ("first", "last", "month") if part[name]]
            short = [words.short_date(date(year, month, 1)).split(" ", 1)[1] for month in months]
        except ValueError:
            return part[0]
        return "–".join([*(one.rsplit(" ", 1)[0] for one in short[:-1]), short[-1]])

    return _PART.sub(as_date, period)


def period_told(period: str, words: Language) -> str:
    """Return a period as :func:`in_words`, or that the source does not state it."""
    return in_words(period, words) or words.text(msg("ikke oppgitt"))


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
