"""`fotfeste data update`: what a person sees, and what is kept. Sources are a folder or a server on loopback; figures are made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.cli.conftest import Ran
from tests.statistics.clients.speaking import Agencies, SourceTable, speaking
from tests.statistics.updating.answers import json_stat

from fotfeste.statistics import open_store

Run = Callable[..., Ran]

OWN = """schema = 1
dated = 2026-11-21
agency = "Statistisk sentralbyrå"
licence = "CC BY 4.0"
[[table]]
id = "made_up"
api = "pxweb2"
table = "99001"
base = "{base}"
title = {{ nb = "Oppdiktede personer", nn = "Oppdikta personar", en = "Made-up people" }}
feeds = "made_up_people"
level = "municipality"
unit = "persons"
confirmed = {{ by = "fixture", what = "En oppdiktet tabell til prøver." }}
[table.columns]
region = "Region"
dimensions = {{ sex = "Kjonn" }}
codes.sex = {{ 1 = "male", 2 = "female" }}
"""


NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))
EARLY = NOON.replace(hour=6, minute=30)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fotfeste.cli.data_update.now", lambda: moment)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at(NOON, monkeypatch)
    monkeypatch.setenv("FOTFESTE_DATA_DIR", str(tmp_path / "data"))
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def agencies(folder: Path) -> Iterator[Agencies]:
    with speaking() as running:
        running.tables["99001"] = SourceTable(
            "99001", {"Region": ["0", "4001", "4003"], "Kjonn": ["1", "2"], "Tid": ["2024", "2025"]}
        )
        (folder / "own.toml").write_text(OWN.format(base=f"{running.root}/v2"), "utf-8")
        yield running


def dwellings(folder: Path, changed: float = 900, years: tuple[str, ...] = ("2024", "2025")) -> Path:
    answers = folder / "answers"
    answers.mkdir(exist_ok=True)
    dimensions = {
        "Region": ["4028", "4026"],
        "BygnType": ["01"],
        "ContentsCode": ["Boliger"],
        "Tid": list(years),
    }
    cells: dict[tuple[str, ...], float | str] = {
        (code, "01", "Boliger", year): 1000.0 for code in ("4028", "4026") for year in years
    }
    cells["4028", "01", "Boliger", "2024"] = changed
    (answers / "ssb_06265.json").write_text(json.dumps(json_stat(dimensions, cells)), "utf-8")
    return answers


def test_a_first_update_says_what_came_and_how_it_is_undone(run: Run, folder: Path) -> None:
    ran = run("data", "update", "ssb_06265", "--from", dwellings(folder))
    assert ran.code == 0
    assert "4 tall fra ssb_06265.json." in ran.out
    assert "Sist oppdatert av kilden 20. november 2026." in ran.out
    assert "2 nye perioder: 2024, 2025." in ran.out
    version = json.loads((folder / "data" / "dwellings" / "manifest.json").read_text("utf-8"))["versions"][0][
        "version"
    ]
    assert f"Angre: fotfeste data remove dwellings --version {version}" in ran.out
    assert run("data", "check", "dwellings").code == 0
    assert run("data", "remove", "dwellings", "--version", version).code == 0
    assert not (folder / "data" / "dwellings").exists()


def test_a_dry_run_shows_the_same_and_keeps_nothing(run: Run, folder: Path) -> None:
    ran = run("data", "update", "--dry-run", "--from", dwellings(folder))
    assert ran.code == 0
    assert "2 nye perioder: 2024, 2025." in ran.out
    assert "Ingenting er lagret." in ran.out
    assert not (folder / "data").exists()


def test_a_revised_figure_is_shown_before_and_now_and_the_old_version_is_there(
    run: Run, folder: Path
) -> None:
    run("data", "update", "ssb_06265", "--from", dwellings(folder))
    ran = run("data", "update", "ssb_06265", "--from", dwellings(folder, 898, ("2024", "2025", "2026")))
    assert "Ny periode: 2026." in ran.out
    assert "1 tall er rettet av kilden." in ran.out
    assert "4028, 2024, 01: 900 er nå 898" in ran.out
    assert "3 tall er som før." in ran.out
    listed = json.loads(run("data", "list", "--versions", "--json").out)["datasets"]
    assert len([one for one in listed if one["id"] == "dwellings"]) == 2
    again = run("data", "update", "ssb_06265", "--from", folder / "answers")
    assert "Ingen tall er endret, og ingen ny versjon er lagret." in again.out


def test_a_source_is_asked_over_the_net_and_what_it_gave_stands_with_the_version(
    run: Run, folder: Path, agencies: Agencies
) -> None:
    ran = run("data", "update", "made_up", "--tables", folder / "own.toml")
    assert ran.code == 0, ran.err
    assert "12 tall fra http://127.0.0.1" in ran.out
    record = next((folder / "data" / "made_up_people").glob("*.fetched.json"))
    assert json.loads(record.read_text("utf-8"))["number"] == "99001"
    assert "Oppdiktede personer" in run("data", "show", "made_up_people").out


def test_a_table_that_fails_does_not_stop_the_others_and_the_end_tells(
    run: Run, folder: Path, agencies: Agencies
) -> None:
    text = (folder / "own.toml").read_text("utf-8")
    second = text.partition("[[table]]")[2].replace('"made_up"', '"vanished"').replace('"99001"', '"99002"')
    (folder / "own.toml").write_text(f"{text}\n[[table]]{second}", "utf-8")
    ran = run("data", "update", "vanished", "made_up", "--tables", folder / "own.toml")
    assert ran.code == 9
    assert "Lagret: made_up_people" in ran.out
    assert "1 tabell ble ikke hentet." in ran.err


def test_a_table_that_is_to_be_confirmed_is_not_fetched_and_says_what_it_should_hold(run: Run) -> None:
    ran = run("data", "update", "ssb_crowding")
    assert ran.code == 3
    assert "ikke bekreftet" in ran.err
    assert "bor trangt" in ran.err


def test_a_wrong_name_is_answered_with_those_that_are_near(run: Run) -> None:
    ran = run("data", "update", "06265")
    assert (ran.code, "ssb_06265" in ran.err) == (3, True)


def test_the_list_says_of_every_table_what_its_number_rests_on(run: Run) -> None:
    tables = json.loads(run("data", "update", "--list", "--json").out)["tables"]
    assert len(tables) > 60
    assert all(
        bool(one["table"]) == (one["confirmed_by"] != "to_be_confirmed") for one in tables if one["feeds"]
    )
    one = run("data", "update", "--list", "ssb_neet").out
    assert "må bekreftes" in one
    assert "fotfeste data update ssb_neet" in one


def test_a_division_is_held_up_against_ours_and_never_stored(
    run: Run, folder: Path, agencies: Agencies
) -> None:
    from fotfeste.regions import load_regions

    codes = [
        {"code": one.code, "name": one.official_name, "from": "2024-01-01", "to": None}
        for one in load_regions().municipalities(2026)
        if one.code != "4028"
    ]
    agencies.klass["131"] = {
        "codes": [*codes, {"code": "4099", "name": "Ny", "from": "2026-01-01", "to": None}]
    }
    table = (
        OWN.format(base=f"{agencies.root}/klass").replace('"pxweb2"', '"klass"').replace('"99001"', '"131"')
    )
    (folder / "own.toml").write_text(table, "utf-8")
    ran = run("data", "update", "made_up", "--tables", folder / "own.toml")
    assert ran.code == 0, ran.err
    assert "Ny hos SSB: 4099 Ny." in ran.out
    assert "Finnes ikke lenger hos SSB: 4028 Kviteseid." in ran.out
    assert not (folder / "data" / "made_up_people").exists()


def test_a_countys_own_file_is_read_by_its_own_description_and_renewed_like_the_others(
    run: Run, folder: Path
) -> None:
    (folder / "own.toml").write_text(
        OWN.format(base="")
        .replace('"pxweb2"', '"own_file"')
        .replace('"99001"', '"Egen telling"')
        .partition("[table.c")[0]
        + 'layout = "telling.toml"\n',
        "utf-8",
    )
    files = folder / "files"
    files.mkdir()
    (files / "telling.toml").write_text(
        'schema = 1\n[columns]\nregion = "Kommune"\nyear = "År"\nvalue = "Antall"\n', "utf-8"
    )
    (files / "made_up.csv").write_text("Kommune;År;Antall\nSkien;2026;12\nTinn;2026;.\n", "utf-8")
    arguments = ("data", "update", "--tables", folder / "own.toml", "--from", files)
    assert "Ny periode: 2026." in run(*arguments).out
    (files / "made_up.csv").write_text("Kommune;År;Antall\nSkien;2026;14\nTinn;2026;3\n", "utf-8")
    second = run(*arguments)
    assert "4003, 2026: 12 er nå 14" in second.out
    assert "1 tall hadde merket «mangler» og har nå «tall»." in second.out


def test_what_is_fetched_before_eight_is_told_and_not_stored(
    run: Run, folder: Path, agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(EARLY, monkeypatch)
    asked = ("data", "update", "made_up", "--tables", folder / "own.toml")
    ran = run(*asked)
    assert ran.code != 0
    assert "kan tall som skal rettes, stå som 0" in ran.err
    assert "--unsettled" in ran.err
    assert not (folder / "data" / "made_up_people").exists()
    seen = run(*asked, "--dry-run")
    assert seen.code == 0
    assert "stå som 0" in " ".join(seen.out.split())
    kept = run(*asked, "--unsettled")
    assert kept.code == 0
    assert "stå som 0" in " ".join(kept.out.split())
    assert (folder / "data" / "made_up_people").exists()


def test_an_answer_that_comes_after_five_though_it_was_asked_for_before_is_not_stored(
    run: Run, folder: Path, agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([EARLY.replace(hour=4, minute=59)] * 3)
    monkeypatch.setattr("fotfeste.cli.data_update.now", lambda: next(times, EARLY))
    ran = run("data", "update", "made_up", "--tables", folder / "own.toml")
    assert ran.code != 0
    assert "stå som 0" in ran.err
    assert not (folder / "data" / "made_up_people").exists()


def test_a_second_update_in_the_same_folder_is_told_that_one_is_under_way(run: Run, folder: Path) -> None:
    from fotfeste.statistics.updating.alone import alone_in

    asked = ("data", "update", "ssb_06265", "--from", dwellings(folder))
    with alone_in(folder / "data"):
        ran = run(*asked)
        assert ran.code != 0
        assert "endres av noen andre akkurat nå" in ran.err
        assert not (folder / "data" / "dwellings").exists()
        assert run(*asked, "--dry-run").code == 0
    assert run(*asked).code == 0


def test_an_import_and_a_removal_wait_for_nobody_and_touch_nothing_while_others_change_the_figures(
    run: Run, folder: Path
) -> None:
    from fotfeste.statistics.updating.alone import alone_in

    assert run("data", "update", "ssb_06265", "--from", dwellings(folder)).code == 0
    version = open_store(folder / "data").dataset("dwellings").version
    (folder / "own.csv").write_text("Kommune;Antall\n4028;12\n", encoding="utf-8")
    (folder / "mapping.toml").write_text(OWN_FILE, encoding="utf-8")
    removal = ("data", "remove", "dwellings", "--version", version)
    adding = ("data", "import", folder / "own.csv", "--mapping", folder / "mapping.toml")
    with alone_in(folder / "data"):
        for asked in (removal, adding):
            ran = run(*asked)
            assert ran.code != 0
            assert "endres av noen andre akkurat nå" in ran.err
        assert open_store(folder / "data").dataset("dwellings").version == version
        assert "own_dwellings" not in open_store(folder / "data").versions
    assert run(*adding).code == 0
    assert run(*removal).code == 0


OWN_FILE = """
schema = 1
[dataset]
id = "own_dwellings"
title.nb = "Oppdiktede boliger"
agency = "Eksempel fylkeskommune"
table = "Egen telling"
licence = "NLOD 2.0"
period = "2026"
unit = "dwellings"
retrieved = 2026-11-20
[columns]
region = "Kommune"
year = 2026
value = "Antall"
[regions]
year = 2024
"""
