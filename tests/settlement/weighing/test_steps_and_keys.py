"""Steps of the total and the weights, and the numbers of a criterion's key that people can set."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.settlement.criteria import Key, KeyForm
from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import SetKey, SetTotal
from fotfeste.settlement.weighing.choices import MOST, Choices, begun
from fotfeste.settlement.weighing.key_parameters import NAMES, USED, parameters, with_values
from fotfeste.settlement.weighing.steps import total_steps, weight_steps

from .examples import ready

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
RELATIVE = Key(
    KeyForm.RELATIVE,
    "population",
    "work",
    Fraction(-1),
    Fraction(7, 10),
    (Fraction(1, 2), Fraction(2)),
)


def chosen(total: int = 100, minors: int = 0) -> Choices:
    return begun("40", 2027, ready().codes, total, minors)


def test_a_step_moves_the_total_by_five_persons_and_a_weight_by_one_of_a_hundred() -> None:
    assert total_steps(chosen(100)) == (95, 105)
    assert weight_steps(Fraction(25), Fraction(100)) == (24, 26)


@pytest.mark.parametrize(
    ("together", "step"),
    [("1", "0.01"), ("3", "0.01"), ("10", "0.1"), ("99", "0.1"), ("100", "1"), ("545", "1"), ("1000", "10")],
)
def test_a_step_of_a_weight_follows_how_large_the_weights_are_together(together: str, step: str) -> None:
    weight = Fraction(together) / 2
    moved = Fraction(step)
    assert weight_steps(weight, Fraction(together)) == (weight - moved, weight + moved)


@given(st.integers(1, MOST), st.data())
def test_a_step_never_leads_to_a_total_that_cannot_be_chosen(total: int, data: st.DataObject) -> None:
    choices = chosen(total, data.draw(st.integers(0, total)))
    for step in total_steps(choices):
        if step != total:
            apply(choices, SetTotal(step, choices.minors), AT)


@given(st.fractions(0, 1000), st.fractions(0, 1000))
def test_a_step_never_leads_below_a_weight_of_none(weight: Fraction, others: Fraction) -> None:
    less, more = weight_steps(weight, weight + others)
    assert 0 <= less <= weight < more


def test_the_numbers_of_a_key_are_those_that_count_in_its_form() -> None:
    assert [one.id for one in parameters(RELATIVE)] == ["base_exponent", "exponent", "lowest", "highest"]
    assert [one.value for one in parameters(RELATIVE)] == [Fraction(7, 10), -1, Fraction(1, 2), 2]
    assert parameters(Key(KeyForm.EQUAL)) == ()
    assert [one.id for one in parameters(Key(KeyForm.RELATIVE, "a", "b"))] == ["base_exponent", "exponent"]
    assert set(USED) == set(KeyForm)
    assert {one for form in USED.values() for one in form} == set(NAMES)


def test_a_key_with_other_numbers_counts_the_same_thing() -> None:
    other = with_values(RELATIVE, {"exponent": Fraction(-2), "highest": Fraction(3)})
    assert (other.form, other.base, other.indicator) == (RELATIVE.form, RELATIVE.base, RELATIVE.indicator)
    assert (other.exponent, other.limits, other.base_exponent) == (-2, (Fraction(1, 2), 3), Fraction(7, 10))
    assert with_values(RELATIVE, {}) == RELATIVE


@pytest.mark.parametrize(
    "values", [{"lowest": Fraction(3)}, {"lowest": Fraction(0)}, {"highest": Fraction(-1)}]
)
def test_limits_in_the_wrong_order_or_not_above_zero_are_refused(values: dict[str, Fraction]) -> None:
    with pytest.raises(InputError) as caught:
        with_values(RELATIVE, values)  # type: ignore[arg-type]
    assert caught.value.code == "key.limits"


def test_an_exponent_below_zero_takes_limits() -> None:
    with pytest.raises(InputError) as caught:
        with_values(Key(KeyForm.RELATIVE, "a", "b"), {"exponent": Fraction(-1)})
    assert caught.value.problem.place == "exponent"


@pytest.mark.parametrize("name", shipped_criteria())
def test_every_number_of_shipped_criteria_can_be_changed_and_changed_back(name: str) -> None:
    choices = begun("40", 2027, ready().codes, 100, criteria=read_criteria(name))
    for one in choices.criteria.criteria:
        for parameter in parameters(one.key):
            moved = with_values(one.key, {parameter.id: parameter.value + Fraction(1, 10)})
            if moved == one.key:
                continue
            after = apply(choices, SetKey(one.id, moved), AT)
            again = apply(after, SetKey(one.id, one.key), AT)
            assert {c.id: c.key for c in again.criteria.criteria} == {
                c.id: c.key for c in choices.criteria.criteria
            }
