"""Ideal shares shared out under rules, without the explanation: what alternatives and costs are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from fotfeste.settlement.apply_rules import apply_rules
from fotfeste.settlement.apportionment import apportion
from fotfeste.settlement.conflict import find_conflict
from fotfeste.settlement.conflict_told import infeasible
from fotfeste.settlement.criteria import PageMethod, Rule
from fotfeste.settlement.engine import refuse_giving_more_than_the_share
from fotfeste.settlement.mixture import mix
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.rules import Beside, RuleInputs, domains_of
from fotfeste.settlement.solve import solve


def ideal_shares(prepared: Prepared) -> dict[str, Fraction]:
    """Return what the criteria give each municipality, in exact persons; they sum to the total without minors.

    Raises what :func:`~fotfeste.settlement.mixture.mix` raises.
    """
    mixed = mix(prepared.criteria, prepared.inputs(), prepared.request.total - prepared.request.minors)
    return dict(zip(prepared.codes, mixed.quotas(prepared.codes), strict=True))


def numbers_under(
    quotas: Mapping[str, Fraction],
    rules: Sequence[Rule],
    beside: RuleInputs,
    total: int,
    method: PageMethod,
) -> dict[str, int]:
    """Return whole numbers, minors included, for ``quotas`` that sum to ``total`` (which is without minors).

    Raises :class:`~fotfeste.errors.InputError` for rules that cannot be applied and
    :class:`~fotfeste.errors.Infeasible`, with the rules in conflict, where they cannot all be met.
    """
    codes = beside.codes
    ideal = [quotas[code] for code in codes]
    applied = apply_rules(rules, beside)
    refuse_giving_more_than_the_share(ideal, codes, applied.transfers, beside.names)
    apart = Beside(beside.minors, applied.transfers)
    solution = solve(ideal, domains_of(applied.bounds, codes, total, apart), total, method)
    if solution is None:
        whole = total + sum(beside.minors.values())
        raise infeasible(find_conflict(applied.bounds, codes, total, apart), beside.names, whole)
    return {code: number + apart.of(code) for code, number in zip(codes, solution.numbers, strict=True)}


def numbers_without_rules(
    quotas: Mapping[str, Fraction], minors: Mapping[str, int], total: int, method: PageMethod
) -> dict[str, int]:
    """Return whole numbers by the method alone, minors included: no rule, no override, nothing of a revision."""
    seats = apportion(list(quotas.values()), total, method).seats
    return {code: persons + minors.get(code, 0) for code, persons in zip(quotas, seats, strict=True)}


def distance(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    """Return the persons that must move from some municipalities to others to turn one answer into another.

    Half the sum of absolute differences; a whole number, since both answers have the same total.
    """
    return sum(abs(one[code] - other[code]) for code in one) // 2


def overlap(one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> Fraction:
    """Return the part of a total that two sets of shares place alike, from 0 to 1: the sum of the smaller shares."""
    return 1 - sum((abs(one[code] - other[code]) for code in one), Fraction(0)) / 2
