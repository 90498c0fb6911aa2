"""SSB's bank through PxWebApi v1: its filters, its limits, and editions that only answers tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.statistics.clients.speaking import Agencies, Fault

from fotfeste.errors import InputError
from fotfeste.statistics.clients import PxWeb1, PxWeb2, SourceFault

ALL = {"Region": "*", "Alder": "*", "Kjonn": "*", "Tid": "*"}


def cells(bank: PxWeb1 | PxWeb2, selection: Any, **more: Any) -> list[tuple[Any, ...]]:
    rows = []
    for part in bank.fetch("99001", selection, **more):
        frame = part.frame()
        names = [name for name in ("Region", "Alder", "Kjonn", "Tid") if name in frame.columns]
        rows += frame.select([*names, "value", "status"]).rows()
    return rows


def test_both_versions_of_the_interface_give_the_same_figures(pxweb1: PxWeb1, pxweb2: PxWeb2) -> None:
    for selection in (ALL, {"Region": ["03*"], "Tid": "top(2)"}, {"Tid": ["2024"], "Alder": "105+"}):
        assert cells(pxweb1, selection) == cells(pxweb2, selection)


def test_what_is_asked_for_is_written_as_the_interface_wants_it(pxweb1: PxWeb1, agencies: Agencies) -> None:
    cells(pxweb1, {"Region": "F-03", "Tid": "top(2)"}, codelists={"Region": "agg_Fylker"})
    (call,) = [call for call in agencies.called("/table/99001") if call.method == "POST"]
    assert call.path == "/v1/no/table/99001"
    assert call.headers["content-type"] == "application/json"
    assert call.body == {
        "query": [
            {"code": "Region", "selection": {"filter": "agg:Fylker", "values": ["F-03"]}},
            {"code": "Tid", "selection": {"filter": "item", "values": ["2025", "2026"]}},
        ],
        "response": {"format": "json-stat2"},
    }


def test_a_grouping_sums_its_codes(pxweb1: PxWeb1) -> None:
    grouped = cells(pxweb1, {"Region": ["F-03", "F-40"], "Tid": "2026"}, codelists={"Region": "agg:Fylker"})
    alone = cells(pxweb1, {"Region": ["03", "40"], "Tid": "2026"})
    assert [row[0] for row in grouped] == ["F-03", "F-40"]
    assert [row[2] for row in grouped] == [row[2] for row in alone]


@pytest.mark.parametrize("chosen", ["*", "F-?", "top(1)", ["F-03", "F*"]])
def test_codes_of_a_grouping_must_be_written_one_by_one(pxweb1: PxWeb1, chosen: Any) -> None:
    with pytest.raises(InputError) as caught:
        cells(pxweb1, {"Region": chosen, "Tid": "2026"}, codelists={"Region": "agg:Fylker"})
    assert caught.value.code == "selection.listed"


def test_what_is_no_grouping_is_refused_before_anything_is_sent(pxweb1: PxWeb1, agencies: Agencies) -> None:
    with pytest.raises(InputError) as caught:
        cells(pxweb1, {"Region": "x", "Tid": "2026"}, codelists={"Region": "Fylker"})
    assert caught.value.code == "selection.codelist"
    assert agencies.calls == []


def test_a_grouping_the_bank_does_not_have_is_told_in_its_own_words(pxweb1: PxWeb1) -> None:
    with pytest.raises(SourceFault) as caught:
        cells(pxweb1, {"Region": "F-99", "Tid": "2026"}, codelists={"Region": "agg:Fylker"})
    assert "The request for variable 'Region' has an error" in str(caught.value)


def test_limits_are_read_from_the_bank_and_no_part_exceeds_them(pxweb1: PxWeb1, agencies: Agencies) -> None:
    agencies.config_v1 = {"maxCells": 60, "maxValues": 12, "maxCalls": 300, "timeWindow": 60}
    rows = cells(pxweb1, ALL)
    assert sorted(row[4] for row in rows) == list(range(1, 145))
    for call in agencies.called("/table/"):
        if call.method == "POST":
            chosen = [len(one["selection"]["values"]) for one in call.body["query"]]
            assert sum(chosen) <= 12
            assert chosen[0] * chosen[1] * chosen[2] * chosen[3] <= 60


def test_a_bank_with_room_for_fewer_values_than_variables_cannot_be_asked(
    pxweb1: PxWeb1, agencies: Agencies
) -> None:
    agencies.config_v1 = {"maxValues": 3}
    with pytest.raises(SourceFault) as caught:
        cells(pxweb1, ALL)
    assert caught.value.code == "source.many_parts"


def test_a_bank_without_limits_to_tell_is_held_to_the_dated_ones(pxweb1: PxWeb1, agencies: Agencies) -> None:
    agencies.config_v1 = None
    size = pxweb1.size()
    assert (size.cells, size.values) == (800_000, 50_000)


def test_403_means_too_large_and_is_asked_for_in_smaller_parts(pxweb1: PxWeb1, agencies: Agencies) -> None:
    agencies.most_cells = 40
    rows = cells(pxweb1, ALL)
    assert sorted(row[4] for row in rows) == list(range(1, 145))


def test_a_table_that_is_gone_is_told_as_such(pxweb1: PxWeb1, agencies: Agencies) -> None:
    del agencies.tables["99001"]
    with pytest.raises(SourceFault) as caught:
        cells(pxweb1, ALL)
    assert caught.value.code == "source.gone"


def test_metadata_without_their_parts_are_told_as_such(pxweb1: PxWeb1, agencies: Agencies) -> None:
    for content in (
        b"[]",
        b'{"title": "x"}',
        b'{"variables": []}',
        b'{"variables": [{"code": "a", "values": ["1"], "valueTexts": []}]}',
        b'{"variables": [{"code": "a", "values": ["1", "2"], "valueTexts": ["x"]}]}',
    ):
        agencies.faults = [Fault("raw", "/table/", ("application/json", content))]
        with pytest.raises(SourceFault) as caught:
            pxweb1.metadata("99001")
        assert caught.value.code == "source.unreadable"


def test_a_revision_during_an_interruption_is_seen_though_metadata_do_not_tell_it(
    pxweb1: PxWeb1, agencies: Agencies, tmp_path: Path
) -> None:
    agencies.config_v1 = {"maxCells": 25}
    agencies.faults = [Fault("do", "/table/", lambda: None) for _ in range(5)]
    agencies.faults.append(Fault("refuse", "/table/", (401, {"error": "Stengt"})))
    with pytest.raises(SourceFault):
        cells(pxweb1, ALL, resume=tmp_path)
    assert len(list(tmp_path.rglob("part-*.json"))) == 4
    agencies.tables["99001"].updated = "2026-11-21T07:00:00Z"
    told: list[str] = []
    rows = cells(pxweb1, ALL, resume=tmp_path, tell=lambda word: told.append(str(word)))
    assert sorted(row[4] for row in rows) == list(range(1, 145))
    assert told[1] == "Tabell 99001 hentes på nytt fra begynnelsen: delene er fra ulike oppdateringer."
    kept = [path.read_text() for path in tmp_path.rglob("part-*.json")]
    assert len(kept) == 6
    assert all("2026-11-21" in content for content in kept)


def test_without_a_revision_the_first_part_is_asked_for_again_and_no_other(
    pxweb1: PxWeb1, agencies: Agencies, tmp_path: Path
) -> None:
    agencies.config_v1 = {"maxCells": 25}
    rows = cells(pxweb1, ALL, resume=tmp_path)
    agencies.calls.clear()
    assert cells(pxweb1, ALL, resume=tmp_path) == rows
    assert len([call for call in agencies.calls if call.method == "POST"]) == 1
