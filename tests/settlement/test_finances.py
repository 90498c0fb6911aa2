"""What settlement costs a municipality and brings in, from its own rates: known answers, what always holds, and faults."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import Locale, language
from fotfeste.settlement.finances import YEARS, Rate, Rates, Staying, finances, has_name, rate_name
from fotfeste.settlement.finances_file import LONGEST, rates_of_text, read_rates
from fotfeste.settlement.rates_blank import WIDTH, blank_rates

# Invented, round figures: no municipality and no state has these rates.
RATES = """
schema = 1
municipality = "4003"
dated = 2027-01-15
owner = "Oppdiktet kommune"
source = "Oppdiktede runde tall"

[[cost]]
id = "housing"
kroner = [50000, 10000, 10000, 0, 0]

[[cost]]
id = "introduction_benefit"
group = "others"
kroner = [200000, 100000, 0, 0, 0]

[[cost]]
id = "minors_care"
group = "minors"
kroner = [900000, 900000, 900000, 900000, 900000]

[[cost]]
id = "team"
name = "Mobilt helseteam"
per = "municipality"
kroner = [1000000, 1000000, 500000, 0, 0]

[[grant]]
id = "integration_grant"
kroner = [240000, 180000, 150000, 80000, 70000]

[[grant]]
id = "minors_grant"
group = "minors"
kroner = [800000, 800000, 800000, 800000, 800000]

[staying]
shares = [1, 0.9, 0.8, 0.8, 0.75]
source = "Oppdiktet"
"""


def codes(error: InputError) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in error.problems]


def faults(text: str, municipality: str = "") -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        rates_of_text(text, "satser.toml", municipality)
    return codes(caught.value) or [(caught.value.code, "")]


def changed(before: str, after: str) -> str:
    assert before in RATES
    return RATES.replace(before, after, 1)


def test_twelve_persons_with_two_minors_cost_and_bring_in_what_is_worked_out_by_hand() -> None:
    found = finances(rates_of_text(RATES, "satser.toml"), 12, 2)
    # year 1: housing 12 x 50 000 = 600 000; benefit 10 x 200 000 = 2 000 000; care 2 x 900 000 = 1 800 000; team 1 000 000
    assert found.cost[0] == 5_400_000
    # year 2: 120 000 + 1 000 000 + 1 800 000 + 1 000 000
    assert found.cost == (5_400_000, 3_920_000, 2_420_000, 1_800_000, 1_800_000)
    # year 1: 12 x 240 000 = 2 880 000 and 2 x 800 000 = 1 600 000
    assert found.grant == (4_480_000, 3_760_000, 3_400_000, 2_560_000, 2_440_000)
    assert found.with_grants == (-920_000, -160_000, 980_000, 760_000, 640_000)
    assert sum(found.with_grants) == 1_300_000
    assert sum(found.without_grants) == -15_340_000


def test_where_a_share_stays_costs_and_grants_of_persons_shrink_and_those_of_the_municipality_do_not() -> (
    None
):
    rates = rates_of_text(RATES, "satser.toml")
    found = finances(rates, 10, 0, rates.staying)
    assert found.living == (10, 9, 8, 8, Fraction(15, 2))
    # year 2: 9 x (10 000 + 100 000) and the team's 1 000 000; grants 9 x 180 000
    assert found.cost[1] == 990_000 + 1_000_000
    assert found.grant[1] == 1_620_000
    assert found.grant[4] == Fraction(15, 2) * 70_000


def test_nobody_settled_costs_nothing_not_even_for_the_municipality() -> None:
    found = finances(rates_of_text(RATES, "satser.toml"), 0)
    assert set(found.cost) == set(found.grant) == {0}


def test_all_who_move_move_after_the_first_year_in_the_worst_case() -> None:
    staying = Staying.from_second_year(Fraction(9, 10), "fylket")
    assert staying.shares == (1, *(Fraction(9, 10),) * 4)


def test_more_minors_than_persons_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        finances(rates_of_text(RATES, "satser.toml"), 2, 3)


def test_a_rate_is_called_by_the_municipalitys_own_word_or_by_its_id() -> None:
    names = [rate_name(one) for one in rates_of_text(RATES, "satser.toml").rates]
    assert "Mobilt helseteam" in names
    assert language("nb").text(names[0]) == "Bolig og etablering"


amounts = st.lists(st.integers(0, 2_000_000).map(Fraction), min_size=YEARS, max_size=YEARS).map(tuple)
shares = st.lists(st.fractions(0, 1, max_denominator=1000), min_size=YEARS, max_size=YEARS).map(
    lambda found: Staying(tuple(sorted(found, reverse=True)), "")
)


@st.composite
def some_rates(draw: st.DrawFn) -> Rates:
    made = []
    for place in range(draw(st.integers(1, 6))):
        per = draw(st.sampled_from(("person", "municipality")))
        group = draw(st.sampled_from(("all", "minors", "others"))) if per == "person" else "all"
        side = draw(st.sampled_from(("cost", "grant")))
        made.append(Rate(f"r{place}", side, draw(amounts), per, group, f"r{place}"))  # type: ignore[arg-type]
    return Rates("4003", date(2027, 1, 1), "", "", tuple(made))


@given(some_rates(), st.integers(0, 300), st.integers(0, 300), st.none() | shares)
def test_years_add_up_to_the_whole_and_grants_are_the_whole_difference(
    rates: Rates, persons: int, minors: int, staying: Staying | None
) -> None:
    found = finances(rates, persons, min(minors, persons), staying)
    assert sum(one.total for one in found.costs) == sum(found.cost)
    assert sum(one.total for one in found.grants) == sum(found.grant)
    for year in range(YEARS):
        assert found.with_grants[year] - found.without_grants[year] == found.grant[year]
        assert found.without_grants[year] == -found.cost[year]


@given(some_rates(), st.integers(1, 300), shares)
def test_that_fewer_stay_never_raises_a_cost_or_a_grant(rates: Rates, persons: int, staying: Staying) -> None:
    everybody, fewer = finances(rates, persons), finances(rates, persons, 0, staying)
    assert all(less <= all_ for less, all_ in zip(fewer.cost, everybody.cost, strict=True))
    assert all(less <= all_ for less, all_ in zip(fewer.grant, everybody.grant, strict=True))


@pytest.mark.parametrize("locale", get_args(Locale))
def test_the_file_that_comes_with_fotfeste_has_no_amounts_and_says_what_to_fill_in(locale: Locale) -> None:
    text = blank_rates(language(locale))
    assert "#:" not in text
    assert "\N{NO-BREAK SPACE}" not in text
    assert 'name = "Mobilt helseteam"' in text
    assert max(len(line) for line in text.splitlines()) <= WIDTH + 2
    told = faults(text)
    assert {code for code, _ in told} == {"rates.hole"}
    assert ("rates.hole", "municipality") in told
    assert ("rates.hole", "grant[1].kroner") in told
    assert not any(sign.isdigit() for line in text.splitlines() if line.startswith("kroner") for sign in line)
    ids = [line.split('"')[1] for line in text.splitlines() if line.startswith("id =")]
    assert len(ids) > 10
    assert all(has_name(one) for one in ids)


def test_what_is_optional_in_the_blank_file_is_read_when_its_signs_are_taken_away() -> None:
    text = blank_rates(language("nb"))
    part = text[text.index("# [staying]") :].replace("# ", "").replace('"[andel]"', "0.5")
    assert tomllib.loads(part)["staying"]["shares"] == [0.5] * 5


def test_the_blank_file_filled_in_is_read() -> None:
    filled = (
        blank_rates(language("nb"), "4003")
        .replace('"[kr]"', "1000")
        .replace("[dato, slik: 2027-01-15]", "2027-01-15")
        .replace("[hvem i kommunen som går god for satsene]", "Oppdiktet")
        .replace("[hvor satsene er hentet fra, med dato]", "Oppdiktet")
        .replace("[satsene for året, med kilde]", "Oppdiktet")
    )
    found = rates_of_text(filled, "satser.toml", "4003")
    assert found.dated == date(2027, 1, 15)
    assert len(found.rates) == 13
    assert sum(finances(found, 1).grant) == 2 * 5_000


def test_rates_of_another_municipality_are_refused() -> None:
    assert faults(RATES, "4001") == [("rates.other", "municipality")]
    assert rates_of_text(RATES, "satser.toml", "4003").municipality == "4003"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("[50000, 10000", "[50000.5, 10000", ("rates.decimals", "cost[1].kroner[1]")),
        ("[50000, 10000", "[-1, 10000", ("rates.range", "cost[1].kroner[1]")),
        ("[50000, 10000", "[true, 10000", ("rates.number", "cost[1].kroner[1]")),
        ("[50000, 10000", '["50 000", 10000', ("rates.number", "cost[1].kroner[1]")),
        ("[50000, 10000", '["[kr]", 10000', ("rates.hole", "cost[1].kroner[1]")),
        ("[50000, 10000", "[nan, 10000", ("rates.number", "cost[1].kroner[1]")),
        ("[50000, 10000", "[1e999999, 10000", ("rates.number", "cost[1].kroner[1]")),
        ("[50000, 10000, 10000, 0, 0]", "[50000, 10000]", ("rates.five", "cost[1].kroner")),
        ('group = "others"', 'group = "voksne"', ("rates.choice", "cost[2].group")),
        ('per = "municipality"', 'per = "municipality"\ngroup = "minors"', ("rates.group", "cost[4].group")),
        ('name = "Mobilt helseteam"', "", ("rates.lacking", "cost[4].name")),
        ('id = "team"', 'id = "housing"', ("rates.twice", "id")),
        ('id = "team"', 'id = "team"\nkronerr = 1', ("rates.unknown", "cost[4].kronerr")),
        ('municipality = "4003"', 'municipality = "403"', ("rates.municipality", "municipality")),
        ("dated = 2027-01-15", 'dated = "i går"', ("rates.dated", "dated")),
        ("dated = 2027-01-15", "dated = 2027-01-15T10:00:00", ("rates.dated", "dated")),
        ('owner = "Oppdiktet kommune"', 'owner = ""', ("rates.lacking", "owner")),
        ('source = "Oppdiktede runde tall"', "source = 4", ("rates.text", "source")),
        ("[1, 0.9, 0.8, 0.8, 0.75]", "[1, 0.9, 0.95, 0.8, 0.75]", ("rates.rising", "staying.shares")),
        ("[1, 0.9, 0.8, 0.8, 0.75]", "[1.1, 0.9, 0.8, 0.8, 0.75]", ("rates.range", "staying.shares[1]")),
        ("schema = 1", "schema = 2", ("rates.schema", "")),
        ("schema = 1", "schema = true", ("rates.schema", "")),
        ("schema = 1", "schema", ("rates.toml", "")),
    ],
)
def test_what_is_wrong_is_told_with_its_place(before: str, after: str, expected: tuple[str, str]) -> None:
    assert expected in faults(changed(before, after))


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = changed("[50000, 10000", "[-1, 0.5").replace('owner = "Oppdiktet kommune"', "")
    assert faults(text) == [
        ("rates.range", "cost[1].kroner[1]"),
        ("rates.decimals", "cost[1].kroner[2]"),
        ("rates.lacking", "owner"),
    ]


def test_a_file_without_costs_has_nothing_to_count() -> None:
    head = RATES[: RATES.index("[[cost]]")]
    assert ("rates.none", "cost") in faults(head)


def test_a_file_that_is_too_long_is_not_read() -> None:
    assert faults(RATES + "#" * LONGEST) == [("rates.long", "")]


def test_a_file_that_is_not_there_or_is_no_text_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_rates(tmp_path / "ingen.toml")
    assert caught.value.code == "rates.absent"
    (tmp_path / "bilde.toml").write_bytes(b"\x89PNG\xff")
    with pytest.raises(InputError) as caught:
        read_rates(tmp_path / "bilde.toml")
    assert caught.value.code == "rates.toml"


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000, "cost = 3\nschema = 1", "schema = 1\ncost = [1]\nstaying = 2"]
)
def test_odd_files_are_refused_and_never_break(text: str) -> None:
    assert faults(text)
