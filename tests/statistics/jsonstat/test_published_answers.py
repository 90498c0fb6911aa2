"""Answers that SSB and SCB really gave, and the figures that stand in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from fotfeste.errors import InputError
from fotfeste.statistics.jsonstat import JsonStat, decode, describe

pytestmark = pytest.mark.shared


@pytest.fixture
def answers(shared: Path) -> Path:
    return shared / "data/fixtures_api"


def value(table: JsonStat, **codes: str) -> tuple[float | None, str | None]:
    (row,) = table.frame().filter(**codes).iter_rows(named=True)
    return row["value"], row["status"]


def test_the_population_of_halden_in_the_first_quarter_of_2015_is_read_from_version_1(answers: Path) -> None:
    table = decode((answers / "ssb_01222_2015K1_jsonstat1.json").read_bytes())
    assert table.shape == (430, 11, 1)
    assert table.source == "Statistisk sentralbyrå"
    assert table.updated == datetime(2015, 6, 3, 23, 4, 40, tzinfo=UTC)
    halden = {"Region": "0101", "Tid": "2015K1"}
    assert value(table, ContentsCode="Folketallet1", **halden) == (30328, None)
    assert value(table, ContentsCode="Fodte2", **halden) == (70, None)
    assert value(table, ContentsCode="Folketallet11", **halden) == (30323, None)
    assert table.dimension("Region").labels["0101"] == "Halden"
    assert [one.id for one in table.with_role("geo")] == ["Region"]
    assert table.dimension("ContentsCode").units["Dode3"].base == "personar"


def test_a_cell_that_cannot_be_given_keeps_its_mark(answers: Path) -> None:
    table = decode((answers / "ssb_01222_2015K1_jsonstat1.json").read_bytes())
    assert dict(table.marks) == {".": 2}
    assert table.status[4245] == table.status[4300] == "."
    assert table.values[4245] is None


def test_births_minus_deaths_is_natural_increase_in_every_municipality(answers: Path) -> None:
    table = decode((answers / "ssb_01222_2015K1_jsonstat1.json").read_bytes())
    wide = table.frame().pivot("ContentsCode", index="Region", values="value").drop_nulls()
    assert wide.height > 400
    assert (wide["Fodte2"] - wide["Dode3"]).equals(wide["Fodselsoverskudd4"], check_names=False)


def test_an_index_with_7200_cells_that_have_no_number_tells_every_one_of_them(answers: Path) -> None:
    table = decode((answers / "ssb_29843_jsonstat1.json").read_bytes())
    assert table.shape == (20, 6, 312)
    assert dict(table.marks) == {".": 7200}
    assert table.values.filter(table.status == ".").null_count() == 7200


def test_version_2_is_read_with_units_decimals_notes_and_extension(answers: Path) -> None:
    table = decode((answers / "pxwebapi2_scb_TAB6471_data.json").read_bytes())
    assert table.shape == (21, 11, 3, 1, 4)
    assert table.values[0] == 245284
    assert table.values[-1] == 54
    measured = table.dimension("ContentsCode")
    assert (measured.role, measured.units["000007SF"].base, measured.units["000007SF"].decimals) == (
        "metric",
        "antal",
        0,
    )
    assert table.dimension("Alder").note[0].startswith("Med ålder avses")
    assert table.dimension("Kon").extension["eliminationValueCode"] == "TotSa"
    assert len(table.note) == 4
    assert table.extension["px"]["tableid"] == "TAB6471"  # type: ignore[index]


def test_metadata_is_described_and_is_no_table_of_figures(answers: Path) -> None:
    content = (answers / "pxwebapi2_scb_TAB6471_metadata.json").read_bytes()
    assert describe(content).shape == (312, 134, 3, 1, 16)
    with pytest.raises(InputError) as raised:
        decode(content)
    assert raised.value.code == "jsonstat.size"


def test_norwegian_municipal_accounts_come_through_pxwebapi_2(answers: Path) -> None:
    answer = json.loads((answers / "ssb_12134_pxwebapi2_spike_2026-04-25.json").read_bytes())
    table = decode(answer["smoke"]["body"].encode())
    assert value(table, KOKkommuneregion0000="0301") == (81240, None)
    assert value(table, KOKkommuneregion0000="4601") == (66605, None)
    assert table.frame().schema["value"] == pl.Float64
