"""The command line as a whole: help, language, exit codes, pipes, completion, and being quick to start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.daily import LONG_RUN, every_nth

from fotfeste import __version__
from fotfeste.settlement import prepare

Run = Callable[..., Any]
START = "from fotfeste.cli.main import main; main()"
OSLO = ("recommend", "--county", "Oslo", "--year", "2027", "--total", "900")


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, "-c", START, *arguments],
        env={**inherited, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def test_help_lists_the_commands_in_bokmaal(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert ran.out.startswith("Bruk: fotfeste [VALG] KOMMANDO [ARGUMENTER]...")
    for name in ("recommend", "explain", "replies", "dialogue", "regions", "data"):
        assert f"\n  {name} " in ran.out
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in ran.out


@pytest.mark.parametrize(
    "command",
    [
        "recommend",
        "explain",
        "replies",
        "replies template",
        "replies check",
        "dialogue",
        "regions",
        "regions counties",
        "data",
    ],
)
def test_every_command_explains_itself_in_bokmaal(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Bruk: fotfeste {command} ")
    for english in (
        "Usage",
        "Options",
        "Commands:",
        "Show this",
        "[required]",
        "[default",
        " TEXT",
        " INTEGER",
    ):
        assert english not in ran.out


def test_the_version_is_told(run: Run) -> None:
    assert __version__ in run("--version").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["recomend"], "Kommandoen «recomend» finnes ikke. Mente du recommend?"),
        (["replies", "chek"], "Kommandoen «chek» finnes ikke. Mente du check?"),
        (["recommend"], "--county må oppgis."),
        (["recommend", "--methd", "x"], "Valget --methd finnes ikke. Mente du --method?"),
        (["recommend", "--county"], "--county må ha en verdi etter seg."),
        ([*OSLO, "--json=ja"], "--json skal ikke ha noen verdi etter seg."),
        ([*OSLO, "Skien"], "Det står noe for mye: «Skien»."),
        (["explain", *OSLO[1:]], "KOMMUNE må oppgis."),
        (["regions", "similar", "Skien", "--number", "0"], "0 er utenfor grensene"),
        (["regions", "counties", "--year", "x"], "«x» er ikke et helt tall."),
    ],
)
def test_wrong_use_is_told_in_bokmaal_with_the_way_to_help(run: Run, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert says in ran.err
    assert "--help» for alle valg." in ran.err


def test_what_should_never_happen_is_told_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(prepare, "check_numbers", fail)
    monkeypatch.delenv("FOTFESTE_DEBUG", raising=False)
    ran = run(*OSLO)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "fotfeste --debug" in ran.err
    assert "Traceback" in run("--debug", *OSLO).err
    monkeypatch.setenv("FOTFESTE_DEBUG", "1")
    assert "ZeroDivisionError: inside" in run(*OSLO).err


def test_a_reader_that_leaves_ends_the_program_quietly() -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    telemark = ("recommend", "--county", "Telemark", "--year", "2027", "--total", "545", "--json")
    with subprocess.Popen(
        [sys.executable, "-c", START, *telemark],
        env=inherited,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.read(1) == b"{"
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 141


def test_a_full_disk_under_the_output_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-c", START, *OSLO],
            stdout=full,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    assert ran.returncode == 6
    assert ran.stderr.decode().startswith("Svaret kunne ikke skrives ut")
    assert b"Traceback" not in ran.stderr


def test_an_interrupted_program_says_so_by_its_exit_code() -> None:
    inside = "import fotfeste.cli.main as m\nprint('ready', flush=True)\nimport time\n"
    inside += "m.Commands.invoke = lambda *_: time.sleep(60)\nm.main()"
    with subprocess.Popen(
        [sys.executable, "-c", inside, "recommend"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        time.sleep(0.3)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 130
        assert program.stderr is not None
        said = program.stderr.read().decode()
    assert said.strip() == "Avbrutt. Ingen fil er halvskrevet."


@pytest.mark.parametrize(
    "environment",
    every_nth(
        4,
        [
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"LC_ALL": "C"},
            {"PYTHONIOENCODING": "ascii"},
            {"PYTHONIOENCODING": "latin-1"},
        ],
    ),
)
def test_norwegian_letters_come_out_whatever_the_locale(environment: dict[str, str]) -> None:
    ran = process("recommend", "--county", "15", "--year", "2027", "--total", "900", **environment)
    assert ran.returncode == 0, ran.stderr
    assert "Møre og Romsdal anbefales å bosette" in ran.stdout.decode("utf-8")
    wrong = process("recommend", "--county", "Møre", "--year", "x", "--total", "9", **environment)
    assert "Se «fotfeste recommend --help»" in wrong.stderr.decode("utf-8")


def completed(*words: str) -> list[str]:
    """What the shell offers when the last of ``words`` has been typed so far."""
    line = " ".join(("fotfeste", *words))
    ran = process(_FOTFESTE_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words)))
    assert ran.returncode == 0, ran.stderr
    return [found.partition(",")[2] for found in ran.stdout.decode("utf-8").split()]


@LONG_RUN
def test_the_shell_completes_commands_counties_municipalities_and_criteria() -> None:
    assert completed("rec") == ["recommend"]
    assert completed("recommend", "--county", "Te") == ["Telemark"]
    assert completed("recommend", "--county", "møre") == ["15"], "a name with spaces is offered as its number"
    assert completed("recommend", "--criteria", "danish") == ["danish-rule"]
    assert completed("explain", "--county", "Telemark", "--year", "2027", "Sk") == ["Skien"]
    assert "Skjåk" in completed("explain", "Sk")


def test_the_program_gives_the_shell_its_completion() -> None:
    ran = process(_FOTFESTE_COMPLETE="bash_source")
    assert ran.returncode == 0
    assert b"_FOTFESTE_COMPLETE=bash_complete" in ran.stdout


def test_nothing_heavy_is_imported_for_help() -> None:
    watch = "import sys\ntry:\n    from fotfeste.cli.main import main; main()\nfinally:\n"
    watch += "    print([name for name in sys.modules if '.' not in name], file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", watch, "--help"], capture_output=True, check=True, stdin=subprocess.DEVNULL
    )
    imported = set(json.loads(ran.stderr.decode().strip().splitlines()[-1].replace("'", '"')))
    assert "click" in imported
    heavy = {"polars", "pydantic", "openpyxl", "xlsxwriter", "altair", "docx", "typst", "vl_convert", "numpy"}
    assert not imported & heavy
