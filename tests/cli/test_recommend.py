"""`fotfeste recommend` on the embedded data: every county, as table, as data, as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
from tests.daily import every_nth

from fotfeste.regions import load_regions
from fotfeste.statistics import open_store

ROOT = Path(__file__).resolve().parents[2]
TELEMARK = ("recommend", "--county", "Telemark", "--year", 2027, "--total", 545)
SCHEMA = json.loads((ROOT / "docs" / "reference" / "recommendation.schema.json").read_text("utf-8"))

Run = Callable[..., Any]


def exact(text: str) -> Any:
    """JSON with numbers as the decimals they are written as."""
    return json.loads(text, parse_float=Decimal)


def added_up(explanation: Any) -> Decimal:
    """All parts of an explanation in persons."""
    parts = [
        *(one["persons"] for one in explanation["contributions"]),
        explanation["rounding"],
        *(one["persons"] for one in explanation["rules"]),
        explanation["interaction"],
        explanation["minors"],
    ]
    return sum((Decimal(part) for part in parts), Decimal(0))


def county_totals() -> list[tuple[str, int]]:
    frame = (
        open_store()
        .frame("settlement_counties")
        .filter(
            (pl.col("measure") == "requested")
            & (pl.col("year") == 2026)
            & (pl.col("code").str.len_chars() == 2)
        )
    )
    counties = {one.code for one in load_regions().counties(2027)}
    return [(code, total) for code, total in frame.select("code", "value").iter_rows() if code in counties]


def test_the_totals_of_all_counties_are_in_the_data() -> None:
    totals = county_totals()
    assert len(totals) == 15
    assert sum(total for _, total in totals) == 13_000


@pytest.mark.parametrize(("county", "total"), every_nth(15, county_totals()))
def test_every_county_runs_with_its_total_of_2026_with_half_and_with_double(
    run: Run, county: str, total: int
) -> None:
    for persons in (total, total // 2, 2 * total):
        ran = run("recommend", "--county", county, "--year", 2027, "--total", persons, "--json")
        assert ran.code == 0, ran.err
        answer = exact(ran.out)
        assert sum(one["recommended"] for one in answer["municipalities"]) == persons
        for one in answer["municipalities"]:
            assert one["recommended"] == 0 or one["recommended"] >= 10
            assert added_up(one["explanation"]) == one["recommended"]


def test_json_follows_its_schema_and_is_the_same_every_time(run: Run) -> None:
    first, second = run(*TELEMARK, "--json"), run(*TELEMARK, "--json")
    assert first.out == second.out
    answer = json.loads(first.out)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(answer)
    assert list(answer)[:4] == ["schema", "request", "criteria", "municipalities"]
    assert answer["schema"] == 1
    assert [one["name"] for one in answer["municipalities"]][:2] == ["Porsgrunn", "Skien"]


def test_the_schema_refuses_what_is_not_a_recommendation(run: Run) -> None:
    answer = json.loads(run(*TELEMARK, "--json").out)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for spoil in (
        lambda data: data.pop("municipalities"),
        lambda data: data.update(schema=2),
        lambda data: data["municipalities"][0].update(recommended=-1),
        lambda data: data["municipalities"][0]["explanation"].pop("rounding"),
        lambda data: data["municipalities"][0]["facts"]["population"].update(mark="x"),
        lambda data: data["sources"][0].pop("table"),
        lambda data: data.update(surprise=1),
    ):
        changed = json.loads(json.dumps(answer))
        spoil(changed)
        assert not validator.is_valid(changed)


def test_hidden_and_missing_figures_stay_what_they_are_in_json(run: Run) -> None:
    answer = json.loads(run(*TELEMARK, "--json").out)
    figures = [
        year[measure]
        for one in answer["municipalities"]
        for year in one["facts"]["history"]
        for measure in ("requested", "decided", "settled")
    ]
    assert {figure["mark"] for figure in figures} >= {"", ":", "-"}
    for figure in figures:
        assert (figure["value"] is None) == (figure["mark"] != "")
        if figure["mark"] == ":":
            assert (figure["low"], figure["high"]) == (1, 4)


def test_the_table_has_every_municipality_and_a_sum_that_holds(run: Run) -> None:
    ran = run(*TELEMARK)
    assert ran.code == 0
    assert ran.err == ""
    lines = ran.out.splitlines()
    assert lines[0].startswith("Telemark anbefales å bosette 545 personer i 2027")
    rows = {line.split("  ")[0]: line.split() for line in lines[4:] if line and line[0].isupper()}
    numbers = {one.name: int(rows[one.name][-8 + 1]) for one in load_regions().municipalities(2027, "40")}
    assert sum(numbers.values()) == 545
    assert rows["Sum"][1] == "545"
    assert max(len(line) for line in lines) <= 96


def test_without_out_no_files_are_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run(*TELEMARK)
    run(*TELEMARK, "--json")
    assert list(tmp_path.iterdir()) == []


def test_the_method_can_be_chosen_and_is_told(run: Run) -> None:
    answers = {
        method: json.loads(run(*TELEMARK, "--json", "--method", method).out)
        for method in ("hamilton", "sainte-lague")
    }
    assert {name: one["criteria"]["method"] for name, one in answers.items()} == {
        "hamilton": "hamilton",
        "sainte-lague": "sainte-lague",
    }


@pytest.mark.parametrize(
    "name", every_nth(3, ["capacity", "continuity", "danish-rule", "district-growth", "equal-burden"])
)
def test_the_shipped_principles_give_different_answers(run: Run, name: str) -> None:
    ran = run(*TELEMARK, "--criteria", name, "--json")
    assert ran.code == 0, ran.err
    other = json.loads(ran.out)
    numbers = [one["recommended"] for one in other["municipalities"]]
    assert sum(numbers) == 545
    assert numbers != [
        one["recommended"] for one in json.loads(run(*TELEMARK, "--json").out)["municipalities"]
    ]


def test_the_library_and_the_command_give_the_same(run: Run) -> None:
    from fotfeste.messages import language
    from fotfeste.settlement import recommend
    from fotfeste.settlement.as_data import recommendation_as_data

    data = recommendation_as_data(recommend("Telemark", 2027, 545), language("nb"))
    assert json.loads(run(*TELEMARK, "--json").out) == data


def test_documents_need_a_place_to_be_written(run: Run) -> None:
    ran = run(*TELEMARK, "--template", "mal.docx")
    assert ran.code == 2
    assert "--out" in ran.err


def test_documents_are_written_with_progress_and_the_command_says_where(run: Run, tmp_path: Path) -> None:
    oslo = ("recommend", "--county", "Oslo", "--year", 2027, "--total", 900)
    ran = run(*oslo, "--out", tmp_path / "ut", "--issued", "2026-11-21", "--verbose")
    assert ran.code == 0, ran.err
    files = {path for path in (tmp_path / "ut").rglob("*") if path.is_file()}
    assert {path.suffix for path in files} == {".html", ".pdf", ".docx", ".xlsx"}
    assert f"{len(files)} dokumenter ligger i {tmp_path / 'ut'}" in ran.out
    assert f"[{len(files)}/{len(files)}]" in ran.err
    again = run(*oslo, "--out", tmp_path / "igjen", "--issued", date(2026, 11, 21))
    assert again.err == "", "progress is for terminals and --verbose"
    for path in files:
        other = tmp_path / "igjen" / path.relative_to(tmp_path / "ut")
        assert other.read_bytes() == path.read_bytes(), path.name


def test_documents_may_come_with_json_without_mixing_the_two(run: Run, tmp_path: Path) -> None:
    oslo = ("recommend", "--county", "Oslo", "--year", 2027, "--total", 900)
    ran = run(*oslo, "--out", tmp_path / "ut", "--json")
    assert json.loads(ran.out)["request"]["total"] == 900
    assert "dokumenter ligger i" in ran.err


def test_neither_data_nor_bundle_tell_in_which_folder_the_criteria_lay(run: Run, tmp_path: Path) -> None:
    shipped = (ROOT / "src/fotfeste/settlement/criteria_files/district-growth.toml").read_bytes()
    made = []
    for name in ("oppdiktet.navnesen", "annen.mappe"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "våre.toml").write_bytes(shipped)
        bundle = tmp_path / f"{name}.json"
        done = run(
            *TELEMARK,
            "--criteria",
            folder / "våre.toml",
            "--json",
            "--bundle",
            bundle,
            "--issued",
            "2026-11-21",
        )
        assert done.code == 0, done.err
        assert exact(done.out)["criteria"]["origin"] == "våre.toml"
        assert name not in done.out
        assert name not in bundle.read_text("utf-8")
        made.append(bundle.read_bytes())
    assert made[0] == made[1]
