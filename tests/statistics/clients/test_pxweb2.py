"""SSB's bank through PxWebApi v2: what is asked, what comes back, and what is done when a table is too large or changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.statistics.clients.speaking import Agencies, Fault, dataset

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import Message
from fotfeste.statistics.clients import PxWeb2, SourceFault

ALL = {"Region": "*", "Alder": "*", "Kjonn": "*", "Tid": "*"}


def cells(bank: PxWeb2, selection: Any, **more: Any) -> list[tuple[Any, ...]]:
    """Every cell that was fetched: codes in the order of the table, value and mark."""
    rows = []
    for part in bank.fetch("99001", selection, **more):
        frame = part.frame()
        names = [name for name in ("Region", "Alder", "Kjonn", "Tid") if name in frame.columns]
        rows += frame.select([*names, "value", "status"]).rows()
    return rows


def test_the_whole_table_comes_with_every_cell_once(pxweb2: PxWeb2, agencies: Agencies) -> None:
    rows = cells(pxweb2, ALL)
    assert [row[4] for row in rows] == list(range(1, 145))
    assert rows[0][:4] == ("0", "000", "1", "2023")
    assert rows[-1][:4] == ("4003", "105+", "2", "2026")
    assert len(agencies.called("/data")) == 1


def test_data_are_asked_for_by_post_with_codes_only(pxweb2: PxWeb2, agencies: Agencies) -> None:
    cells(pxweb2, {"Region": ["03*"], "Tid": "top(2)"})
    (call,) = agencies.called("/data")
    assert call.method == "POST"
    assert call.query == {"lang": "no", "outputFormat": "json-stat2"}
    assert call.body == {
        "selection": [
            {"variableCode": "Region", "valueCodes": ["03", "0301"]},
            {"variableCode": "Tid", "valueCodes": ["2025", "2026"]},
        ]
    }
    assert call.headers["user-agent"].startswith("fotfeste/")


def test_a_variable_that_is_left_out_is_summed_away(pxweb2: PxWeb2) -> None:
    rows = cells(pxweb2, {"Region": "0301", "Tid": "2026"})
    # Places 48 to 71 are Oslo's; the years run fastest, so 2026 is every fourth.
    assert rows == [("0301", "2026", float(sum(range(52, 73, 4))), None)]


def test_hidden_and_missing_cells_keep_their_marks(pxweb2: PxWeb2, agencies: Agencies) -> None:
    agencies.tables["99001"].status = {1: ":", 2: "..", 3: "."}
    rows = cells(pxweb2, {"Region": "0", "Alder": "000", "Kjonn": "1", "Tid": "*"})
    assert [row[4:] for row in rows] == [(None, ":"), (None, ".."), (None, "."), (4.0, None)]


def test_a_grouping_gives_the_codes_of_the_grouping(pxweb2: PxWeb2, agencies: Agencies) -> None:
    told = pxweb2.metadata("99001", codelists={"Region": "agg_Fylker"})
    assert told.variable("Region").codes == ("F-03", "F-40")
    rows = cells(pxweb2, {"Region": "*", "Tid": "2026"}, codelists={"Region": "agg_Fylker"})
    assert [row[0] for row in rows] == ["F-03", "F-40"]
    assert agencies.called("/data")[0].body["selection"][0]["codelist"] == "agg_Fylker"


def test_metadata_tell_what_must_be_chosen_and_what_must_be_shown(pxweb2: PxWeb2) -> None:
    told = pxweb2.metadata("99001")
    assert [(one.code, one.required, one.time) for one in told.variables] == [
        ("Region", False, False),
        ("Alder", False, False),
        ("Kjonn", False, False),
        ("Tid", True, True),
    ]
    assert told.must_be_shown == ("En merknad som må følge med.",)
    assert told.updated == "2026-03-16T07:00:00Z"
    assert told.variable("Region").codelists == {
        "agg_Fylker": "Liste agg_Fylker",
        "vs_Kommun": "Liste vs_Kommun",
    }


def test_no_part_has_more_cells_than_the_bank_says_it_gives(pxweb2: PxWeb2, agencies: Agencies) -> None:
    agencies.config["maxDataCells"] = 50
    rows = cells(pxweb2, ALL)
    assert sorted(row[4] for row in rows) == list(range(1, 145))
    sizes = [size_of(call.body) for call in agencies.called("/data")]
    assert max(sizes) <= 50
    assert sum(sizes) == 144
    assert len(sizes) == 3


def size_of(body: Any) -> int:
    size = 1
    for one in body["selection"]:
        size *= len(one["valueCodes"])
    return size


def test_a_bank_that_tells_no_limit_is_held_to_the_dated_one(pxweb2: PxWeb2, agencies: Agencies) -> None:
    for stated in ({}, {"maxDataCells": 0}, {"maxDataCells": None}, {"maxDataCells": True}):
        agencies.config = stated
        assert PxWeb2(pxweb2._http, pxweb2.base).size().cells == 800_000
    agencies.faults = [Fault("refuse", "/config", (404, "no"))]
    assert PxWeb2(pxweb2._http, pxweb2.base).size().cells == 800_000


def test_a_bank_that_gives_less_than_it_says_is_asked_for_less(pxweb2: PxWeb2, agencies: Agencies) -> None:
    agencies.most_cells = 40
    rows = cells(pxweb2, ALL)
    assert sorted(row[4] for row in rows) == list(range(1, 145))
    accepted = [size_of(call.body) for call in agencies.called("/data") if size_of(call.body) <= 40]
    assert sum(accepted) == 144


def test_a_bank_that_refuses_even_a_single_cell_is_told_of(pxweb2: PxWeb2, agencies: Agencies) -> None:
    for status in (400, 403):
        agencies.faults = [Fault("refuse", "/data", (status, {"title": "Too many cells selected"}))]
        with pytest.raises(SourceFault) as caught:
            cells(pxweb2, {"Region": "0", "Alder": "000", "Kjonn": "1", "Tid": "2026"})
        assert caught.value.code == "source.too_many_cells"


def test_a_bank_that_gives_almost_nothing_at_a_time_is_not_worn_out(
    pxweb2: PxWeb2, agencies: Agencies
) -> None:
    agencies.config["maxDataCells"] = 1
    agencies.tables["99001"].axes["Tid"] = [str(year) for year in range(1900, 2000)]
    with pytest.raises(SourceFault) as caught:
        cells(pxweb2, ALL)
    assert caught.value.code == "source.many_parts"
    assert agencies.called("/data") == []


def test_a_table_that_is_gone_is_told_with_what_to_do(pxweb2: PxWeb2, agencies: Agencies) -> None:
    del agencies.tables["99001"]
    with pytest.raises(SourceFault) as caught:
        cells(pxweb2, ALL)
    assert caught.value.code == "source.gone"
    assert "Tabell 99001 finnes ikke hos kilden." in str(caught.value)
    assert "/tables/99001" in str(caught.value)
    agencies.faults = [Fault("refuse", "/metadata", (404, {"title": "Not Found"}))]
    with pytest.raises(SourceFault) as caught:
        pxweb2.metadata("99001")
    assert caught.value.code == "source.gone"


def test_a_table_that_goes_between_metadata_and_data_is_told_as_gone(
    pxweb2: PxWeb2, agencies: Agencies, tmp_path: Path
) -> None:
    agencies.faults = [Fault("do", "/data", agencies.tables.clear)]
    with pytest.raises(SourceFault) as caught:
        cells(pxweb2, ALL, resume=tmp_path)
    assert caught.value.code == "source.gone"


def test_a_selection_that_does_not_fit_is_told_whole(pxweb2: PxWeb2, agencies: Agencies) -> None:
    with pytest.raises(InputError) as caught:
        cells(pxweb2, {"Region": ["0301", "9999"], "Kj\u00f8nn": "1", "Alder": "2*2"})
    told = str(caught.value)
    assert "ingen kode «9999»" in told
    assert "ingen variabel «Kjønn»" in told
    assert "velges noe av «tid»" in told
    assert "stjernen stå først eller sist" in told
    assert len(caught.value.problems) == 4
    assert agencies.called("/data") == []


def test_a_table_that_changes_between_metadata_and_data_is_started_anew(
    pxweb2: PxWeb2, agencies: Agencies
) -> None:
    def published() -> None:
        agencies.tables["99001"].updated = "2026-11-21T07:00:00Z"

    agencies.faults = [Fault("do", "/data", published)]
    told: list[Message] = []
    rows = cells(pxweb2, ALL, tell=told.append)
    assert len(rows) == 144
    assert len(agencies.called("/metadata")) == 2
    assert [str(one) for one in told] == [
        "Tabell 99001 hentes på nytt fra begynnelsen: delene er fra ulike oppdateringer."
    ]


def test_what_is_given_out_is_of_one_edition_also_in_parts(pxweb2: PxWeb2, agencies: Agencies) -> None:
    agencies.config["maxDataCells"] = 50

    def published() -> None:
        table = agencies.tables["99001"]
        table.updated = "2026-11-21T07:00:00Z"
        table.axes["Tid"] = ["2023", "2024", "2025", "2026", "2027"]

    agencies.faults = [Fault("do", "/config", lambda: None), Fault("do", "/data", lambda: None)]
    agencies.faults.append(Fault("do", "/data", published))
    rows = cells(pxweb2, ALL)
    assert len(rows) == len({row[:4] for row in rows}) == 180
    assert {row[3] for row in rows} == {"2023", "2024", "2025", "2026", "2027"}


def test_a_code_that_is_gone_when_data_are_asked_for_means_new_metadata(
    pxweb2: PxWeb2, agencies: Agencies
) -> None:
    def divided() -> None:
        agencies.tables["99001"].axes["Region"] = ["0", "03", "0301", "40", "4010", "4012"]

    agencies.faults = [Fault("do", "/data", divided)]
    rows = cells(pxweb2, ALL)
    assert {row[0] for row in rows} == {"0", "03", "0301", "40", "4010", "4012"}


def test_new_codes_are_in_the_answer_to_a_star_without_any_change_here(
    pxweb2: PxWeb2, agencies: Agencies
) -> None:
    before = pxweb2.metadata("99001")
    agencies.tables["99001"].axes["Region"].append("4099")
    after = pxweb2.metadata("99001")
    assert set(after.variable("Region").codes) - set(before.variable("Region").codes) == {"4099"}
    assert before.version != after.version
    assert {row[0] for row in cells(pxweb2, ALL)} == set(after.variable("Region").codes)


def test_a_table_that_never_rests_is_given_up_with_a_clear_word(pxweb2: PxWeb2, agencies: Agencies) -> None:
    table, count = agencies.tables["99001"], iter(range(100))

    def published() -> None:
        table.updated = f"2026-11-21T07:00:{next(count):02d}Z"

    agencies.faults = [Fault("do", "/data", published) for _ in range(10)]
    with pytest.raises(SourceFault) as caught:
        cells(pxweb2, ALL)
    assert caught.value.code == "source.changed"
    assert len(agencies.called("/data")) == 3


def test_an_answer_about_something_else_is_never_taken_for_the_right_one(
    pxweb2: PxWeb2, agencies: Agencies
) -> None:
    other = {
        "class": "dataset", "version": "2.0", "id": ["Region", "Tid"], "size": [1, 1], "value": [5],
        "updated": "2026-03-16T07:00:00Z",
        "dimension": {name: {"category": {"index": {"x": 0}}} for name in ("Region", "Tid")},
    }  # fmt: skip
    content = json.dumps(other).encode()
    agencies.faults = [Fault("raw", "/data", ("application/json", content)) for _ in range(3)]
    with pytest.raises(SourceFault) as caught:
        cells(pxweb2, {"Region": "0", "Tid": "2026"})
    assert caught.value.code == "source.changed"
    assert "andre koder for «Region»" in str(caught.value)


def test_an_answer_divided_by_more_than_was_asked_for_is_not_taken(
    pxweb2: PxWeb2, agencies: Agencies
) -> None:
    axes = {"Region": ["0"], "Kjonn": ["1", "2"], "Tid": ["2026"]}
    content = json.dumps(dataset(agencies.tables["99001"], axes, [1, 2])).encode()
    agencies.faults = [Fault("raw", "/data", ("application/json", content)) for _ in range(3)]
    with pytest.raises(SourceFault) as caught:
        cells(pxweb2, {"Region": "0", "Tid": "2026"})
    assert "en variabel det ikke ble spurt om: «Kjonn»" in str(caught.value)
    agencies.faults = [Fault("raw", "/data", ("application/json", content))]
    assert len(cells(pxweb2, {"Region": "0", "Kjonn": "*", "Tid": "2026"})) == 2


def test_after_an_interruption_only_the_rest_is_asked_for(
    pxweb2: PxWeb2, agencies: Agencies, tmp_path: Path
) -> None:
    agencies.config["maxDataCells"] = 25
    agencies.faults = [Fault("do", "/data", lambda: None) for _ in range(3)]
    agencies.faults.append(Fault("refuse", "/data", (401, {"title": "Stengt"})))
    with pytest.raises(SourceFault):
        cells(pxweb2, ALL, resume=tmp_path)
    assert len(agencies.called("/data")) == 4
    agencies.calls.clear()
    rows = cells(pxweb2, ALL, resume=tmp_path)
    assert sorted(row[4] for row in rows) == list(range(1, 145))
    assert len(agencies.called("/data")) == 3
    agencies.calls.clear()
    assert cells(pxweb2, ALL, resume=tmp_path) == rows
    assert agencies.called("/data") == []


def test_parts_of_an_older_edition_are_thrown_away_with_a_clear_word(
    pxweb2: PxWeb2, agencies: Agencies, tmp_path: Path
) -> None:
    agencies.config["maxDataCells"] = 25
    agencies.faults = [Fault("do", "/data", lambda: None) for _ in range(3)]
    agencies.faults.append(Fault("refuse", "/data", (401, {"title": "Stengt"})))
    with pytest.raises(SourceFault):
        cells(pxweb2, ALL, resume=tmp_path)
    agencies.tables["99001"].updated = "2026-11-21T07:00:00Z"
    told: list[Message] = []
    agencies.calls.clear()
    cells(pxweb2, ALL, resume=tmp_path, tell=told.append)
    assert len(agencies.called("/data")) == 6
    assert str(told[0]) == (
        "Tabell 99001 hentes på nytt fra begynnelsen: den er endret siden den forrige henting ble avbrutt."
    )
    assert len(list(tmp_path.rglob("part-*.json"))) == 6


def test_a_damaged_part_on_disk_is_asked_for_again(
    pxweb2: PxWeb2, agencies: Agencies, tmp_path: Path
) -> None:
    agencies.config["maxDataCells"] = 50
    rows = cells(pxweb2, ALL, resume=tmp_path)
    (first, *_) = sorted(tmp_path.rglob("part-*.json"))
    first.write_bytes(first.read_bytes()[:-20])
    agencies.calls.clear()
    assert cells(pxweb2, ALL, resume=tmp_path) == rows
    assert len(agencies.called("/data")) == 1


def test_two_fetches_may_keep_their_parts_in_the_same_place(
    pxweb2: PxWeb2, agencies: Agencies, tmp_path: Path
) -> None:
    mine = tmp_path / "eget.txt"
    mine.write_text("urørt")
    one = cells(pxweb2, {**ALL, "Tid": "2026"}, resume=tmp_path)
    other = cells(pxweb2, {**ALL, "Tid": "2025"}, resume=tmp_path)
    agencies.calls.clear()
    assert cells(pxweb2, {**ALL, "Tid": "2026"}, resume=tmp_path) == one != other
    assert agencies.called("/data") == []
    assert mine.read_text() == "urørt"


def test_the_list_of_tables_is_read_page_by_page(pxweb2: PxWeb2, agencies: Agencies) -> None:
    from tests.statistics.clients.conftest import population

    for number in range(2, 6):
        table = population()
        table.id = f"9900{number}"
        agencies.tables[table.id] = table
    found = list(pxweb2.tables(page_size=2))
    assert [one.table for one in found] == ["99001", "99002", "99003", "99004", "99005"]
    assert len(agencies.called("/tables")) == 3
    assert pxweb2.info("99003").last_period == "2026"
    assert not pxweb2.info("99003").discontinued


@pytest.mark.parametrize(
    "content",
    [b"[]", b"{}", b'{"tables": 3}', b'{"tables": [{"label": "x"}]}', b'{"a": NaN}', b"{\xff}", b"{]"],
)
def test_a_list_that_is_not_as_described_is_told_as_such(
    pxweb2: PxWeb2, agencies: Agencies, content: bytes
) -> None:
    agencies.faults = [Fault("raw", "/tables", ("application/json", content))]
    with pytest.raises(SourceFault) as caught:
        list(pxweb2.tables())
    assert caught.value.code == "source.unreadable"


def test_what_others_than_the_source_would_say_stays_out_of_the_message(
    pxweb2: PxWeb2, agencies: Agencies
) -> None:
    said = "Nei\x1b[31m\n" + "x" * 5000
    agencies.faults = [Fault("refuse", "/metadata", (418, {"title": said}))]
    with pytest.raises(FotfesteError) as caught:
        pxweb2.metadata("99001")
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 800
    assert "Nei [31m xxx" in str(caught.value)


@pytest.mark.shared
def test_real_answers_are_read(pxweb2: PxWeb2, agencies: Agencies, shared: Path) -> None:
    folder = shared / "data" / "fixtures_api"

    def real(name: str) -> tuple[str, bytes]:
        return "application/json; charset=utf-8", (folder / f"pxwebapi2_scb_{name}.json").read_bytes()

    data = json.loads(real("TAB6471_data")[1])
    selection = {name: list(data["dimension"][name]["category"]["index"]) for name in data["id"]}
    agencies.faults = [
        Fault("raw", "/metadata", real("TAB6471_metadata")),
        Fault("raw", "/config", real("config")),
        Fault("raw", "/data", real("TAB6471_data")),
    ]
    told = pxweb2.metadata("TAB6471")
    assert [(one.code, len(one.codes), one.required, one.time) for one in told.variables] == [
        ("Region", 312, False, False),
        ("Alder", 134, True, False),
        ("Kon", 3, False, False),
        ("ContentsCode", 1, True, False),
        ("Tid", 16, True, True),
    ]
    assert told.updated == "2026-06-08T06:00:00Z"
    assert len(told.must_be_shown) == 4
    assert "vs_CKM03Kommun" in told.variable("Region").codelists
    agencies.faults.insert(0, Fault("raw", "/metadata", real("TAB6471_metadata")))
    (part,) = pxweb2.fetch("TAB6471", selection)
    assert part.size == 21 * 11 * 3 * 4 == len(part.values)
    assert pxweb2.size().cells == 150_000
    agencies.faults = [Fault("raw", "/tables", real("tables"))]
    listed = list(pxweb2.tables())
    assert listed[0].table == "TAB4707"
    assert listed[0].last_period == "2026M03"


@pytest.mark.shared
def test_what_ssb_really_says_of_unknown_tables_and_codes_is_understood(
    pxweb2: PxWeb2, agencies: Agencies, shared: Path
) -> None:
    seen = json.loads(
        (shared / "data" / "fixtures_api" / "ssb_12134_pxwebapi2_spike_2026-04-25.json").read_bytes()
    )
    told = {one["label"]: one for one in seen["errors"]}
    table, code = told["ugyldig tabell-ID"], told["ugyldig kommune-kode"]
    agencies.faults = [Fault("refuse", "/metadata", (table["status"], json.loads(table["snippet"])))]
    with pytest.raises(SourceFault) as caught:
        pxweb2.metadata("00000")
    assert caught.value.code == "source.gone"
    agencies.faults = [
        Fault("refuse", "/data", (code["status"], json.loads(code["snippet"]))) for _ in range(3)
    ]
    with pytest.raises(SourceFault) as caught:
        cells(pxweb2, ALL)
    assert caught.value.code == "source.changed"
    assert "«Non-existent value»" in str(caught.value)
