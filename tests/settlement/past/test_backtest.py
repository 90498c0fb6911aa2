from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.settlement.past.backtest import Outcome, average, moved, outcome
from fotfeste.settlement.past.choices import past_settings
from fotfeste.settlement.past.exact import exact_shares
from tests.daily import LONG_RUN
from tools import backtest as tool

from .examples import record, settings

HALF = Fraction(1, 2)
COUNTIES = {"a": "1", "b": "1", "c": "2", "d": "2"}
PEOPLE = {"a": 100, "b": 100, "c": 400, "d": 400}


def test_a_quarter_of_the_places_must_move_between_half_and_half_and_three_to_one() -> None:
    assert moved({"a": HALF, "b": HALF}, {"a": Fraction(3, 4), "b": Fraction(1, 4)}) == Fraction(1, 4)


parts = st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any)


@given(parts, parts)
def test_moving_is_between_nothing_and_all_and_the_same_both_ways(one: list[int], other: list[int]) -> None:
    here, there = (
        exact_shares({code: Decimal(number) for code, number in zip("abcd", numbers, strict=True)})
        for numbers in (one, other)
    )
    assert 0 <= moved(here, there) == moved(there, here) <= 1
    assert moved(here, here) == 0


def test_the_simple_predictors_by_hand() -> None:
    years = {2020: {"a": 10, "b": 30, "c": 30, "d": 30}, 2021: {"a": 25, "b": 25, "c": 25, "d": 25}}
    found = outcome(record(years, PEOPLE), COUNTIES, 2021, settings(), asked_given=True)
    # Requested a quarter each. Last year 10, 30, 30, 30 per cent; population 10, 10, 40, 40; its root 1, 1, 2, 2 of 6.
    assert found.national["last_year"] == Fraction(15, 100)
    assert found.national["population"] == Fraction(30, 100)
    assert abs(found.national["square_root"] - Fraction(1, 6)) < Fraction(1, 10**9)
    # Inside county 1 last year was 1 to 3, so that a quarter of its half must move; population is right in both.
    assert found.within_counties["last_year"] == Fraction(1, 8)
    assert found.within_counties["population"] == 0


def test_last_years_shares_go_to_those_asked_only_where_that_is_given() -> None:
    years = {2020: {"a": 10, "b": 10, "c": 20, "d": 60}, 2021: {"a": 50, "b": 50, "c": "-", "d": 0}}
    given_set = outcome(record(years, PEOPLE), COUNTIES, 2021, settings(), asked_given=True)
    unknown = outcome(record(years, PEOPLE), COUNTIES, 2021, settings(), asked_given=False)
    assert (given_set.asked, given_set.municipalities) == (2, 4)
    assert given_set.national["last_year"] == 0
    assert unknown.national["last_year"] == Fraction(80, 100)


def test_a_county_without_requests_last_year_is_shared_by_population() -> None:
    years = {2020: {"a": 0, "b": 0, "c": 50, "d": 50}, 2021: {"a": 25, "b": 25, "c": 25, "d": 25}}
    found = outcome(record(years, PEOPLE), COUNTIES, 2021, settings(), asked_given=True)
    assert found.within_counties["last_year"] == 0


def test_missing_requests_are_left_out_of_the_comparison() -> None:
    years = {2020: dict.fromkeys("abcd", 10), 2021: {"a": 10, "b": 10, "c": ".", "d": "."}}
    found = outcome(record(years, PEOPLE), COUNTIES, 2021, settings(), asked_given=True)
    assert found.municipalities == 2
    assert found.national["last_year"] == 0


def test_where_only_those_asked_are_listed_the_others_count_only_when_it_is_not_given_who_is_asked() -> None:
    assert 2019 in past_settings().listed_only
    years = {2018: dict.fromkeys("abcd", 10), 2019: {"a": 10, "b": 10, "c": ".", "d": "."}}
    past = record(years, PEOPLE)
    assert outcome(past, COUNTIES, 2019, settings(), asked_given=True).municipalities == 2
    unknown = outcome(past, COUNTIES, 2019, settings(), asked_given=False)
    assert (unknown.municipalities, unknown.asked) == (4, 2)
    assert unknown.national["last_year"] == HALF


def test_a_prediction_does_not_know_the_year_it_is_for() -> None:
    before = {2020: {"a": 10, "b": 30, "c": 30, "d": 30}}
    one = record({**before, 2021: {"a": 1, "b": 2, "c": 3, "d": 94}}, PEOPLE)
    two = record({**before, 2021: {"a": 94, "b": 3, "c": 2, "d": 1}, 2022: dict.fromkeys("abcd", 7)}, PEOPLE)
    assert one.before(2021) == two.before(2021) == record(before, PEOPLE)


@pytest.fixture(scope="module")
def page() -> str:
    return tool.PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def tested() -> list[Outcome]:
    past, counties = tool.read(2027, past_settings().first_year)
    return tool.tested(past, counties, asked_given=True)


def test_the_tables_on_the_page_are_what_is_computed(page: str) -> None:
    assert tool.page_with(page, tool.RESULT, tool.tables()) == page


def test_past_requests_are_better_than_last_years_shares_on_average_over_the_six_years(
    tested: list[Outcome], page: str
) -> None:
    assert [one.year for one in tested] == [2021, 2022, 2023, 2024, 2025, 2026]
    national, inside = (
        {name: average([level[name] for level in levels]) for name in ("past", "last_year")}
        for levels in ([one.national for one in tested], [one.within_counties for one in tested])
    )
    assert national["past"] < national["last_year"]
    assert inside["past"] < inside["last_year"]
    said = [
        f"by {100 * float(level['last_year'] - level['past']):.2f} points" for level in (national, inside)
    ]
    assert all(text in page for text in said)


def test_the_settings_were_chosen_without_reading_a_test_year() -> None:
    past, _ = tool.read(max(tool.CHOICE_YEARS) + 1, past_settings().first_year)
    assert max(past.requested) == 2020
    assert max(past.population) == 2020
    assert not set(tool.CHOICE_YEARS) & set(tool.TEST_YEARS)


def test_of_settings_hardly_worse_than_the_best_the_longest_memory_is_chosen() -> None:
    grid = {
        (Decimal("0.1"), Decimal(0)): Fraction(1000),
        (Decimal("0.2"), Decimal(0)): Fraction(1010),
        (Decimal("0.2"), Decimal(1)): Fraction(1005),
        (Decimal("0.3"), Decimal(0)): Fraction(1011),
    }
    assert tool.longest_memory(grid) == (Decimal("0.2"), Decimal(1))


@pytest.mark.slow
def test_the_choice_on_the_page_and_in_the_settings_is_what_is_computed(page: str) -> None:
    lines = list(tool.choose())
    settings_shipped = past_settings()
    assert tool.page_with(page, tool.CHOICE, lines) == page
    text = "\n".join(lines)
    assert (
        f"Chosen: `memory` {settings_shipped.memory}, `average_years` {settings_shipped.average_years}."
        in text
    )
    assert f"Chosen: `asked_memory` {settings_shipped.asked_memory}." in text


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        tool.page_with("nothing here", tool.RESULT, ["table"])


@LONG_RUN
def test_checking_writes_nothing_and_fails_when_the_page_differs(
    tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "page.md"
    other.write_text(page.replace("| 2021 | 212 |", "| 2021 | 999 |"), "utf-8")
    monkeypatch.setattr(tool, "PAGE", other)
    monkeypatch.setattr("sys.argv", ["backtest.py", "--check"])
    with pytest.raises(SystemExit) as left:
        tool.main()
    assert left.value.code == 1
    assert "| 2021 | 999 |" in other.read_text("utf-8")
    assert "differ" in capsys.readouterr().err
