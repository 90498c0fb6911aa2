"""The solver against everything that knows the answer another way: enumeration, the plain methods, HiGHS."""

import itertools
from fractions import Fraction
from time import process_time
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fotfeste.settlement.apportionment import apportion, quotas_of
from fotfeste.settlement.criteria import PageMethod
from fotfeste.settlement.domains import Domain, feasible, feasible_range
from fotfeste.settlement.objective import objective_value
from fotfeste.settlement.solve import solve

PAGE_METHODS: tuple[PageMethod, ...] = ("hamilton", "sainte-lague")
methods = st.sampled_from(PAGE_METHODS)
domains = st.builds(Domain, st.integers(0, 6), st.integers(0, 14), st.booleans())


@st.composite
def small_counties(draw: st.DrawFn) -> tuple[list[Fraction], list[Domain], int]:
    size = draw(st.integers(1, 4))
    total = draw(st.integers(1, 14))
    weights = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size).filter(any))
    return (
        quotas_of([Fraction(weight) for weight in weights], total),
        draw(st.lists(domains, min_size=size, max_size=size)),
        total,
    )


def enumerated(
    quotas: list[Fraction], allowed: list[Domain], total: int, method: PageMethod
) -> list[int] | None:
    """The cheapest allowed numbers; among equals the one giving most to the larger quota, then the earlier."""
    order = sorted(range(len(quotas)), key=lambda i: (-quotas[i], i))
    options = [[x for x in range(total + 1) if domain.allows(x)] for domain in allowed]
    answers = [list(numbers) for numbers in itertools.product(*options) if sum(numbers) == total]
    return min(
        answers,
        key=lambda numbers: (objective_value(quotas, numbers, method), [-numbers[i] for i in order]),
        default=None,
    )


@settings(max_examples=300)
@given(small_counties(), methods)
def test_the_answer_is_the_best_of_all_allowed_answers(
    county: tuple[list[Fraction], list[Domain], int], method: PageMethod
) -> None:
    quotas, allowed, total = county
    found, best = solve(quotas, allowed, total, method), enumerated(quotas, allowed, total, method)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert list(found.numbers) == best or objective_value(quotas, found.numbers, method) == objective_value(
        quotas, best, method
    )
    if any(domain.has_gap for domain in allowed):
        assert list(found.numbers) == best


@given(st.lists(st.integers(0, 10**5), min_size=1, max_size=20).filter(any), st.integers(1, 900), methods)
def test_without_rules_the_answer_is_the_methods_own(
    weights: list[int], total: int, method: PageMethod
) -> None:
    quotas = quotas_of([Fraction(weight) for weight in weights], total)
    solution = solve(quotas, [Domain(0, total)] * len(weights), total, method)
    assert solution is not None
    assert solution.numbers == apportion(weights, total, method).seats


@given(small_counties())
def test_the_feasible_range_brackets_the_total(county: tuple[list[Fraction], list[Domain], int]) -> None:
    _, allowed, total = county
    below, above = feasible_range(allowed, total)
    if feasible(allowed, total):
        assert (below, above) == (total, total)
    else:
        assert below is None or (below < total and feasible(allowed, below))
        assert above is None or (above > total and feasible(allowed, above))


def highs_optimum(
    quotas: list[Fraction], allowed: list[Domain], total: int, method: PageMethod, around: int
) -> Fraction:
    """The optimum of the same problem as an integer linear program: one binary per municipality and number."""
    import highspy

    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    options = []
    for quota, domain in zip(quotas, allowed, strict=True):
        near = range(max(0, int(quota) - around), int(quota) + around + 1)
        options.append([x for x in sorted({0, *near}) if domain.allows(x)])
    column, persons, costs = 0, [], []
    for quota, numbers in zip(quotas, options, strict=True):
        first = column
        for number in numbers:
            cost = objective_value([quota], [number], method)[1]
            model.addVar(0, 1)
            model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
            model.changeColCost(column, float(cost))
            persons.append(number)
            costs.append(cost)
            column += 1
        chosen = list(range(first, column))
        model.addRow(1, 1, len(chosen), chosen, [1.0] * len(chosen))
    model.addRow(total, total, column, list(range(column)), [float(number) for number in persons])
    model.run()
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    values = model.getSolution().col_value
    return sum((costs[i] for i in range(column) if values[i] > 0.5), Fraction(0))


@pytest.mark.parametrize("method", PAGE_METHODS)
@pytest.mark.parametrize(("size", "total", "seed"), [(17, 545, 1), (17, 120, 2), (46, 900, 3), (46, 300, 4)])
def test_highs_confirms_the_optimum_with_zero_or_floor(
    method: PageMethod, size: int, total: int, seed: int
) -> None:
    import random

    drawn = random.Random(seed)
    weights = [Fraction(int(drawn.paretovariate(1.1) * 800)) for _ in range(size)]
    quotas = quotas_of(weights, total)
    allowed = [Domain(10, total, zero=True) for _ in weights]
    for place in drawn.sample(range(size), 4):
        allowed[place] = Domain(0, max(3, int(quotas[place] * 2 / 3)))
    solution = solve(quotas, allowed, total, method)
    assert solution is not None
    assert sum(solution.numbers) == total
    value = objective_value(quotas, solution.numbers, method)
    assert value[0] == 0
    best = highs_optimum(quotas, allowed, total, method, around=60)
    assert float(value[1]) == pytest.approx(float(best), rel=1e-9)
    assert value[1] <= best


def test_municipalities_just_below_half_the_floor_get_none_and_those_above_get_it() -> None:
    quotas = [Fraction(40), Fraction(6), Fraction(4)]
    solution = solve(quotas, [Domain(10, 50, zero=True)] * 3, 50, "sainte-lague")
    assert solution is not None
    assert solution.numbers == (40, 10, 0)


def test_sainte_lague_spreads_what_a_cap_takes_in_proportion_and_hamilton_evenly() -> None:
    quotas = [Fraction(60), Fraction(30), Fraction(10)]
    allowed = [Domain(0, 20), Domain(0, 100), Domain(0, 100)]
    proportional = solve(quotas, allowed, 100, "sainte-lague")
    evenly = solve(quotas, allowed, 100, "hamilton")
    assert proportional is not None
    assert evenly is not None
    assert proportional.numbers == (20, 60, 20)
    assert evenly.numbers == (20, 50, 30)


def test_many_without_any_share_behind_caps_are_solved_in_time() -> None:
    quotas = [Fraction(300 + i) for i in range(6)] + [Fraction(0)] * 40
    total = sum(quotas).numerator
    allowed = [Domain(10, 60, zero=True) for _ in quotas]
    solution = solve(quotas, allowed, total, "sainte-lague")
    assert solution is not None
    assert solution.numbers[:6] == (60,) * 6
    rest = solution.numbers[6:]
    assert sum(rest) == total - 360
    assert max(rest) - min(rest) <= 1


def test_a_municipality_without_any_share_is_given_persons_only_when_rules_leave_no_other_way() -> None:
    quotas = [Fraction(10), Fraction(0)]
    solution = solve(quotas, [Domain(0, 8), Domain(0, 10)], 10, "sainte-lague")
    assert solution is not None
    assert solution.numbers == (8, 2)


def test_ties_between_zero_and_floor_go_to_the_earlier_and_are_reported() -> None:
    solution = solve([Fraction(5)] * 4, [Domain(10, 20, zero=True)] * 4, 20, "sainte-lague")
    assert solution is not None
    assert solution.numbers in {(20, 0, 0, 0), (10, 10, 0, 0)}
    assert solution.numbers == (10, 10, 0, 0)
    assert solution.equal == (0, 1, 2, 3)
    assert solution.given == (0, 1)


@pytest.mark.parametrize("method", PAGE_METHODS)
def test_equal_municipalities_with_zero_or_floor_are_solved_at_once(method: PageMethod) -> None:
    before = process_time()
    solution = solve([Fraction(4000, 46)] * 46, [Domain(100, 4000, zero=True)] * 46, 4000, method)
    assert process_time() - before < 5
    assert solution is not None
    assert solution.numbers == (100,) * 40 + (0,) * 6


@pytest.mark.parametrize("method", PAGE_METHODS)
def test_equal_shares_just_below_the_floor_are_solved_at_once(method: PageMethod) -> None:
    before = process_time()
    solution = solve([Fraction(20_000, 46)] * 46, [Domain(435, 20_000, zero=True)] * 46, 20_000, method)
    assert process_time() - before < 5
    assert solution is not None
    assert solution.numbers == (*[445] * 20, *[444] * 25, 0)


@settings(max_examples=200)
@given(small_counties(), methods)
def test_counting_those_above_nobody_loses_no_best_answer(
    county: tuple[list[Fraction], list[Domain], int], method: PageMethod
) -> None:
    quotas, allowed, total = county
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("fotfeste.settlement.solve.MANY", 0)
        counted = solve(quotas, allowed, total, method)
    assert counted == solve(quotas, allowed, total, method)


def test_minute_shares_behind_a_cap_are_solved_at_once() -> None:
    before = process_time()
    quotas = [Fraction(20_000) - Fraction(45, 10**9), *[Fraction(1, 10**9)] * 45]
    solution = solve(quotas, [Domain(0, 5), *[Domain(0, 20_000)] * 45], 20_000, "sainte-lague")
    assert process_time() - before < 5
    assert solution is not None
    assert solution.numbers == (5, *[445] * 15, *[444] * 30)


def test_hamilton_gives_a_floor_to_those_without_share_at_once_when_a_cap_leaves_no_other_way() -> None:
    before = process_time()
    quotas = [Fraction(900), *[Fraction(0)] * 19]
    solution = solve(quotas, [Domain(0, 10), *[Domain(10, 900, zero=True)] * 19], 900, "hamilton")
    assert process_time() - before < 5
    assert solution is not None
    assert solution.numbers == (10, *[47] * 16, *[46] * 3)


@given(
    st.lists(st.integers(1, 10**5), min_size=2, max_size=10, unique=True),
    st.integers(20, 300),
    methods,
    st.randoms(use_true_random=False),
)
def test_permuting_municipalities_permutes_the_answer_with_rules_too(
    weights: list[int], total: int, method: PageMethod, random: object
) -> None:
    quotas = quotas_of([Fraction(weight) for weight in weights], total)
    allowed = [
        Domain(10, total, zero=True) if i % 3 else Domain(0, total // 2 + 1) for i in range(len(weights))
    ]
    first = solve(quotas, allowed, total, method)
    assume(first is not None and not first.equal)
    assert first is not None
    order = list(range(len(weights)))
    random.shuffle(order)  # type: ignore[attr-defined]
    second = solve([quotas[i] for i in order], [allowed[i] for i in order], total, method)
    assert second is not None
    assert second.numbers == tuple(first.numbers[i] for i in order)


@pytest.mark.parametrize("end", ["low", "high"])
def test_an_empty_domain_makes_every_total_impossible(end: Literal["low", "high"]) -> None:
    assert solve([Fraction(3), Fraction(3)], [Domain(4, 2), Domain(0, 6)], 6, "hamilton") is None
    assert feasible_range([Domain(4, 2), Domain(0, 6)], 6)[0 if end == "low" else 1] is None


@given(small_counties(), methods, st.lists(st.integers(0, 4), min_size=4, max_size=4))
def test_whoever_passes_persons_on_may_be_left_with_nobody(
    county: tuple[list[Fraction], list[Domain], int], method: PageMethod, passed_on: list[int]
) -> None:
    quotas, allowed, total = county
    allowed = [
        Domain(domain.low + none, domain.high + none, domain.zero, none)
        for domain, none in zip(allowed, passed_on, strict=False)
    ]
    found, best = solve(quotas, allowed, total, method), enumerated(quotas, allowed, total, method)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert objective_value(quotas, found.numbers, method) == objective_value(quotas, best, method)


@given(st.lists(domains, min_size=1, max_size=5), st.integers(0, 40))
def test_the_nearest_totals_are_those_found_by_trying_all(allowed: list[Domain], total: int) -> None:
    options = [[x for x in range(domain.high + 1) if domain.allows(x)] for domain in allowed]
    sums = {sum(numbers) for numbers in itertools.product(*options)}
    below, above = [x for x in sums if x <= total], [x for x in sums if x >= total]
    assert feasible_range(allowed, total) == (max(below, default=None), min(above, default=None))


def test_the_nearest_totals_are_found_at_once_for_floors_of_a_million() -> None:
    before = process_time()
    assert feasible_range([Domain(10**6, 46 * 10**6)] * 46, 300) == (None, 46 * 10**6)
    assert feasible_range([Domain(10**6, 46 * 10**6, zero=True)] * 46, 300) == (0, 10**6)
    assert process_time() - before < 5


def test_everyone_who_stood_equal_is_named() -> None:
    # 46 equal shares, a floor just above: some get 445, some 444, one gets none, and any of them could have been any.
    found = solve([Fraction(20_000, 46)] * 46, [Domain(435, 20_000, True)] * 46, 20_000, "hamilton")
    assert found is not None
    assert sorted(set(found.numbers)) == [0, 444, 445]
    assert found.equal == tuple(range(46))
    assert found.given == tuple(i for i in range(46) if found.numbers[i])
