"""From figures, criteria and rules to a number per municipality, with every step kept for the explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.apportionment import apportion
from fotfeste.settlement.check import check_answer
from fotfeste.settlement.conflict import find_conflict, infeasible
from fotfeste.settlement.criteria import Criteria, RuleKind
from fotfeste.settlement.mixture import Ends, Inputs, Mixed, mix
from fotfeste.settlement.rules import Applied, Bound, RuleInputs, apply_rules, domains_of, holds
from fotfeste.settlement.solve import Solution, solve


@dataclass(frozen=True, slots=True)
class Worked:
    """One calculation: the mixture, the numbers without rules, each kind of rule alone, and the numbers.

    All mappings are by municipality code; ``alone`` holds, per kind of rule, the change in whole persons that it
    makes when it alone is added. ``equal`` are municipalities that stood exactly equal for a place, ``favoured``
    those of them that the stated rule gave it to.
    """

    mixed: Mixed
    quotas: Mapping[str, Fraction]
    unruled: Mapping[str, int]
    alone: Mapping[RuleKind, Mapping[str, int]]
    numbers: Mapping[str, int]
    applied: Applied
    equal: tuple[str, ...]
    favoured: tuple[str, ...]


def work_out(criteria: Criteria, inputs: Inputs, rule_inputs: RuleInputs, total: int) -> Worked:
    """Share ``total`` persons out under the criteria and rules, explain it, and check the answer independently.

    Raises what :func:`~fotfeste.settlement.mixture.mix` and :func:`~fotfeste.settlement.rules.apply_rules`
    raise, and :class:`~fotfeste.errors.Infeasible` with the rules in conflict.
    """
    codes = inputs.codes
    mixed = mix(criteria, inputs, total)
    applied = apply_rules(criteria.rules, rule_inputs)
    ideal = mixed.quotas(codes)
    unruled = apportion(ideal, total, criteria.method).seats
    moved = _with_transfers(ideal, codes, applied.transfers, rule_inputs.names)
    solution = _solved(moved, applied.bounds, codes, total, criteria, rule_inputs.names)
    numbers = dict(zip(codes, solution.numbers, strict=True))
    check_answer(numbers, dict(zip(codes, moved, strict=True)), applied.bounds, total, criteria.method)
    alone: dict[RuleKind, Mapping[str, int]] = {}
    for kind in RuleKind:
        only = _only(kind, ideal, moved, applied, codes, total, criteria)
        if only is not None:
            alone[kind] = {code: n - u for code, n, u in zip(codes, only.numbers, unruled, strict=True)}
    return Worked(
        mixed,
        dict(zip(codes, ideal, strict=True)),
        dict(zip(codes, unruled, strict=True)),
        alone,
        numbers,
        applied,
        tuple(codes[i] for i in solution.equal),
        tuple(codes[i] for i in solution.given),
    )


def numbers_at(
    criteria: Criteria, inputs: Inputs, rule_inputs: RuleInputs, total: int, ends: Ends
) -> dict[str, int] | None:
    """Return the numbers when suppressed figures are set to the given ends; ``None`` if the rules then clash."""
    codes = inputs.codes
    ideal = mix(criteria, inputs, total, ends).quotas(codes)
    applied = apply_rules(criteria.rules, rule_inputs)
    moved = _with_transfers(ideal, codes, applied.transfers, rule_inputs.names)
    solution = solve(moved, domains_of(applied.bounds, codes, total), total, criteria.method)
    return None if solution is None else dict(zip(codes, solution.numbers, strict=True))


def binding(bounds: tuple[Bound, ...], code: str, number: int) -> tuple[Bound, ...]:
    """Return the rules that hold a municipality's number where it is: it stands at their bound."""
    return tuple(
        bound
        for bound in bounds
        if bound.code == code
        and holds(bound, number)
        and (number == bound.high or (number == bound.low and bound.low) or (bound.or_zero and number == 0))
    )


def _solved(
    quotas: list[Fraction],
    bounds: tuple[Bound, ...],
    codes: tuple[str, ...],
    total: int,
    criteria: Criteria,
    names: Mapping[str, str],
) -> Solution:
    solution = solve(quotas, domains_of(bounds, codes, total), total, criteria.method)
    if solution is None:
        raise infeasible(find_conflict(bounds, codes, total), names, total)
    return solution


def _only(
    kind: RuleKind,
    ideal: list[Fraction],
    moved: list[Fraction],
    applied: Applied,
    codes: tuple[str, ...],
    total: int,
    criteria: Criteria,
) -> Solution | None:
    """Return the answer with one kind of rule alone; ``None`` if there is no such rule or it cannot stand alone."""
    if kind is RuleKind.TRANSFER:
        if not applied.transfers:
            return None
        return solve(moved, domains_of((), codes, total), total, criteria.method)
    bounds = [bound for bound in applied.bounds if bound.kind is kind]
    return solve(ideal, domains_of(bounds, codes, total), total, criteria.method) if bounds else None


def _with_transfers(
    quotas: list[Fraction], codes: tuple[str, ...], transfers: Mapping[str, int], names: Mapping[str, str]
) -> list[Fraction]:
    moved = [quota + transfers.get(code, 0) for code, quota in zip(codes, quotas, strict=True)]
    for code, quota in zip(codes, moved, strict=True):
        if quota < 0:
            raise InputError(
                "rule.transfer",
                msg(
                    "{name} skal overføre {persons} personer, men har en andel på bare {share}.",
                    name=names[code],
                    persons=-transfers[code],
                    share=quota - transfers[code],
                ),
                remedy=msg("Senk tallet som overføres."),
            )
    return moved
