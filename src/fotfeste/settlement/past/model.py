"""The model: size to a power, times how much more or less than its size each has been asked for, times the chance.

Three sentences for an adviser. Every municipality's part is its size (population to an exponent that is fitted on
earlier requests) times how much more or less than its size it has been asked for before. The newest years count most,
and a municipality with little experience is drawn towards the average. Where it is not known who will be asked, the
part is multiplied by how often the municipality has been asked (with the settings shipped: 1 if it was asked last, else 0).

All numbers are decimals with a fixed number of digits, so that every machine gets the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from fotfeste.settlement.past.choices import PastSettings
from fotfeste.settlement.past.record import Record, persons_asked, was_asked

DIGITS = 18
EXPONENT_STEP = Decimal("0.01")
LEAST_COUNT = Decimal("0.000001")
"""A year that counts less than a millionth of the newest is not read: it would change no digit that is shown."""

ZERO, ONE = Decimal(0), Decimal(1)

Numbers = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What earlier requests tell. Codes are those with a population.

    ``size`` is population to ``exponent``; ``relative`` how many times its size a municipality has been asked for (1 is the
    average); ``chance`` (0..1) how often it has been asked.
    """

    years: tuple[int, ...]
    population_year: int
    exponent: Decimal
    size: Mapping[str, Decimal]
    relative: Mapping[str, Decimal]
    chance: Mapping[str, Decimal]

    def weights(self, codes: Sequence[str], asked: Collection[str] | None) -> Numbers:
        """Return the unscaled part of each municipality; where ``asked`` is given, nothing to the others."""
        with localcontext(Context(prec=DIGITS)):
            parts = {code: self.size[code] * self.relative[code] for code in codes}
            if asked is None:
                return {code: part * self.chance[code] for code, part in parts.items()}
            return {code: part if code in asked else ZERO for code, part in parts.items()}


def fit(past: Record, settings: PastSettings) -> Fitted:
    """Fit the model on everything in ``past``; cut it off first with :meth:`Record.before`."""
    with localcontext(Context(prec=DIGITS)):
        asked_years = _asked_years(past)
        ages = _fading(settings.memory, list(asked_years))
        years = {year: asked for year, asked in asked_years.items() if ages[year] >= LEAST_COUNT}
        logs = {year: _logarithms(past.population[year - 1], asked) for year, asked in years.items()}
        exponent = _exponent(years, logs, ages)
        newest = max(past.population)
        people = past.population[newest]
        size = {code: _power(Decimal(number).ln(), exponent) for code, number in people.items()}
        relative = _relative(years, logs, ages, exponent, settings.average_years, size)
        chance = {code: _chance(code, past, settings) for code in people}
        return Fitted(tuple(sorted(years)), newest, exponent, size, relative, chance)


def _asked_years(past: Record) -> dict[int, dict[str, int]]:
    """Return, newest year first, the persons each municipality was asked for, where that is known and above zero."""
    found = {}
    for year in sorted(past.requested, reverse=True):
        people = past.population.get(year - 1, {})
        persons = {code: persons_asked(figure) for code, figure in sorted(past.requested[year].items())}
        asked = {code: number for code, number in persons.items() if number and people.get(code)}
        if asked:
            found[year] = asked
    return found


def _fading(memory: Decimal, years: Sequence[int]) -> dict[int, Decimal]:
    """Return what each year counts when the newest counts 1 and every year before it ``memory`` as much."""
    return {year: _whole_power(memory, max(years) - year) for year in years}


def _whole_power(base: Decimal, exponent: int) -> Decimal:
    return base**exponent if exponent else ONE


def _logarithms(people: Mapping[str, int], asked: Mapping[str, int]) -> Numbers:
    return {code: Decimal(people[code]).ln() for code in asked}


def _power(logarithm: Decimal, exponent: Decimal) -> Decimal:
    return (logarithm * exponent).exp()


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, ZERO)


def _exponent(
    years: Mapping[int, Mapping[str, int]], logs: Mapping[int, Numbers], ages: Mapping[int, Decimal]
) -> Decimal:
    """Return the slope of log(request) on log(population) by least squares, to two decimals.

    Every year has a level of its own and counts as its age, whatever the number of municipalities asked. Where all are
    of one size there is nothing to learn, and the exponent is 1.
    """
    product = square = ZERO
    for year, asked in years.items():
        x = logs[year]
        by_number = {persons: Decimal(persons).ln() for persons in set(asked.values())}
        y = {code: by_number[persons] for code, persons in asked.items()}
        mean_x, mean_y = _sum(x.values()) / len(x), _sum(y.values()) / len(y)
        counts = ages[year] / len(x)
        product += counts * _sum((x[code] - mean_x) * (y[code] - mean_y) for code in x)
        square += counts * _sum((x[code] - mean_x) ** 2 for code in x)
    slope = product / square if square else ONE
    return slope.quantize(EXPONENT_STEP, ROUND_HALF_EVEN)


def _relative(
    years: Mapping[int, Mapping[str, int]],
    logs: Mapping[int, Numbers],
    ages: Mapping[int, Decimal],
    exponent: Decimal,
    average_years: Decimal,
    codes: Collection[str],
) -> Numbers:
    """Return how many times its size each has been asked for, among those asked, drawn towards 1."""
    above = dict.fromkeys(codes, average_years)
    below = dict.fromkeys(codes, average_years)
    for year, asked in years.items():
        size = {code: _power(logs[year][code], exponent) for code in asked}
        per_size = _sum(size.values()) / sum(asked.values())
        for code, persons in asked.items():
            if code in above:
                above[code] += ages[year] * persons * per_size / size[code]
                below[code] += ages[year]
    return {code: above[code] / below[code] if below[code] else ONE for code in codes}


def _chance(code: str, past: Record, settings: PastSettings) -> Decimal:
    """Return how often the municipality was asked in the years for which that is known; 1 when it never is."""
    known = {}
    for year, by_code in past.requested.items():
        asked = (
            was_asked(by_code[code], listed_only=year in settings.listed_only) if code in by_code else None
        )
        if asked is not None:
            known[year] = asked
    if not known:
        return ONE
    ages = _fading(settings.asked_memory, list(known))
    return _sum(ages[year] for year, asked in known.items() if asked) / _sum(ages.values())
