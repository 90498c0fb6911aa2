"""The yearly routine as a new adviser would follow it: the guide's own commands and texts, in order, on made-up files."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.daily import LONG_RUN
from tests.guide.made_up import write_next_year

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide" / "arsrutine.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


pytestmark = LONG_RUN
"""The whole year is run once for all of them; a day runs the commands of the README and of every third page."""


@dataclass(frozen=True)
class Done:
    command: str
    code: int
    printed: str


def blocks() -> list[tuple[str, str]]:
    return FENCE.findall(GUIDE.read_text("utf-8"))


def run(command: str, folder: Path) -> Done:
    words = shlex.split(command)
    assert words[0] == "fotfeste", command
    done = subprocess.run(
        [str(Path(sys.executable).parent / "fotfeste"), *words[1:]],
        cwd=folder,
        env={**os.environ, "FOTFESTE_DATA_DIR": str(folder / "data"), "FOTFESTE_LANGUAGE": "nb"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(command, done.returncode, (done.stdout + done.stderr).replace("\u00a0", " "))


def edit(text: str, folder: Path) -> None:
    """Do to a file what a toml block of the guide says: be it, take the place of lines, or stand under a heading."""
    first, _, content = text.partition("\n")
    match = re.fullmatch(r"# (?P<file>[\w.-]+)(?:: (?P<how>.+))?", first)
    assert match, first
    file = folder / match["file"]
    lines = file.read_text("utf-8").splitlines()
    match match["how"]:
        case None:
            file.write_text(content, "utf-8")
            return
        case "bytt ut":
            for line in content.splitlines():
                key = f"{line.partition(' = ')[0]} = "
                place = next(number for number, old in enumerate(lines) if old.startswith(key))
                lines[place] = line
        case how:
            assert how.startswith("legg til under [")
            place = lines.index(how.removeprefix("legg til under "))
            lines[place + 1 : place + 1] = content.splitlines()
    file.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Done]]:
    """The folder after the whole routine, and what every command printed; stops where guide and program differ."""
    folder = tmp_path_factory.mktemp("fylket")
    write_next_year(folder)
    done: list[Done] = []
    checker = doctest.OutputChecker()
    for kind, text in blocks():
        if kind == "sh":
            for command in text.strip().splitlines():
                done.append(run(command, folder))
                assert done[-1].code == 0, f"$ {command}\n{done[-1].printed}"
        elif kind == "toml":
            edit(text, folder)
        else:
            assert kind == "text"
            shown = checker.check_output(text, done[-1].printed, FLAGS)
            assert shown, f"$ {done[-1].command}\nthe guide shows:\n{text}\nprinted:\n{done[-1].printed}"
    return folder, done


def printed(done: list[Done], beginning: str) -> str:
    return next(one.printed for one in reversed(done) if one.command.startswith(f"fotfeste {beginning}"))


def test_the_guide_and_the_program_agree_from_the_first_command_to_the_last(
    year: tuple[Path, list[Done]],
) -> None:
    commands = [one.command for one in year[1]]
    steps = (
        "data import bosetting",
        "data import folketall",
        "data remove",
        "criteria new",
        "criteria check",
    )
    assert [
        step for step in (*steps, "recommend", "verify", "data check") if not any(step in c for c in commands)
    ] == []
    assert len([kind for kind, _ in blocks() if kind == "text"]) >= 8


def test_the_recommendation_for_the_new_year_rests_on_the_new_figures(year: tuple[Path, list[Done]]) -> None:
    bundle = json.loads((year[0] / "telemark-2028.json").read_text("utf-8"))
    versions = {one["dataset"]: one["version"] for one in bundle["data"]}
    assert (versions["settlement"], versions["population_age_groups"]) == ("2027-10-15", "2027-10-15")
    result = {one["code"]: one["recommended"] for one in bundle["result"]["municipalities"]}
    assert sum(result.values()) == 500
    assert len(result) == 17
    history = bundle["facts"]["4003"]["history"]
    assert [(one["year"], one["status_date"]) for one in history[-2:]] == [(2026, None), (2027, "2027-09-27")]


def test_last_years_bundle_is_still_the_same_and_newer_figures_are_told_of(
    year: tuple[Path, list[Done]],
) -> None:
    folder = year[0]
    answer = json.loads(run("fotfeste verify telemark-2027.json --json", folder).printed)[0]
    assert answer["same"] is True
    newer = {one["dataset"]: one["newer"] for one in answer["data"] if one["newer"]}
    assert newer == {"settlement": "2027-10-15", "population_age_groups": "2027-10-15"}


def test_a_recommendation_for_an_earlier_year_knows_nothing_of_later_years(
    year: tuple[Path, list[Done]],
) -> None:
    folder = year[0]
    run("fotfeste recommend --county Telemark --year 2027 --total 545 --bundle igjen.json", folder)
    again = json.loads((folder / "igjen.json").read_text("utf-8"))
    first = json.loads((folder / "telemark-2027.json").read_text("utf-8"))
    assert max(one["year"] for one in again["facts"]["4003"]["history"]) == 2026
    assert again["facts"]["4003"]["history"][-1]["status_date"] is None
    assert first["facts"]["4003"]["history"][-1]["status_date"] == "2026-09-28"
    old = run("fotfeste recommend --county Telemark --year 2026 --total 559 --bundle eldre.json", folder)
    assert old.code == 0
    eldre = json.loads((folder / "eldre.json").read_text("utf-8"))
    periods = {one["indicator"]: one["period"] for one in eldre["facts"]["4003"]["indicators"]}
    assert periods["population"] == "1.1.2026"
    assert periods["settled_per_1000_5y"] == "2021–2025"


def test_a_mistaken_import_is_gone_without_a_trace(year: tuple[Path, list[Done]]) -> None:
    listed = json.loads(run("fotfeste data list --versions --json", year[0]).printed)["datasets"]
    assert [one["version"] for one in listed if one["id"] == "settlement"] == ["innebygd", "2027-10-15"]
    assert not list((year[0] / "data").rglob("feil*"))


def test_the_remark_tells_of_the_new_status_and_no_longer_of_the_old(year: tuple[Path, list[Done]]) -> None:
    shown = printed(year[1], "data show settlement")
    assert "2027 er status per 27. september 2027, ikke et helt år." in shown
    assert "2026 er status" not in shown
    assert "2020 og 2022: anmodningen ble endret" in shown
