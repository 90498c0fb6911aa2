"""`fotfeste indicators`: list, search, what is missing and how it is fetched, and one explained with its figures."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from fotfeste.cli.indicators import indicators
from fotfeste.errors import DataMissing, InputError
from fotfeste.settings import LocaleName, Settings
from fotfeste.statistics import load_catalogue

Run = Callable[..., str]
OWN = """schema = 1
[[indicator]]
id = "working_per_old"
theme = "demografi"
name.nb = "Innbyggere i arbeidsfør alder per eldre"
definition.nb = "Innbyggere på 20–66 år per innbygger på 67 år og eldre."
unit.nb = "personer per eldre"
formula = "population_age_groups[group=20-66] ÷ population_age_groups[group=67+]"
kind = "index"
when = "january"
smallest_base = 50
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs the command in an empty data folder and gives what it prints."""

    def call(*arguments: str, locale: LocaleName = "nb") -> str:
        settings = replace(Settings.from_environment(), locale=locale, data_dir=tmp_path)
        done = CliRunner().invoke(indicators, arguments, obj=settings, standalone_mode=False)
        if done.exception is not None:
            raise done.exception
        return done.output

    return call


def as_data(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    assert found["schema"] == 1
    return found


def test_all_indicators_are_listed_with_theme_and_table(run: Run) -> None:
    found = as_data(run)["indicators"]
    assert [one["id"] for one in found] == [one.id for one in load_catalogue()]
    first = found[0]
    assert (first["id"], first["theme_name"], first["tables"]) == ("population", "Demografi", ["ssb_07459"])
    rows = list(csv.reader(io.StringIO(run("--csv"))))
    assert len(rows) == 1 + len(found)
    assert "Folketall" in run()


def test_everyday_words_find_refugees_in_every_language(run: Run) -> None:
    for asked in ("hvor mange flyktninger", "kor mange flyktningar", "how many refugees"):
        assert as_data(run, "--search", asked)["indicators"][0]["id"] == "refugees"
    assert "Flyktningar og familien deira" in run("--search", "flyktninger", locale="nn")
    assert "Ingen indikatorer passer" in run("--search", "xyzzy")
    assert as_data(run, "--search", "xyzzy")["indicators"] == []


def test_a_theme_is_chosen_by_id_name_or_former_id(run: Run) -> None:
    kept = [one["id"] for one in as_data(run, "--theme", "sysselsetting")["indicators"]]
    assert "unemployment_share_2022" in kept
    assert kept == [one["id"] for one in as_data(run, "--theme", "arbeid")["indicators"]]
    assert kept == [one["id"] for one in as_data(run, "--theme", "Employment")["indicators"]]
    with pytest.raises(InputError, match="oppvekst"):
        run("--theme", "været")


def test_what_is_missing_is_told_with_the_command_that_fetches_it(run: Run) -> None:
    found = as_data(run, "--missing")["indicators"]
    assert {one["id"] for one in found} == {one.id for one in load_catalogue() if one.written}
    turnout = next(one for one in found if one["id"] == "turnout_share")
    assert turnout["command"] == "fotfeste data update ssb_08243"
    assert "ssb_08243" in turnout["reason"]
    assert not turnout["filled"]
    unconfirmed = next(one for one in found if one["id"] == "crowded_share")
    assert "ikke bekreftet" in unconfirmed["reason"]


def test_one_is_explained_with_formula_period_limits_and_sources(run: Run) -> None:
    text = run("settled_per_1000_3y")
    for said in (
        "Formel: 1000 · bosatte, 3 år / folketall nå",
        "Periode: 2023–2025",
        "grunnlag under 100",
        "IMDi",
        "Telemark",
    ):
        assert said in text
    assert "Sier ikke:" in text


def test_figures_of_every_place_are_those_that_may_be_shown(run: Run) -> None:
    found = as_data(run, "settled_1y")
    figures = {one["code"]: one for one in found["figures"]}
    assert len(figures) == 357 + 15 + 1
    assert figures["4001"]["value"] == 62
    kviteseid = figures["4028"]
    assert (kviteseid["value"], kviteseid["mark"], kviteseid["low"], kviteseid["high"]) == (None, ":", 1, 4)
    assert figures["40"]["value"] is None
    assert found["sources"]


def test_a_place_is_shown_beside_its_county_and_the_country(run: Run) -> None:
    assert [one["code"] for one in as_data(run, "median_age", "--place", "Skien")["figures"]] == [
        "4003",
        "40",
        "0",
    ]
    inside = as_data(run, "median_age", "--place", "Telemark")["figures"]
    assert len(inside) == 17 + 2
    assert "1–4" in run("settled_1y", "--place", "Kviteseid")
    with pytest.raises(InputError, match="Skien"):
        run("median_age", "--place", "Sjien")
    with pytest.raises(click.UsageError):
        run("--place", "Skien")


def test_a_missing_one_is_explained_without_figures(run: Run) -> None:
    text = run("turnout_share")
    assert "fotfeste data update" in " ".join(text.split())
    assert "Sted" not in text
    assert {one["mark"] for one in as_data(run, "turnout_share")["figures"]} == {"."}


def test_an_unknown_one_is_refused_with_the_nearest(run: Run) -> None:
    with pytest.raises(DataMissing, match="median_age"):
        run("median_ages")


def test_an_own_indicator_is_tried_from_its_file_and_lives_in_the_data_folder(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "egne.toml"
    path.write_text(OWN, encoding="utf-8")
    with pytest.raises(DataMissing):
        run("working_per_old")
    country = as_data(run, "working_per_old", "--place", "0301", "--catalogue", str(path))
    assert (country["period"], len(country["figures"])) == ("1.1.2026", 3)
    (tmp_path / "indicators").mkdir()
    path.rename(tmp_path / "indicators" / "egne.toml")
    assert as_data(run, "working_per_old", "--place", "0301")["figures"] == country["figures"]
    assert "working_per_old" in [one["id"] for one in as_data(run, "--search", "arbeidsfør")["indicators"]]
    assert "÷" in run("working_per_old")
