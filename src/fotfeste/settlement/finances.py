"""What settling a number of persons costs a municipality and brings in over five years, from its own dated rates.

Fotfeste has no rates of its own. All sums are exact: kroner are fractions, and nothing is rounded before it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from fotfeste.messages import Message, msg

YEARS = 5
"""The years since settlement that are counted: the years of grants for the settlement of refugees."""
Side = Literal["cost", "grant"]
Per = Literal["person", "municipality"]
Group = Literal["all", "minors", "others"]


@dataclass(frozen=True, slots=True)
class Rate:
    """One cost or grant in kroner, for each of the five years since settlement.

    ``per`` person in ``group`` (everybody, the unaccompanied minors among them, or the others), or for the municipality
    whatever the number. ``name`` is the municipality's own word for it; empty where the id has one (:func:`rate_name`).
    """

    id: str
    side: Side
    kroner: tuple[Fraction, ...]
    per: Per = "person"
    group: Group = "all"
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Staying:
    """The share of the settled (0 to 1) who live in the municipality in each of the five years, and who says so."""

    shares: tuple[Fraction, ...]
    source: str

    @classmethod
    def from_second_year(cls, share: Fraction, source: str) -> Staying:
        """Return the share as it is if everybody who moves does so after the first year: the most that can be lost."""
        return cls((Fraction(1), *(share for _ in range(YEARS - 1))), source)


@dataclass(frozen=True, slots=True)
class Rates:
    """A municipality's own rates: as of when, whose they are, and where they are from.

    ``staying`` is how many the municipality itself expects to stay; nothing where it does not say.
    """

    municipality: str
    dated: date
    owner: str
    source: str
    rates: tuple[Rate, ...]
    staying: Staying | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What one rate comes to, in kroner, in each of the five years."""

    rate: Rate
    kroner: tuple[Fraction, ...]

    @property
    def total(self) -> Fraction:
        """All years together."""
        return sum(self.kroner, Fraction(0))


@dataclass(frozen=True, slots=True)
class Finances:
    """Costs and grants for ``persons`` settled together (``minors`` of them unaccompanied), over five years.

    ``living`` is how many persons are counted in each year: a fraction where only a share stays.
    """

    persons: int
    minors: int
    living: tuple[Fraction, ...]
    costs: tuple[Line, ...]
    grants: tuple[Line, ...]

    @property
    def cost(self) -> tuple[Fraction, ...]:
        """Costs in each year."""
        return _by_year(self.costs)

    @property
    def grant(self) -> tuple[Fraction, ...]:
        """Grants in each year."""
        return _by_year(self.grants)

    @property
    def without_grants(self) -> tuple[Fraction, ...]:
        """What is left in each year without any grant: minus the costs."""
        return tuple(-one for one in self.cost)

    @property
    def with_grants(self) -> tuple[Fraction, ...]:
        """What is left in each year when costs are taken from grants; below zero the municipality pays itself."""
        return tuple(given - spent for given, spent in zip(self.grant, self.cost, strict=True))


def finances(rates: Rates, persons: int, minors: int = 0, staying: Staying | None = None) -> Finances:
    """Return what ``persons`` (``minors`` of them unaccompanied) cost and bring in, over five years since settlement.

    Each rate per person counts once for everybody in its group who lives there that year: all of them, or the share that
    stays. Costs and grants follow the person alike. What stands for the municipality counts while somebody is settled.
    Raises :class:`ValueError` unless ``0 <= minors <= persons``.
    """
    if not 0 <= minors <= persons:
        raise ValueError(f"{minors} of {persons}")
    shares = staying.shares if staying else (Fraction(1),) * YEARS
    counted = {"all": persons, "minors": minors, "others": persons - minors}

    def line(rate: Rate) -> Line:
        if rate.per == "municipality":
            return Line(rate, rate.kroner if persons else (Fraction(0),) * YEARS)
        people = counted[rate.group]
        return Line(
            rate, tuple(kroner * people * share for kroner, share in zip(rate.kroner, shares, strict=True))
        )

    return Finances(
        persons,
        minors,
        tuple(persons * share for share in shares),
        tuple(line(one) for one in rates.rates if one.side == "cost"),
        tuple(line(one) for one in rates.rates if one.side == "grant"),
    )


def _by_year(lines: Sequence[Line]) -> tuple[Fraction, ...]:
    return tuple(sum((one.kroner[year] for one in lines), Fraction(0)) for year in range(YEARS))


_NAMES = {
    "housing": msg("Bolig og etablering"),
    "refugee_service": msg("Flyktningtjenesten"),
    "introduction_benefit": msg("Introduksjonsstønad"),
    "adult_education": msg("Voksenopplæring"),
    "kindergarten": msg("Barnehage"),
    "school": msg("Skole"),
    "health": msg("Helsetjenester"),
    "interpreters": msg("Tolk"),
    "social_assistance": msg("Sosialhjelp"),
    "minors_care": msg("Botiltak for enslige mindreårige"),
    "other_cost": msg("Andre utgifter"),
    "integration_grant": msg("Integreringstilskudd"),
    "adult_education_grant": msg("Tilskudd til opplæring i norsk og samfunnskunnskap"),
    "minors_grant": msg("Særskilt tilskudd for enslige mindreårige"),
    "other_grant": msg("Andre tilskudd"),
}


def rate_name(rate: Rate) -> Message | str:
    """Return what a rate is called: the municipality's own word, or the one that belongs to its id."""
    return rate.name or _NAMES[rate.id]


def has_name(rate_id: str) -> bool:
    """Whether an id has a name of its own, so that none need be written."""
    return rate_id in _NAMES
