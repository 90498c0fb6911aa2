"""Effective weights: what each criterion moves, beside its weight in the file, and what population alone would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.errors import FotfesteError
from fotfeste.settlement.calculate import minors_of
from fotfeste.settlement.facts import MunicipalityFacts
from fotfeste.settlement.mixture import Mixed, mix
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.under_rules import distance, numbers_under, overlap


@dataclass(frozen=True, slots=True)
class EffectiveWeight:
    """What one criterion does.

    ``nominal`` is its part of all weights. ``moved`` is the persons, exact, that the ideal shares move when the
    criterion is taken out and the others keep their proportions; ``moved_persons`` the same in whole persons under
    the rules. ``part`` is its part of what all criteria move, each taken out alone. ``None`` where there is nothing to
    measure: the only criterion, or rules that the rest cannot meet. ``like_population`` is the part of what the
    criterion shares out that population alone would place alike (``None``: weight zero, or population unknown).
    """

    criterion: str
    nominal: Fraction
    moved: Fraction | None
    moved_persons: int | None
    part: Fraction | None
    like_population: Fraction | None


@dataclass(frozen=True, slots=True)
class EffectiveWeights:
    """What every criterion does, and how much of it all population alone would give.

    ``mixture`` is the part of the ideal shares, ``numbers`` the part of the final numbers (minors included) that
    sharing by population would place alike; ``equal`` is the same for as many to every municipality: what
    any key is likely to have in common with population here. From 0 to 1; ``None`` where population is unknown.
    """

    criteria: tuple[EffectiveWeight, ...]
    mixture: Fraction | None
    numbers: Fraction | None
    equal: Fraction | None


def effective_weights(prepared: Prepared, recommendation: Recommendation) -> EffectiveWeights:
    """Return the effective weights of the criteria, from the same figures as the recommendation.

    A criterion with weight zero moves nobody. What criteria move does not add up to what they move together: two that
    say the same move little each, since the other one is left when one of them is taken out.
    """
    criteria = prepared.criteria
    total = prepared.request.total - prepared.request.minors
    mixed = mix(criteria, prepared.inputs(), total)
    population = population_shares(prepared.facts)
    moved = {one.id: _moved(mixed, one.id, one.share, total) for one in criteria.criteria}
    whole = sum((persons for persons in moved.values() if persons is not None), Fraction(0))
    numbers = {one.code: one.recommended for one in recommendation.municipalities}
    found = []
    for one in criteria.criteria:
        persons = moved[one.id]
        found.append(
            EffectiveWeight(
                one.id,
                one.share,
                persons,
                _moved_persons(prepared, mixed, one.id, one.share, numbers),
                persons / whole if whole and persons is not None else None,
                overlap(mixed.shares[one.id], population) if one.share and population else None,
            )
        )
    if population is None:
        return EffectiveWeights(tuple(found), None, None, None)
    mixture = {
        code: sum(
            (mixed.shares[one.id][code] * one.share for one in criteria.criteria if one.share), Fraction(0)
        )
        for code in prepared.codes
    }
    return EffectiveWeights(
        tuple(found),
        overlap(mixture, population),
        overlap({code: Fraction(n, prepared.request.total) for code, n in numbers.items()}, population),
        overlap(dict.fromkeys(prepared.codes, Fraction(1, len(prepared.codes))), population),
    )


def population_shares(facts: Mapping[str, MunicipalityFacts]) -> dict[str, Fraction] | None:
    """Return each municipality's part of the county's population, or ``None`` where one is not known."""
    people = {code: one.population.value for code, one in facts.items()}
    known = {code: Fraction(value) for code, value in people.items() if value is not None}
    whole = sum(known.values(), Fraction(0))
    if len(known) < len(people) or not whole:
        return None
    return {code: value / whole for code, value in known.items()}


def _rest(mixed: Mixed, left_out: str, share: Fraction, total: int) -> dict[str, Fraction]:
    """Return the ideal shares without a criterion, the others in the same proportions as before."""
    others = [by_code for name, by_code in mixed.persons.items() if name != left_out]
    codes = mixed.persons[left_out]
    if not total:
        return dict.fromkeys(codes, Fraction(0))
    return {code: sum((by_code[code] for by_code in others), Fraction(0)) / (1 - share) for code in codes}


def _moved(mixed: Mixed, left_out: str, share: Fraction, total: int) -> Fraction | None:
    if not share:
        return Fraction(0)
    if share == 1:
        return None
    rest = _rest(mixed, left_out, share, total)
    codes = tuple(rest)
    whole = dict(zip(codes, mixed.quotas(codes), strict=True))
    return sum((abs(whole[code] - rest[code]) for code in codes), Fraction(0)) / 2


def _moved_persons(
    prepared: Prepared, mixed: Mixed, left_out: str, share: Fraction, numbers: Mapping[str, int]
) -> int | None:
    if not share:
        return 0
    if share == 1:
        return None
    total = prepared.request.total - prepared.request.minors
    minors, _ = minors_of(prepared)
    rest = _rest(mixed, left_out, share, total)
    criteria = prepared.criteria
    try:
        without = numbers_under(rest, criteria.rules, prepared.rule_inputs(minors), total, criteria.method)
    except FotfesteError:
        return None
    return distance(numbers, without)
