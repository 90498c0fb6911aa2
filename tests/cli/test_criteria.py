"""`fotfeste criteria` and the data commands of the yearly routine, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fotfeste.cli.criteria import criteria
from fotfeste.cli.data import data
from fotfeste.errors import DataMissing, InputError, OutputError
from fotfeste.settings import LocaleName, Settings
from fotfeste.settlement.criteria_file import read_criteria


def run(folder: Path, *arguments: str, locale: LocaleName = "nb") -> Result:
    return CliRunner().invoke(criteria, list(arguments), obj=Settings(folder / "data", locale))


def new(folder: Path, *more: str, start: str = "standard-2027") -> Result:
    out = str(folder / "kriterier-2028.toml")
    return run(folder, "new", "--from", start, "--year", "2028", "--out", out, "--dated", "2027-10-20", *more)


def test_the_list_names_what_is_shipped_and_that_the_national_texts_are_not_whole(tmp_path: Path) -> None:
    shown = run(tmp_path, "list").output
    assert "standard-2027" in shown
    assert "ufullstendig" in shown
    content = json.loads(run(tmp_path, "list", "--json").output)
    assert {one["id"] for one in content["national"]} >= {"national-2026", "national-2018"}


def test_a_new_year_gives_two_files_that_can_be_used_at_once(tmp_path: Path) -> None:
    done = new(tmp_path)
    assert done.exit_code == 0
    read = read_criteria(tmp_path / "kriterier-2028.toml")
    assert read.national is not None
    assert (read.year, read.national.year, read.national.complete) == (2028, 2028, False)
    assert read.criteria == read_criteria("standard-2027").criteria


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    new(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.glob("*.toml")}
    assert isinstance(new(tmp_path).exception, OutputError)
    (tmp_path / "kriterier-2028.toml").unlink()
    assert isinstance(new(tmp_path).exception, OutputError)
    assert not (tmp_path / "kriterier-2028.toml").exists()
    same = str(tmp_path / "kriterier-2028.toml")
    (tmp_path / "nasjonale-2028.toml").unlink()
    assert isinstance(new(tmp_path, "--national-out", same).exception, OutputError)
    assert list(tmp_path.glob("*.toml")) == []
    assert len(before) == 2


def test_the_national_file_may_lie_in_another_folder(tmp_path: Path) -> None:
    (tmp_path / "departementet").mkdir()
    assert new(tmp_path, "--national-out", str(tmp_path / "departementet" / "2028.toml")).exit_code == 0
    read = read_criteria(tmp_path / "kriterier-2028.toml")
    assert read.national is not None
    assert read.national.year == 2028


def test_the_year_after_is_begun_from_the_countys_own_file(tmp_path: Path) -> None:
    new(tmp_path)
    out = str(tmp_path / "kriterier-2029.toml")
    done = run(
        tmp_path, "new", "--from", str(tmp_path / "kriterier-2028.toml"), "--year", "2029", "--out", out
    )
    assert done.exit_code == 0
    read = read_criteria(out)
    assert (read.id, read.year) == ("standard-2029", 2029)
    assert read.national is not None
    assert read.national.title == "Nasjonale kriterier for 2029"


@pytest.mark.parametrize("year", ["20", "3000"])
def test_a_year_that_is_none_is_refused(tmp_path: Path, year: str) -> None:
    out = str(tmp_path / "k.toml")
    done = run(tmp_path, "new", "--from", "standard-2027", "--year", year, "--out", out)
    assert isinstance(done.exception, InputError)
    assert list(tmp_path.iterdir()) == []


def test_the_check_tells_what_must_be_written_and_what_is_unanswered(tmp_path: Path) -> None:
    new(tmp_path)
    shown = run(tmp_path, "check", str(tmp_path / "kriterier-2028.toml"), "--year", "2029").output
    assert "laget for 2028, ikke for 2029" in shown
    assert "ufullstendig" in shown
    assert "Fyll ut owner" in shown
    assert "Besvart med ord: secondary-moves" in shown


def test_figures_that_a_recommendation_cannot_do_without_stop_the_check(tmp_path: Path) -> None:
    new(tmp_path, start="equal-burden")
    file = tmp_path / "kriterier-2028.toml"
    file.write_text(file.read_text("utf-8").replace('"settled_5y"', '"ledige_boliger"'), "utf-8")
    done = run(tmp_path, "check", str(file), "--county", "Telemark")
    assert isinstance(done.exception, DataMissing)
    assert "ledige_boliger: finnes ikke i dataene" in done.output
    own = tmp_path / "tall.csv"
    codes = [
        str(code)
        for code in (
            4001,
            4003,
            4005,
            4010,
            4012,
            4014,
            4016,
            4018,
            4020,
            4022,
            4024,
            4026,
            4028,
            4030,
            4032,
            4034,
            4036,
        )
    ]
    own.write_text(
        "kode;indikator;verdi\n" + "".join(f"{code};ledige_boliger;3\n" for code in codes), "utf-8"
    )
    assert run(tmp_path, "check", str(file), "--county", "Telemark", "--data", str(own)).exit_code == 0


def test_a_wrong_file_is_told_field_by_field(tmp_path: Path) -> None:
    new(tmp_path)
    file = tmp_path / "kriterier-2028.toml"
    file.write_text(file.read_text("utf-8").replace("weight = 35", 'weight = "mye"'), "utf-8")
    done = run(tmp_path, "check", str(file))
    assert isinstance(done.exception, InputError)
    assert "criterion[1].weight" in str(done.exception)


def test_an_import_of_figures_that_nothing_reads_says_so(tmp_path: Path) -> None:
    (tmp_path / "nav.csv").write_text("Kommune;Antall\nSkien;4000\n", "utf-8")
    (tmp_path / "nav.toml").write_text(
        'schema = 1\n[columns]\nregion = "Kommune"\nyear = 2027\nvalue = "Antall"\n', "utf-8"
    )
    done = CliRunner().invoke(
        data,
        [
            "import",
            str(tmp_path / "nav.csv"),
            "--mapping",
            str(tmp_path / "nav.toml"),
            "--dataset",
            "reduced_work_capacity",
        ],
        obj=Settings(tmp_path / "data"),
    )
    assert done.exit_code == 0, done.exception
    assert "nye år endrer ingen anbefaling" in done.output
    assert "data remove reduced_work_capacity" in done.output
