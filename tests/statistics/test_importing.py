"""Files become versions, and the command that does it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fotfeste.cli.data import data
from fotfeste.errors import DataMissing, InputError
from fotfeste.regions import load_regions
from fotfeste.settings import Settings
from fotfeste.statistics import open_store, settlement_history
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.importing import import_file

DWELLINGS = """schema = 1
[dataset]
id = "vacant_dwellings"
title.nb = "Ledige boliger"
agency = "Telemark fylkeskommune"
table = "Egen telling"
licence = "NLOD 2.0"
period = "2026"
unit = "dwellings"
retrieved = 2026-11-20
suppress_below = 5
[columns]
region = "Kommune"
year = 2026
value = "Boliger"
"""
SETTLEMENT = """schema = 1
[columns]
region = "Kommune"
year = 2026
[columns.measures]
"Vedtak" = "decided"
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "boliger.csv").write_text("Kommune;Boliger\nSkien;12\nTinn;3\n", "utf-8")
    (tmp_path / "boliger.toml").write_text(DWELLINGS, "utf-8")
    (tmp_path / "vedtak.csv").write_text("Kommune;Vedtak\nKautokeino;15\n", "utf-8")
    (tmp_path / "vedtak.toml").write_text(SETTLEMENT, "utf-8")
    return tmp_path


def run(files: Path, *arguments: str) -> Result:
    return CliRunner().invoke(data, list(arguments), obj=Settings(files / "data"))


def test_a_new_data_set_is_described_by_its_mapping(files: Path) -> None:
    store = open_store(files / "data")
    stored, one = import_file(
        store, load_regions(), files / "boliger.csv", files / "boliger.toml", "vacant_dwellings", "1"
    )
    assert (one.titles["en"], one.rows, one.version) == ("Ledige boliger", 2, "1")
    assert stored.frame("vacant_dwellings")["value"].to_list() == [12, 3]


def test_a_revised_figure_is_a_new_version_and_all_other_rows_stay(files: Path) -> None:
    store = open_store(files / "data")
    stored, one = import_file(
        store, load_regions(), files / "vedtak.csv", files / "vedtak.toml", "settlement", "2026-11-20"
    )
    assert one.rows == store.dataset("settlement").rows
    new = settlement_history(stored, load_regions(), ["5612"], [2026])["5612"][0]
    old = settlement_history(open_store(), load_regions(), ["5612"], [2026])["5612"][0]
    assert (old.decided, new.decided) == (Figure.missing(low=0), Figure.observed(15))
    assert (new.requested, new.settled) == (old.requested, old.settled)


def test_a_file_that_does_not_fit_the_data_set_is_refused(files: Path) -> None:
    with pytest.raises(InputError) as caught:
        import_file(
            open_store(files / "data"),
            load_regions(),
            files / "boliger.csv",
            files / "boliger.toml",
            "settlement",
            "1",
        )
    assert caught.value.code == "import.columns"


def test_a_new_data_set_without_a_description_is_refused(files: Path) -> None:
    with pytest.raises(InputError) as caught:
        import_file(
            open_store(files / "data"),
            load_regions(),
            files / "vedtak.csv",
            files / "vedtak.toml",
            "decisions",
            "1",
        )
    assert caught.value.code == "import.undescribed"


def test_a_file_with_faults_leaves_the_old_data(files: Path) -> None:
    assert (
        run(
            files,
            "import",
            str(files / "boliger.csv"),
            "--mapping",
            str(files / "boliger.toml"),
            "--dataset",
            "vacant_dwellings",
            "--version",
            "1",
        ).exit_code
        == 0
    )
    (files / "boliger.csv").write_text("Kommune;Boliger\nSkien;mange\n", "utf-8")
    before = sorted((path, path.read_bytes()) for path in (files / "data").rglob("*") if path.is_file())
    broken = run(
        files,
        "import",
        str(files / "boliger.csv"),
        "--mapping",
        str(files / "boliger.toml"),
        "--dataset",
        "vacant_dwellings",
        "--version",
        "2",
    )
    assert isinstance(broken.exception, InputError)
    assert (
        sorted((path, path.read_bytes()) for path in (files / "data").rglob("*") if path.is_file()) == before
    )


def test_the_list_names_every_data_set_and_its_versions(files: Path) -> None:
    run(
        files,
        "import",
        str(files / "vedtak.csv"),
        "--mapping",
        str(files / "vedtak.toml"),
        "--dataset",
        "settlement",
        "--version",
        "ny",
    )
    listed = json.loads(run(files, "list", "--versions", "--json").output)
    versions = [one["version"] for one in listed["datasets"] if one["id"] == "settlement"]
    assert versions == ["innebygd", "ny"]
    assert "settlement" in run(files, "list").output
    assert run(files, "list", "--csv").output.startswith("id,versjon,")


def test_what_is_shown_hides_one_to_four_and_says_where_it_comes_from(files: Path) -> None:
    run(
        files,
        "import",
        str(files / "boliger.csv"),
        "--mapping",
        str(files / "boliger.toml"),
        "--dataset",
        "vacant_dwellings",
        "--version",
        "1",
    )
    shown = run(files, "show", "vacant_dwellings")
    assert "Egen telling" in shown.output
    content = json.loads(run(files, "show", "vacant_dwellings", "--municipality", "Tinn", "--json").output)
    row = dict(zip(content["columns"], content["rows"][0], strict=True))
    assert (row["value"], row["mark"], row["low"], row["high"]) == (None, ":", 1, 4)


def test_a_municipality_of_today_is_found_under_its_old_numbers(files: Path) -> None:
    content = json.loads(run(files, "show", "settlement", "--municipality", "Midt-Telemark", "--json").output)
    codes = {row[content["columns"].index("code")] for row in content["rows"]}
    assert codes == {"0821", "0822", "3817", "4020"}


def test_a_county_a_year_and_a_version_can_be_chosen(files: Path) -> None:
    text = run(
        files,
        "show",
        "settlement",
        "--county",
        "Telemark",
        "--year",
        "2025",
        "--version",
        "innebygd",
        "--csv",
    ).output
    assert len(text.splitlines()) == 1 + 17 * 4
    county = json.loads(run(files, "show", "refugee_retention", "--county", "Telemark", "--json").output)
    assert {row[0] for row in county["rows"]} == {"40"}


def test_requests_are_shown_however_small_but_settled_are_not(files: Path) -> None:
    text = run(files, "show", "settlement", "--year", "2015", "--csv").output
    header, *rows = [line.split(",") for line in text.splitlines()]
    measure, value = header.index("measure"), header.index("value")
    small = {row[measure] for row in rows if row[value] in {"1", "2", "3", "4"}}
    assert "settled" not in small
    assert small


def test_a_long_table_is_cut_and_says_so(files: Path) -> None:
    shown = run(files, "show", "population_age_groups", "--year", "2026")
    assert "--csv" in shown.stderr


def test_the_check_passes_and_finds_changed_bytes(files: Path) -> None:
    run(
        files,
        "import",
        str(files / "boliger.csv"),
        "--mapping",
        str(files / "boliger.toml"),
        "--dataset",
        "vacant_dwellings",
        "--version",
        "1",
    )
    whole = run(files, "check")
    assert "datasett er hele" in whole.output
    stored = next((files / "data" / "vacant_dwellings").glob("*.parquet"))
    stored.write_bytes(stored.read_bytes()[:-1] + b"?")
    broken = run(files, "check", "vacant_dwellings")
    assert isinstance(broken.exception, InputError)
    assert "sjekksummen" in str(broken.exception)


def test_an_unknown_data_set_is_refused(files: Path) -> None:
    assert isinstance(run(files, "show", "finnes_ikke").exception, DataMissing)
    assert isinstance(run(files, "check", "finnes_ikke").exception, DataMissing)
