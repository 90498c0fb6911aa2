"""An update adds a version and shows what is otherwise: periods, revised figures, codes, marks and what the source says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook
from tests.statistics.updating.answers import Cell, answer, json_stat

from fotfeste.errors import DataMissing, InputError
from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.statistics import Dataset, importing, open_store
from fotfeste.statistics.store import Store, remove_version
from fotfeste.statistics.tables_declared import load_tables
from fotfeste.statistics.updating import Folder, Prepared, keep, prepare, read_record
from fotfeste.statistics.updating.asked import Answer, refuse_unconfirmed, selection_of
from fotfeste.statistics.updating.record import record_path

REGIONS = load_regions()
TABLES = load_tables()
WORDS = language("nb")
DWELLINGS = TABLES["ssb_06265"]
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def dwellings(
    years: list[str],
    values: Mapping[Cell, float | str],
    regions: tuple[str, ...] = ("4028", "4026"),
    **more: object,
) -> Answer:
    dimensions = {"Region": regions, "BygnType": ["01", "02"], "ContentsCode": ["Boliger"], "Tid": years}
    cells = {(region, kind, "Boliger", year): figure for (region, kind, year), figure in values.items()}
    return Answer("https://example.org/tables/06265", (answer(dimensions, cells, **more),))


FIRST = {
    ("4028", "01", "2024"): 900, ("4028", "02", "2024"): ":", ("4026", "01", "2024"): 2100, ("4026", "02", "2024"): 40,
    ("4028", "01", "2025"): 905, ("4028", "02", "2025"): 7, ("4026", "01", "2025"): 2110, ("4026", "02", "2025"): 41,
}  # fmt: skip


def first(store: Store) -> Store:
    return keep(store, prepare(store, REGIONS, DWELLINGS, dwellings(["2024", "2025"], FIRST), MONDAY))


def told(prepared: Prepared) -> str:
    return "\n".join(WORDS.text(line) for line in prepared.changes.told())


def test_the_first_fetch_makes_the_data_set_as_the_table_describes_it(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    described = store.dataset("dwellings")
    assert (described.table, described.agency, described.version) == (
        "06265",
        "Statistisk sentralbyrå",
        "2026-11-23",
    )
    assert (described.period, described.rows) == ("2024–2025", 8)
    assert described.titles["en"].startswith("Dwellings")
    assert open_store(tmp_path).frame("dwellings").equals(store.frame("dwellings"))


def test_what_was_fetched_from_where_and_when_stands_with_the_version_and_leaves_with_it(
    tmp_path: Path,
) -> None:
    store = first(open_store(tmp_path))
    path = record_path(tmp_path / "dwellings", "2026-11-23")
    record = read_record(path)
    assert record is not None
    assert (record.table, record.number, record.fetched) == ("ssb_06265", "06265", MONDAY)
    assert (record.where, record.cells) == ("https://example.org/tables/06265", 8)
    assert record.said.updated == "2026-11-20T07:00:00+00:00"
    remove_version(store, "dwellings", "2026-11-23")
    assert not path.exists()
    assert not (tmp_path / "dwellings").exists()


def test_a_revised_figure_a_new_year_a_lost_mark_and_a_vanished_code_are_each_told(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    now = dict(FIRST) | {
        ("4028", "01", "2024"): 899, ("4028", "02", "2024"): 6, ("4026", "02", "2025"): "..",
        ("4028", "01", "2026"): 910, ("4028", "02", "2026"): 7, ("4026", "01", "2026"): 2120, ("4026", "02", "2026"): 44,
    }  # fmt: skip
    prepared = prepare(store, REGIONS, DWELLINGS, dwellings(["2024", "2025", "2026"], now), TUESDAY)
    changes = prepared.changes
    assert changes.new_periods == ("2026",)
    assert (changes.revised, changes.examples[0].before, changes.examples[0].now) == (1, 900, 899)
    assert dict(changes.marks) == {(":", ""): 1, ("", "."): 1}
    assert "4028, 2024, 01: 900 er nå 899" in told(prepared)
    assert "1 tall hadde merket «skjult» og har nå «tall»." in told(prepared)
    fewer = {cell: figure for cell, figure in FIRST.items() if cell[0] == "4028"}
    answered = dwellings(["2024", "2025"], fewer, ("4028",))
    gone = prepare(store, REGIONS, DWELLINGS, answered, TUESDAY, accept_loss=True).changes
    assert gone.vanished == {"code": ("4026",)}
    assert gone.lost == 4


def test_a_revision_to_or_from_a_small_count_is_told_without_the_count(tmp_path: Path) -> None:
    table = replace(DWELLINGS, suppress_below=5)
    store = keep(
        open_store(tmp_path),
        prepare(open_store(tmp_path), REGIONS, table, dwellings(["2025"], SMALL), MONDAY),
    )
    now = dict(SMALL) | {("4028", "01", "2025"): 3, ("4028", "02", "2025"): 30, ("4026", "01", "2025"): 35}
    told_ = told(prepare(store, REGIONS, table, dwellings(["2025"], now), TUESDAY))
    assert "4028, 2025, 01: 20 er nå skjult" in told_
    assert "4028, 2025, 02: skjult er nå 30" in told_
    assert "4026, 2025, 01: 40 er nå 35" in told_
    own = replace(table, agency="Eksempel fylkeskommune")
    own_store = keep(
        open_store(tmp_path / "own"),
        prepare(open_store(tmp_path / "own"), REGIONS, own, dwellings(["2025"], SMALL), MONDAY),
    )
    found = prepare(own_store, REGIONS, own, dwellings(["2025"], now), TUESDAY).changes
    assert (found.revised, found.examples) == (3, ())


SMALL = {
    ("4028", "01", "2025"): 20,
    ("4028", "02", "2025"): 2,
    ("4026", "01", "2025"): 40,
    ("4026", "02", "2025"): 41,
}


def test_years_that_the_answer_says_nothing_of_stay_and_the_old_version_is_whole(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    before = store.frame("dwellings")
    newest = {("4028", "01", "2026"): 910.0, ("4028", "02", "2026"): 7.0,
              ("4026", "01", "2026"): 2120.0, ("4026", "02", "2026"): 44.0}  # fmt: skip
    store = keep(store, prepare(store, REGIONS, DWELLINGS, dwellings(["2026"], newest), TUESDAY))
    assert store.frame("dwellings")["year"].unique().sort().to_list() == [2024, 2025, 2026]
    assert store.frame("dwellings").filter(pl.col("year") < 2026).equals(before)
    assert store.frame("dwellings", "2026-11-23").equals(before)
    assert store.dataset("dwellings").period == "2024–2026"
    assert "lest fra Statistisk sentralbyrå, 06265 24. november 2026" in store.dataset("dwellings").remark


def test_the_same_answer_twice_changes_nothing(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    again = prepare(store, REGIONS, DWELLINGS, dwellings(["2024", "2025"], FIRST), TUESDAY)
    assert not again.changes.any_figure
    assert again.changes.unchanged == 8
    assert told(again) == ""


def test_what_the_source_calls_otherwise_is_told_without_being_a_change_of_figures(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    renamed = dwellings(
        ["2024", "2025"],
        FIRST,
        label="06265: Boliger, ny tittel",
        names={"01": "Enebolig"},
        notes=["Brudd i 2024."],
    )
    prepared = prepare(store, REGIONS, DWELLINGS, renamed, TUESDAY)
    assert not prepared.changes.any_figure
    assert "heter nå «06265: Boliger, ny tittel»" in told(prepared)
    assert "koden 01 het «01», og heter nå «Enebolig»" in told(prepared)
    assert "Ny merknad fra kilden: «Brudd i 2024.»" in told(prepared)


def test_an_answer_that_is_not_whole_leaves_everything_as_it_was(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    before = sorted((path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file())
    table = replace(DWELLINGS, complete=True)
    with pytest.raises(InputError) as caught:
        prepare(store, REGIONS, table, dwellings(["2024", "2025"], FIRST), TUESDAY)
    assert caught.value.code == "update.unsound"
    assert sorted((path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()) == before


def test_an_update_that_is_stopped_after_its_record_is_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare(open_store(tmp_path), REGIONS, DWELLINGS, dwellings(["2024", "2025"], FIRST), MONDAY)
    monkeypatch.setattr("fotfeste.statistics.importing.add_version", _stop)
    with pytest.raises(KeyboardInterrupt):
        keep(open_store(tmp_path), prepared)
    assert "dwellings" not in open_store(tmp_path).versions


def _stop(*_: object) -> Store:
    raise KeyboardInterrupt


def test_two_fetches_on_one_day_are_two_versions(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    revised = dict(FIRST) | {("4028", "01", "2025"): 906}
    store = keep(store, prepare(store, REGIONS, DWELLINGS, dwellings(["2024", "2025"], revised), MONDAY))
    assert [one.version for one in store.versions["dwellings"]] == ["2026-11-23", "2026-11-23-2"]


def test_a_new_word_in_a_data_set_that_exists_is_refused_and_named(tmp_path: Path) -> None:
    table = replace(
        DWELLINGS, columns=replace(DWELLINGS.columns, codes={"type": {"01": "detached", "02": "other"}})
    )
    store = open_store(tmp_path)
    store = keep(store, prepare(store, REGIONS, table, dwellings(["2025"], FIRST), MONDAY))
    dimensions = {"Region": ["4028"], "BygnType": ["01", "09"], "ContentsCode": ["Boliger"], "Tid": ["2025"]}
    strange = Answer("", (answer(dimensions, {}),))
    with pytest.raises(InputError) as caught:
        prepare(store, REGIONS, table, strange, TUESDAY)
    assert caught.value.code == "update.codes"
    assert "09" in str(caught.value)


PEOPLE = replace(TABLES["ssb_07459"], complete=False, total="")


def people(**others: float | str) -> Answer:
    """Ten of each of three ages and both sexes in every municipality of 2027; ``others`` by municipality, for newborn men."""
    codes = [one.code for one in REGIONS.municipalities(2027)]
    ages = ["000", "001", "105+"]
    dimensions = {
        "Region": codes,
        "Kjonn": ["1", "2"],
        "Alder": ages,
        "ContentsCode": ["Personer1"],
        "Tid": ["2027"],
    }
    cells: dict[Cell, float | str] = {
        (code, sex, age, "Personer1", "2027"): 10 for code in codes for sex in ("1", "2") for age in ages
    }
    cells |= {(name[1:], "1", "000", "Personer1", "2027"): figure for name, figure in others.items()}
    return Answer("", (answer(dimensions, cells),))


def test_population_takes_its_sums_with_it_and_a_hole_in_it_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    prepared = prepare(store, REGIONS, PEOPLE, people(), MONDAY)
    assert prepared.changes.new_periods == ("2027",)
    store = keep(store, prepared)
    ages_of = store.frame("population").filter(pl.col("year") == 2027)["age"].unique().sort().to_list()
    assert ages_of == [0, 1, 105]
    sums = store.frame("population_age_groups").filter(pl.col("year") == 2027, pl.col("group") == "all")
    assert sums["value"].sum() == 357 * 60
    assert store.dataset("population_age_groups").version == store.dataset("population").version
    with pytest.raises(InputError) as caught:
        prepare(open_store(tmp_path), REGIONS, PEOPLE, people(k4028=".."), TUESDAY)
    assert caught.value.code == "update.marks"


def test_population_that_is_stopped_half_way_is_done_again_with_its_sums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importing.add_version

    def stopped(store: Store, described: Dataset, frame: pl.DataFrame) -> Store:
        if len(list(tmp_path.glob("*/manifest.json"))) == 1:
            raise KeyboardInterrupt
        return real(store, described, frame)

    prepared = prepare(open_store(tmp_path), REGIONS, PEOPLE, people(), MONDAY)
    monkeypatch.setattr(importing, "add_version", stopped)
    with pytest.raises(KeyboardInterrupt):
        keep(open_store(tmp_path), prepared)
    monkeypatch.undo()
    again = prepare(open_store(tmp_path), REGIONS, PEOPLE, people(), TUESDAY)
    assert again.changes.any_figure
    store = keep(open_store(tmp_path), again)
    for name in ("population", "population_age_groups"):
        assert store.frame(name)["year"].max() == 2027
        assert store.dataset(name).version == "2026-11-24"


def test_imdis_file_renews_immigrants_by_reason_with_bounds_and_keeps_older_years(tmp_path: Path) -> None:
    lines = [
        f"4028;Kviteseid;{sex};2025;{reason};Personer;{count}\n4028;Kviteseid;{sex};2025;{reason};Prosent;1,5\n"
        for sex in ("Alle", "Kvinner", "Menn")
        for reason, count in (
            ("Alle", 310),
            ("Arbeidsinnvandrere", 60),
            ("Familieinnvandrede", 3),
            ("Uoppgitt", 0),
        )
    ]
    head = "Kommunenummer;Kommune;Kjønn;År;Innvandringsgrunn;Enhet;Antall\n"
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "imdi_befolkning_innvandringsgrunn.csv").write_bytes(
        (head + "".join(lines)).encode("iso-8859-1")
    )
    table = TABLES["imdi_befolkning_innvandringsgrunn"]
    store = open_store(tmp_path / "data")
    prepared = prepare(store, REGIONS, table, Folder(folder).answer(table), MONDAY)
    assert prepared.changes.new_periods == ("2025",)
    rows = keep(store, prepared).frame("immigrants_by_reason")
    assert rows.height == store.frame("immigrants_by_reason").height + 12
    family = rows.filter(pl.col("year") == 2025, pl.col("reason") == "family", pl.col("sex") == "all").row(
        0, named=True
    )
    assert (family["value"], family["low"], family["high"], family["estimated"]) == (3, 1, 3, True)


def test_a_folder_of_answers_takes_numbered_parts_and_says_what_is_missing(tmp_path: Path) -> None:
    for number, year in enumerate(("2024", "2025"), 1):
        dimensions = {"Region": ["4028"], "BygnType": ["01"], "ContentsCode": ["Boliger"], "Tid": [year]}
        content = json_stat(dimensions, {("4028", "01", "Boliger", year): 900 + number})
        (tmp_path / f"ssb_06265.{number}.json").write_text(json.dumps(content), "utf-8")
    found = Folder(tmp_path).answer(DWELLINGS)
    assert prepare(open_store(), REGIONS, DWELLINGS, found, MONDAY).frame["value"].to_list() == [901, 902]
    with pytest.raises(DataMissing) as caught:
        Folder(tmp_path).answer(TABLES["ssb_06070"])
    assert "ssb_06070.json" in str(caught.value)


def test_a_table_whose_number_nothing_confirms_is_never_asked_for() -> None:
    with pytest.raises(InputError) as caught:
        refuse_unconfirmed(TABLES["ssb_crowding"])
    assert caught.value.code == "update.to_be_confirmed"


def test_a_query_asks_for_everything_but_only_for_years_that_are_wanted() -> None:
    from fotfeste.statistics.clients import TableMetadata, Variable

    def variable(code: str, codes: tuple[str, ...], *, time: bool = False) -> Variable:
        return Variable(code, code.lower(), codes, {one: one for one in codes}, time=time)

    metadata = TableMetadata(
        "07459", "", "", "no", "",
        (variable("Region", ("0", "4028")), variable("Alder", ("000",)),
         variable("Tid", ("2022", "2023", "2024", "2025"), time=True)),
    )  # fmt: skip
    table = TABLES["ssb_07459"]
    assert selection_of(table, metadata) == {"Region": ["*"], "Alder": ["*"], "Tid": ["2024", "2025"]}
    with pytest.raises(InputError) as caught:
        selection_of(
            replace(table, columns=replace(table.columns, selection={"Sivilstand": ("1",)})), metadata
        )
    assert caught.value.code == "update.variable"


def test_an_answer_that_lacks_much_of_what_stood_is_taken_for_half_an_answer(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    fewer = {cell: figure for cell, figure in FIRST.items() if cell[0] == "4028"}
    with pytest.raises(InputError) as caught:
        prepare(store, REGIONS, DWELLINGS, dwellings(["2024", "2025"], fewer, ("4028",)), TUESDAY)
    assert caught.value.code == "update.loss"
    assert "4 av 8 tall" in str(caught.value)


def test_a_new_month_leaves_the_other_months_of_its_year(tmp_path: Path) -> None:
    table = TABLES["nav_hl060"]
    store = open_store(tmp_path / "data")
    for month, number in (("2026-08", 24), ("2026-09", 21)):
        book = Workbook()
        book.worksheets[0].append(["Syntetiske tall"])
        book.worksheets[0].append(
            ["År", "År-måned", "Geografisk enhet", "Arbeidsmarkedsstatus", "Kjønn", "Antall personer"]
        )
        for status, sex, count in (
            ("Helt ledige", "Begge kjønn", number), ("Helt ledige", "Kvinner", 9), ("Delvis ledige", "Begge kjønn", 14),
        ):  # fmt: skip
            book.worksheets[0].append([2026, month, "Kviteseid", status, sex, count])
        book.save(tmp_path / "nav_hl060.xlsx")
        prepared = prepare(store, REGIONS, table, Folder(tmp_path).answer(table), MONDAY)
        assert prepared.changes.new_periods == (month,)
        store = keep(store, prepared)
    assert store.frame("registered_unemployed").select("code", "year", "month", "value").rows() == [
        ("4028", 2026, 8, 24), ("4028", 2026, 9, 21),
    ]  # fmt: skip


def test_a_measure_is_found_by_its_label_and_the_others_are_left_out(tmp_path: Path) -> None:
    label = "Andel barn 1-5 år i barnehage, i forhold til innbyggere 1-5 år (prosent)"
    dimensions = {"Region": ["4028"], "ContentsCode": ["X1", "X2"], "Tid": ["2025"]}
    cells: dict[Cell, float | str] = {("4028", "X1", "2025"): 93.5, ("4028", "X2", "2025"): 5.4}
    part = answer(dimensions, cells, names={"ContentsCode": "statistikkvariabel", "X1": label})
    for _ in range(2):
        prepared = prepare(open_store(tmp_path), REGIONS, TABLES["ssb_12562"], Answer("", (part,)), MONDAY)
        assert prepared.frame.select("code", "measure", "value").rows() == [("4028", "share_1_5", 93.5)]
        keep(open_store(tmp_path), prepared)


def test_a_sum_that_could_not_be_checked_is_told(tmp_path: Path) -> None:
    table = replace(DWELLINGS, total="0")
    prepared = prepare(open_store(tmp_path), REGIONS, table, dwellings(["2025"], FIRST), MONDAY)
    assert "Landet er ikke med i svaret" in " ".join(WORDS.text(note) for note in prepared.notes)


def test_many_years_are_told_as_a_span_and_a_later_fetch_replaces_the_sentence(tmp_path: Path) -> None:
    store = first(open_store(tmp_path))
    years = [str(year) for year in range(2021, 2026)]

    def cells(number: float) -> dict[Cell, float | str]:
        return {
            (code, kind, year): number for code in ("4028", "4026") for kind in ("01", "02") for year in years
        }

    for number, day in ((10, TUESDAY), (11, datetime(2026, 11, 25, tzinfo=UTC))):
        store = keep(store, prepare(store, REGIONS, DWELLINGS, dwellings(years, cells(number)), day))
    remark = store.dataset("dwellings").remark
    assert remark == "2021–2025: lest fra Statistisk sentralbyrå, 06265 25. november 2026."
    assert store.dataset("dwellings").source.for_reader(language("nb")).remark == remark


def test_an_answer_without_a_single_figure_of_the_level_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        prepare(open_store(tmp_path), REGIONS, DWELLINGS, dwellings(["2025"], {}, ("40", "0", "EAK")), MONDAY)
    assert [one.code for one in caught.value.problems] == ["update.empty"]
