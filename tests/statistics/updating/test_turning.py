"""Answers of the agencies as rows of our data sets: regions, periods and marks as the source means them."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from tests.statistics.updating.answers import answer

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.statistics.jsonstat import decode
from fotfeste.statistics.tables_declared import load_tables
from fotfeste.statistics.tables_declared.values import Columns
from fotfeste.statistics.updating import turned
from fotfeste.statistics.updating.checking import refuse_unsound
from fotfeste.statistics.updating.codes import Period, column_name, period_of, region_of, standing_years
from fotfeste.statistics.updating.turning import turned_rows

REGIONS = load_regions()
TABLES = load_tables()
WORDS = language("nb")
FIXTURES = "data/fixtures_api"

DWELLINGS = TABLES["ssb_06265"]
ONE_YEAR = {
    "Region": ["4028", "4026"],
    "BygnType": ["01", "02"],
    "ContentsCode": ["Boliger"],
    "Tid": ["2025"],
}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("4028", ("municipality", "4028")), ("K-4028", ("municipality", "4028")), ("K_4028", ("municipality", "4028")),
        ("301", ("municipality", "0301")), ("0301", ("municipality", "0301")), ("F-40", ("county", "40")),
        ("8", ("county", "08")), ("0", ("country", "00")), ("00", ("country", "00")), ("0000", ("country", "00")),
        ("EAK", None), ("EKG01", None), ("030101", None), ("abc", None), ("", None),
    ],
)  # fmt: skip
def test_a_source_writes_a_region_in_its_own_way(code: str, found: tuple[str, str] | None) -> None:
    assert region_of(code) == found


@pytest.mark.parametrize(
    ("code", "period"),
    [
        ("2025", Period(2025)), ("2025K3", Period(2025, 3)), ("2025M09", Period(2025, None, 9)),
        ("2025-09", Period(2025, None, 9)), ("2021_2023", Period(2023)), ("2021-2023", Period(2023)),
        ("2025-01-01", Period(2025)), ("2025U40", None), ("I alt", None),
    ],
)  # fmt: skip
def test_a_period_of_several_years_belongs_to_its_last(code: str, period: Period | None) -> None:
    assert period_of(code) == period


def test_a_code_belongs_to_its_year_the_next_or_a_later_one_that_the_source_carried_it_to() -> None:
    pairs = [("4028", 2025), ("4028", 2023), ("4028", 2013), ("3821", 2022), ("3821", 2025), ("7777", 2025)]
    stood = standing_years(REGIONS, pairs, "municipality")
    assert stood["4028", 2025] == (2025, True)
    assert stood["4028", 2023] == (2024, True)
    assert stood["4028", 2013] == (2024, False)
    assert stood["3821", 2022] == (2022, True)
    assert stood["3821", 2025] == (2023, False)
    assert ("7777", 2025) not in stood


def test_a_label_with_norwegian_letters_becomes_a_plain_column() -> None:
    assert column_name("Utdanningsnivå (høyeste)") == "utdanningsniva_hoyeste"


def test_hidden_missing_nothing_and_zero_are_four_things() -> None:
    part = answer(
        {**ONE_YEAR, "Region": ["4028", "4026", "4024"]},
        {("4028", "01", "Boliger", "2025"): 0, ("4028", "02", "Boliger", "2025"): ":",
         ("4026", "01", "Boliger", "2025"): "-", ("4026", "02", "Boliger", "2025"): "..",
         ("4024", "01", "Boliger", "2025"): 812, ("4024", "02", "Boliger", "2025"): "."},
    )  # fmt: skip
    rows = turned(DWELLINGS, [part], REGIONS).frame.sort("code", "type")
    cells = {(row["code"], row["type"]): (row["value"], row["mark"]) for row in rows.iter_rows(named=True)}
    assert cells == {
        ("4024", "01"): (812, ""), ("4024", "02"): (None, "."),
        ("4028", "01"): (0, ""), ("4028", "02"): (None, ":"),
        ("4026", "01"): (0, ""), ("4026", "02"): (None, "."),
    }  # fmt: skip


def test_a_mark_that_nobody_knows_is_missing_and_told_never_dropped() -> None:
    part = answer(ONE_YEAR, {("4028", "01", "Boliger", "2025"): "§", ("4028", "02", "Boliger", "2025"): 3})
    found = turned(DWELLINGS, [part], REGIONS)
    row = found.frame.filter(pl.col("code") == "4028", pl.col("type") == "01").row(0, named=True)
    assert (row["value"], row["mark"]) == (None, ".")
    assert any("§" in WORDS.text(note) for note in found.notes)


def test_zeros_and_blanks_of_codes_that_did_not_stand_are_left_out_and_figures_are_kept() -> None:
    part = answer(
        {**ONE_YEAR, "Region": ["4028", "3821", "0829", "EAK"], "BygnType": ["01"]},
        {("4028", "01", "Boliger", "2025"): 900, ("3821", "01", "Boliger", "2025"): 0,
         ("0829", "01", "Boliger", "2025"): 5, ("EAK", "01", "Boliger", "2025"): 77},
    )  # fmt: skip
    found = turned(DWELLINGS, [part], REGIONS)
    assert {(row["code"], row["code_year"], row["value"]) for row in found.frame.iter_rows(named=True)} == {
        ("4028", 2025, 900), ("0829", 2019, 5),
    }  # fmt: skip
    assert any("verken er kommune" in WORDS.text(note) for note in found.notes)


def test_a_variable_that_is_declared_and_gone_is_told_by_name() -> None:
    part = answer({"Region": ["4028"], "Tid": ["2025"]}, {("4028", "2025"): 1})
    with pytest.raises(InputError) as caught:
        turned(DWELLINGS, [part], REGIONS)
    assert caught.value.code == "update.variable"
    assert "BygnType" in str(caught.value)


def test_variables_that_are_not_declared_become_columns_named_after_their_labels() -> None:
    table = replace(DWELLINGS, columns=Columns())
    dimensions = {**ONE_YEAR, "ContentsCode": ["Antall", "Prosent"]}
    part = answer(dimensions, {}, names={"BygnType": "bygningstype"})
    assert set(turned(table, [part], REGIONS).frame.columns) >= {"code", "year", "bygningstype", "measure"}


def test_small_counts_that_the_source_rounds_have_bounds_and_are_estimates() -> None:
    table = replace(DWELLINGS, rounded=3)
    part = answer(
        ONE_YEAR,
        {("4028", "01", "Boliger", "2025"): 0, ("4028", "02", "Boliger", "2025"): 3,
         ("4026", "01", "Boliger", "2025"): 4, ("4026", "02", "Boliger", "2025"): 9},
    )  # fmt: skip
    rows = turned(table, [part], REGIONS).frame
    bounds = {row["value"]: (row["low"], row["high"], row["estimated"]) for row in rows.iter_rows(named=True)}
    assert bounds == {0: (0, 2, True), 3: (1, 3, True), 4: (4, 4, False), 9: (9, 9, False)}


def test_municipalities_that_do_not_sum_to_the_country_are_refused() -> None:
    table = replace(DWELLINGS, total="0")
    dimensions = {**ONE_YEAR, "Region": ["0", "4028", "4026"], "BygnType": ["01"]}
    values = {("0", "01", "Boliger", "2025"): 30, ("4028", "01", "Boliger", "2025"): 10}
    short = turned(table, [answer(dimensions, {**values, ("4026", "01", "Boliger", "2025"): 19})], REGIONS)
    with pytest.raises(InputError) as caught:
        refuse_unsound(table, short, REGIONS)
    assert [one.code for one in caught.value.problems] == ["update.sum"]
    whole = turned(table, [answer(dimensions, {**values, ("4026", "01", "Boliger", "2025"): 20})], REGIONS)
    refuse_unsound(table, whole, REGIONS)


def test_a_year_without_every_municipality_is_refused_with_each_that_lacks() -> None:
    table = replace(DWELLINGS, complete=True)
    codes = [one.code for one in REGIONS.municipalities(2025)]
    dimensions = {**ONE_YEAR, "Region": codes, "BygnType": ["01"]}
    values = {(code, "01", "Boliger", "2025"): 10.0 for code in codes}
    refuse_unsound(table, turned(table, [answer(dimensions, values)], REGIONS), REGIONS)
    fewer = {**dimensions, "Region": [code for code in codes if code != "4028"]}
    with pytest.raises(InputError) as caught:
        refuse_unsound(table, turned(table, [answer(fewer, values)], REGIONS), REGIONS)
    assert ["4028" in WORDS.text(one.what) for one in caught.value.problems] == [True]


@pytest.mark.shared
def test_a_real_answer_of_ssb_becomes_births_and_moves_by_municipality(shared: Path) -> None:
    table = TABLES["ssb_01222"]
    part = decode((shared / FIXTURES / "ssb_01222_2015K1_jsonstat1.json").read_bytes())
    found = turned(table, [part], REGIONS)
    assert found.frame["code"].n_unique() == 428
    halden = found.frame.filter(pl.col("code") == "0101")
    figures = dict(halden.select("measure", "value").iter_rows())
    assert (figures["births"], figures["deaths"], figures["net_migration"]) == (70, 104, 29)
    assert figures["population_before"] + figures["growth"] == figures["population_after"] == 30323
    assert halden.select("year", "quarter", "code_year").row(0) == (2015, 1, 2015)
    refuse_unsound(table, found, REGIONS)


@pytest.mark.shared
def test_a_real_answer_of_the_newer_interface_becomes_key_figures_of_municipalities(shared: Path) -> None:
    recorded = json.loads(
        (shared / FIXTURES / "ssb_12134_pxwebapi2_spike_2026-04-25.json").read_text("utf-8")
    )
    found = turned(TABLES["ssb_12134"], [decode(recorded["smoke"]["body"].encode())], REGIONS)
    assert dict(found.frame.select("code", "value").iter_rows()) == {
        "0301": 81240,
        "4601": 66605,
        "5001": 62853,
    }
    assert found.said.units == {"KOSAG110000": "kr"}
    assert "brudd i tidsserien" in " ".join(found.said.notes)


def test_an_answer_that_is_divided_along_what_is_measured_is_the_same_table() -> None:
    table = replace(DWELLINGS, columns=Columns())
    dimensions = {"Region": ["4028", "4026"], "ContentsCode": ["A", "B"], "Tid": ["2024", "2025"]}
    cells: dict[tuple[str, ...], float | str] = {
        (code, measure, year): float(number)
        for number, (code, measure, year) in enumerate(product(*dimensions.values()))
    }
    whole = turned(table, [answer(dimensions, cells)], REGIONS)
    for name in dimensions:
        parts = [answer({**dimensions, name: [code]}, cells) for code in dimensions[name]]
        divided = turned(table, parts, REGIONS)
        order = ["code", "year", "measure"]
        assert divided.frame.sort(order).equals(whole.frame.sort(order)), name
        assert divided.said.labels == whole.said.labels


def test_a_file_that_a_reader_has_translated_already_is_not_translated_twice() -> None:
    rows = pl.DataFrame(
        {"code": ["4028"], "code_year": [2027], "year": [2027], "sex": ["male"], "age": ["105"],
         "value": [3], "mark": [""], "low": [3], "high": [3], "estimated": [False]}
    )  # fmt: skip
    found = turned_rows(TABLES["ssb_07459"], rows)
    assert found.notes == ()
    assert found.frame.select("sex", "age").row(0) == ("male", 105)
