"""The vectorised apportionment beside the exact one: the same numbers, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.settlement.criteria import PageMethod
from fotfeste.settlement.domains import Domain
from fotfeste.settlement.many import apportion_many
from fotfeste.settlement.objective import objective_value
from fotfeste.settlement.solve import solve

METHODS: tuple[PageMethod, ...] = ("hamilton", "sainte-lague")


def rows_of(municipalities: int, total: int, draws: int, seed: int) -> np.ndarray:
    """Quotas of made-up draws around one county's shares."""
    random = np.random.default_rng(seed)
    shares = random.lognormal(0, 1.2, municipalities) * random.lognormal(0, 0.15, (draws, municipalities))
    return shares / shares.sum(axis=1, keepdims=True) * total


def exact(row: Sequence[float], domains: Sequence[Domain], total: int, method: PageMethod) -> tuple[int, ...]:
    found = solve([Fraction(float(quota)) for quota in row], domains, total, method)
    assert found is not None
    return found.numbers


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("domains", "total"),
    [
        ([Domain(0, 545)] * 17, 545),
        ([Domain(5, 90)] * 17, 545),
        ([Domain(10, 545, True)] * 17, 200),
        ([Domain(10, 60 if place % 3 else 20, True) for place in range(17)], 200),
        ([Domain(0 if place % 2 else 7, 30 + place) for place in range(17)], 300),
        ([Domain(13, 200, True, 3 if place == 4 else 0) for place in range(17)], 200),
    ],
    ids=["free", "floors and caps", "zero or ten", "zero or ten, and caps", "mixed", "one gives away"],
)
def test_two_hundred_draws_come_out_as_the_exact_path_has_them(
    domains: list[Domain], total: int, method: PageMethod
) -> None:
    quotas = rows_of(len(domains), total, 200, seed=1)
    found = apportion_many(quotas, domains, total, method)
    assert found is not None
    for row, numbers in zip(quotas, found, strict=True):
        assert tuple(numbers) == exact(row, domains, total, method)


def test_a_known_answer_the_storting_way_of_rounding() -> None:
    # Balinski and Young's example of ten places for 53, 24 and 23: Hamilton gives 5, 3, 2 and Webster 5, 3, 2.
    found = apportion_many(np.array([[5.3, 2.4, 2.3]]), [Domain(0, 10)] * 3, 10, "hamilton")
    assert found is not None
    assert found.tolist() == [[5, 3, 2]]


def test_numbers_that_cannot_be_reached_are_none() -> None:
    assert apportion_many(np.ones((2, 3)), [Domain(5, 9)] * 3, 10, "hamilton") is None


@pytest.mark.parametrize("method", METHODS)
def test_a_total_that_only_one_mixture_of_narrow_intervals_can_hold_is_met_all_the_same(
    method: PageMethod,
) -> None:
    # Nobody, 7 or 11 to the three who want most; 9 to the one who wants least: 9 can be had in one way only.
    domains = [Domain(7, 7, True), Domain(11, 11, True), Domain(7, 7, True), Domain(9, 9, True)]
    found = apportion_many(np.array([[4.0, 3.0, 1.9, 0.1], [0.1, 3.0, 3.0, 2.9]]), domains, 9, method)
    assert found is not None
    assert found.tolist() == [[0, 0, 0, 9], [0, 0, 0, 9]]


def test_nobody_without_a_share_gets_anyone_before_those_with_one() -> None:
    found = apportion_many(np.array([[0.0, 6.0, 4.0]]), [Domain(0, 10)] * 3, 10, "sainte-lague")
    assert found is not None
    assert found.tolist() == [[0, 6, 4]]


@st.composite
def counties(draw: st.DrawFn) -> tuple[list[float], list[Domain], int]:
    count = draw(st.integers(1, 9))
    weights = draw(st.lists(st.integers(1, 400), min_size=count, max_size=count))
    total = draw(st.integers(1, 150))
    domains = [
        Domain(low, low + draw(st.integers(0, 150)), draw(st.booleans()))
        for low in draw(st.lists(st.integers(0, 15), min_size=count, max_size=count))
    ]
    whole = sum(weights)
    # A little off whole ratios, so that no two cost exactly the same.
    return (
        [weight * total / whole * (1 + 1e-7 * place) for place, weight in enumerate(weights)],
        domains,
        total,
    )


@given(counties(), st.sampled_from(METHODS))
def test_every_answer_keeps_the_total_and_the_rules_and_costs_no_less_than_the_best(
    county: tuple[list[float], list[Domain], int], method: PageMethod
) -> None:
    quotas, domains, total = county
    found = apportion_many(np.array([quotas]), domains, total, method)
    best = solve([Fraction(quota) for quota in quotas], domains, total, method)
    assert (found is None) == (best is None)
    if found is None or best is None:
        return
    numbers = [int(number) for number in found[0]]
    assert sum(numbers) == total
    assert all(domain.allows(number) for domain, number in zip(domains, numbers, strict=True))
    shares = [Fraction(quota) for quota in quotas]
    assert objective_value(shares, numbers, method) >= objective_value(shares, best.numbers, method)
    if not any(domain.has_gap for domain in domains):
        assert objective_value(shares, numbers, method) == objective_value(shares, best.numbers, method)
