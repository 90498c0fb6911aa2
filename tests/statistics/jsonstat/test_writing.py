"""What is written is read back as it was, with every mark, and in the shortest of the forms."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.jsonstat.examples import NEW_YEAR, answer, settled, tables

from fotfeste.errors import InputError
from fotfeste.statistics.jsonstat import Dimension, JsonStat, Unit, decode, encode, tabulate

REGION = Dimension.of("kode", ("4003", "4020"), {"4003": "Skien", "4020": "Midt-Telemark"}, role="geo")
YEAR = Dimension.of("år", ("2024", "2025"), label="år", role="time")


def rows(**changes: Any) -> pl.DataFrame:
    columns: dict[str, Any] = {
        "kode": ["4020", "4003", "4003"],
        "år": [2025, 2024, 2025],
        "value": [14, 120, None],
        "status": ["", None, ":"],
    }
    return pl.DataFrame({**columns, **changes})


def table_of(frame: pl.DataFrame) -> JsonStat:
    return tabulate(frame, (REGION, YEAR), label="Oppdiktet", source="Eksempel", updated=NEW_YEAR)


def content(table: JsonStat) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(encode(table))
    return read


def test_rows_in_any_order_become_a_table_and_cells_without_a_row_are_empty() -> None:
    table = table_of(rows())
    assert table.values.to_list() == [120, None, None, 14]
    assert table.status.to_list() == [None, ":", None, None]


def test_the_table_is_written_as_the_format_says() -> None:
    assert content(table_of(rows())) == {
        "version": "2.0",
        "class": "dataset",
        "label": "Oppdiktet",
        "source": "Eksempel",
        "updated": "2026-01-01T00:00:00Z",
        "role": {"time": ["år"], "geo": ["kode"]},
        "id": ["kode", "år"],
        "size": [2, 2],
        "dimension": {
            "kode": {
                "label": "kode",
                "category": {
                    "index": {"4003": 0, "4020": 1},
                    "label": {"4003": "Skien", "4020": "Midt-Telemark"},
                },
            },
            "år": {"label": "år", "category": {"index": {"2024": 0, "2025": 1}, "label": {"2024": "2024", "2025": "2025"}}},
        },
        "value": {"0": 120, "3": 14},
        "status": {"1": ":"},
    }  # fmt: skip


def test_whole_numbers_are_written_without_decimals_and_others_as_they_were() -> None:
    frame = rows(value=[Decimal("14.0"), Decimal("95.5"), Decimal("0.1")])
    assert b'"value":[95.5,0.1,null,14]' in encode(table_of(frame))


@pytest.mark.parametrize(
    ("status", "form"),
    [([None, None, None, None], None), (["*", "*", "*", "*"], "*"), ([".", "*", "*", "*"], [".", "*", "*", "*"]),
     ([None, "*", "*", "*"], {"1": "*", "2": "*", "3": "*"})],
)  # fmt: skip
def test_marks_are_written_in_the_shortest_form(status: list[str | None], form: object) -> None:
    table = table_of(rows())
    marked = table.with_cells(table.values, pl.Series(status, dtype=pl.String))
    assert content(marked).get("status") == form


def test_few_values_are_written_by_their_number_and_many_one_for_each_cell() -> None:
    ages = Dimension.of("alder", (str(age) for age in range(106)))
    few = tabulate(pl.DataFrame({"alder": ["7", "30"], "value": [1, 2]}), (ages,), label="x")
    assert content(few)["value"] == {"7": 1, "30": 2}
    many = tabulate(pl.DataFrame({"alder": list(ages.codes), "value": [1] * 106}), (ages,), label="x")
    assert content(many)["value"] == [1] * 106


@given(st.lists(st.none() | st.integers(0, 9), min_size=12, max_size=12))
def test_the_form_chosen_for_values_is_never_the_longer_one(values: list[int | None]) -> None:
    months = Dimension.of("måned", [f"{month:02}" for month in range(1, 13)])
    frame = pl.DataFrame({"måned": months.codes, "value": values}, schema_overrides={"value": pl.Int64})
    written = json.dumps(content(tabulate(frame, (months,), label="x"))["value"], separators=(",", ":"))
    present = {str(at): one for at, one in enumerate(values) if one is not None}
    assert len(written) <= min(len(json.dumps(one, separators=(",", ":"))) for one in (values, present))


@given(tables())
def test_a_table_that_is_written_is_read_back_as_it_was(table: JsonStat) -> None:
    assert decode(encode(table)) == table
    assert encode(decode(encode(table))) == encode(table)


@given(tables(), st.randoms(use_true_random=False))
def test_a_table_comes_back_from_its_rows_in_any_order(table: JsonStat, chance: Any) -> None:
    frame = table.frame(value="a value", status="a status")
    order = list(range(frame.height))
    chance.shuffle(order)
    again = tabulate(
        frame[order],
        table.dimensions,
        label=table.label,
        source=table.source,
        updated=table.updated,
        note=table.note,
        extension=table.extension,
        value="a value",
        status="a status",
    )
    assert again.values.equals(table.values)
    assert again.status.equals(table.status)
    assert again.updated == table.updated


def test_tables_that_differ_in_one_cell_or_mark_are_not_the_same() -> None:
    table = decode(settled())
    assert table == decode(answer(settled()))
    assert table != decode(settled(value=[120, 95.5, None, 0, None, 15]))
    assert table != decode(settled(status={"2": ":", "4": "."}))
    assert table != decode(settled(label="Annet"))
    assert table != "tabell"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (rows(kode=["4020", "4003", "0301"]), "jsonstat.code"),
        (rows(kode=["4020", "4003", None]), "jsonstat.code"),
        (rows(år=[2025, 2024, 2024]), "jsonstat.double"),
        (rows(value=[1.0, float("nan"), 2.0]), "jsonstat.number"),
        (rows(value=[1.0, float("inf"), 2.0]), "jsonstat.number"),
        (rows(value=["1", "2", "3"]), "jsonstat.number"),
        (rows().drop("år"), "jsonstat.column"),
        (rows().drop("value"), "jsonstat.column"),
    ],
)
def test_rows_that_are_no_table_are_refused(frame: pl.DataFrame, code: str) -> None:
    with pytest.raises(InputError) as raised:
        table_of(frame)
    assert raised.value.code == code


def test_rows_without_marks_and_no_rows_at_all_are_tables() -> None:
    assert table_of(rows().drop("status")).status.null_count() == 4
    empty = table_of(rows().clear())
    assert empty.values.null_count() == 4
    assert decode(encode(empty)) == empty


def test_a_time_must_say_its_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        tabulate(rows(), (REGION, YEAR), label="x", updated=datetime(2026, 1, 1))  # noqa: DTZ001


def test_units_with_decimals_come_through() -> None:
    share = Dimension.of("mål", ("andel",), units={"andel": Unit("prosent", 1)}, role="metric")
    table = tabulate(pl.DataFrame({"mål": ["andel"], "value": [12.3]}), (share,), label="x")
    assert decode(encode(table)).dimension("mål").units["andel"] == Unit("prosent", 1)
