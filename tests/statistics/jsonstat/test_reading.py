"""What JSON-stat says is what the table says, in every form that the format allows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.jsonstat.examples import answer as written
from tests.statistics.jsonstat.examples import in_version_1, settled, tables

from fotfeste.errors import InputError
from fotfeste.statistics.jsonstat import JsonStat, Unit, answer, decode, decode_all, describe

VALUES = [120, 95.5, None, 0, None, 14]
MARKS = [None, None, ":", None, "..", None]


def read(table: object) -> JsonStat:
    return decode(written(table))


def test_every_cell_stands_by_its_codes_with_its_mark() -> None:
    assert read(settled()).frame().rows() == [
        ("4003", "B", "2023", 120.0, None),
        ("4003", "B", "2024", 95.5, None),
        ("4003", "B", "2025", None, ":"),
        ("4020", "B", "2023", 0.0, None),
        ("4020", "B", "2024", None, ".."),
        ("4020", "B", "2025", 14.0, None),
    ]


def test_labels_come_beside_the_codes_when_they_are_asked_for() -> None:
    frame = read(settled()).frame(labels=True)
    assert frame.columns == [
        "Region", "Region_label", "Innhold", "Innhold_label", "Tid", "Tid_label", "value", "status",
    ]  # fmt: skip
    assert frame.row(3)[:6] == ("4020", "Midt-Telemark", "B", "Bosatte", "2023", "2023")


def test_what_the_source_says_of_the_table_is_kept() -> None:
    table = read(settled())
    region, measured, year = table.dimensions
    assert (table.label, table.source, table.note) == (
        "Bosatte flyktninger (oppdiktet)", "Eksempel", ("Tallene er oppdiktet.",),
    )  # fmt: skip
    assert table.extension == {"px": {"tableid": "00000"}}
    assert (region.role, measured.role, year.role) == ("geo", "metric", "time")
    assert region.notes == {"4020": ("Bø og Sauherad før 2020.",)}
    assert measured.codes == ("B",)
    assert measured.units == {"B": Unit("personer", 0, {"symbol": "pers."})}
    assert (year.note, year.extension) == (("1. januar",), {"frequency": "A"})
    assert (table.size, table.shape) == (6, (2, 1, 3))
    assert table.dimension("Tid") is year
    assert table.with_role("geo") == (region,)


def test_a_time_without_a_zone_is_utc_and_one_that_cannot_be_read_is_kept_as_it_is_written() -> None:
    assert read(settled()).updated == datetime(2026, 3, 1, 7, tzinfo=UTC)
    assert read(settled(updated="2026-03-01")).updated == datetime(2026, 3, 1, tzinfo=UTC)
    odd = read(settled(updated="1. mars 2026"))
    assert (odd.updated, odd.updated_text) == (None, "1. mars 2026")
    assert read(settled(updated=None)).updated is None


@pytest.mark.parametrize(
    "value",
    [
        VALUES,
        {str(at): one for at, one in enumerate(VALUES) if one is not None},
        dict(zip("012345", VALUES, strict=True)),
    ],
)
@pytest.mark.parametrize("status", [MARKS, {"2": ":", "4": ".."}, ["", "", ":", "", "..", ""]])
def test_cells_are_written_one_for_each_or_only_where_there_is_one(value: object, status: object) -> None:
    table = read(settled(value=value, status=status))
    assert table.values.to_list() == VALUES
    assert table.status.to_list() == MARKS
    assert (table.values.dtype, table.status.dtype) == (pl.Float64, pl.String)


@pytest.mark.parametrize("status", ["*", ["*"]])
def test_one_mark_may_hold_for_all(status: object) -> None:
    assert read(settled(status=status)).status.to_list() == ["*"] * 6


def test_a_table_without_marks_has_none() -> None:
    table = read(settled(status=None))
    assert table.status.null_count() == 6
    assert dict(table.marks) == {}


def test_a_mark_that_nobody_knows_is_kept_and_told() -> None:
    assert dict(read(settled(status={"0": "x9", "2": ":", "4": ":"})).marks) == {":": 2, "x9": 1}


def test_a_number_and_a_mark_may_stand_in_the_same_cell() -> None:
    table = read(settled(status={"0": "*"}))
    assert (table.values[0], table.status[0]) == (120, "*")


def test_before_version_2_the_dimensions_say_their_order_size_and_role() -> None:
    assert read({"dataset": in_version_1()}) == read(settled())
    assert read(in_version_1()) == read(settled())


def test_an_answer_with_several_tables_is_asked_for_one() -> None:
    bundle = {"a": in_version_1(), "b": in_version_1(label="Den andre")}
    content = written(bundle)
    assert decode(content, "b").label == "Den andre"
    assert {name: one.label for name, one in decode_all(content).items()} == {
        "a": "Bosatte flyktninger (oppdiktet)",
        "b": "Den andre",
    }
    for asked in (None, "c"):
        with pytest.raises(InputError) as raised:
            decode(content, asked)
        assert raised.value.code == "jsonstat.dataset"
        assert "a, b" in str(raised.value)


def test_an_answer_that_is_read_from_json_already_is_taken_as_it_is() -> None:
    assert decode(settled()) == read(settled())
    assert decode_all(settled())["dataset"] == read(settled())


def test_metadata_without_cells_are_described() -> None:
    content = written(settled(value=[], status=None))
    assert describe(content).shape == (2, 1, 3)
    assert describe(settled()).label == "Bosatte flyktninger (oppdiktet)"


def test_a_mark_of_byte_order_and_spaces_do_no_harm() -> None:
    assert decode(b"\xef\xbb\xbf " + written(settled()) + b"\n") == read(settled())


def test_children_and_coordinates_are_read_also_of_places_that_were_not_asked_for() -> None:
    table = settled()
    table["dimension"]["Region"]["category"] |= {
        "child": {"40": ["4003", "4020", "4022"]},
        "coordinates": {"4003": [9.6, 59.2]},
    }
    region = read(table).dimension("Region")
    assert region.children == {"40": ("4003", "4020", "4022")}
    assert region.coordinates == {"4003": (9.6, 59.2)}


def test_two_columns_with_one_name_are_refused_and_can_be_named_otherwise() -> None:
    table = settled(id=["value", "Innhold", "Tid"], role=None)
    table["dimension"]["value"] = table["dimension"].pop("Region")
    with pytest.raises(InputError) as raised:
        read(table).frame()
    assert raised.value.code == "jsonstat.column"
    assert read(table).frame(value="antall").columns == ["value", "Innhold", "Tid", "antall", "status"]


def test_a_dimension_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(InputError, match="Region, Innhold, Tid"):
        read(settled()).dimension("Kjonn")


@pytest.fixture
def long_from_the_first_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "PIECE", 8)


PARTS = st.dictionaries(
    st.integers(0, 59).map(str),
    st.sampled_from([".", ":", "..", ",", '"', ',"', '"}', "}", "{", '":', "a, b", "\\", "ø", ""]),
    max_size=60,
)


@pytest.mark.usefixtures("long_from_the_first_byte")
@given(status=PARTS, spaces=st.sampled_from([(",", ":"), (", ", ": "), (" ,\n\t", " : ")]), odd=st.booleans())
def test_an_answer_read_in_pieces_is_the_one_that_is_read_at_once(
    status: dict[str, str], spaces: tuple[str, str], odd: bool
) -> None:
    import json

    table: dict[str, Any] = settled(
        size=[2, 1, 30],
        value={str(at): at for at in range(0, 60, 2)},
        status=status,
        extension={"status": {str(at): "." for at in range(30)}, "members": {"members": 0}} if odd else None,
    )
    table["dimension"]["Tid"]["category"]["index"] = [str(1990 + at) for at in range(30)]
    assert decode(json.dumps(table, separators=spaces).encode()) == decode(table)


@pytest.mark.usefixtures("long_from_the_first_byte")
@given(tables())
def test_pieces_hold_for_tables_of_every_kind(table: JsonStat) -> None:
    from fotfeste.statistics.jsonstat import encode

    assert decode(encode(table)) == table
