"""What must hold of alternatives, weights, costs of rules and draws: what a recommendation is discussed by."""

from __future__ import annotations

import json
import math
import warnings
from dataclasses import replace
from fractions import Fraction

from fotfeste.errors import FotfesteError
from fotfeste.settlement.alternatives import Comparison, compare
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.discussion_as_data import discussion_as_data
from fotfeste.settlement.domains import Domain
from fotfeste.settlement.objective import objective_value
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.rule_costs import RuleCost, rule_costs
from fotfeste.settlement.sensitivity import Sensitivity, SensitivitySettings, sensitivity
from fotfeste.settlement.solve import solve
from fotfeste.settlement.weights import EffectiveWeights, effective_weights

from . import made_year
from .explained import LANGUAGES, assert_explained_refusal, assert_text
from .made import Case

DRAWS = 12


def discussed(case: Case) -> str:
    """Alternatives sum to the total or say why not, costs sum to zero, weights are parts of a whole, draws keep the rules."""
    ready = made_year.prepared(case)
    ready = replace(ready, beside=(replace(ready.criteria, id="same"), *ready.beside))
    try:
        found = calculate(ready)
    except FotfesteError as refusal:
        return assert_explained_refusal(refusal, case)
    numbers = {one.code: one.recommended for one in found.municipalities}
    compared = compare(ready, found)
    assert_compared(compared, found, case)
    weights = effective_weights(ready, found)
    assert_weighed(weights)
    costs = rule_costs(ready, found)
    assert_costs(costs, ready, found, case)
    settings = SensitivitySettings(DRAWS, Fraction(40), Fraction(9, 10), case["seed"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = sensitivity(ready, numbers, settings)
    assert_drawn(drawn, ready, found)
    for words in LANGUAGES:
        told = discussion_as_data(Discussion(compared, weights, costs, drawn), found, words)
        json.dumps(told, allow_nan=False)
    refused = len(compared.alternatives) - len(compared.counted)
    return f"answered, {refused} alternatives refused"


def assert_compared(compared: Comparison, found: Recommendation, case: Case) -> None:
    """Fail unless every alternative shares out the whole total, or tells in words why it cannot."""
    written = json.dumps(case, ensure_ascii=False)
    numbers = {one.code: one.recommended for one in found.municipalities}
    assert compared.chosen.numbers == numbers
    for one in compared.alternatives:
        assert_text(one.title, written)
        for note in one.notes:
            assert_text(note, written)
        if one.refused is not None:
            assert not one.numbers
            assert_text(one.refused, written)
            continue
        assert set(one.numbers) == set(numbers)
        assert sum(one.numbers.values()) == compared.total == found.request.total
        assert all(one.numbers[each.code] >= each.minors for each in found.municipalities)
        assert sum(compared.changes(one).values()) == 0
    ids = [one.id for one in compared.alternatives]
    assert len(set(ids)) == len(ids)
    same = next(one for one in compared.alternatives if one.kind == "criteria")
    if not found.overrides:
        assert same.numbers == numbers, "the same criteria beside themselves give other numbers"
    assert not {one.code for one in found.overrides} & set(compared.close)
    assert same.same_rules
    bare = next(one for one in compared.alternatives if one.kind == "without-rules")
    for each in found.municipalities:
        parts = each.explanation
        assert bare.numbers[each.code] == parts.ideal + parts.rounding + parts.minors
    counted = [one.id for one in compared.counted]
    for start in counted:
        for end in counted:
            apart = compared.distances[start, end]
            assert 0 <= apart <= compared.total
            assert all(
                apart <= compared.distances[start, way] + compared.distances[way, end] for way in counted
            )
    assert 0 <= compared.agreed <= compared.total
    assert all(low <= numbers[code] <= high for code, (low, high) in compared.spans.items())


def assert_weighed(weights: EffectiveWeights) -> None:
    """Fail unless what criteria move are parts of a whole, and what is like population lies between none and all."""
    assert sum(one.nominal for one in weights.criteria) == 1
    parts = [one.part for one in weights.criteria if one.part is not None]
    assert sum(parts) in (0, 1)
    for one in weights.criteria:
        assert one.moved is None or one.moved >= 0
        assert one.moved_persons is None or one.moved_persons >= 0
        assert one.like_population is None or 0 <= one.like_population <= 1
    for share in (weights.mixture, weights.numbers, weights.equal):
        assert share is None or 0 <= share <= 1


def assert_costs(costs: tuple[RuleCost, ...], ready: Prepared, found: Recommendation, case: Case) -> None:
    """Fail unless what rules give and take sums to zero, and overrides cost the same as the recommendation says."""
    written = json.dumps(case, ensure_ascii=False)
    for one in costs:
        for reason in one.reasons:
            assert_text(reason, written)
        if one.changes is None:
            assert one.moved is None
            continue
        assert sum(one.changes.values()) == 0
        assert set(one.changes) <= set(ready.codes)
        assert (
            sum(persons for _, persons in one.gains) == sum(persons for _, persons in one.losses) == one.moved
        )
    own = {one.code: one for one in costs if one.kind is RuleKind.OVERRIDE and one.code}
    assert set(own) == {one.code for one in found.overrides}
    for told in found.overrides:
        changes = own[told.code].changes
        assert (changes is None) == (told.instead is None)
        if changes is not None and told.instead is not None:
            assert changes.get(told.code, 0) == told.persons - told.instead
            assert {code: persons for code, persons in changes.items() if code != told.code} == told.others


def assert_drawn(drawn: Sensitivity, ready: Prepared, found: Recommendation) -> None:
    """Fail unless every draw keeps to what is set and settled, and every figure of the spread is a number."""
    in_force = ready.ledger.in_force if ready.ledger else {}
    for one in drawn.ranges:
        assert 0 <= one.least <= one.low <= one.high <= one.most <= found.request.total
        assert math.isfinite(one.follows)
        assert 0 <= one.follows <= 1
        if one.code in in_force:
            assert one.least == one.most == in_force[one.code].persons
    for bound in ready.revision.bounds() if ready.revision else ():
        if bound.kind is RuleKind.SETTLED:
            assert next(one.least for one in drawn.ranges if one.code == bound.code) >= bound.low
    for weight in drawn.weights:
        assert 0 <= weight.low <= weight.high <= 1 + 1e-9


def drawn_as_solved(case: Case) -> str:
    """Many at once keep the total and the allowed numbers, cost no less than the optimum, and the same without gaps."""
    import numpy as np

    from fotfeste.settlement.many import apportion_many

    total, method = case["total"], case["method"]
    domains = [Domain(low, high, zero, none) for low, high, zero, none in case["domains"]]
    weights = [row if sum(row) else [1] * len(row) for row in case["weights"]]
    quotas = np.array([[weight * total / sum(row) for weight in row] for row in weights])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = apportion_many(quotas, domains, total, method)
    outcome = "as the exact one"
    for place, row in enumerate(quotas):
        shares = [Fraction(float(quota)) for quota in row]
        best = solve(shares, domains, total, method)
        assert (found is None) == (best is None)
        if found is None or best is None:
            return "impossible"
        numbers = [int(number) for number in found[place]]
        assert sum(numbers) == total
        assert all(domain.allows(number) for domain, number in zip(domains, numbers, strict=True))
        own, least = objective_value(shares, numbers, method), objective_value(shares, best.numbers, method)
        assert own >= least, "better than the optimum"
        near = own[0] == least[0] and float(own[1]) <= float(least[1]) * (1 + 1e-9) + 1e-9
        if not near:
            assert any(domain.has_gap for domain in domains), "dearer than the optimum, without any gap"
            outcome = "dearer than the exact one, with gaps"
    return outcome
