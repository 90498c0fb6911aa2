"""From figures, criteria and rules to a number per municipality, with every step kept for the explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from fotfeste.errors import InputError
from fotfeste.messages import msg, nmsg
from fotfeste.settlement.apply_rules import apply_rules
from fotfeste.settlement.apportionment import apportion
from fotfeste.settlement.check import check_answer
from fotfeste.settlement.conflict import find_conflict
from fotfeste.settlement.conflict_told import infeasible
from fotfeste.settlement.criteria import Criteria, RuleKind
from fotfeste.settlement.mixture import Ends, Inputs, Mixed, mix
from fotfeste.settlement.rules import Applied, Beside, Bound, RuleInputs, domains_of, holds
from fotfeste.settlement.solve import Solution, solve


@dataclass(frozen=True, slots=True)
class Worked:
    """One calculation: the mixture, the numbers without rules, each kind of rule alone, and the numbers.

    All mappings are by municipality code; ``alone`` holds, per kind of rule, the change in whole persons that it
    makes when it alone is added (overrides: when they are added last, to all the rest), and ``without`` the numbers
    when only that kind is left out. ``numbers`` are without unaccompanied minors. ``equal`` are municipalities that stood exactly equal for a place, ``favoured``
    those of them that the stated rule gave it to.
    """

    mixed: Mixed
    quotas: Mapping[str, Fraction]
    unruled: Mapping[str, int]
    alone: Mapping[RuleKind, Mapping[str, int]]
    without: Mapping[RuleKind, Mapping[str, int]]
    numbers: Mapping[str, int]
    applied: Applied
    equal: tuple[str, ...]
    favoured: tuple[str, ...]


def work_out(criteria: Criteria, inputs: Inputs, rule_inputs: RuleInputs, total: int) -> Worked:
    """Share ``total`` persons out under the criteria and rules, explain it, and check the answer independently.

    Raises what :func:`~fotfeste.settlement.mixture.mix` and :func:`~fotfeste.settlement.apply_rules.apply_rules`
    raise, and :class:`~fotfeste.errors.Infeasible` with the rules in conflict.
    """
    codes = inputs.codes
    mixed = mix(criteria, inputs, total)
    applied = apply_rules(criteria.rules, rule_inputs)
    beside = Beside(rule_inputs.minors, applied.transfers)
    ideal = mixed.quotas(codes)
    refuse_giving_more_than_the_share(ideal, codes, applied.transfers, rule_inputs.names)
    unruled = apportion(ideal, total, criteria.method).seats

    @cache
    def solved(kinds: frozenset[RuleKind]) -> Solution | None:
        bounds = [bound for bound in applied.bounds if bound.kind in kinds]
        moved = applied.transfers if RuleKind.TRANSFER in kinds else {}
        domains = domains_of(bounds, codes, total, Beside(rule_inputs.minors, moved))
        return solve(ideal, domains, total, criteria.method)

    def numbers(solution: Solution, kinds: frozenset[RuleKind]) -> dict[str, int]:
        moved = applied.transfers if RuleKind.TRANSFER in kinds else {}
        return _with_transfers(solution, codes, moved)

    present = frozenset(bound.kind for bound in applied.bounds)
    if applied.transfers:
        present |= {RuleKind.TRANSFER}
    solution = solved(present)
    if solution is None:
        whole = total + sum(rule_inputs.minors.values())
        raise infeasible(find_conflict(applied.bounds, codes, total, beside), rule_inputs.names, whole)
    shared = dict(zip(codes, solution.numbers, strict=True))
    quotas = dict(zip(codes, ideal, strict=True))
    check_answer(shared, quotas, applied.bounds, total, criteria.method, beside)
    alone: dict[RuleKind, Mapping[str, int]] = {}
    without: dict[RuleKind, Mapping[str, int]] = {}
    for kind in (one for one in RuleKind if one in present):
        only, others = frozenset({kind}), present - {kind}
        if kind is RuleKind.OVERRIDE and (
            before := numbers_at(criteria, inputs, replace(rule_inputs, overrides={}), total, {})
        ):
            given = numbers(solution, present)
            alone[kind] = {code: given[code] - before[code] for code in codes}
        elif by_itself := solved(only):
            persons = numbers(by_itself, only)
            alone[kind] = {code: persons[code] - u for code, u in zip(codes, unruled, strict=True)}
        if freed := solved(others):
            without[kind] = numbers(freed, others)
    return Worked(
        mixed,
        quotas,
        dict(zip(codes, unruled, strict=True)),
        alone,
        without,
        numbers(solution, present),
        applied,
        tuple(codes[i] for i in solution.equal),
        tuple(codes[i] for i in solution.given),
    )


def numbers_at(
    criteria: Criteria, inputs: Inputs, rule_inputs: RuleInputs, total: int, ends: Ends
) -> dict[str, int] | None:
    """Return the numbers when suppressed figures are set to the given ends.

    ``None`` if the rules then clash or cannot be applied, or if a criterion then cannot be shared out by.
    """
    codes = inputs.codes
    try:
        ideal = mix(criteria, inputs, total, ends).quotas(codes)
        applied = apply_rules(criteria.rules, rule_inputs)
    except InputError:
        return None
    beside = Beside(rule_inputs.minors, applied.transfers)
    solution = solve(ideal, domains_of(applied.bounds, codes, total, beside), total, criteria.method)
    return None if solution is None else _with_transfers(solution, codes, applied.transfers)


def binding(worked: Worked, code: str, minors: int) -> tuple[Bound, ...]:
    """Return the rules that hold a municipality's number where it is.

    The whole number stands at their bound, and would be another without rules of that kind.
    """
    number = worked.numbers[code]
    whole = number + minors
    return tuple(
        bound
        for bound in worked.applied.bounds
        if bound.code == code
        and holds(bound, whole)
        and (whole in (bound.high, bound.low) or (bound.or_zero and whole == 0))
        and worked.without.get(bound.kind, {}).get(code, number) != number
    )


def _with_transfers(
    solution: Solution, codes: tuple[str, ...], transfers: Mapping[str, int]
) -> dict[str, int]:
    return {
        code: number + transfers.get(code, 0) for code, number in zip(codes, solution.numbers, strict=True)
    }


def refuse_giving_more_than_the_share(
    quotas: list[Fraction], codes: tuple[str, ...], transfers: Mapping[str, int], names: Mapping[str, str]
) -> None:
    """Raise :class:`InputError` where a transfer takes more persons from a municipality than its ideal share."""
    for code, quota in zip(codes, quotas, strict=True):
        persons = -transfers.get(code, 0)
        if quota < persons:
            raise InputError(
                "rule.transfer",
                nmsg(
                    "{name} skal overføre {count} person, men har en andel på bare {share}.",
                    "{name} skal overføre {count} personer, men har en andel på bare {share}.",
                    persons,
                    name=names[code],
                    share=quota,
                ),
                remedy=msg("Senk tallet som overføres."),
            )
