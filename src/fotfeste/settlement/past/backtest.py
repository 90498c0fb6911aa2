"""How many places would have to move between what is predicted and what was requested, for earlier years.

Every prediction is made from :meth:`Record.before` the year in question. Shares are compared over the municipalities whose
request is known; those without a known request are left out, except where the source lists only those asked and it
is not given who they are: then what is known of the request counts, and nothing where nothing is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Literal

from fotfeste.settlement.past.choices import PastSettings
from fotfeste.settlement.past.exact import exact_shares
from fotfeste.settlement.past.model import fit
from fotfeste.settlement.past.record import Record, persons_asked
from fotfeste.statistics.figure import Figure

Predictor = Literal["past", "last_year", "population", "square_root"]
PREDICTORS: tuple[Predictor, ...] = ("past", "last_year", "population", "square_root")

_ROOT = Context(prec=18)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The share of places that would have to move in one year, by predictor: in the country, and within counties.

    ``municipalities`` are those compared and ``asked`` those of them that were asked.
    """

    year: int
    asked_given: bool
    municipalities: int
    asked: int
    national: Mapping[Predictor, Fraction]
    within_counties: Mapping[Predictor, Fraction]


def moved(predicted: Mapping[str, Fraction], actual: Mapping[str, Fraction]) -> Fraction:
    """Return ½·Σ|predicted − actual|: the share of places that would have to move to another municipality."""
    return (
        sum((abs(predicted.get(code, Fraction(0)) - share) for code, share in actual.items()), Fraction(0))
        / 2
    )


def outcome(
    record: Record,
    counties: Mapping[str, str],
    year: int,
    settings: PastSettings,
    *,
    asked_given: bool,
    actual: Mapping[str, Figure] | None = None,
    predictors: Sequence[Predictor] = PREDICTORS,
) -> Outcome:
    """Return how far each predictor was from the requests of ``year``.

    ``record`` may hold later years: they are cut off. ``counties`` gives the county of each municipality. ``actual``
    are other requests to compare with (the first ones of the year); by default those in the record.
    """
    listed_only = year in settings.listed_only and not asked_given
    by_code = record.requested[year] if actual is None else actual
    persons = {
        code: number for code, one in by_code.items() if (number := _known(one, listed_only)) is not None
    }
    codes = tuple(sorted(persons))
    asked = frozenset(code for code in codes if persons[code])
    before = record.before(year)
    weights = {
        one: _predicted(one, before, codes, asked if asked_given else None, settings) for one in predictors
    }
    true = exact_shares({code: Decimal(persons[code]) for code in codes})
    groups: dict[str, list[str]] = {}
    for code in codes:
        groups.setdefault(counties[code], []).append(code)
    return Outcome(
        year,
        asked_given,
        len(codes),
        len(asked),
        {one: moved(exact_shares(weights[one]), true) for one in predictors},
        {one: _within(weights[one], true, groups.values(), before, asked_given) for one in predictors},
    )


def average(values: Sequence[Fraction]) -> Fraction:
    """Return the mean over years, each counting the same."""
    return sum(values, Fraction(0)) / len(values)


def _known(figure: Figure, listed_only: bool) -> int | None:
    persons = persons_asked(figure)
    return int(figure.low or 0) if persons is None and listed_only else persons


def _predicted(
    predictor: Predictor,
    before: Record,
    codes: Sequence[str],
    asked: Collection[str] | None,
    settings: PastSettings,
) -> dict[str, Decimal]:
    """Return what each municipality would get, unscaled; nothing to those not asked where that is given."""
    if predictor == "past":
        return fit(before, settings).weights(codes, asked)
    people = before.population[max(before.population)]
    if predictor == "last_year":
        last = before.requested[max(before.requested)]
        weights = {code: Decimal(_known(last[code], True) or 0) for code in codes}
    elif predictor == "population":
        weights = {code: Decimal(people[code]) for code in codes}
    else:
        weights = {code: Decimal(people[code]).sqrt(_ROOT) for code in codes}
    return (
        weights if asked is None else {code: weights[code] if code in asked else Decimal(0) for code in codes}
    )


def _within(
    weights: Mapping[str, Decimal],
    true: Mapping[str, Fraction],
    groups: Collection[Sequence[str]],
    before: Record,
    asked_given: bool,
) -> Fraction:
    """Return the share of all places that would have to move within the counties, each county's total given.

    Where a predictor gives a whole county nothing, it is given the county's population shares instead.
    """
    people = before.population[max(before.population)]
    moving = Fraction(0)
    for members in groups:
        total = sum((true[code] for code in members), Fraction(0))
        if not total:
            continue
        parts = {code: weights[code] for code in members}
        if not any(parts.values()):
            chosen = [code for code in members if true[code] or not asked_given]
            parts = {code: Decimal(people[code]) if code in chosen else Decimal(0) for code in members}
        moving += total * moved(exact_shares(parts), {code: true[code] / total for code in members})
    return moving
