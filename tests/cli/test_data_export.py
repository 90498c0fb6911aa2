"""`fotfeste data export`: the same files that the open service gives out, in a folder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from tests.daily import LONG_RUN, every_nth

from fotfeste.cli.data_export import export
from fotfeste.errors import DataMissing, InputError
from fotfeste.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs the command in an empty data folder."""

    def answered(*arguments: str) -> Result:
        settings = Settings(data_dir=tmp_path / "data")
        return CliRunner().invoke(export, [*arguments, "--out", str(tmp_path / "ut")], obj=settings)

    return answered


def test_a_data_set_and_an_indicator_come_in_every_format(run: Run, tmp_path: Path) -> None:
    formats = [part for one in ("csv", "json", "xlsx", "parquet") for part in ("--format", one)]
    answer = run("settled_2023", "--indicator", "immigrant_share", *formats)
    assert answer.exit_code == 0, answer.output
    found = sorted(path.relative_to(tmp_path / "ut") for path in (tmp_path / "ut").rglob("*.*"))
    assert {str(one.parent) for one in found} == {"datasett", "indikatorer"}
    assert sorted(one.suffix for one in found if one.parent.name == "datasett") == [
        ".csv",
        ".json",
        ".json",
        ".parquet",
        ".xlsx",
    ]
    (told,) = (tmp_path / "ut" / "datasett").glob("*.csv-metadata.json")
    assert (told.parent / json.loads(told.read_text("utf-8"))["url"]).is_file()


def test_small_counts_are_hidden_in_what_is_written(run: Run, tmp_path: Path) -> None:
    run("settled_2023")
    (path,) = (tmp_path / "ut" / "datasett").glob("*.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert not {row["value"] for row in rows} & {"1", "2", "3", "4"}
    assert "suppressed" in {row["mark"] for row in rows}


@LONG_RUN
def test_from_year_to_year(run: Run, tmp_path: Path) -> None:
    run("--indicator", "population", "--years", "--format", "parquet")
    (path,) = (tmp_path / "ut" / "indikatorer").glob("population-years_*.parquet")
    frame = pl.read_parquet(path)
    country = frame.filter((pl.col("code") == "0") & (pl.col("year") == 2026))
    assert country["value"].to_list() == [5_627_400]


@LONG_RUN
def test_a_table_that_is_too_large_for_a_sheet_is_told_and_the_rest_is_written(
    run: Run, tmp_path: Path
) -> None:
    answer = run("population", "travel_time", "--format", "xlsx")
    assert answer.exit_code == 0
    assert "for mange rader" in answer.stderr
    assert [path.name.split("_innebygd")[0] for path in (tmp_path / "ut").rglob("*.xlsx")] == ["travel_time"]


@pytest.mark.parametrize(
    ("arguments", "kind"),
    every_nth(
        3,
        [
            (("finnes_ikke",), DataMissing),
            (("--indicator", "finnes_ikke"), InputError),
            (("--indicator", "median_age", "--years"), DataMissing),
        ],
    ),
)
def test_what_is_not_there_is_refused_before_anything_is_written(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], kind: type[Exception]
) -> None:
    answer = run(*arguments)
    assert isinstance(answer.exception, kind)
    assert not list(tmp_path.rglob("*.csv"))
