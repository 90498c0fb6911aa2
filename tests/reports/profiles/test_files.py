"""Data as files: numbers a program can read, four kinds of nothing told apart, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from fotfeste.messages import Language
from fotfeste.reports.blocks import Column
from fotfeste.reports.profiles import (
    DataColumn,
    DataTable,
    Knowledge,
    as_csv,
    as_json,
    as_xlsx,
    indicator_view,
    overview,
)
from fotfeste.reports.profiles.values_for_machines import decimal_text
from fotfeste.statistics import Figure

DAY = date(2026, 11, 21)
KINDS = (
    ("kjent", Figure.observed(12)),
    ("null", Figure.observed(0)),
    ("mangler", Figure.missing()),
    ("ikke spurt", Figure.not_asked()),
    ("skjult", Figure.suppressed()),
    ("anslag", Figure.observed(Fraction(1, 3), estimated=True)),
)


def table(rows: tuple[tuple[Any, ...], ...] = KINDS) -> DataTable:
    columns = (DataColumn("name", Column("Navn")), DataColumn("value", Column("Verdi", "number", 2)))
    return DataTable("prøve", "En prøve", columns, rows)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_tells_known_nought_missing_not_asked_and_hidden_apart() -> None:
    assert read_csv(as_csv(table())) == [
        ["name", "value", "value_mark", "value_low", "value_high", "value_estimated"],
        ["kjent", "12", "observed", "", "", "false"],
        ["null", "0", "observed", "", "", "false"],
        ["mangler", "", "missing", "", "", "false"],
        ["ikke spurt", "", "not_asked", "", "", "false"],
        ["skjult", "", "suppressed", "1", "4", "false"],
        ["anslag", "0.333333", "observed", "", "", "true"],
    ]


def test_json_tells_them_apart_too_and_carries_its_schema() -> None:
    content = json.loads(as_json(table()))
    assert content["schema"] == 1
    assert [row["value"] for row in content["rows"]] == [
        {"value": "12", "mark": "observed"},
        {"value": "0", "mark": "observed"},
        {"value": None, "mark": "missing"},
        {"value": None, "mark": "not_asked"},
        {"value": None, "mark": "suppressed", "low": "1", "high": "4"},
        {"value": "0.333333", "mark": "observed", "estimated": True},
    ]


def test_the_workbook_tells_them_apart_with_the_signs_of_the_pages(words: Language) -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx(table(), words, DAY))).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [
        12,
        0,
        ".",
        "–",
        ":",
        pytest.approx(1 / 3),
    ]


def test_the_workbook_has_a_sheet_of_sources(knowledge: Knowledge, words: Language) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "refugee_share", words, pictures=False)
    book = load_workbook(io.BytesIO(as_xlsx(view.data, words, DAY)))
    assert book.sheetnames == ["Tall", "Kilder", "Om tallene"]
    sources = [row[0].value for row in book["Kilder"].iter_rows(min_row=2)]
    assert sources == [one.agency for one in view.sources]
    assert [one["agency"] for one in json.loads(as_json(view.data))["sources"]] == sources


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x", "＝1+1"])
def test_no_cell_of_a_csv_file_is_run_by_a_spreadsheet(text: str) -> None:
    cell = read_csv(as_csv(table(((text, Figure.observed(1)),))))[1][0]
    assert cell.startswith("'")
    assert cell[1:] == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00")))
def test_whatever_the_text_a_csv_file_gives_it_back(text: str) -> None:
    cell = read_csv(as_csv(table(((text, Figure.observed(1)),))))[1][0]
    assert cell in (text, f"'{text}")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_a_formula_is_text_in_the_workbook(words: Language) -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx(table((("=1+1", Figure.observed(1)),)), words, DAY))).worksheets[
        0
    ]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_a_negative_number_stays_a_number_in_csv() -> None:
    assert read_csv(as_csv(table((("sted", Figure.observed(-7)),))))[1][1] == "-7"


def test_the_same_data_give_the_same_bytes(knowledge: Knowledge, words: Language) -> None:
    one, two = (overview(knowledge, knowledge.place("4003"), words).data for _ in range(2))
    assert as_csv(one) == as_csv(two)
    assert as_json(one) == as_json(two)
    assert as_xlsx(one, words, DAY) == as_xlsx(two, words, DAY)


def test_machine_names_are_the_same_in_every_language_and_unlike_each_other(
    knowledge: Knowledge, words: Language
) -> None:
    from fotfeste.messages import language

    for code in ("0", "40", "4003"):
        place = knowledge.place(code)
        heads = [read_csv(as_csv(overview(knowledge, place, language(one)).data))[0] for one in ("nb", "en")]
        assert heads[0] == heads[1]
        assert len(set(heads[0])) == len(heads[0])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (0, "0"),
        (10, "10"),
        (1_000_000, "1000000"),
        (-3, "-3"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(-2, 3), "-0.666667"),
        (Fraction(1, 10_000_000), "0"),
        (Fraction(-1, 10_000_000), "0"),
        (Fraction(1, 2_000_000), "0.000001"),
    ],
)
def test_a_number_as_text_has_a_point_and_at_most_six_decimals(
    value: int | Fraction | None, text: str | None
) -> None:
    assert decimal_text(value) == text


@given(st.integers(min_value=-(10**15), max_value=10**15), st.integers(min_value=0, max_value=6))
def test_a_number_with_six_decimals_or_fewer_is_exact(number: int, places: int) -> None:
    value = Fraction(number, 10**places)
    assert Fraction(decimal_text(value) or "") == value


def test_what_is_for_people_and_what_is_for_machines_are_kept_apart(
    knowledge: Knowledge, words: Language
) -> None:
    view = indicator_view(knowledge, knowledge.place("1151"), "children_share", words, pictures=False)
    row = json.loads(as_json(view.data))["rows"][0]
    assert (row["kind"], row["alike"], row["few"]) == ("municipality", False, True)
    assert "remark" not in row
    cells = dict(zip(*read_csv(as_csv(view.data))[:2], strict=True))
    assert (cells["kind"], cells["few"]) == ("municipality", "true")
    shown = dict(zip((one.title for one in view.data.table.columns), view.data.table.rows[0], strict=True))
    assert shown["Type"] == "kommune"
    assert shown["Merknad"] == "usikkert: få personer"
    assert "few" not in shown


def test_yes_and_no_are_numbers_for_machines_and_words_for_people(
    knowledge: Knowledge, words: Language
) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "district", words, pictures=False)
    assert json.loads(as_json(view.data))["rows"][0]["value"] == {"value": "0", "mark": "observed"}
    assert "nei" in view.data.table.rows[0]
