from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.settlement import apportion
from fotfeste.settlement.apportionment import MethodName

METHODS = get_args(MethodName)
DIVISOR_METHODS = [name for name in METHODS if name != "hamilton"]

# First census of the United States, 1790: Balinski and Young, Fair Representation, 2nd ed. (2001), table 3.1.
STATES_1790 = {
    "Virginia": 630560,
    "Massachusetts": 475327,
    "Pennsylvania": 432879,
    "North Carolina": 353523,
    "New York": 331589,
    "Maryland": 278514,
    "Connecticut": 236841,
    "South Carolina": 206236,
    "New Jersey": 179570,
    "New Hampshire": 141822,
    "Vermont": 85533,
    "Georgia": 70835,
    "Kentucky": 68705,
    "Rhode Island": 68446,
    "Delaware": 55540,
}

# United States Census Bureau, Apportionment Population and Number of Representatives by State: 2020 Census.
STATES_2020 = {
    "CA": (39576757, 52), "TX": (29183290, 38), "FL": (21570527, 28), "NY": (20215751, 26), "PA": (13011844, 17),
    "IL": (12822739, 17), "OH": (11808848, 15), "GA": (10725274, 14), "NC": (10453948, 14), "MI": (10084442, 13),
    "NJ": (9294493, 12), "VA": (8654542, 11), "WA": (7715946, 10), "AZ": (7158923, 9), "MA": (7033469, 9),
    "TN": (6916897, 9), "IN": (6790280, 9), "MD": (6185278, 8), "MO": (6160281, 8), "WI": (5897473, 8),
    "CO": (5782171, 8), "MN": (5709752, 8), "SC": (5124712, 7), "AL": (5030053, 7), "LA": (4661468, 6),
    "KY": (4509342, 6), "OR": (4241500, 6), "OK": (3963516, 5), "CT": (3608298, 5), "UT": (3275252, 4),
    "IA": (3192406, 4), "NV": (3108462, 4), "AR": (3013756, 4), "MS": (2963914, 4), "KS": (2940865, 4),
    "NM": (2120220, 3), "NE": (1963333, 3), "ID": (1841377, 2), "WV": (1795045, 2), "HI": (1460137, 2),
    "NH": (1379089, 2), "ME": (1363582, 2), "RI": (1098163, 2), "MT": (1085407, 2), "DE": (990837, 1),
    "SD": (887770, 1), "ND": (779702, 1), "AK": (736081, 1), "VT": (643503, 1), "WY": (577719, 1),
}  # fmt: skip

# The Storting 2013–2021: seats per county by Sainte-Laguë on inhabitants (1 January 2012) plus 1.8 per square
# kilometre, representation act § 11-3. Population: SSB; areas: Kartverket; seats: the ministry's allotment of 2012.
COUNTIES_2012 = {
    "Østfold": (278352, 4182, 9), "Akershus": (556254, 4918, 17), "Oslo": (613285, 454, 19),
    "Hedmark": (192791, 27398, 7), "Oppland": (187147, 25192, 7), "Buskerud": (265164, 14911, 9),
    "Vestfold": (236424, 2224, 7), "Telemark": (170023, 15299, 6), "Aust-Agder": (111495, 9158, 4),
    "Vest-Agder": (174324, 7277, 6), "Rogaland": (443115, 9376, 14), "Hordaland": (490570, 15438, 16),
    "Sogn og Fjordane": (108201, 18623, 4), "Møre og Romsdal": (256628, 15115, 9),
    "Sør-Trøndelag": (297950, 18848, 10), "Nord-Trøndelag": (133390, 22415, 5), "Nordland": (238320, 38482, 9),
    "Troms": (158650, 25877, 6), "Finnmark": (73787, 48631, 5),
}  # fmt: skip


def test_hamilton_gives_the_bill_that_washington_vetoed_in_1792() -> None:
    seats = apportion(list(STATES_1790.values()), 120, "hamilton").seats
    assert seats == (21, 16, 14, 12, 11, 9, 8, 7, 6, 5, 3, 2, 2, 2, 2)


def test_jefferson_gives_the_house_of_1792() -> None:
    seats = apportion(list(STATES_1790.values()), 105, "dhondt").seats
    assert seats == (19, 14, 13, 10, 10, 8, 7, 6, 5, 4, 2, 2, 2, 2, 1)


def test_huntington_hill_gives_the_house_of_representatives_of_2020() -> None:
    populations = [population for population, _ in STATES_2020.values()]
    assert sum(populations) == 331108434
    assert apportion(populations, 435, "huntington-hill").seats == tuple(s for _, s in STATES_2020.values())


def test_new_york_lost_its_27th_seat_in_2020_by_89_persons() -> None:
    names = list(STATES_2020)
    populations = [population for population, _ in STATES_2020.values()]
    new_york, minnesota = names.index("NY"), names.index("MN")
    populations[new_york] += 88
    assert apportion(populations, 435, "huntington-hill").seats[new_york] == 26
    populations[new_york] += 1
    seats = apportion(populations, 435, "huntington-hill").seats
    assert (seats[new_york], seats[minnesota]) == (27, 7)


def test_sainte_lague_gives_the_storting_its_seats_per_county() -> None:
    points = [population + Fraction(18, 10) * area for population, area, _ in COUNTIES_2012.values()]
    assert apportion(points, 169, "sainte-lague").seats == tuple(s for _, _, s in COUNTIES_2012.values())


@pytest.mark.parametrize(
    ("method", "seats"),
    [
        ("dhondt", (4, 3, 1, 0)),
        ("sainte-lague", (3, 3, 1, 1)),
        ("hamilton", (3, 3, 1, 1)),
        ("huntington-hill", (3, 3, 1, 1)),
        ("adams", (3, 3, 1, 1)),
    ],
)
def test_four_parties_and_eight_seats(method: MethodName, seats: tuple[int, ...]) -> None:
    assert apportion([100000, 80000, 30000, 20000], 8, method).seats == seats


def test_the_first_divisor_of_1_4_holds_a_small_party_out() -> None:
    votes = [53000, 33000, 14000]
    assert apportion(votes, 4, "sainte-lague").seats == (2, 1, 1)
    assert apportion(votes, 4, "modified-sainte-lague").seats == (2, 2, 0)


def test_hamilton_shows_the_alabama_paradox() -> None:
    assert apportion([6, 6, 2], 10, "hamilton").seats == (4, 4, 2)
    assert apportion([6, 6, 2], 11, "hamilton").seats == (5, 5, 1)


@pytest.mark.parametrize("method", METHODS)
def test_exact_ties_go_to_the_earlier_position_and_are_reported(method: MethodName) -> None:
    result = apportion([1, 1, 1], 2, method)
    assert result.seats == (1, 1, 0)
    assert result.equal is not None
    assert result.equal.positions == (0, 1, 2)
    assert result.equal.given == (0, 1)


def test_a_tie_between_unequal_weights_goes_to_the_larger() -> None:
    result = apportion([1, 3], 2, "sainte-lague")
    assert result.seats == (0, 2)
    assert result.equal is not None
    assert result.equal.positions == (0, 1)


def test_weights_that_floats_cannot_tell_apart_are_told_apart() -> None:
    third = Fraction(1, 3)
    seats = apportion([third, third + Fraction(1, 10**40), third], 1, "hamilton").seats
    assert seats == (0, 1, 0)


weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=25).filter(any)


@given(weights, st.integers(0, 3000), st.sampled_from(METHODS))
def test_the_total_is_kept_to_the_last_person(
    given_weights: list[int], total: int, method: MethodName
) -> None:
    result = apportion(given_weights, total, method)
    assert sum(result.seats) == total
    assert all(seats >= 0 for seats in result.seats)
    assert all(seats == 0 for seats, weight in zip(result.seats, given_weights, strict=True) if weight == 0)


@given(weights, st.integers(1, 500), st.sampled_from(DIVISOR_METHODS))
def test_divisor_methods_are_house_monotone(given_weights: list[int], total: int, method: MethodName) -> None:
    fewer, more = (
        apportion(given_weights, total - 1, method).seats,
        apportion(given_weights, total, method).seats,
    )
    assert all(one <= other for one, other in zip(fewer, more, strict=True))


@given(weights, st.integers(0, 1000))
def test_hamilton_stays_within_the_quota(given_weights: list[int], total: int) -> None:
    whole = sum(given_weights)
    for seats, weight in zip(apportion(given_weights, total, "hamilton").seats, given_weights, strict=True):
        assert abs(seats - Fraction(weight * total, whole)) < 1


@given(
    st.lists(st.integers(1, 10**6), min_size=2, max_size=12, unique=True),
    st.integers(1, 500),
    st.sampled_from(METHODS),
    st.randoms(use_true_random=False),
)
def test_permuting_municipalities_permutes_the_answer(
    given_weights: list[int], total: int, method: MethodName, random: object
) -> None:
    first = apportion(given_weights, total, method)
    order = list(range(len(given_weights)))
    random.shuffle(order)  # type: ignore[attr-defined]
    second = apportion([given_weights[i] for i in order], total, method)
    assert second.seats == tuple(first.seats[i] for i in order)


@given(weights, st.integers(1, 300), st.sampled_from(DIVISOR_METHODS))
def test_no_claim_left_waiting_is_stronger_than_one_that_was_met(
    given_weights: list[int], total: int, method: MethodName
) -> None:
    divisors = {
        "sainte-lague": lambda s: Fraction(2 * s + 1),
        "modified-sainte-lague": lambda s: Fraction(14, 10) if s == 0 else Fraction(2 * s + 1),
        "dhondt": lambda s: Fraction(s + 1),
        "huntington-hill": lambda s: Fraction(s * (s + 1)),
        "adams": lambda s: Fraction(s),
    }
    seats = apportion(given_weights, total, method).seats
    exponent = 2 if method == "huntington-hill" else 1

    def claim(i: int, has: int) -> tuple[int, Fraction]:
        below, weight = divisors[method](has), Fraction(given_weights[i]) ** exponent
        return (1, weight) if below == 0 else (0, weight / below)

    positive = [i for i, weight in enumerate(given_weights) if weight]
    met = min(claim(i, seats[i] - 1) for i in positive if seats[i])
    assert max(claim(i, seats[i]) for i in positive) <= met


@pytest.mark.parametrize(
    ("given_weights", "total", "method", "code"),
    [
        ([0, 0], 5, "hamilton", "apportion.zero"),
        ([1, -1], 5, "hamilton", "apportion.negative"),
        ([1, 1], -1, "hamilton", "apportion.negative"),
        ([1, 1], 1, "quota", "apportion.method"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    given_weights: list[int], total: int, method: str, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        apportion(given_weights, total, method)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert str(caught.value)
