"""What must hold of every calculation on made-up counties; each property takes a case and names its outcome.

Written without a look at how the engine finds its answers: rules are checked by what the file says, and what is
possible by counting.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from fotfeste.errors import FotfesteError, Infeasible
from fotfeste.settlement.apply_rules import apply_rules
from fotfeste.settlement.apportionment import apportion
from fotfeste.settlement.conflict import Conflict, find_conflict
from fotfeste.settlement.criteria import Criterion, KeyForm, Rule, RuleKind
from fotfeste.settlement.engine import Worked, binding, work_out
from fotfeste.settlement.mixture import mix
from fotfeste.settlement.rules import Beside, Bound, in_force

from .explained import assert_explained_refusal, assert_text
from .made import Case, County, county

DECIDED = (RuleKind.LOCK, RuleKind.EXCLUDE)
GAPS = (RuleKind.ZERO_OR_FLOOR,)


def worked(made: County) -> Worked:
    return work_out(made.criteria, made.inputs, made.rules, made.total)


def sound(case: Case) -> str:
    """The numbers sum, keep every rule, explain themselves to the last person, and come out the same twice."""
    made = county(case)
    try:
        done = worked(made)
    except FotfesteError as refusal:
        return assert_explained_refusal(refusal, case)
    codes = made.inputs.codes
    assert set(done.numbers) == set(codes)
    assert sum(done.numbers.values()) == made.total
    assert min(done.numbers.values()) >= 0
    assert sum(done.quotas.values()) == made.total
    assert sum(done.unruled.values()) == made.total
    for name, persons in done.mixed.persons.items():
        share = next(one.share for one in made.criteria.criteria if one.id == name)
        assert sum(persons.values()) == share * made.total
        assert min(persons.values()) >= 0
    for code in codes:
        ideal = sum((persons[code] for persons in done.mixed.persons.values()), Fraction(0))
        assert ideal == done.quotas[code]
        assert abs(done.unruled[code] - ideal) < len(codes)
        for bound in binding(done, code, made.rules.minors.get(code, 0)):
            assert_text(bound.reason, str(case))
    for kind, changes in done.alone.items():
        assert sum(changes.values()) == 0, kind
    for note in done.applied.notes:
        assert_text(note, str(case))
    assert_rules_kept(made, done)
    assert worked(made) == done
    return "answered"


def assert_rules_kept(made: County, done: Worked) -> None:
    """Fail unless every rule in force holds of the whole numbers, by the words of the rule."""
    minors, codes = made.rules.minors, made.inputs.codes
    whole = {code: done.numbers[code] + minors.get(code, 0) for code in codes}
    decided = {code for one in made.criteria.rules if one.kind in DECIDED for code in one.municipalities}
    for one in made.criteria.rules:
        for code in one.municipalities or codes:
            if one.kind in DECIDED:
                assert whole[code] == (one.persons or 0), (one, code)
            elif code not in decided and one.kind is not RuleKind.TRANSFER:
                assert keeps(one, code, whole[code], made), (one, code, whole[code])
    given = dict.fromkeys(codes, 0)
    for one in made.criteria.rules:
        if one.kind is RuleKind.TRANSFER:
            given[one.municipalities[0]] += one.persons or 0
            given[one.receiver] -= one.persons or 0
    for code in codes:
        assert done.numbers[code] >= max(0, -given[code]), "who receives keeps what was transferred"


def keeps(rule: Rule, code: str, whole: int, made: County) -> bool:
    """Whether a municipality's whole number keeps a rule."""
    reply = made.rules.replies.by_code.get(code) if made.rules.replies else None
    match rule.kind:
        case RuleKind.FLOOR:
            return whole >= (rule.persons or 0)
        case RuleKind.ZERO_OR_FLOOR:
            return whole == 0 or whole >= (rule.persons or 0)
        case RuleKind.CAP if rule.origin == "file":
            return whole <= (rule.persons or 0)
        case RuleKind.CAP:
            stated = min(reply.capacity.values(), default=None) if reply else None
            return stated is None or whole <= stated + made.rules.minors.get(code, 0)
        case RuleKind.CONTINUITY:
            need = rule.persons
            if rule.origin == "replies" and reply and reply.minimum_stock is not None:
                need = reply.minimum_stock
            carried = made.rules.stocks[rule.years][code]
            return need is None or carried is None or carried + whole >= need
        case RuleKind.MAX_CHANGE:
            last = made.rules.last_requested[code].value
            if last is None:
                return True
            most = rule.share * last if rule.share is not None else Fraction(rule.persons or 0)
            return abs(whole - Fraction(last)) <= most
        case _:
            return True


def conflicts(case: Case) -> str:
    """A refusal for conflict names a smallest set that truly conflicts, and totals that are truly possible."""
    made = county(case)
    try:
        worked(made)
    except Infeasible as refusal:
        assert_explained_refusal(refusal, case)
    except FotfesteError as refusal:
        return refusal.code
    else:
        return "answered"
    applied = apply_rules(made.criteria.rules, made.rules)
    beside = Beside(made.rules.minors, applied.transfers)
    codes, total = made.inputs.codes, made.total
    conflict = find_conflict(applied.bounds, codes, total, beside)
    assert_irreducible(conflict, codes, total, beside)
    minors = sum(made.rules.minors.values())
    reach = sums_of(
        in_force(applied.bounds), codes, beside, 2 * total + 8 * sum(b.low for b in applied.bounds)
    )
    below = max((one for one in reach if one < total and one + minors > 0), default=None)
    above = min((one for one in reach if one > total), default=None)
    assert conflict.below == (None if below is None else below + minors), (conflict.below, below)
    assert conflict.above == (None if above is None else above + minors), (conflict.above, above)
    for possible in (below, above):
        if possible is not None:
            try:
                worked(replace(made, total=possible))
            except Infeasible as again:
                raise AssertionError(
                    f"the total {possible} was proposed, but is impossible: {again}"
                ) from again
            except FotfesteError:
                pass
    return "conflict with the total" if conflict.with_total else "conflict without the total"


def assert_irreducible(conflict: Conflict, codes: Sequence[str], total: int, beside: Beside) -> None:
    limit = total if conflict.with_total else total + 8 * sum(one.low for one in conflict.bounds) + 100

    def possible(bounds: Sequence[Bound]) -> bool:
        reach = sums_of(bounds, codes, beside, limit)
        return total in reach if conflict.with_total else bool(reach)

    assert conflict.bounds, "a conflict without any rule"
    assert not possible(conflict.bounds), "the rules named do not conflict"
    for place in range(len(conflict.bounds)):
        rest = (*conflict.bounds[:place], *conflict.bounds[place + 1 :])
        assert possible(rest), f"{conflict.bounds[place]} is named, but is no part of the conflict"


def sums_of(bounds: Sequence[Bound], codes: Sequence[str], beside: Beside, limit: int) -> set[int]:
    """Return every total up to ``limit`` that can be shared out under ``bounds``, by counting."""
    sums = 1
    for code in codes:
        own = [bound for bound in bounds if bound.code == code]
        least = max(0, -beside.transfers.get(code, 0))
        allowed = 0
        for persons in range(least, limit + 1):
            whole = persons + beside.minors.get(code, 0) + beside.transfers.get(code, 0)
            if all(
                (one.or_zero and whole == 0) or (one.low <= whole and (one.high is None or whole <= one.high))
                for one in own
            ):
                allowed |= 1 << persons
        sums = _added(sums, allowed, limit)
    return {one for one in range(limit + 1) if sums >> one & 1}


def _added(sums: int, allowed: int, limit: int) -> int:
    """Return the sums of one number of each, as bit sets: the digits of a product, none carried."""
    together, room = 0, (1 << (limit + 1)) - 1
    while allowed:
        lowest = allowed & -allowed
        run = 0
        while allowed >> (lowest.bit_length() - 1 + run) & 1:
            run += 1
        covered, width = sums, 1
        while width < run:
            step = min(width, run - width)
            covered |= covered << step
            width += step
        together |= covered << (lowest.bit_length() - 1)
        allowed ^= lowest * ((1 << run) - 1)
    return together & room


def unmoved(case: Case) -> str:
    """What should not matter does not: order, names, scale, empty criteria, and repeating what was given."""
    made = county(case)
    try:
        done = worked(made)
    except FotfesteError as refusal:
        return refusal.code
    file = made.criteria

    def numbers(changed: County) -> dict[str, int]:
        return dict(worked(changed).numbers)

    assert numbers(replace(made, criteria=replace(file, criteria=file.criteria[::-1]))) == done.numbers
    assert numbers(replace(made, criteria=replace(file, rules=file.rules[::-1]))) == done.numbers
    names = dict(zip(made.inputs.codes, reversed(list(made.rules.names.values())), strict=True))
    assert numbers(replace(made, rules=replace(made.rules, names=names))) == done.numbers
    first = file.criteria[0]
    halves = tuple(replace(first, id=f"{first.id}{half}", share=first.share / 2) for half in "ab")
    assert (
        numbers(replace(made, criteria=replace(file, criteria=(*halves, *file.criteria[1:])))) == done.numbers
    )
    idle = Criterion("tomt", "tomt", Fraction(0), Fraction(0), first.key, source="test")
    assert numbers(replace(made, criteria=replace(file, criteria=(idle, *file.criteria)))) == done.numbers
    if done.equal:
        return "equal claims"
    order = made.inputs.codes[::-1]
    turned = replace(made, inputs=replace(made.inputs, codes=order), rules=replace(made.rules, codes=order))
    assert numbers(turned) == done.numbers
    for code in (made.inputs.codes[0], made.inputs.codes[-1]):
        whole = done.numbers[code] + made.rules.minors.get(code, 0)
        lock = Rule(RuleKind.LOCK, (code,), whole, reason="fordi", source="test")
        assert numbers(replace(made, criteria=replace(file, rules=(*file.rules, lock)))) == done.numbers
    return _without_idle_rules(made, done)


def _without_idle_rules(made: County, done: Worked) -> str:
    """Kinds of rules that change nothing can be left out; so can a rule with room on both sides."""
    file = made.criteria
    for kind, others in done.without.items():
        rest = tuple(one for one in file.rules if one.kind is not kind)
        freed = worked(replace(made, criteria=replace(file, rules=rest)))
        assert dict(freed.numbers) == dict(others), kind
        if freed.numbers == done.numbers:
            for code in made.inputs.codes:
                bounds = binding(done, code, made.rules.minors.get(code, 0))
                assert all(bound.kind is not kind for bound in bounds), "an idle rule is said to bind"
    if any(one.kind in (*GAPS, *DECIDED) for one in file.rules):
        return "answered, with gaps or decisions"
    for place, one in enumerate(file.rules):
        whole = {code: done.numbers[code] + made.rules.minors.get(code, 0) for code in made.inputs.codes}
        about = one.municipalities or made.inputs.codes
        if one.kind is not RuleKind.TRANSFER and all(
            keeps(one, code, whole[code] + step, made) for code in about for step in (-1, 1)
        ):
            rest = (*file.rules[:place], *file.rules[place + 1 :])
            assert worked(replace(made, criteria=replace(file, rules=rest))).numbers == done.numbers, one
    return "answered"


def growing(case: Case) -> str:
    """Sainte-Laguë without rules never takes a person away when the total grows; Hamilton stays within the quota."""
    made = county(case)
    made = replace(made, criteria=replace(made.criteria, rules=()))
    if any(one.key.form is KeyForm.SHORTFALL for one in made.criteria.criteria):
        return "shares that follow the total"
    try:
        done, more = worked(made), worked(replace(made, total=made.total + 1))
    except FotfesteError as refusal:
        return refusal.code
    if made.criteria.method == "sainte-lague":
        assert all(more.numbers[code] >= done.numbers[code] for code in made.inputs.codes)
    else:
        assert all(
            math.floor(done.quotas[code]) <= done.numbers[code] <= math.ceil(done.quotas[code])
            for code in made.inputs.codes
        )
    quotas = mix(made.criteria, made.inputs, made.total).quotas(made.inputs.codes)
    assert tuple(done.numbers.values()) == apportion(quotas, made.total, made.criteria.method).seats
    return "answered"
