"""Declared tables fetched through the clients from a server that speaks as the agencies do, its faults included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.statistics.clients.speaking import Agencies, Fault, SourceTable, speaking

from fotfeste.errors import FotfesteError, InputError
from fotfeste.regions import load_regions
from fotfeste.statistics import open_store
from fotfeste.statistics.clients import Http, SourceFault
from fotfeste.statistics.tables_declared import load_tables
from fotfeste.statistics.tables_declared.values import Columns, DeclaredTable
from fotfeste.statistics.updating import Live, keep, prepare

REGIONS = load_regions()
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
AXES = {
    "Region": ["0", "40", "4001", "4003", "EAK"],
    "Alder": ["000", "001", "105+", "999A"],
    "Kjonn": ["1", "2"],
    "Tid": ["2023", "2024", "2025", "2026"],
}
TABLE = replace(
    load_tables()["ssb_07459"],
    id="made_up",
    table="99001",
    feeds="made_up_people",
    complete=False,
    total="",
)


class Clock:
    """Time that goes only by being waited for."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def agencies() -> Iterator[Agencies]:
    with speaking() as running:
        running.tables["99001"] = SourceTable("99001", dict(AXES), eliminable=("Alder", "Kjonn"))
        yield running


@pytest.fixture
def live(agencies: Agencies, tmp_path: Path) -> Iterator[Live]:
    clock = Clock()
    with Http(clock=clock, sleep=clock.sleep) as http:
        bases = {
            "pxweb2": f"{agencies.root}/v2", "pxweb1": f"{agencies.root}/v1",
            "fhi": f"{agencies.root}/fhi", "imdi_csv": f"{agencies.root}/imdi",
        }  # fmt: skip
        yield Live(http, tmp_path / "work", bases)


@pytest.mark.parametrize("api", ["pxweb2", "pxweb1"])
def test_a_table_becomes_a_data_set_whatever_interface_it_came_through(
    live: Live, agencies: Agencies, tmp_path: Path, api: str
) -> None:
    table: DeclaredTable = replace(TABLE, api=api)
    prepared = prepare(open_store(tmp_path / "data"), REGIONS, table, live.answer(table), NOW)
    frame = keep(open_store(tmp_path / "data"), prepared).frame("made_up_people")
    assert frame["code"].unique().sort().to_list() == ["4001", "4003"]
    assert frame["year"].unique().sort().to_list() == [2024, 2025, 2026]
    assert frame["age"].unique().sort().to_list() == [0, 1, 105]
    assert set(frame["sex"].to_list()) == {"male", "female"}
    cell = {"Region": "4001", "Alder": "105+", "Kjonn": "2", "Tid": "2026"}
    row = frame.filter(code="4001", age=105, sex="female", year=2026).row(0, named=True)
    assert row["value"] == agencies.tables["99001"].value(cell)
    assert prepared.record.where.startswith(agencies.root)


def test_a_small_limit_splits_the_query_and_the_data_set_is_the_same(
    live: Live, agencies: Agencies, tmp_path: Path
) -> None:
    whole = prepare(open_store(tmp_path), REGIONS, TABLE, live.answer(TABLE), NOW)
    agencies.config["maxDataCells"] = 20
    clock = Clock()
    with Http(clock=clock, sleep=clock.sleep) as http:
        parts = Live(http, tmp_path / "other", live.bases).answer(TABLE)
    assert len(parts.parts) > 3
    assert prepare(open_store(tmp_path), REGIONS, TABLE, parts, NOW).frame.equals(whole.frame)


def test_a_source_that_asks_us_to_wait_gets_its_time_and_nothing_is_lost(
    live: Live, agencies: Agencies, tmp_path: Path
) -> None:
    agencies.faults.append(Fault("status", "/data", (429, {"Retry-After": "30"})))
    prepared = prepare(open_store(tmp_path), REGIONS, TABLE, live.answer(TABLE), NOW)
    assert prepared.frame.height == 2 * 3 * 3 * 2


def test_a_table_that_has_vanished_leaves_the_old_version(
    live: Live, agencies: Agencies, tmp_path: Path
) -> None:
    store = keep(open_store(tmp_path), prepare(open_store(tmp_path), REGIONS, TABLE, live.answer(TABLE), NOW))
    del agencies.tables["99001"]
    with pytest.raises(SourceFault) as caught:
        live.answer(TABLE)
    assert caught.value.code == "source.gone"
    assert open_store(tmp_path).frame("made_up_people").equals(store.frame("made_up_people"))


def test_new_codes_at_the_source_are_told_and_a_variable_that_is_gone_is_refused(
    live: Live, agencies: Agencies, tmp_path: Path
) -> None:
    store = keep(open_store(tmp_path), prepare(open_store(tmp_path), REGIONS, TABLE, live.answer(TABLE), NOW))
    more = {**AXES, "Region": [*AXES["Region"], "4005"], "Tid": [*AXES["Tid"], "2027"]}
    agencies.tables["99001"] = SourceTable("99001", more, eliminable=("Alder", "Kjonn"))
    changes = prepare(store, REGIONS, TABLE, live.answer(TABLE), NOW).changes
    assert changes.added == {"code": ("4005",)}
    assert changes.new_periods == ("2027",)
    agencies.tables["99001"] = SourceTable(
        "99001", {name: codes for name, codes in AXES.items() if name != "Kjonn"}
    )
    with pytest.raises(InputError) as caught:
        prepare(store, REGIONS, TABLE, live.answer(TABLE), NOW)
    assert caught.value.code == "update.variable"


@pytest.mark.parametrize("fault", [Fault("cut", "/data"), Fault("half", "/data"), Fault("page", "/data")])
def test_half_an_answer_or_a_page_of_maintenance_never_becomes_figures(
    live: Live, agencies: Agencies, tmp_path: Path, fault: Fault
) -> None:
    agencies.faults.extend([fault] * 9)
    with pytest.raises(FotfesteError) as caught:
        prepare(open_store(tmp_path), REGIONS, TABLE, live.answer(TABLE), NOW)
    assert caught.value.code.startswith("source.")
    assert list(tmp_path.glob("made_up_people")) == []


def test_fhis_table_is_asked_for_its_source_and_number_and_years_are_the_last_of_each_period(
    live: Live, agencies: Agencies, tmp_path: Path
) -> None:
    agencies.tables["583"] = SourceTable(
        "583",
        {"GEO": ["0", "40", "4001"], "AAR": ["2021_2023", "2022_2024"], "MEASURE_TYPE": ["RATE"]},
        time="AAR",
    )
    columns = Columns(region="GEO", year="AAR", selection={"MEASURE_TYPE": ("RATE",)})
    table = replace(TABLE, api="fhi", table="nokkel/583", columns=columns, since=0)
    prepared = prepare(open_store(tmp_path), REGIONS, table, live.answer(table), NOW)
    assert prepared.frame.select("code", "year").rows() == [("4001", 2023), ("4001", 2024)]


def test_imdis_endpoint_is_read_as_latin_letters_with_svalbard_passed_over(
    live: Live, agencies: Agencies, tmp_path: Path
) -> None:
    table = load_tables()["imdi_intro_deltakere"]
    content = (
        "Kommunenummer;Kommune;Kjønn;År;Enhet;Antall\n4003;Skien;Alle;2025;Personer;212\n"
        "4003;Skien;Alle;2025;Prosent;100\n2111;Longyearbyen;Alle;2025;Personer;9\n"
        "4028;Kviteseid;Kvinner;2025;Personer;:\n"
    ).encode("iso-8859-1")
    agencies.faults.append(Fault("raw", "/imdi", ("text/csv; charset=ISO-8859-1", content)))
    prepared = prepare(open_store(tmp_path), REGIONS, table, live.answer(table), NOW)
    rows = prepared.frame.sort("code").select("code", "sex", "value", "mark").rows()
    assert rows == [("4003", "all", 212, ""), ("4028", "female", None, ":")]
    assert [call.path for call in agencies.calls] == ["/imdi/k/intro_deltakere"]


def test_a_source_without_an_interface_says_how_the_file_is_read(live: Live) -> None:
    with pytest.raises(InputError) as caught:
        live.answer(load_tables()["nav_hl060"])
    assert "fotfeste data update nav_hl060 --from MAPPE" in str(caught.value)
