"""Requested, decided and settled: how many, per inhabitant, and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from fotfeste.statistics.components import Codes, Components
from fotfeste.statistics.figure import Figure, Mark, ratio, total

__all__ = [
    "collective_protection_share",
    "decided_last",
    "decided_mean_3y",
    "decided_minus_requested",
    "requested_last",
    "settled_1y",
    "settled_3y",
    "settled_5y",
    "settled_last",
    "settled_max_10y",
    "settled_mean_3y",
    "settled_minus_decided",
    "settled_per_1000_1y",
    "settled_per_1000_3y",
    "settled_per_1000_5y",
]


def settled_1y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest finished year."""
    return facts.settlement(codes, "settled", facts.finished_years(1))


def settled_3y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest three finished years."""
    return facts.settlement(codes, "settled", facts.finished_years(3))


def settled_5y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest five finished years."""
    return facts.settlement(codes, "settled", facts.finished_years(5))


def settled_per_1000_1y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest finished year per 1 000 inhabitants."""
    return ratio(settled_1y(facts, codes), facts.population(codes)).times(1000)


def settled_per_1000_3y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest three finished years per 1 000 inhabitants."""
    return ratio(settled_3y(facts, codes), facts.population(codes)).times(1000)


def settled_per_1000_5y(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the newest five finished years per 1 000 inhabitants."""
    return ratio(settled_5y(facts, codes), facts.population(codes)).times(1000)


def collective_protection_share(facts: Components, codes: Codes) -> Figure:
    """Persons settled under collective protection in the newest finished year as a share of all settled then."""
    return ratio(facts.protected(codes, facts.finished_years(1)), settled_1y(facts, codes))


def requested_last(facts: Components, codes: Codes) -> Figure:
    """Persons requested for the year before."""
    return facts.settlement(codes, "requested", [facts.year - 1])


def decided_last(facts: Components, codes: Codes) -> Figure:
    """Persons decided for the year before."""
    return facts.settlement(codes, "decided", [facts.year - 1])


def settled_last(facts: Components, codes: Codes) -> Figure:
    """Persons settled in the year before, to the date of the status when the year is unfinished."""
    return facts.settlement(codes, "settled", [facts.year - 1])


def decided_minus_requested(facts: Components, codes: Codes) -> Figure:
    """Decided less requested in the newest finished year; not asked where nobody was asked."""
    return _gap(facts, codes, "decided", "requested")


def settled_minus_decided(facts: Components, codes: Codes) -> Figure:
    """Settled less decided in the newest finished year; not asked where nobody was asked."""
    return _gap(facts, codes, "settled", "decided")


def settled_mean_3y(facts: Components, codes: Codes) -> Figure:
    """Mean persons settled a year over the newest three finished years."""
    return _mean(facts.settlement(codes, "settled", [year]) for year in facts.finished_years(3))


def decided_mean_3y(facts: Components, codes: Codes) -> Figure:
    """Mean persons decided a year, over those of the newest three finished years with a known decision.

    Years in which nobody was asked, and years whose decision is unknown, are left out.
    """
    years = facts.finished_years(3)
    asked = [year for year in years if _asked(facts, codes, year)]
    if years and not asked:
        return Figure.not_asked()
    found = [facts.settlement(codes, "decided", [year]) for year in asked]
    return _mean(one for one in found if one.mark is not Mark.MISSING)


def settled_max_10y(facts: Components, codes: Codes) -> Figure:
    """Most persons settled in one of the newest ten finished years; years without a figure are left out."""
    found = [facts.settlement(codes, "settled", [year]) for year in facts.finished_years(10)]
    return highest([one for one in found if one.mark is not Mark.MISSING])


def highest(figures: Sequence[Figure]) -> Figure:
    """Return the highest of ``figures``; suppressed when a suppressed one may be the highest; missing when empty."""
    lows = [one.low for one in figures if one.low is not None]
    highs = [one.high for one in figures if one.high is not None]
    if not figures or len(highs) < len(figures):
        return Figure.missing(low=max(lows, default=0))
    known = [one for one in figures if one.value is not None]
    best = max(known, key=lambda one: Fraction(one.value or 0), default=None)
    hidden = [one for one in figures if one.mark is Mark.SUPPRESSED]
    if best is not None and best.value is not None and all((one.high or 0) <= best.value for one in hidden):
        return best
    if not hidden:
        return Figure.not_asked()
    return Figure(None, Mark.SUPPRESSED, max(lows), max(highs), any(one.estimated for one in figures))


def _asked(facts: Components, codes: Codes, year: int) -> bool:
    requested = facts.settlement(codes, "requested", [year])
    decided = facts.settlement(codes, "decided", [year])
    not_asked = requested.mark is Mark.NOT_ASKED or requested.value == 0
    return not (not_asked and not decided.value)


def _gap(facts: Components, codes: Codes, more: str, less: str) -> Figure:
    years = facts.finished_years(1)
    if all(not _asked(facts, codes, year) for year in years):
        return Figure.not_asked() if years else Figure.missing()
    return facts.settlement(codes, more, years).minus(facts.settlement(codes, less, years))


def _mean(figures: Iterable[Figure]) -> Figure:
    parts = tuple(figures)
    if not parts:
        return Figure.missing()
    return total(parts).times(Fraction(1, len(parts)))
