"""`fotfeste knowledge-base`: one command, one document in three formats, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tests.daily import LONG_RUN

from fotfeste.cli.knowledge_base import knowledge_base
from fotfeste.errors import InputError, OutputError
from fotfeste.settings import Settings

Run = Callable[..., str]
DAY = ("--issued", "2026-11-21")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs the command in an empty data folder and gives what it prints."""

    def call(*arguments: object) -> str:
        settings = replace(Settings.from_environment(), data_dir=tmp_path / "data")
        given = [str(one) for one in arguments]
        done = CliRunner().invoke(knowledge_base, given, obj=settings, standalone_mode=False)
        if done.exception is not None:
            raise done.exception
        return done.output

    return call


def test_one_command_writes_three_formats_and_the_machine_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    assert "4 filer" in run("--municipality", "Kviteseid", "--out", out, *DAY)
    stem = "kunnskapsgrunnlag-4028-kviteseid"
    assert sorted(one.name for one in out.iterdir()) == [
        f"{stem}-nb.docx",
        f"{stem}-nb.html",
        f"{stem}-nb.pdf",
        f"{stem}.json",
    ]
    own = tmp_path / "egne.toml"
    assert "egne.toml" in run("--municipality", "4028", "--blank-own-text", own, *DAY)
    with pytest.raises(OutputError, match="finnes fra før"):
        run("--municipality", "4028", "--blank-own-text", own, *DAY)


@LONG_RUN
def test_next_year_tells_what_changed_and_keeps_own_texts(run: Run, tmp_path: Path) -> None:
    out, again = tmp_path / "ut", tmp_path / "igjen"
    run("--municipality", "Kviteseid", "--out", out, *DAY)
    stem = "kunnskapsgrunnlag-4028-kviteseid"
    own = tmp_path / "egne.toml"
    run("--municipality", "4028", "--blank-own-text", own, *DAY)
    own.write_text(own.read_text("utf-8").replace('text = """\n"""', 'text = "Vår tekst."'), "utf-8")
    run("--municipality", "4028", "--out", again, "--since", out, "--own-text", own, "--language", "nn", *DAY)
    page = (again / f"{stem}-nn.html").read_text("utf-8")
    assert '<html lang="nn-NO">' in page
    assert page.count("Vår tekst.") == own.read_text("utf-8").count("[[block]]") > 14
    assert 'id="endringer"' in page
    before, after = (json.loads((folder / f"{stem}.json").read_bytes()) for folder in (out, again))
    assert before["figures"] == after["figures"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--out", "ut"),
        ("--municipality", "Skien", "--county", "Telemark", "--out", "ut"),
        ("--municipality", "Skien"),
        ("--municipality", "Skien", "--language", "se", "--out", "ut"),
        ("--municipality", "Skien", "--issued", "i går", "--out", "ut"),
    ],
)
def test_what_must_be_given_is_asked_for(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        run(*arguments)


def test_an_unknown_place_is_refused_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    for option, name in (
        ("--municipality", "Kvitesei"),
        ("--county", "Telemarken"),
        ("--municipality", "Telemark"),
    ):
        with pytest.raises(InputError):
            run(option, name, "--out", tmp_path / "ut", *DAY)
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("option", ["--own-text", "--replace", "--since", "--framework"])
def test_a_file_that_is_not_there_is_refused_before_anything_is_written(
    run: Run, tmp_path: Path, option: str
) -> None:
    with pytest.raises(InputError):
        run("--municipality", "Kviteseid", "--out", tmp_path / "ut", option, tmp_path / "ingen.toml", *DAY)
    assert not (tmp_path / "ut").exists()


@LONG_RUN
def test_a_finding_is_replaced_with_a_reason(run: Run, tmp_path: Path) -> None:
    run("--county", "03", "--out", tmp_path / "ut", *DAY)
    content = json.loads((tmp_path / "ut" / "kunnskapsgrunnlag-03-oslo.json").read_bytes())
    first = content["findings"][0]["indicator"]
    chosen = {one["indicator"] for one in content["findings"]}
    other = next(
        one["indicator"]
        for one in content["figures"]
        if one["indicator"] not in chosen and one.get("comparison", {}).get("beside_alike") == "not_apart"
    )
    swaps = tmp_path / "bytter.toml"
    swaps.write_text(
        f'schema = 1\n[[replace]]\nindicator = "{first}"\nby = "{other}"\n'
        'reason = "Bystyret spør om dette."\non = 2026-11-20\n',
        "utf-8",
    )
    run("--county", "03", "--out", tmp_path / "ut", "--replace", swaps, *DAY)
    assert "Bystyret spør om dette." in (tmp_path / "ut" / "kunnskapsgrunnlag-03-oslo-nb.html").read_text(
        "utf-8"
    )
