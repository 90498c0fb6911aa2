"""Apportionment: whole persons from shares, in exact arithmetic, by the methods the literature knows.

Notation: weights ``w`` (what the shares are proportional to), a total ``T`` of persons, quotas ``q = T·w/Σw``.
A divisor method gives the next person to the largest ``w/d(s)``, where ``s`` is what the receiver already has
and ``d`` the method's divisor. Sources: Balinski and Young, *Fair Representation* (2nd ed., 2001);
Pukelsheim, *Proportional Representation* (2nd ed., 2017).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from fotfeste.errors import InputError
from fotfeste.messages import msg

MethodName = Literal[
    "hamilton", "sainte-lague", "modified-sainte-lague", "dhondt", "huntington-hill", "adams"
]
Weight = int | Fraction


@dataclass(frozen=True, slots=True)
class EqualClaims:
    """Places that could go either way: the positions that stood equal, and those that received."""

    positions: tuple[int, ...]
    given: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Persons in the order of the weights; ``equal`` is set where a tie was decided by the stated rule."""

    seats: tuple[int, ...]
    equal: EqualClaims | None = None


def apportion(weights: Sequence[Weight], total: int, method: MethodName = "hamilton") -> Apportionment:
    """Share ``total`` persons out in proportion to ``weights`` by the named method.

    ``weights`` are whole numbers or fractions, none negative, not all zero (unless ``total`` is zero). The
    seats sum to ``total``. Exact ties go to the larger weight, then to the earlier position, and are reported.
    Raises :class:`InputError` for negative weights or totals, unknown methods, or nothing to share by.

    >>> apportion([53, 24, 23], 10).seats
    (5, 3, 2)
    """
    if method not in get_args(MethodName):
        raise InputError(
            "apportion.method",
            msg("Fordelingsmetoden «{method}» finnes ikke.", method=str(method)),
            remedy=msg("Velg en av: {names}.", names=", ".join(get_args(MethodName))),
        )
    if total < 0 or any(weight < 0 for weight in weights):
        raise InputError("apportion.negative", msg("Vekter og total kan ikke være negative."))
    if total and not any(weights):
        raise InputError(
            "apportion.zero",
            msg("Alle vektene er null, så det finnes ingenting å fordele etter."),
            remedy=msg("Gi minst én vekt over null."),
        )
    if not total:
        return Apportionment((0,) * len(weights))
    return METHODS[method]([Fraction(weight) for weight in weights], total)


def hamilton(weights: Sequence[Fraction], total: int) -> Apportionment:
    """Largest remainders: everyone the whole part of the quota, the rest to the largest fractions."""
    quotas = quotas_of(weights, total)
    seats = [quota.numerator // quota.denominator for quota in quotas]
    rest = total - sum(seats)
    order = sorted(range(len(weights)), key=lambda i: (seats[i] - quotas[i], -weights[i], i))
    for place in order[:rest]:
        seats[place] += 1
    last = order[rest - 1] if rest else None
    level = None if last is None else quotas[last] - int(quotas[last])
    equal = [i for i in range(len(weights)) if quotas[i] - int(quotas[i]) == level]
    given = [i for i in order[:rest] if i in equal]
    tie = EqualClaims(tuple(equal), tuple(sorted(given))) if len(given) < len(equal) else None
    return Apportionment(tuple(seats), tie)


def sainte_lague(weights: Sequence[Fraction], total: int) -> Apportionment:
    """Sainte-Laguë (Webster): divisors ½, 1½, 2½ …, that is 1, 3, 5 …"""
    return _highest_quotients(weights, total, lambda seats: Fraction(2 * seats + 1, 2))


def modified_sainte_lague(weights: Sequence[Fraction], total: int) -> Apportionment:
    """Sainte-Laguë with first divisor 1.4, as in Norwegian parliamentary elections (divisors 1.4, 3, 5 …)."""
    return _highest_quotients(
        weights, total, lambda seats: Fraction(7, 10) if seats == 0 else Fraction(2 * seats + 1, 2)
    )


def dhondt(weights: Sequence[Fraction], total: int) -> Apportionment:
    """D'Hondt (Jefferson): divisors 1, 2, 3 …"""
    return _highest_quotients(weights, total, lambda seats: Fraction(seats + 1))


def huntington_hill(weights: Sequence[Fraction], total: int) -> Apportionment:
    """Huntington–Hill (equal proportions): divisors √(s(s+1)), compared by their squares.

    Everyone with a positive weight receives one before anyone receives two.
    """
    squares = [weight * weight for weight in weights]
    return _highest_quotients(
        squares, total, lambda seats: Fraction(seats * (seats + 1)), quotas_of(weights, total)
    )


def adams(weights: Sequence[Fraction], total: int) -> Apportionment:
    """Adams: divisors 0, 1, 2 …; everyone with a positive weight receives one before anyone receives two."""
    return _highest_quotients(weights, total, lambda seats: Fraction(seats))


METHODS: dict[MethodName, Callable[[Sequence[Fraction], int], Apportionment]] = {
    "hamilton": hamilton,
    "sainte-lague": sainte_lague,
    "modified-sainte-lague": modified_sainte_lague,
    "dhondt": dhondt,
    "huntington-hill": huntington_hill,
    "adams": adams,
}


def quotas_of(weights: Sequence[Fraction], total: int) -> list[Fraction]:
    """Return the exact quotas ``total·w/Σw``."""
    whole = sum(weights)
    return [weight * total / whole for weight in weights]


def _highest_quotients(
    weights: Sequence[Fraction],
    total: int,
    divisor: Callable[[int], Fraction],
    quotas: Sequence[Fraction] | None = None,
) -> Apportionment:
    """Give ``total`` places by largest ``weight/divisor(seats)``; a zero divisor outranks every other.

    Starts near the ``quotas`` and gives or takes the rest one by one: any allocation whose last-given quotients
    are all at least the best quotient not given is the method's own for its sum, and so a right beginning.
    """
    claims = [i for i, weight in enumerate(weights) if weight > 0]

    def rank(i: int, seats: int) -> tuple[int, Fraction, Fraction, int]:
        below = divisor(seats)
        quotient = (1, weights[i]) if below == 0 else (0, weights[i] / below)
        return (*quotient, weights[i], -i)

    seats = _safe_beginning(weights, total, divisor, quotas or quotas_of(weights, total))
    while sum(seats) > total:
        least = min((i for i in claims if seats[i]), key=lambda i: rank(i, seats[i] - 1))
        seats[least] -= 1
    while sum(seats) < total:
        seats[max(claims, key=lambda i: rank(i, seats[i]))] += 1
    last = min(rank(i, seats[i] - 1)[:2] for i in claims if seats[i])
    following = max(rank(i, seats[i])[:2] for i in claims)
    if last != following:
        return Apportionment(tuple(seats))
    given = [i for i in claims if seats[i] and rank(i, seats[i] - 1)[:2] == last]
    waiting = [i for i in claims if rank(i, seats[i])[:2] == last]
    return Apportionment(tuple(seats), EqualClaims(tuple(sorted({*given, *waiting})), tuple(given)))


def _safe_beginning(
    weights: Sequence[Fraction],
    total: int,
    divisor: Callable[[int], Fraction],
    quotas: Sequence[Fraction],
) -> list[int]:
    """Return, for one common level, how many places each weight earns strictly above it.

    The level is the quotient at which the largest weight stands with about its quota; every level gives an
    allocation of the method for its own total, so only the difference to ``total`` remains to be given or taken.
    """
    largest = max(range(len(weights)), key=lambda i: weights[i])
    level = weights[largest] / (divisor(int(quotas[largest])) or 1)

    def earned(weight: Fraction) -> int:
        low, high = 0, total
        while low < high:
            middle = (low + high) // 2
            below = divisor(middle)
            if below == 0 or weight / below > level:
                low = middle + 1
            else:
                high = middle
        return low

    return [earned(weight) if weight > 0 else 0 for weight in weights]
