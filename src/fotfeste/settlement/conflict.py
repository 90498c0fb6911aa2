"""When rules cannot all be met: a smallest set of rules in conflict, and what could be met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.domains import feasible, feasible_range
from fotfeste.settlement.rules import NOBODY, Beside, Bound, domains_of, in_force


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What a municipality adds to the least total, or takes from the largest, beyond the bounds in conflict.

    ``kinds`` are the rules that are not among those bounds, transfers with them; ``minors`` tells whether minors are
    part of the cause.
    """

    code: str
    persons: int
    kinds: tuple[RuleKind, ...]
    minors: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A set of bounds that cannot all hold, where dropping any one of them would make the rest possible.

    ``with_total`` tells whether the total is part of the conflict. ``below`` and ``above`` are the nearest
    totals that all the rules together allow (``None`` where there is none).

    Where the total is below everybody's least or above everybody's most, ``side`` says which, ``named`` is what the
    bounds in conflict add up to by themselves, and ``unnamed`` what leads from there to the total that is allowed.
    Otherwise ``minors`` and ``moved`` hold, by code, the minors and the persons moved by transfers (negative where
    they are given away) without which the bounds would not be in conflict.
    """

    bounds: tuple[Bound, ...]
    with_total: bool
    below: int | None
    above: int | None
    side: Literal["least", "most"] | None = None
    named: int = 0
    unnamed: tuple[Unnamed, ...] = ()
    minors: tuple[tuple[str, int], ...] = ()
    moved: tuple[tuple[str, int], ...] = ()


def find_conflict(
    bounds: Sequence[Bound], codes: Sequence[str], total: int, beside: Beside = NOBODY
) -> Conflict:
    """Return a smallest set in conflict (irreducible: no part of it can be left out) and the feasible totals.

    ``total`` is what is shared out; the feasible totals are whole, with the minors ``beside``. Nobody at all is no
    total that anyone can ask for, and is never proposed.

    Bounds are tried out one after the other; those without which the rest is still impossible are dropped. Bounds
    that a lock or an exclusion has set aside are no part of it: to change them would not help.
    """
    bounds = in_force(bounds)
    roof = total + sum(bound.low for bound in bounds) + sum(map(beside.given_away, codes))
    domains = domains_of(bounds, codes, roof, beside)
    with_total = not any(domain.empty for domain in domains)

    def possible(kept: Sequence[Bound], apart: Beside = beside) -> bool:
        extra = sum(map(beside.of, codes)) - sum(map(apart.of, codes))
        if with_total:
            return feasible(domains_of(kept, codes, total + extra, apart), total + extra)
        return not any(domain.empty for domain in domains_of(kept, codes, roof + extra, apart))

    kept = list(bounds)
    for bound in bounds:
        rest = [one for one in kept if one is not bound]
        if not possible(rest):
            kept = rest
    below, above = feasible_range(domains, total)
    minors = sum(beside.minors.values())
    found = Conflict(
        tuple(kept),
        with_total,
        None if below is None else below + minors or None,
        None if above is None else above + minors,
    )
    if with_total and total < sum(domain.least for domain in domains):
        return _added_up(found, "least", bounds, codes, roof, beside)
    if with_total and total > sum(domain.most for domain in domains):
        return _added_up(found, "most", bounds, codes, roof, beside)
    needed = _needed(beside, codes, lambda apart: not possible(kept, apart))
    return replace(
        found,
        minors=tuple((code, needed.minors[code]) for code in codes if needed.minors.get(code)),
        moved=tuple((code, needed.transfers[code]) for code in codes if needed.transfers.get(code)),
    )


def _needed(beside: Beside, codes: Sequence[str], conflicts: Callable[[Beside], bool]) -> Beside:
    """Return the minors and the persons moved without which there is no conflict, as few municipalities as can be."""
    kept = beside
    for code in codes:
        for less_of in (_without_minors, _without_transfers):
            less = less_of(kept, code)
            if conflicts(less):
                kept = less
    return kept


def _without_minors(beside: Beside, code: str) -> Beside:
    return replace(beside, minors={one: n for one, n in beside.minors.items() if one != code})


def _without_transfers(beside: Beside, code: str) -> Beside:
    return replace(beside, transfers={one: n for one, n in beside.transfers.items() if one != code})


def _added_up(
    conflict: Conflict,
    side: Literal["least", "most"],
    bounds: Sequence[Bound],
    codes: Sequence[str],
    roof: int,
    beside: Beside,
) -> Conflict:
    """Return the conflict with what leads from the sum of its own bounds to the total that all rules allow."""

    def whole(code: str, own: Sequence[Bound], apart: Beside) -> int:
        domain = domains_of(own, [code], roof, apart)[0]
        return (domain.least if side == "least" else domain.most) + apart.of(code)

    def unnamed_in(code: str, told: Sequence[Bound], others: Sequence[Bound]) -> Unnamed:
        number = whole(code, [*told, *others], beside)
        apart = _needed(beside, [code], lambda less: whole(code, [*told, *others], less) == number)
        needed = list(others)
        for bound in others:
            rest = [one for one in needed if one is not bound]
            if whole(code, [*told, *rest], apart) == number:
                needed = rest
        kinds = [bound.kind for bound in needed] + [RuleKind.TRANSFER] * bool(apart.transfers.get(code))
        persons = abs(number - whole(code, told, NOBODY))
        return Unnamed(code, persons, tuple(dict.fromkeys(kinds)), bool(apart.minors.get(code)))

    named, unnamed = 0, []
    for code in codes:
        told = [bound for bound in conflict.bounds if bound.code == code]
        others = [bound for bound in bounds if bound.code == code and bound not in told]
        named += whole(code, told, NOBODY)
        one = unnamed_in(code, told, others)
        if one.persons:
            unnamed.append(one)
    return replace(conflict, side=side, named=named, unnamed=tuple(unnamed))
