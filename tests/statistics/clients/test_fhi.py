"""FHI Statistikk: every dimension is chosen, years are chosen by code, and no more is taken than fits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.statistics.clients.speaking import Agencies, Fault, SourceTable

from fotfeste.errors import InputError
from fotfeste.statistics.clients import Fhi, SourceFault
from fotfeste.statistics.clients.fhi import FhiTable, Flag

ALL = {"GEO": "*", "AAR": "*", "MEASURE_TYPE": "*"}


@pytest.fixture
def health(agencies: Agencies) -> SourceTable:
    """A made-up table whose years stand with the newest first."""
    table = SourceTable(
        "583",
        {
            "GEO": ["0", "40", "4001", "4003"],
            "AAR": ["2023_2023", "2022_2022", "2021_2021"],
            "MEASURE_TYPE": ["TELLER", "RATE"],
        },
        time="AAR",
        updated="2026-10-01T08:00:00",
    )
    agencies.tables[table.id] = table
    return table


def cells(fhi: Fhi, selection: Any, **more: Any) -> list[tuple[Any, ...]]:
    rows = []
    for part in fhi.fetch("nokkel", "583", selection, **more):
        rows += part.frame().select("GEO", "AAR", "MEASURE_TYPE", "value").rows()
    return rows


def test_the_newest_year_is_the_newest_whatever_order_fhi_lists_them_in(
    fhi: Fhi, health: SourceTable
) -> None:
    assert {row[1] for row in cells(fhi, {**ALL, "AAR": "top(1)"})} == {"2023_2023"}
    health.axes["AAR"].reverse()
    assert {row[1] for row in cells(fhi, {**ALL, "AAR": "top(1)"})} == {"2023_2023"}
    health.axes["AAR"] = ["2019_2021", "2020_2020", "2021_2021", "2018_2020"]
    told = fhi.metadata("nokkel", "583").variable("AAR").codes
    assert told == ("2018_2020", "2020_2020", "2019_2021", "2021_2021")


def test_what_is_asked_for_is_written_as_the_interface_wants_it(
    fhi: Fhi, health: SourceTable, agencies: Agencies
) -> None:
    cells(fhi, {"GEO": "40*", "AAR": "top(2)", "MEASURE_TYPE": "RATE"})
    (call,) = agencies.called("/data")
    assert call.body == {
        "dimensions": [
            {"code": "GEO", "filter": "item", "values": ["40", "4001", "4003"]},
            {"code": "AAR", "filter": "item", "values": ["2022_2022", "2023_2023"]},
            {"code": "MEASURE_TYPE", "filter": "item", "values": ["RATE"]},
        ],
        "response": {"format": "json-stat2", "maxRowCount": 50_000},
    }


def test_every_cell_comes_once_also_in_parts(fhi: Fhi, health: SourceTable, agencies: Agencies) -> None:
    whole = cells(fhi, ALL)
    assert sorted(row[3] for row in whole) == list(range(1, 25))
    agencies.most_cells = 7
    assert sorted(cells(fhi, ALL)) == sorted(whole)


def test_labels_are_found_in_the_tree_of_places(fhi: Fhi, health: SourceTable) -> None:
    labels = fhi.metadata("nokkel", "583").variable("GEO").labels
    assert labels == {code: f"Navn på {code}" for code in ("0", "40", "4001", "4003")}


def test_codes_are_taken_from_the_description_where_the_query_does_not_list_them(
    fhi: Fhi, health: SourceTable, agencies: Agencies
) -> None:
    query = b'{"dimensions": [{"code": "GEO", "filter": "all", "values": ["*"]}]}'
    agencies.faults = [Fault("raw", "/query", ("application/json", query))]
    assert fhi.metadata("nokkel", "583").variable("GEO").codes == ("0", "40", "4001", "4003")
    unknown = b'{"dimensions": [{"code": "UKJENT", "filter": "all", "values": ["*"]}]}'
    agencies.faults = [Fault("raw", "/query", ("application/json", unknown))]
    with pytest.raises(SourceFault) as caught:
        fhi.metadata("nokkel", "583")
    assert caught.value.code == "source.unreadable"


def test_every_dimension_must_be_chosen(fhi: Fhi, health: SourceTable, agencies: Agencies) -> None:
    with pytest.raises(InputError) as caught:
        cells(fhi, {"AAR": "top(1)"})
    assert [str(one.place) for one in caught.value.problems] == ["GEO", "MEASURE_TYPE"]
    assert agencies.called("/data") == []


def test_a_table_that_is_modified_on_the_way_is_started_anew(
    fhi: Fhi, health: SourceTable, agencies: Agencies
) -> None:
    def modified() -> None:
        health.updated = "2026-11-21T08:00:00"

    agencies.faults = [Fault("do", "/data", modified)]
    told: list[str] = []
    assert len(cells(fhi, ALL, tell=lambda word: told.append(str(word)))) == 24
    assert told == ["Tabell 583 hentes på nytt fra begynnelsen: kilden har oppdatert den."]
    assert len(agencies.called("/data")) == 2


def test_lists_of_sources_tables_and_marks(fhi: Fhi, health: SourceTable, agencies: Agencies) -> None:
    del agencies.tables["99001"]
    assert fhi.sources() == {"nokkel": "Folkehelsestatistikk"}
    assert fhi.tables("nokkel") == (FhiTable("583", "Oppdiktet tabell", "2026-10-01T08:00:00"),)
    assert fhi.tables("nokkel", modified_after=date(2026, 11, 1)) == ()
    assert fhi.flags("nokkel", "583")[0] == Flag(":", "Anonymisert")


def test_what_fhi_does_not_have_is_told_as_gone(fhi: Fhi, agencies: Agencies) -> None:
    for call in (
        lambda: fhi.metadata("nokkel", "1"),
        lambda: fhi.tables("ukjent"),
        lambda: cells(fhi, ALL),
    ):
        with pytest.raises(SourceFault) as caught:
            call()
        assert caught.value.code == "source.gone"


def test_another_refusal_is_told_in_fhis_own_words(fhi: Fhi, health: SourceTable, agencies: Agencies) -> None:
    agencies.faults = [Fault("refuse", "/data", (400, {"status": "Ugyldig spørring"}))]
    with pytest.raises(SourceFault) as caught:
        cells(fhi, ALL)
    assert caught.value.code == "source.refused"
    assert "«Ugyldig spørring»" in str(caught.value)
