"""The answer for a county, on the embedded data."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from fotfeste.errors import DataMissing, InputError
from fotfeste.regions import load_regions
from fotfeste.settlement.past import past_shares, what_it_is
from fotfeste.settlement.past.choices import past_settings
from fotfeste.settlement.past.exact import exact_shares
from fotfeste.settlement.past.model import fit
from fotfeste.settlement.past.record import read_record
from fotfeste.statistics import open_store
from fotfeste.statistics.store import Store

REGIONS = load_regions()
TELEMARK = [one.code for one in REGIONS.municipalities(2026) if one.county_code == "40"]
EVERYBODY = [one.code for one in REGIONS.municipalities(2026)]
FYRESDAL, SILJAN, SKIEN = "4032", "4010", "4003"


def changed(folder: Path, years: pl.Expr) -> Store:
    """The embedded data with other requests, decisions, settled and population where ``years`` holds."""
    store = open_store()
    versions = dict(store.versions)
    for name in ("settlement", "population_age_groups"):
        other = (pl.col("value") * 3 + pl.col("code").str.slice(2).cast(pl.Int32)).cast(pl.Int32)
        frame = store.frame(name)
        touched = frame.with_columns(
            pl.when(years & pl.col("value").is_not_null())
            .then(other)
            .otherwise(pl.col("value"))
            .alias("value")
        )
        if "low" in frame.columns:
            touched = touched.with_columns(
                pl.when(pl.col("value").is_null()).then(pl.col(end)).otherwise(pl.col("value")).alias(end)
                for end in ("low", "high")
            )
        path = folder / f"{name}.parquet"
        touched.write_parquet(path)
        versions[name] = (replace(store.dataset(name), path=path),)
    return Store(versions)


@pytest.mark.parametrize("year", [2021, 2024, 2026])
@pytest.mark.parametrize("asked", [None, TELEMARK[:5]])
def test_later_figures_change_nothing(tmp_path: Path, year: int, asked: list[str] | None) -> None:
    later = changed(tmp_path, pl.col("year") >= year)
    true = past_shares(open_store(), REGIONS, TELEMARK, year, asked)
    assert past_shares(later, REGIONS, TELEMARK, year, asked) == true


def test_figures_of_the_year_before_do_change_it(tmp_path: Path) -> None:
    other = changed(tmp_path, pl.col("year") >= 2023)
    assert past_shares(other, REGIONS, TELEMARK, 2024) != past_shares(open_store(), REGIONS, TELEMARK, 2024)


def test_telemark_2027_sums_to_one_and_rests_on_earlier_years_only() -> None:
    practice = past_shares(open_store(), REGIONS, TELEMARK, 2027)
    assert list(practice.shares) == TELEMARK
    assert sum(practice.shares.values()) == 1
    assert all(isinstance(share, Fraction) for share in practice.shares.values())
    assert max(practice.fitted_years) == 2026
    assert practice.population_year == 2026
    assert practice.settings == past_settings()
    assert max(practice.shares, key=lambda code: practice.shares[code]) == SKIEN


def test_the_same_question_gets_the_same_answer_in_any_order() -> None:
    one = past_shares(open_store(), REGIONS, TELEMARK, 2027, TELEMARK)
    other = past_shares(open_store(), REGIONS, TELEMARK[::-1], 2027, set(TELEMARK))
    assert one.shares == other.shares
    assert one.exponent == other.exponent


def test_the_county_gets_its_part_of_the_countrys_answer() -> None:
    settings = past_settings()
    past = read_record(open_store(), REGIONS, settings.first_year, 2027).before(2027)
    national = fit(past, settings).weights(EVERYBODY, EVERYBODY)
    inside = exact_shares({code: national[code] for code in TELEMARK})
    assert past_shares(open_store(), REGIONS, TELEMARK, 2027, EVERYBODY).shares == inside


def test_those_not_asked_get_nothing() -> None:
    practice = past_shares(open_store(), REGIONS, TELEMARK, 2027, [SILJAN, SKIEN])
    assert {code for code, share in practice.shares.items() if share} == {SILJAN, SKIEN}
    assert sum(practice.shares.values()) == 1


def test_what_it_is_comes_first_and_what_was_left_out_is_said() -> None:
    remarks = past_shares(open_store(), REGIONS, TELEMARK, 2027).remarks
    said = " ".join(map(str, remarks))
    assert remarks[: len(what_it_is())] == what_it_is()
    assert "rommer allerede det fylkeskommunene anbefalte" in said
    assert "beskriver tidligere praksis" in said
    assert "Regnet som ikke bedt: Siljan, Nome, Kviteseid." in said
    assert "Fyresdal (2018, 2019, 2020)" in said


def test_with_the_asked_given_nothing_is_said_of_who_will_be_asked() -> None:
    said = " ".join(map(str, past_shares(open_store(), REGIONS, TELEMARK, 2027, TELEMARK).remarks))
    assert "hvem som blir bedt" not in said
    assert "Regnet som ikke bedt" not in said


def test_many_gaps_are_counted_not_listed() -> None:
    said = " ".join(map(str, past_shares(open_store(), REGIONS, EVERYBODY, 2021).remarks))
    assert "er utelatt for" in said
    assert "Fyresdal" not in said.split("er utelatt for")[1]


def test_a_year_far_ahead_says_how_old_the_requests_are() -> None:
    practice = past_shares(open_store(), REGIONS, TELEMARK, 2030, TELEMARK)
    assert any("nyeste anmodningene er for 2026" in str(remark) for remark in practice.remarks)


def test_a_municipality_alone_that_was_not_asked_is_still_answered() -> None:
    practice = past_shares(open_store(), REGIONS, [SILJAN], 2027)
    assert practice.shares == {SILJAN: 1}
    assert any("Ingen av kommunene ble bedt sist" in str(remark) for remark in practice.remarks)


@pytest.mark.parametrize(
    ("codes", "asked", "code"),
    [
        ([], None, "past.codes"),
        ([SKIEN, SKIEN], None, "past.codes"),
        (["9999", SKIEN], None, "past.unknown"),
        ([SKIEN], ["0806"], "past.unknown"),
        ([SKIEN], [SILJAN], "past.nobody"),
        ([SKIEN], [], "past.nobody"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    codes: list[str], asked: list[str] | None, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        past_shares(open_store(), REGIONS, codes, 2027, asked)
    assert caught.value.code == code


def test_no_year_before_the_first_can_be_asked_about() -> None:
    with pytest.raises(DataMissing, match="2012"):
        past_shares(open_store(), REGIONS, TELEMARK, 2012)
