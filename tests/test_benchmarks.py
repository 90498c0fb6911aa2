"""The page of benchmarks: every part has its place, and what could not be measured is told."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Give modules of the folder by name; they are let go afterwards."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)

    def module(name: str) -> ModuleType:
        return import_module(name)

    yield module
    for name in set(sys.modules) - before:
        if (FOLDER / f"{name}.py").is_file():
            del sys.modules[name]


def test_every_part_about_plans_has_its_place_on_the_page_and_its_command(benchmark) -> None:
    run = benchmark("run")
    parts = set(run.about_plans(sys.executable))
    assert parts == set(re.findall(r"\{(plan_\w+)\}", run.PLANS))
    assert parts == set(re.findall(r"python benchmarks/(plan_\w+)\.py", run.PLANS))
    assert {f"{name}.py" for name in parts} == {
        one.name for one in FOLDER.glob("plan_*.py") if one.name != "plan_exchange_taguette.py"
    }
    assert "{plans}" in run.PAGE


def test_the_readme_is_changed_between_its_marks_only(benchmark) -> None:
    run = benchmark("run")
    text = "Før\n<!-- measured: a -->\ngammelt\n<!-- end of measured -->\nEtter"
    assert run.in_readme(text, []) == (
        "Før\n<!-- measured: a -->\n| measured | seconds | command |\n|---|---:|---|\n<!-- end of measured -->\nEtter"
    )


@pytest.mark.parametrize(("seconds", "hundred", "holds"), [(20.0, 200, "yes"), (40.0, 400, "**no**")])
def test_plans_that_were_not_begun_in_time_are_told_by_the_pace_of_those_that_were(
    benchmark, monkeypatch: pytest.MonkeyPatch, seconds: float, hundred: int, holds: str
) -> None:
    coding = benchmark("plan_coding")
    one = coding.Worked(60, 980, 6_400, 1.0, 0.5, 120.0)
    monkeypatch.setattr(coding, "measure", lambda *_: (seconds, [one] * 10))
    line = list(coding.table())[-1]
    assert line.startswith("| 10 | 600 | 9800 | 64000 |")
    assert line.endswith(f"| {hundred} | 300 | {holds} |")


def test_no_plan_is_begun_after_the_time_that_is_given(benchmark, monkeypatch: pytest.MonkeyPatch) -> None:
    coding = benchmark("plan_coding")
    monkeypatch.setattr(coding, "plan", lambda _: b"Kommunen bosetter flyktninger.")
    monkeypatch.setattr(coding, "work", len)
    monkeypatch.setattr(coding, "ProcessPoolExecutor", _OneAtATime)
    assert len(coding.measure(12, most=1e9)[1]) == 12
    assert len(coding.measure(12, most=0.0)[1]) < 12


class _OneAtATime:
    """Two processes without processes: a future is done when it is asked for, in order."""

    def __init__(self, *_: object) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self.pool = ThreadPoolExecutor(1)

    def __enter__(self) -> _OneAtATime:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown()

    def submit(self, _do: object, path: Path) -> object:
        from time import sleep

        return self.pool.submit(lambda: sleep(0.05) or path)


def test_a_peer_that_is_not_there_is_told_of_and_stops_nothing(benchmark, tmp_path: Path) -> None:
    exchange = benchmark("plan_exchange")
    told = exchange.taguette(sys.executable, b"<html></html>", ["a"], tmp_path)
    assert told == "Taguette is not installed for the interpreter that was given"


def test_the_words_are_measured_on_the_lists_of_the_tests(benchmark) -> None:
    lines = list(benchmark("plan_words").table())
    united = [line for line in lines if line.startswith(("| tune | 1", "| test | 1"))]
    assert len(united) == 2
    assert all(float(line.split("|")[4].strip(" %")) >= 85 for line in united)
