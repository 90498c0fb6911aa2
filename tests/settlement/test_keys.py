from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import DataMissing, FotfesteError, InputError
from fotfeste.settlement.criteria import Key, KeyForm
from fotfeste.settlement.keys import double_share, kept, key_values, power, relative, shortfall
from fotfeste.settlement.mixture import mix, number_of
from fotfeste.statistics.figure import Figure

from .examples import CODES, by_population, criteria, criterion, inputs


def test_whole_exponents_are_exact() -> None:
    assert power(Fraction(3, 7), Fraction(2)) == Fraction(9, 49)
    assert power(Fraction(3, 7), Fraction(-1)) == Fraction(7, 3)


def test_key_values_keep_twelve_digits_and_are_the_same_everywhere() -> None:
    assert kept(power(Fraction(2), Fraction(1, 2))) == Fraction(141421356237, 10**11)
    assert kept(Fraction(2, 3)) == Fraction(666666666667, 10**12)
    assert kept(Fraction(123456789012345)) == 123456789012345
    assert power(Fraction(0), Fraction(7, 10)) == 0


def test_a_relative_key_lifts_those_better_than_the_county_and_holds_the_limits() -> None:
    key = Key(KeyForm.RELATIVE, "population", "reduced", Fraction(-1), limits=(Fraction(1, 2), Fraction(2)))
    assert relative(Fraction(1000), Fraction(4, 100), Fraction(5, 100), key) == 1250
    assert relative(Fraction(1000), Fraction(1, 100), Fraction(5, 100), key) == 2000
    assert relative(Fraction(1000), Fraction(50, 100), Fraction(5, 100), key) == 500
    assert relative(Fraction(1000), Fraction(0), Fraction(5, 100), key) == 2000


@pytest.mark.parametrize(
    ("key", "word"),
    [
        (Key(KeyForm.POWER, "change"), "under null"),
        (Key(KeyForm.POWER, "change", exponent=Fraction(7, 10)), "under null"),
        (Key(KeyForm.RELATIVE, "population", "change", Fraction(1, 2)), "under null"),
        (Key(KeyForm.SHORTFALL, "population", "change"), "under null"),
        (Key(KeyForm.POWER, "some", exponent=Fraction(-1)), "opphøyes"),
        (Key(KeyForm.POWER, "some", exponent=Fraction(-1, 2)), "opphøyes"),
    ],
)
def test_figures_that_nothing_can_be_shared_out_by_are_refused(key: Key, word: str) -> None:
    given_figures = inputs(
        change=dict.fromkeys(CODES, 5) | {"4032": -3}, some=dict.fromkeys(CODES, 5) | {"4032": 0}
    )
    # The mixture as a whole is positive: a criterion below zero must not hide in it.
    with pytest.raises(InputError, match=word) as caught:
        mix(criteria(by_population(), criterion("bad", 1, key)), given_figures, 100)
    assert "4032" in str(caught.value)


def test_a_plain_factor_within_limits_may_rest_on_numbers_below_zero() -> None:
    key = Key(KeyForm.RELATIVE, "population", "change", limits=(Fraction(1, 2), Fraction(2)))
    by_code = {"change": dict.fromkeys(CODES, Fraction(-3)), "population": dict.fromkeys(CODES, Fraction(10))}
    assert set(key_values(key, CODES, by_code, {"change": Fraction(4)}, 100).values()) == {Fraction(5)}


@pytest.mark.parametrize("form", [KeyForm.SHORTFALL, KeyForm.DOUBLE_SHARE])
def test_a_base_of_nothing_is_told_as_an_empty_criterion(form: KeyForm) -> None:
    figures = inputs(district=dict.fromkeys(CODES, 0), carried=dict.fromkeys(CODES, 4))
    with pytest.raises(InputError) as caught:
        mix(criteria(criterion("bad", 1, Key(form, "district", "carried"))), figures, 100)
    assert caught.value.code == "criterion.empty"


def test_equal_burden_gives_nothing_to_those_who_carry_more_than_their_share() -> None:
    # 300 carried and 100 new make 400: fair shares 200 and 200, so the second carries 50 too many.
    assert shortfall({"a": Fraction(1), "b": Fraction(1)}, {"a": Fraction(50), "b": Fraction(250)}, 100) == {
        "a": 150,
        "b": 0,
    }


def test_the_danish_rule_is_population_share_less_the_surplus_of_immigrants() -> None:
    people = {"a": Fraction(50), "b": Fraction(30), "c": Fraction(20)}
    immigrants = {"a": Fraction(50), "b": Fraction(5), "c": Fraction(45)}
    assert double_share(people, immigrants) == {"a": Fraction(1, 2), "b": Fraction(11, 20), "c": 0}


def test_where_counts_only_municipalities_that_reach_the_limit() -> None:
    key = Key(KeyForm.WHERE, "population", "district")
    numbers = {
        "population": {"a": Fraction(10), "b": Fraction(20)},
        "district": {"a": Fraction(1), "b": Fraction(0)},
    }
    assert key_values(key, ("a", "b"), numbers, {}, 5) == {"a": 10, "b": 0}


def test_each_criterion_shares_out_its_own_part_of_the_total() -> None:
    mixed = mix(
        criteria(by_population(), criterion("equal", 3, Key(KeyForm.EQUAL))),
        inputs(),
        71 * 4,
    )
    assert sum(mixed.persons["size"].values()) == 71
    assert mixed.persons["size"]["4003"] == 55
    assert mixed.persons["equal"]["4032"] == Fraction(71 * 3, 4)
    assert sum(mixed.quotas(CODES)) == 71 * 4


@given(st.lists(st.integers(1, 10**6), min_size=4, max_size=4), st.integers(1, 5000))
def test_the_quotas_sum_to_the_total_exactly(values: list[int], total: int) -> None:
    carried = dict(zip(CODES, values, strict=True))
    mixed = mix(
        criteria(
            criterion("damped", 7, Key(KeyForm.POWER, "population", exponent=Fraction(7, 10))),
            criterion("balance", 3, Key(KeyForm.SHORTFALL, "population", "carried")),
            criterion("danish", 2, Key(KeyForm.DOUBLE_SHARE, "population", "carried")),
        ),
        inputs(carried=carried),
        total,
    )
    quotas = mixed.quotas(CODES)
    assert sum(quotas) == total
    assert min(quotas) >= 0


@pytest.mark.parametrize(("policy", "expected"), [("low", 1), ("middle", Fraction(5, 2)), ("high", 4)])
def test_a_suppressed_figure_counts_as_the_file_says(policy: str, expected: Fraction) -> None:
    assert number_of(Figure.suppressed(), policy) == expected  # type: ignore[arg-type]
    assert number_of(Figure.suppressed(), policy, "high") == 4  # type: ignore[arg-type]


def test_missing_is_not_zero_and_not_asked_is_nobody() -> None:
    assert number_of(Figure.missing(), "middle") is None
    assert number_of(Figure.not_asked(), "middle") == 0


def test_a_missing_figure_is_refused_with_indicator_municipality_and_user() -> None:
    carried = {"4003": 10, "4020": Figure.missing(), "4032": 3, "4036": Figure.missing()}
    file = criteria(criterion("balance", 1, Key(KeyForm.SHORTFALL, "population", "carried")))
    with pytest.raises(DataMissing) as caught:
        mix(file, inputs(carried=carried), 100)
    text = str(caught.value)
    assert "carried" in text
    assert "4020, 4036" in text
    assert "balance" in text
    assert "--data" in text


def test_a_file_may_say_that_missing_counts_as_zero() -> None:
    carried = {"4003": 10, "4020": Figure.missing(), "4032": 3, "4036": 1}
    file = criteria(criterion("shown", 1, Key(KeyForm.POWER, "carried", missing="zero")))
    assert mix(file, inputs(carried=carried), 100).persons["shown"]["4020"] == 0


def test_a_criterion_that_reaches_nobody_is_refused() -> None:
    file = criteria(criterion("district", 1, Key(KeyForm.WHERE, "population", "district")))
    with pytest.raises(InputError) as caught:
        mix(file, inputs(district=dict.fromkeys(CODES, 0)), 100)
    assert caught.value.code == "criterion.empty"


@pytest.mark.parametrize("level", [Figure.missing(), Figure.observed(0)])
def test_a_county_value_that_is_unknown_or_zero_is_refused_with_the_way_out(level: Figure) -> None:
    figures = inputs(work=dict.fromkeys(CODES, 3))
    figures = replace(figures, levels={**figures.levels, "work": level})
    with pytest.raises(FotfesteError, match="Fylkets egen verdi for «work»") as caught:
        mix(criteria(criterion("work", 1, Key(KeyForm.RELATIVE, "population", "work"))), figures, 100)
    assert caught.value.problem.remedy is not None
