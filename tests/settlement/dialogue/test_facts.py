"""What is known before the meetings, from the embedded data."""

from __future__ import annotations

import polars as pl
import pytest

from fotfeste.errors import InputError
from fotfeste.regions import load_regions
from fotfeste.settlement.dialogue.facts import Round, default_year, prepare_round
from fotfeste.settlement.replies import Reply
from fotfeste.statistics import open_store
from fotfeste.statistics.figure import Mark

REGIONS, STORE = load_regions(), open_store()


def prepared(county: str, year: int = 2027, **given: object) -> Round:
    return prepare_round(county, year, store=STORE, regions=REGIONS, **given)  # type: ignore[arg-type]


def test_the_round_is_about_the_year_after_the_newest_figures() -> None:
    assert default_year(STORE) == 2027


def test_requests_for_a_year_nobody_is_settled_in_yet_do_not_move_the_round() -> None:
    class Requested:
        """Figures where only requests are known for the newest year."""

        def scan(self, dataset: str) -> pl.LazyFrame:
            assert dataset == "settlement"
            rows = [(2026, "settled", ""), (2027, "requested", ""), (2027, "settled", ".")]
            return pl.LazyFrame(rows, schema=["year", "measure", "mark"], orient="row")

    assert default_year(Requested()) == 2027  # type: ignore[arg-type]


def test_every_municipality_of_the_county_has_a_case_in_the_countys_order() -> None:
    found = prepared("Telemark")
    assert [one.code for one in found.cases] == [one.code for one in REGIONS.municipalities(2027, "40")]
    assert found.cases[0].last_year == 2026


def test_last_years_figures_are_those_that_are_published() -> None:
    skien = next(one for one in prepared("Telemark").cases if one.name == "Skien")
    assert (skien.last.requested.value, skien.last.decided.value, skien.last.settled.value) == (91, 46, 41)
    assert skien.last.status_date == "2026-09-28"
    assert 2026 not in {one.year for one in skien.finished}


def test_a_hidden_number_stays_hidden_in_rates() -> None:
    siljan = next(one for one in prepared("Telemark").cases if one.name == "Siljan")
    level = next(one for one in siljan.levels if one.year == 2025)
    assert level.own.mark is Mark.SUPPRESSED
    assert level.own.value is None


def test_one_to_four_settled_are_not_read_off_a_rate_even_where_a_source_shows_them() -> None:
    suldal = next(one for one in prepared("Rogaland").cases if one.name == "Suldal")
    level = next(one for one in suldal.levels if one.year == 2013)
    assert level.own.mark is Mark.SUPPRESSED


def test_oslo_is_compared_with_the_country_since_it_is_its_own_county() -> None:
    (oslo,) = prepared("Oslo").cases
    assert oslo.alone
    assert all(one.county == one.country for one in oslo.facts.indicators)


def test_no_replies_read_is_not_the_same_as_nobody_replying() -> None:
    assert not prepared("Telemark").cases[0].asked
    silent = prepared("Telemark", replies={"4003": Reply("4003", own_wish=5)})
    assert [one.name for one in silent.cases if one.reply] == ["Skien"]
    assert all(one.asked for one in silent.cases)


@pytest.mark.parametrize("year", [2023, 2101])
def test_a_year_that_cannot_be_is_refused(year: int) -> None:
    with pytest.raises(InputError, match=f"ikke for {year}"):
        prepared("Telemark", year)


def test_a_year_without_any_figures_yet_has_them_missing_not_zero() -> None:
    case = prepared("Telemark", 2029).cases[0]
    assert case.last.requested.mark is Mark.MISSING
