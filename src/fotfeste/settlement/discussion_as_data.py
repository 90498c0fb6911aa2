"""Alternatives, effective weights and rule costs as plain data for JSON; described in ``docs/method/alternatives.md``."""

from __future__ import annotations

from fotfeste.messages import Language
from fotfeste.settlement.alternatives import Alternative, Comparison
from fotfeste.settlement.as_data import Data, number_as_data
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.for_reader import criteria_for
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.rule_costs import RuleCost
from fotfeste.settlement.weights import EffectiveWeights
from fotfeste.settlement.wording import rule_name

SCHEMA = 1


def discussion_as_data(found: Discussion, recommendation: Recommendation, words: Language) -> dict[str, Data]:
    """Return what the recommendation is discussed by as data; persons are whole, or rounded to six decimals."""
    request = recommendation.request
    names = {one.id: one.name for one in criteria_for(recommendation.criteria, words).criteria}
    return {
        "schema": SCHEMA,
        "request": {
            "county_code": request.county_code,
            "county_name": request.county_name,
            "year": request.year,
            "total": request.total,
            "minors": request.minors,
        },
        "comparison": None if found.comparison is None else _comparison(found.comparison, words),
        "weights": None if found.weights is None else _weights(found.weights, names),
        "rule_costs": [_cost(one, words) for one in found.costs],
    }


def _comparison(comparison: Comparison, words: Language) -> Data:
    return {
        "alternatives": [_alternative(one, comparison, words) for one in comparison.alternatives],
        "distances": [
            {"from": one.id, "to": other.id, "persons": comparison.distances[one.id, other.id]}
            for place, one in enumerate(comparison.counted)
            for other in comparison.counted[place + 1 :]
        ],
        "municipalities": [
            {
                "code": code,
                "name": name,
                "low": comparison.spans[code][0],
                "high": comparison.spans[code][1],
                "numbers": {one.id: one.numbers[code] for one in comparison.counted},
            }
            for code, name in comparison.names.items()
        ],
        "agreed": comparison.agreed,
        "near": comparison.near,
        "close": list(comparison.close),
    }


def _alternative(one: Alternative, comparison: Comparison, words: Language) -> Data:
    return {
        "id": one.id,
        "title": words.text(one.title),
        "kind": one.kind,
        "method": one.method,
        "rules": [rule.kind.value for rule in one.rules],
        "same_rules": one.same_rules,
        "refused": None if one.refused is None else words.text(one.refused),
        "moved": None if one.refused is not None else comparison.from_chosen(one),
        "changes": {code: n for code, n in comparison.changes(one).items() if n} if one.numbers else {},
        "notes": [words.text(note) for note in one.notes],
        "set_by_hand": list(one.set_by_hand),
    }


def _weights(weights: EffectiveWeights, names: dict[str, str]) -> Data:
    return {
        "criteria": [
            {
                "criterion": one.criterion,
                "name": names.get(one.criterion, one.criterion),
                "nominal": number_as_data(one.nominal),
                "moved": number_as_data(one.moved),
                "moved_persons": one.moved_persons,
                "part": number_as_data(one.part),
                "like_population": number_as_data(one.like_population),
            }
            for one in weights.criteria
        ],
        "like_population": {
            "criteria": number_as_data(weights.mixture),
            "numbers": number_as_data(weights.numbers),
            "equal": number_as_data(weights.equal),
        },
    }


def _cost(one: RuleCost, words: Language) -> Data:
    return {
        "rule": one.kind.value,
        "name": words.text(rule_name(one.kind)),
        "code": one.code or None,
        "number": one.number,
        "reasons": [words.text(reason) for reason in one.reasons],
        "moved": one.moved,
        "paid_by_others": one.paid_by_others,
        "changes": None if one.changes is None else dict(one.changes),
    }
