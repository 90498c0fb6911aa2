"""Effective weights: worked by hand first, then what must always hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import Criteria, Key, KeyForm, RuleKind
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.under_rules import ideal_shares, overlap
from fotfeste.settlement.weights import EffectiveWeights, effective_weights
from fotfeste.statistics.figure import Figure
from tests.settlement.discussed import CODES, equal, prepared
from tests.settlement.examples import by_population, criteria, criterion, rule
from tests.settlement.test_alternatives import counties

HALF = Fraction(1, 2)


def weighed(made: Prepared) -> EffectiveWeights:
    return effective_weights(made, calculate(made))


def test_population_and_equal_numbers_move_the_same_when_each_has_half() -> None:
    # Shares by population 45, 30, 20, 5 and equal 25 each; mixed 35, 27.5, 22.5, 15. Without either, the other is left.
    size, same = weighed(prepared(criteria(by_population(), equal()))).criteria
    assert (size.nominal, size.moved, size.part) == (HALF, Fraction(25, 2), HALF)
    assert (same.nominal, same.moved, same.part) == (HALF, Fraction(25, 2), HALF)
    assert size.like_population == 1
    assert same.like_population == Fraction(75, 100)


def test_the_lighter_criterion_can_move_the_same_persons() -> None:
    # Four fifths by population: mixed 41, 29, 21, 9. Without population 25 each: 20 move. Without equal: 5 move.
    size, same = weighed(prepared(criteria(replace(by_population(), weight=Fraction(4)), equal()))).criteria
    assert (size.moved, same.moved) == (20, 5)
    assert (size.part, same.part) == (Fraction(4, 5), Fraction(1, 5))


def test_two_criteria_that_say_the_same_move_nobody_each() -> None:
    twin = replace(by_population(), id="twin")
    found = weighed(prepared(criteria(by_population(), twin)))
    assert [one.moved for one in found.criteria] == [0, 0]
    assert [one.moved_persons for one in found.criteria] == [0, 0]
    assert [one.part for one in found.criteria] == [None, None]
    assert found.mixture == found.numbers == 1


def test_the_whole_is_set_beside_population_and_beside_as_many_to_each() -> None:
    found = weighed(prepared(criteria(by_population(), equal())))
    assert found.mixture == Fraction(875, 1000)
    # Sainte-Laguë gives 35, 27 or 28, 22 or 23, 15; in common with 45, 30, 20, 5: all of 35 + 27 or 28 + 20 + 5.
    assert found.numbers in (Fraction(87, 100), Fraction(88, 100))
    assert found.equal == Fraction(75, 100)


def test_rules_hold_back_what_a_criterion_moves_in_whole_persons() -> None:
    free = prepared(criteria(by_population(), equal()))
    locked = prepared(
        criteria(by_population(), equal(), rules=[rule(RuleKind.LOCK, code, persons=25) for code in CODES])
    )
    assert weighed(free).criteria[0].moved_persons in (12, 13)
    assert [one.moved_persons for one in weighed(locked).criteria] == [0, 0]
    assert weighed(locked).criteria[0].moved == Fraction(25, 2)


def test_the_only_criterion_cannot_be_taken_out() -> None:
    (only,) = weighed(prepared(criteria(by_population()))).criteria
    assert (only.nominal, only.moved, only.moved_persons, only.part) == (1, None, None, None)
    assert only.like_population == 1


def test_a_criterion_with_weight_zero_moves_nobody_and_needs_no_figures() -> None:
    idle = replace(criterion("idle", 0, Key(KeyForm.POWER, base="newcomers")))
    found = weighed(prepared(criteria(by_population(), equal(), idle))).criteria[2]
    assert (found.nominal, found.moved, found.moved_persons, found.part) == (0, 0, 0, 0)
    assert found.like_population is None


def test_a_transfer_that_the_rest_has_no_share_for_cannot_be_measured() -> None:
    # Without equal numbers, the smallest has a share of 5 and cannot give 10 away.
    moved = rule(RuleKind.TRANSFER, "4036", persons=10, receiver="4003")
    size, same = weighed(prepared(criteria(by_population(), equal(), rules=[moved]))).criteria
    assert same.moved_persons is None
    assert same.moved == Fraction(25, 2)
    assert size.moved_persons is not None


def test_unknown_population_leaves_only_what_criteria_move() -> None:
    made = prepared(criteria(by_population(), equal()))
    facts = dict(made.facts) | {"4036": replace(made.facts["4036"], population=Figure.missing())}
    found = weighed(replace(made, facts=facts))
    assert (found.mixture, found.numbers, found.equal) == (None, None, None)
    assert {one.like_population for one in found.criteria} == {None}
    assert found.criteria[0].moved == Fraction(25, 2)


def test_a_total_of_minors_alone_leaves_nobody_to_move() -> None:
    found = weighed(prepared(criteria(by_population(), equal()), total=4, minors={"4003": 4}))
    assert [(one.moved, one.part) for one in found.criteria] == [(0, None), (0, None)]
    assert found.mixture == Fraction(875, 1000)


@given(counties())
def test_what_criteria_move_is_what_their_removal_leaves(made: Prepared) -> None:
    found = weighed(made)
    whole = ideal_shares(made)
    parts = [one.part for one in found.criteria if one.part is not None]
    assert not parts or sum(parts) == 1
    for one in found.criteria:
        if not one.nominal:
            assert (one.moved, one.moved_persons) == (0, 0)
        elif one.nominal < 1:
            rest = without(made.criteria, one.criterion)
            left = ideal_shares(made.under(rest))
            assert one.moved == sum(abs(whole[code] - left[code]) for code in CODES) / 2
            numbers = {m.code: m.recommended for m in calculate(made).municipalities}
            again = {m.code: m.recommended for m in calculate(made.under(rest)).municipalities}
            assert one.moved_persons == sum(abs(numbers[code] - again[code]) for code in CODES) // 2
        if one.like_population is not None:
            assert 0 <= one.like_population <= 1


def without(chosen: Criteria, left_out: str) -> Criteria:
    kept = [one for one in chosen.criteria if one.id != left_out]
    whole = sum(one.share for one in kept)
    return replace(chosen, criteria=tuple(replace(one, share=one.share / whole) for one in kept))


def test_overlap_is_one_with_itself_and_nothing_between_those_who_share_nothing() -> None:
    one = {"a": Fraction(1), "b": Fraction(0)}
    assert overlap(one, one) == 1
    assert overlap(one, {"a": Fraction(0), "b": Fraction(1)}) == 0


@pytest.mark.parametrize("county", ["Telemark", "Innlandet"])
def test_the_shipped_default_has_most_in_common_with_population(county: str) -> None:
    found = weighed(prepare(county, 2027, 600))
    assert found.numbers is not None
    assert found.equal is not None
    assert Fraction(3, 4) < found.numbers < 1
    assert found.equal < found.numbers
    assert sum(one.part or 0 for one in found.criteria) == 1
