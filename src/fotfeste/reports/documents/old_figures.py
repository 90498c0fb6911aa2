"""Figures that are older than the others: those the recommendation rests on, and those it shows."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.naming import fixed_period, indicator_name
from fotfeste.reports.documents.naming import short_period as spoken_period

OLD_YEARS = 3
"""A figure whose newest year lies this many years before the year of the recommendation is called old."""


def old_used(basis: Basis) -> list[str]:
    """Return the figures that count and are old, also those that are not among the figures compared."""
    periods = {found.indicator: found.period for found in basis.results[0].facts.indicators}
    used = dict.fromkeys(name for one in basis.used_criteria for name in one.key.indicators)
    found = {name: periods.get(name) or fixed_period(name) for name in used}
    return [
        basis.text(
            msg(
                "«{name}» inngår i beregningen med tall fra {period}. Nyere tall finnes ikke i dataene.",
                name=indicator_name(name, basis.locale).name,
                period=spoken_period(period),
            )
        )
        for name, period in found.items()
        if _is_old(period, basis)
    ]


def old_shown(basis: Basis) -> str:
    """Return which of the figures that are shown, and count in nothing, are old; empty where none is."""
    counted = {name for one in basis.used_criteria for name in one.key.indicators}
    old = [
        f"{basis.words.quoted(indicator_name(found.indicator, basis.locale).name)} ({spoken_period(found.period)})"
        for found in basis.results[0].facts.indicators
        if found.indicator not in counted and _is_old(found.period, basis)
    ]
    if not old:
        return ""
    return basis.text(
        msg(
            "Disse tallene er eldre, vises bare til sammenligning og påvirker ikke anbefalingen: {list}.",
            list=basis.words.join(old),
        )
    )


def _is_old(period: str, basis: Basis) -> bool:
    newest = newest_year(period)
    return newest is not None and basis.year - newest >= OLD_YEARS


def newest_year(period: str) -> int | None:
    """Return the last year that a period mentions, or ``None``."""
    digits = "".join(sign if sign.isdigit() else " " for sign in period).split()
    years = [int(part) for part in digits if len(part) == 4]
    return max(years, default=None)
