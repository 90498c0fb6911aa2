"""A figure is the same in every file, and what is hidden is hidden in all of them."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.statistics.publishing.reading import (
    NB,
    Cells,
    of_csv,
    of_jsonstat,
    of_parquet,
    of_table,
    of_xlsx,
)

from fotfeste.errors import DataMissing, InputError
from fotfeste.messages import Translated, language
from fotfeste.statistics.publishing import (
    ENDINGS,
    Described,
    PublishedTable,
    csv_metadata,
    dataset_described,
    dataset_table,
    file_name,
    formats_of,
    written,
)
from fotfeste.statistics.sources import Source
from fotfeste.statistics.store import Store

SMALL = ("settled_2023", "refugee_retention", "telemark_minors", "population_flows", "need_index")
SOURCE = Source(
    "prove", "1", "Prøve", "Statistisk sentralbyrå", "00000", "2025", date(2026, 1, 2), "CC BY 4.0"
)
ABOUT = Described(
    "prove",
    "dataset",
    "1-abc",
    Translated({"nb": "Prøve"}),
    None,
    "personer",
    "2025",
    date(2026, 1, 2),
    (SOURCE,),
    1,
)


def without_estimates_of_hidden(cells: Cells) -> Cells:
    """JSON-stat has one status a cell: of a hidden number it says that it is hidden."""
    return {key: (*one[:4], one[4] and one[1] == "observed") for key, one in cells.items()}


@pytest.mark.parametrize("dataset", SMALL)
def test_a_figure_is_the_same_in_every_format(store: Store, dataset: str) -> None:
    table = dataset_table(store, dataset)
    expected = of_table(table)
    assert len(expected) == store.dataset(dataset).rows
    for read in (of_csv, of_xlsx, of_parquet):
        assert read(table) == expected, read.__name__
    assert of_jsonstat(table) == without_estimates_of_hidden(expected)


def test_settled_from_one_to_four_stand_in_no_file(store: Store) -> None:
    table = dataset_table(store, "settled_2023")
    exact = store.frame("settled_2023")
    small = {code for code, value in exact.select("code", "value").iter_rows() if value in (1, 2, 3, 4)}
    assert small
    for read in (of_csv, of_xlsx, of_parquet, of_jsonstat):
        cells = read(table)
        for (_, code, _), (value, mark, low, high, _) in cells.items():
            if code in small:
                assert (value, mark) == (None, "suppressed")
                assert low is not None
                assert high is not None
                assert low <= 1 < 4 <= high
            assert value is None or value == 0 or value >= 5


def test_missing_not_asked_and_zero_are_three_things_in_every_format(store: Store) -> None:
    table = dataset_table(store, "settlement")
    part = PublishedTable(
        table.about,
        table.dimensions,
        table.attributes,
        table.rows.filter(pl.col("year") == 2017),
        table.labels,
        table.codes,
    )
    expected = of_table(part)
    kinds = {(mark, value == 0) for value, mark, *_ in expected.values()}
    assert {("observed", True), ("missing", False), ("suppressed", False)} <= kinds
    for read in (of_csv, of_xlsx, of_parquet):
        assert read(part) == expected
    assert of_jsonstat(part) == without_estimates_of_hidden(expected)


@pytest.mark.parametrize("dataset", ["settled_2023", "regions.counties"])
def test_the_same_figures_give_the_same_bytes(store: Store, dataset: str) -> None:
    for ending in ENDINGS:
        first = written(dataset_table(store, dataset), ending, NB)
        assert first == written(dataset_table(store, dataset), ending, NB)


def test_a_number_is_called_what_it_was_called_in_its_year(store: Store) -> None:
    rows = dataset_table(store, "settlement").rows
    names = dict(rows.filter(pl.col("code_year") == 2016).select("code", "name").iter_rows())
    assert (names["1601"], names["0806"]) == ("Trondheim", "Skien")
    assert not rows["name"].is_in(["", None]).any()


def test_a_table_with_more_rows_than_a_sheet_holds_is_no_workbook(store: Store) -> None:
    about = dataset_described(store, "population")
    assert formats_of(about) == ("json", "csv", "parquet")
    table = PublishedTable(about, (), (), pl.DataFrame({"a": [1]}))
    with pytest.raises(InputError) as refused:
        written(table, "xlsx", NB)
    assert refused.value.code == "publishing.format"
    with pytest.raises(InputError) as refused:
        written(table, "pdf", NB)
    assert refused.value.code == "publishing.format"


def test_older_figures_are_found_by_their_version_and_others_are_not_there(store: Store) -> None:
    version = dataset_described(store, "settlement").version
    assert re.fullmatch(r"innebygd-[0-9a-f]{12}", version)
    assert dataset_described(store, "settlement", version).version == version
    assert file_name(dataset_described(store, "settlement"), "csv") == f"settlement_{version}.csv"
    with pytest.raises(DataMissing) as refused:
        dataset_described(store, "settlement", "innebygd-000000000000")
    assert refused.value.code == "data.unknown"
    with pytest.raises(DataMissing) as refused:
        dataset_described(store, "finnes_ikke")
    assert refused.value.code == "data.unknown"


def test_the_columns_of_the_csv_file_are_all_explained(store: Store) -> None:
    table = dataset_table(store, "settled_2023")
    told = json.loads(csv_metadata(table, NB))
    head = written(table, "csv", NB).decode("utf-8-sig").split("\r\n")[0].split(",")
    assert [one["name"] for one in told["tableSchema"]["columns"]] == head
    assert told["url"] == file_name(table.about, "csv")
    assert told["tableSchema"]["primaryKey"] == list(table.dimensions)
    kinds = {one["name"]: one["datatype"] for one in told["tableSchema"]["columns"]}
    assert (kinds["value"], kinds["code"], kinds["estimated"]) == ("integer", "string", "boolean")


def test_every_file_tells_source_period_and_version(store: Store) -> None:
    table = dataset_table(store, "settled_2023")
    told = json.loads(written(table, "json", NB))["extension"]["fotfeste"]
    kept = json.loads(pl.read_parquet_metadata(io.BytesIO(written(table, "parquet", NB)))["fotfeste"])
    assert told == kept
    assert (told["version"], told["sources"][0]["agency"]) == (table.about.version, "IMDi")
    book = load_workbook(io.BytesIO(written(table, "xlsx", NB)))
    said = {str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row}
    assert table.about.version in said
    assert any("IMDi" in one and "2023" in one for one in said)


def test_names_follow_the_readers_language(store: Store) -> None:
    table = dataset_table(store, "telemark_minors")
    labels = {
        code: json.loads(written(table, "json", language(code)))["dimension"]["measure"]["category"]["label"][
            "settled"
        ]  # type: ignore[arg-type]
        for code in ("nb", "nn", "en")
    }
    assert labels == {"nb": "Bosatt", "nn": "Busett", "en": "Settled"}


def test_no_text_becomes_a_formula_and_no_letter_breaks_a_file() -> None:
    texts = ["=1+1", " -2", "@sum", '<&">', "a\x01b", "æ, ø\nå"]
    rows = pl.DataFrame(
        {
            "group": texts,
            "value": [1, 2, 3, 4, 5, 6],
            "mark": "observed",
            "low": pl.Series([None] * 6, dtype=pl.Int64),
            "high": pl.Series([None] * 6, dtype=pl.Int64),
            "estimated": False,
        }
    )
    table = PublishedTable(ABOUT, ("group",), (), rows)
    assert [key for (key,) in of_csv(table)] == ["'=1+1", "' -2", "'@sum", '<&">', "a\x01b", "æ, ø\nå"]
    book = load_workbook(io.BytesIO(written(table, "xlsx", NB)))
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["=1+1", " -2", "@sum", '<&">', "ab", "æ, ø\nå"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [key for (key,) in of_jsonstat(table)] == sorted(texts)


figures = st.one_of(
    st.tuples(
        st.floats(-1e9, 1e9).map(lambda one: round(one, 6) + 0.0),
        st.just("observed"),
        st.just((None, None)),
        st.booleans(),
    ),
    st.tuples(
        st.none(),
        st.sampled_from(["missing", "not_asked", "suppressed"]),
        st.sampled_from([(None, None), (1.0, 4.0), (0.0, 0.25), (-3.0, None)]),
        st.just(False),
    ),
)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.dictionaries(
        st.tuples(st.sampled_from(["0301", "4003", "1103"]), st.integers(1990, 2030)), figures, min_size=1
    )
)
def test_any_table_is_read_back_as_it_was_written(
    rows: dict[tuple[str, int], tuple[float | None, str, tuple[float | None, float | None], bool]],
) -> None:
    flat = [(*key, value, mark, *bounds, estimated) for key, (value, mark, bounds, estimated) in rows.items()]
    frame = pl.DataFrame(
        flat,
        schema={
            "code": pl.String,
            "year": pl.Int16,
            "value": pl.Float64,
            "mark": pl.String,
            "low": pl.Float64,
            "high": pl.Float64,
            "estimated": pl.Boolean,
        },
        orient="row",
    )
    table = PublishedTable(ABOUT, ("code", "year"), (), frame)
    expected = of_table(table)
    for read in (of_csv, of_xlsx, of_parquet, of_jsonstat):
        assert read(table) == expected
