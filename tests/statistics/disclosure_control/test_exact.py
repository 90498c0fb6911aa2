"""Extremes of sums of unknown counts, worked out exactly."""

from __future__ import annotations

from fractions import Fraction

import highspy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.statistics.disclosure_control.exact import Equation, Search, System, whole_point


def test_two_counts_of_ten_together_are_each_anything_up_to_ten() -> None:
    search = Search(System((0, 0), (None, None), (Equation({0: 1, 1: 1}, 10),)))
    assert (search.least({0: 1}).value, search.greatest({0: 1}).value) == (0, 10)
    assert search.greatest({0: 1, 1: 1}).value == 10


def test_what_no_sum_bounds_has_no_end() -> None:
    search = Search(System((0, 0), (None, None), (Equation({0: 1, 1: -1}, 3),)))
    assert search.greatest({0: 1}).value is None
    assert search.least({0: 1}).value == 3


def test_sums_that_contradict_each_other_fit_nothing() -> None:
    assert not Search(System((0, 0), (4, 4), (Equation({0: 1, 1: 1}, 9),))).fits
    assert not Search(System((2,), (1,), ())).fits


def test_an_extreme_may_be_a_fraction_and_is_then_exact() -> None:
    equations = (Equation({0: 1, 1: 1}, 1), Equation({1: 1, 2: 1}, 1), Equation({0: 1, 2: 1}, 1))
    system = System((0, 0, 0), (None,) * 3, equations)
    assert Search(system).greatest({0: 1}).value == Fraction(1, 2)
    assert whole_point(system, 0, None, None, 100) is None


def test_whole_counts_are_found_where_the_first_answer_is_in_fractions() -> None:
    system = System((0, 0), (None, None), (Equation({0: 2, 1: 3}, 7),))
    point = whole_point(system, 1, 1, None, 100)
    assert point is not None
    assert (2 * point[0] + 3 * point[1], point[1] >= 1) == (7, True)


@st.composite
def systems(draw: st.DrawFn) -> System:
    true = draw(st.lists(st.integers(0, 9), min_size=1, max_size=8))
    places = range(len(true))
    low = tuple(max(0, one - draw(st.integers(0, 3))) for one in true)
    high = tuple(None if draw(st.booleans()) else one + draw(st.integers(0, 4)) for one in true)
    chosen = st.dictionaries(st.sampled_from(places), st.sampled_from((1, 1, -1, 2)), min_size=1)
    terms = draw(st.lists(chosen, max_size=5))
    off = draw(st.sampled_from((0, 0, 0, 1)))
    equations = tuple(
        Equation(one, off + sum(weight * true[at] for at, weight in one.items())) for one in terms
    )
    return System(low, high, equations)


@given(systems())
def test_the_extremes_are_those_that_linear_programming_finds(system: System) -> None:
    search = Search(system)
    for place in range(len(system.low)):
        for sign, found in ((1, search.greatest), (-1, search.least)):
            status, value = highs(system, place, sign)
            if not search.fits:
                assert status == highspy.HighsModelStatus.kInfeasible
                continue
            mine = found({place: 1}).value
            if mine is None:
                assert status in (
                    highspy.HighsModelStatus.kUnbounded,
                    highspy.HighsModelStatus.kUnboundedOrInfeasible,
                )
            else:
                assert float(mine) == pytest.approx(value, abs=1e-6)


def highs(system: System, place: int, sign: int) -> tuple[highspy.HighsModelStatus, float]:
    model = highspy.Highs()
    model.silent()
    for low, high in zip(system.low, system.high, strict=True):
        model.addVar(float(low), highspy.kHighsInf if high is None else float(high))
    for one in system.equations:
        weights = [float(weight) for weight in one.terms.values()]
        model.addRow(float(one.total), float(one.total), len(weights), list(one.terms), weights)
    model.changeColCost(place, 1.0)
    model.changeObjectiveSense(highspy.ObjSense.kMaximize if sign > 0 else highspy.ObjSense.kMinimize)
    model.run()
    return model.getModelStatus(), float(model.getInfo().objective_function_value)
