"""Chance: published intervals, exact rational sums, and tests looked at together."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.statistics.series.chance import (
    adjusted,
    beta_share,
    binomial_at_least,
    binomial_at_most,
    binomial_interval,
    gamma_share,
    poisson_at_least,
    poisson_at_most,
    poisson_interval,
    same_rate,
    t_reach,
    t_two_sided,
)


@pytest.mark.parametrize(
    ("level", "low", "high"), [(0.90, 17.38, 34.92), (0.95, 16.18, 36.90), (0.99, 14.00, 41.00)]
)
def test_twenty_five_events_have_the_interval_that_graphpad_publishes(
    level: float, low: float, high: float
) -> None:
    """GraphPad, «How QuickCalcs computes the confidence interval of a count» (Garwood's method)."""
    assert poisson_interval(25, level) == pytest.approx((low, high), abs=0.005)


def test_no_events_have_garwoods_limits() -> None:
    """epitools pois.exact: the upper limit of none is 3.689, which is -ln 0.025."""
    low, high = poisson_interval(0)
    assert (low, round(high, 3)) == (0.0, 3.689)
    assert high == pytest.approx(-math.log(0.025), abs=1e-12)


def test_seven_of_fifty_have_the_interval_that_scipy_documents() -> None:
    """SciPy's reference for binomtest(7, 50).proportion_ci(), Clopper and Pearson's method."""
    found = binomial_interval(7, 50)
    assert found == pytest.approx((0.05819170033997342, 0.26739600249700846), abs=1e-12)


def test_none_and_all_have_one_sided_limits() -> None:
    low, high = binomial_interval(0, 10)
    assert (low, high) == pytest.approx((0.0, 1 - 0.025 ** (1 / 10)), abs=1e-12)
    low, high = binomial_interval(10, 10)
    assert (low, high) == pytest.approx((0.025 ** (1 / 10), 1.0), abs=1e-12)


@pytest.mark.parametrize(("freedom", "reach"), [(1, 12.706), (4, 2.776), (9, 2.262), (30, 2.042)])
def test_t_has_the_reach_that_every_table_prints(freedom: int, reach: float) -> None:
    assert t_reach(0.95, freedom) == pytest.approx(reach, abs=0.0005)
    assert t_two_sided(t_reach(0.95, freedom), freedom) == pytest.approx(0.05, abs=1e-9)


def test_benjamini_and_hochberg_as_two_packages_document_it() -> None:
    """stdlib's padjust, and the example of the R package c212."""
    assert adjusted([0.008, 0.03, 0.123, 0.6, 0.2]) == pytest.approx([0.04, 0.075, 0.205, 0.6, 0.25])
    several = [0.135005, 0.01, 0.001, 0.005, 0.153501, 0.02, 0.0013, 0.0023, 0.011, 0.023, 0.016, 0.0109]
    several += [0.559111, 0.751986, 0.308339, 0.837154, 0.325882]
    found = sorted(adjusted(several))[:8]
    wanted = [0.01105, 0.01105, 0.01303333, 0.02125, 0.02671429, 0.02671429, 0.02671429, 0.034]
    assert found == pytest.approx(wanted, abs=1e-8)


@given(count=st.integers(0, 30), extra=st.integers(1, 30), share=st.fractions(0, 1, max_denominator=50))
def test_binomial_tails_are_the_exact_sums(count: int, extra: int, share: Fraction) -> None:
    of = count + extra
    below = sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count + 1))
    own = math.comb(of, count) * share**count * (1 - share) ** (of - count)
    assert binomial_at_most(count, of, float(share)) == pytest.approx(float(below), abs=1e-11)
    assert binomial_at_least(count, of, float(share)) == pytest.approx(float(1 - below + own), abs=1e-11)


@given(count=st.integers(0, 60), mean=st.floats(0.01, 80))
def test_poisson_tails_are_the_sums(count: int, mean: float) -> None:
    terms = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1)]
    assert poisson_at_most(count, mean) == pytest.approx(math.fsum(terms), abs=1e-11)
    assert poisson_at_least(count, mean) == pytest.approx(1 - math.fsum(terms[:-1]), abs=1e-11)


@given(count=st.integers(0, 5000), more=st.integers(1, 5000))
def test_large_counts_keep_their_intervals_around_them(count: int, more: int) -> None:
    low, high = poisson_interval(count)
    assert low <= count <= high
    least, most = binomial_interval(count, count + more)
    assert least <= count / (count + more) <= most
    assert poisson_at_most(count, high) == pytest.approx(0.025, abs=1e-8)


def test_a_million_people_are_no_trouble() -> None:
    assert gamma_share(1_000_000, 1_000_000) == pytest.approx(0.5, abs=0.001)
    low, high = binomial_interval(500_000, 1_000_000)
    assert (low, high) == pytest.approx((0.49902, 0.50098), abs=1e-5)
    assert beta_share(500_000, 500_000, 0.5) == pytest.approx(0.5, abs=1e-9)


def test_equal_counts_are_no_sign_of_unlike_rates() -> None:
    assert same_rate((20, 20), (1, 1)) == 1.0
    assert same_rate((0, 0), (1, 1)) == 1.0
    assert same_rate((5, 15), (1, 1)) == pytest.approx(2 * 21700 / 2**20, abs=1e-9)  # 2 P(X <= 5), n = 20


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusting_never_makes_a_chance_smaller_and_keeps_the_order(chances: list[float]) -> None:
    found = adjusted(chances)
    assert all(one >= chance - 1e-15 for one, chance in zip(found, chances, strict=True))
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    assert all(found[a] <= found[b] for a, b in itertools.pairwise(order))
