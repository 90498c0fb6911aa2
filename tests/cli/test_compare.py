"""`fotfeste compare` on the embedded data: on screen, as data, as files."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

TELEMARK = ("compare", "--county", "Telemark", "--year", 2027, "--total", 545)
Run = Callable[..., Any]


def test_the_screen_shows_alternatives_distances_weights_and_rules(run: Run) -> None:
    ran = run(*TELEMARK)
    assert (ran.code, ran.err) == (0, "")
    for said in (
        "A  Anbefalingen (Standard for",
        "Fortsatt som før",
        "Flyttes fra A",
        "Alle plasserer",
        "Vekten i kriteriefilen",
        "Hva hver regel flytter",
    ):
        assert said in ran.out
    assert max(map(len, ran.out.splitlines())) <= 120


def test_the_data_hold_the_same_and_add_up(run: Run) -> None:
    ran = run(*TELEMARK, "--json")
    found = json.loads(ran.out)
    assert found["schema"] == 1
    comparison = found["comparison"]
    alternatives = {one["id"]: one for one in comparison["alternatives"]}
    assert next(iter(alternatives)) == "chosen"
    assert {"without-rules", "method", "past", "equal-burden"} <= set(alternatives)
    for name in alternatives:
        assert sum(one["numbers"][name] for one in comparison["municipalities"]) == 545
    assert comparison["agreed"] == sum(one["low"] for one in comparison["municipalities"])
    apart = {(one["from"], one["to"]): one["persons"] for one in comparison["distances"]}
    assert apart["chosen", "equal-burden"] == alternatives["equal-burden"]["moved"]
    assert sum(one["nominal"] for one in found["weights"]["criteria"]) == 1
    for cost in found["rule_costs"]:
        assert sum(cost["changes"].values()) == 0


def test_named_alternatives_take_the_place_of_the_shipped(run: Run) -> None:
    found = json.loads(
        run(*TELEMARK, "--alternative", "capacity", "--alternative", "continuity", "--json").out
    )
    names = [one["id"] for one in found["comparison"]["alternatives"]]
    assert names == ["chosen", "capacity", "continuity", "without-rules", "method", "past"]


def test_the_chosen_criteria_are_not_set_beside_themselves(run: Run) -> None:
    found = json.loads(run(*TELEMARK, "--criteria", "capacity", "--json").out)
    names = [one["id"] for one in found["comparison"]["alternatives"]]
    assert "capacity" not in names
    assert "standard-2027" in names


def test_the_tables_are_written_as_a_workbook_and_as_csv(run: Run, tmp_path: Path) -> None:
    for folder in ("en", "to"):
        ran = run(
            *TELEMARK, "--alternative", "capacity", "--out", tmp_path / folder, "--issued", "2026-11-21"
        )
        assert ran.code == 0
        assert str(tmp_path / folder) in ran.out
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("en", "to")
    )
    assert set(one) == {"alternativer.csv", "alternativer.xlsx"}
    assert one == other
    rows = list(csv.DictReader(io.StringIO(one["alternativer.csv"].decode())))
    assert sum(int(row["persons"]) for row in rows if row["alternative"] == "capacity") == 545
    assert zipfile.is_zipfile(tmp_path / "en" / "alternativer.xlsx")


def test_a_county_of_one_municipality_is_said_to_have_nothing_to_compare(run: Run, tmp_path: Path) -> None:
    ran = run("compare", "--county", "Oslo", "--year", 2027, "--total", 500, "--out", tmp_path / "ut")
    assert ran.code == 0
    assert "bare én kommune" in ran.out
    assert not (tmp_path / "ut").exists()


def test_an_unknown_alternative_is_refused_by_name(run: Run) -> None:
    ran = run(*TELEMARK, "--alternative", "finnes-ikke")
    assert ran.code == 3
    assert "finnes-ikke" in ran.err
    assert ran.out == ""


def test_alternatives_and_a_bundle_to_revise_do_not_go_together(run: Run, tmp_path: Path) -> None:
    ran = run("compare", "--revises", tmp_path / "x.json", "--total", 500, "--alternative", "capacity")
    assert ran.code == 2
    assert "--alternative" in ran.err


def test_a_recommendation_with_a_bundle_holds_what_it_is_compared_with(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "telemark.json"
    arguments = ("--county", "Telemark", "--year", 2027, "--total", 545, "--alternative", "capacity")
    assert run("recommend", *arguments, "--bundle", path).code == 0
    held = json.loads(path.read_text("utf-8"))
    assert [one["id"] for one in held["beside"]] == ["capacity"]
    assert len(held["past"]) == 17
