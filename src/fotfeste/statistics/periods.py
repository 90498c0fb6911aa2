"""Periods written with numbers only, as in the catalogue of indicators, and as a reader expects them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from fotfeste.messages import Locale, Translated, language, msg

if TYPE_CHECKING:
    from fotfeste.messages import Language
    from fotfeste.statistics.components import Components

_PART = re.compile(
    r"(?<![\d.])(?:(?P<day>\d{1,2})\.(?P<of>\d{1,2})\.|(?P<first>\d{1,2})\.–(?P<last>\d{1,2})\.|(?P<month>\d{1,2})\.)(?P<year>\d{4})"
)
"""A date, some months of a year, or one month of it: ``1.1.2021``, ``1.–10.2022``, ``1.2024``."""
_MONTHS = re.compile(r"(?<![\d.])\d{1,2}\.(–\d{1,2}\.)?\d{4}")
LOCALES: tuple[Locale, ...] = ("nb", "nn", "en")


def in_words(period: str, words: Language) -> str:
    """Return a period for one reader: ``1.1.2021`` and ``januar–oktober 2022``, ``1 Jan 2021`` and ``Jan–Oct 2022`` in English."""
    if not period or (words.locale != "en" and not _MONTHS.search(period)):
        return period

    def as_told(part: re.Match[str]) -> str:
        year = int(part["year"])
        try:
            if part["day"]:
                return words.short_date(date(year, int(part["of"]), int(part["day"])))
            months = [date(year, int(part[name]), 1) for name in ("first", "last", "month") if part[name]]
        except ValueError:
            return part[0]
        return f"{'–'.join(words.month(one) for one in months)} {year}"

    return _PART.sub(as_told, period)


def in_each_language(period: str) -> Translated:
    """Return a period that is told by :func:`in_words` in the language of whoever reads it."""
    return Translated({locale: in_words(period, language(locale)) for locale in LOCALES})


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
