from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.settlement.past.exact import PARTS, exact_shares
from fotfeste.settlement.past.model import fit
from fotfeste.settlement.past.record import Record, persons_asked, was_asked
from fotfeste.statistics.figure import Figure

from .examples import figure, record, settings


def shares(past: Record, asked: set[str] | None = None, **told: str) -> dict[str, Fraction]:
    fitted = fit(past, settings(**told))
    return exact_shares(fitted.weights(sorted(fitted.size), asked))


def test_four_times_the_people_and_twice_the_request_is_the_square_root() -> None:
    past = record({2020: {"a": 10, "b": 20}, 2021: {"a": 10, "b": 20}}, {"a": 100, "b": 400})
    fitted = fit(past, settings())
    assert fitted.exponent == Decimal("0.50")
    assert shares(past) == exact_shares({"a": Decimal(1), "b": Decimal(2)})


def test_the_newest_year_counts_most_and_average_years_draw_towards_the_average() -> None:
    past = record({2020: {"a": 10, "b": 10}, 2021: {"a": 30, "b": 10}}, {"a": 100, "b": 100})
    # Of equal size: a was asked for 3/2 and 1 times its size, b for 1/2 and 1 times.
    assert shares(past, memory="0.5") == {
        "a": Fraction(666666666667, PARTS),
        "b": Fraction(333333333333, PARTS),
    }
    # (1/2 + 3/2 + 1/2 · 1) / (1/2 + 1 + 1/2) = 5/4 and (1/2 + 1/2 + 1/2 · 1) / 2 = 3/4.
    assert shares(past, average_years="0.5") == {"a": Fraction(5, 8), "b": Fraction(3, 8)}


def test_without_memory_and_average_years_it_is_last_years_shares() -> None:
    past = record(
        {2020: {"a": 99, "b": 1, "c": 5}, 2021: {"a": 5, "b": 10, "c": 1}}, {"a": 900, "b": 700, "c": 30}
    )
    assert shares(past, memory="0") == exact_shares({"a": Decimal(5), "b": Decimal(10), "c": Decimal(1)})


def test_a_newcomer_gets_what_its_size_says() -> None:
    past = record({2021: {"a": 10, "b": 10, "c": "-"}}, {"a": 100, "b": 100, "c": 100})
    assert shares(past, {"a", "b", "c"}, average_years="0.2") == exact_shares(
        dict.fromkeys("abc", Decimal(1))
    )


def test_who_is_not_asked_gets_nothing_and_the_others_share_it_all() -> None:
    past = record({2021: {"a": 10, "b": 10, "c": 20}}, {"a": 100, "b": 100, "c": 100})
    assert shares(past, {"a", "b"}) == {"a": Fraction(1, 2), "b": Fraction(1, 2), "c": 0}


@pytest.mark.parametrize("sign", ["-", 0])
def test_not_asked_last_time_is_taken_as_not_asked_again(sign: str | int) -> None:
    past = record({2020: {"a": 10, "b": 10}, 2021: {"a": 10, "b": sign}}, {"a": 100, "b": 100})
    assert shares(past) == {"a": 1, "b": 0}
    # Asked once in two years, of which the older counts half: a third of the chance.
    assert shares(past, asked_memory="0.5")["b"] == Fraction(1, 4)


def test_a_missing_request_is_left_out_and_never_zero() -> None:
    known = record({2020: {"a": 10, "b": 30}}, {"a": 100, "b": 100})
    gap = record({2020: {"a": 10, "b": 30}, 2021: {"a": 10, "b": "."}}, {"a": 100, "b": 100})
    fitted = fit(gap, settings())
    assert fitted.relative["b"] == fit(known, settings()).relative["b"] == Decimal("1.5")
    assert fitted.chance["b"] == 1


def test_years_that_count_less_than_a_millionth_are_not_read() -> None:
    people = {"a": 100, "b": 200}
    years = {year: {"a": 10, "b": 15} for year in range(2012, 2022)}
    assert fit(record(years, people), settings("0.2")).years == tuple(range(2013, 2022))
    assert fit(record(years, people), settings("1")).years == tuple(range(2012, 2022))


@pytest.mark.parametrize(
    ("sign", "listed_only", "asked"),
    [
        (7, False, True),
        (0, False, False),
        ("-", False, False),
        (":", False, True),  # one to four is somebody
        (".", False, None),
        (".", True, False),
        (Figure.missing(low=40), True, True),  # a part of a merged municipality is known
    ],
)
def test_who_was_asked(sign: int | str | Figure, listed_only: bool, asked: bool | None) -> None:
    assert was_asked(figure(sign), listed_only=listed_only) is asked


def test_a_request_is_a_number_nobody_or_unknown() -> None:
    assert [persons_asked(figure(sign)) for sign in (7, 0, "-", ".", ":")] == [7, 0, 0, None, None]


def test_equal_weights_give_the_odd_part_to_the_lowest_code() -> None:
    assert exact_shares({"b": Decimal(1), "c": Decimal(1), "a": Decimal(1)}) == {
        "b": Fraction(333333333333, PARTS),
        "c": Fraction(333333333333, PARTS),
        "a": Fraction(333333333334, PARTS),
    }


weights = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.decimals(0, 10**6, places=4), min_size=1
)


@given(weights.filter(lambda found: any(found.values())))
def test_shares_sum_to_one_exactly_and_are_near_the_weights(given_weights: dict[str, Decimal]) -> None:
    found = exact_shares(given_weights)
    whole = sum(map(Fraction, given_weights.values()))
    assert list(found) == list(given_weights)
    assert sum(found.values()) == 1
    assert all(abs(found[c] - Fraction(w) / whole) < Fraction(1, PARTS) for c, w in given_weights.items())
    assert all(found[code] == 0 for code, weight in given_weights.items() if weight == 0)


requests = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([".", "-", 0, 5, 10, 40]), min_size=6)
histories = st.lists(requests, min_size=1, max_size=5).map(
    lambda years: {2020 - place: by_code for place, by_code in enumerate(years)}
)


@given(
    histories.filter(lambda years: any(isinstance(s, int) and s for y in years.values() for s in y.values())),
    st.permutations([200, 1000, 5000, 20_000, 80_000, 300_000]),
)
def test_every_municipality_that_is_asked_gets_something(
    years: dict[int, dict[str, int | str]], people: list[int]
) -> None:
    past = record(years, dict(zip("abcdef", people, strict=True)))
    found = shares(past, set("abc"), average_years="0.2")
    assert sum(found.values()) == 1
    assert all(found[code] > 0 for code in "abc")
    assert not any(found[code] for code in "def")


@given(histories, st.permutations("abcdef"))
def test_the_order_of_municipalities_changes_nothing(
    years: dict[int, dict[str, int | str]], order: list[str]
) -> None:
    years = {**years, 2021: {"a": 10, "b": 20, "c": 30, "d": 40, "e": 50, "f": 60}}
    people = {"a": 1000, "b": 900, "c": 4000, "d": 250, "e": 77000, "f": 12}
    turned = record(
        {year: {c: by_code[c] for c in order} for year, by_code in reversed(years.items())},
        {c: people[c] for c in order},
    )
    one, other = fit(record(years, people), settings()), fit(turned, settings())
    assert one.exponent == other.exponent
    codes = sorted(people)
    assert exact_shares(one.weights(codes, codes)) == exact_shares(other.weights(codes, codes))
