"""`fotfeste regions` as a whole process would see it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from fotfeste.cli.regions import regions as command
from fotfeste.errors import InputError


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_counties_as_json_give_what_is_promised() -> None:
    found = json.loads(run("counties", "--json"))
    assert found["schema"] == 1
    telemark = next(one for one in found["counties"] if one["name"] == "Telemark")
    assert (telemark["class_5"], telemark["class_6"], telemark["municipalities"]) == (5, 4, 17)
    assert telemark["district_share"] == 9 / 17
    assert len(found["counties"]) == 15


def test_counties_of_an_older_year_have_no_classes() -> None:
    found = json.loads(run("counties", "--year", "2021", "--json"))["counties"]
    assert {one["name"]: one["municipalities"] for one in found}["Viken"] == 51
    assert "class_5" not in found[0]


def test_municipalities_as_csv_read_back() -> None:
    rows = list(csv.DictReader(io.StringIO(run("municipalities", "--county", "Telemark", "--csv"))))
    assert len(rows) == 17
    assert rows[1]["code"] == "4003"
    assert rows[1]["name"] == "Skien"
    assert rows[1]["centrality_class"] == "3"


def test_the_table_is_for_people() -> None:
    lines = run("counties").splitlines()
    assert lines[0].split()[:2] == ["Nr.", "Fylke"]
    assert "52,9" in next(line for line in lines if "Telemark" in line)


def test_changes_of_one_year() -> None:
    found = json.loads(run("changes", "--year", "2017", "--json"))["changes"]
    stokke = [one for one in found if one["from_name"] == "Stokke"]
    assert {one["to_name"] for one in stokke} == {"Tønsberg", "Sandefjord"}
    assert {one["kind"] for one in stokke} == {"split"}
    assert "delt" in run("changes", "--year", "2017")


def test_changes_in_a_county_between_years() -> None:
    found = json.loads(run("changes", "--from", "2019", "--to", "2020", "--county", "Agder", "--json"))[
        "changes"
    ]
    assert all(one["to_code"].startswith("42") for one in found)
    assert len(found) == 30


def test_no_changes_is_an_empty_table_with_its_header() -> None:
    assert json.loads(run("changes", "--year", "2016", "--json"))["changes"] == []
    assert run("changes", "--year", "2016", "--csv").strip().startswith("year,kind,from_code")


def test_similar_excludes_the_municipality_itself() -> None:
    found = json.loads(run("similar", "Skien", "--number", "3", "--json"))
    assert found["municipality"]["code"] == "4003"
    assert len(found["similar"]) == 3
    assert "4003" not in {one["code"] for one in found["similar"]}


def test_an_ambiguous_name_is_refused_and_the_county_helps() -> None:
    with pytest.raises(InputError):
        run("similar", "Herøy")
    assert (
        json.loads(run("similar", "Herøy", "--county", "Nordland", "--json"))["municipality"]["code"]
        == "1818"
    )


def test_year_and_period_exclude_each_other() -> None:
    result = CliRunner().invoke(command, ["changes", "--year", "2020", "--from", "2019"])
    assert result.exit_code == 2


@pytest.mark.parametrize("name", ["counties", "municipalities", "changes", "similar"])
def test_every_command_has_help_in_norwegian(name: str) -> None:
    assert "Vis " in run(name, "--help")


def test_the_package_is_light_to_import() -> None:
    code = "import sys, fotfeste.regions, fotfeste.cli.regions; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
