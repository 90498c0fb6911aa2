"""The code in README and docs runs as written: Python blocks are executed, commands are run and compared.

A `console` block holds commands (`$ fotfeste …`) and what they print; `...` stands for anything. A `python` block is
executed; the blocks of one file follow each other. Links between the files must lead somewhere.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fotfeste.cli.main import main
from tests.daily import every_nth

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
OF_THE_WORKSPACE = {"audit", "backup", "check", "restore", "serve", "worker"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [code for name, code in FENCE.findall(page.read_text("utf-8")) if name == language]


def pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, language)]


def every_third_of(language: str) -> pytest.MarkDecorator:
    """Each page with blocks of ``language``; on a day the README, which is the first, and every third of the others."""
    return pytest.mark.parametrize("page", every_nth(3, pages_with(language)), ids=name_of)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that follows it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert parts[0].strip() == "", f"a console block begins with a command: {block}"
    found = []
    for part in parts[1:]:
        command, _, output = part.replace("\\\n", " ").partition("\n")
        found.append((command.strip(), output.strip("\n")))
    return found


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str, bool], tuple[int, str]]:
    """Return a function that runs a command of a page in its folder and gives its code and all that it printed.

    The commands of the README, and those of the workspace, are programs of their own as for whoever follows the page; the
    others run inside the test.
    """

    def call(command: str, apart: bool) -> tuple[int, str]:
        words = shlex.split(command)
        assert words[0] == "fotfeste", f"only fotfeste is run from the documents, not: {command}"
        if apart or words[1] in OF_THE_WORKSPACE:
            return as_a_program(words[1:], tmp_path)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as left:
            main()
        shown = capsys.readouterr()
        return int(left.value.code or 0), shown.out + shown.err

    return call


def as_a_program(words: Sequence[str], folder: Path) -> tuple[int, str]:
    program = Path(sys.executable).parent / "fotfeste"
    done = subprocess.run(
        [str(program), *words],
        cwd=folder,
        env={**os.environ, "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@every_third_of("console")
def test_commands_print_what_the_page_shows(page: Path, run: Callable[[str, bool], tuple[int, str]]) -> None:
    checker = doctest.OutputChecker()
    wrong = []
    for block in blocks(page, "console"):
        for command, expected in commands(block):
            code, printed = run(command, page.name == "README.md")
            if not expected and code:
                wrong.append(f"$ {command}\nexit {code}\n{printed}")
            flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
            if expected and not checker.check_output(expected + "\n", printed, flags):
                wrong.append(f"$ {command}\nshown:\n{expected}\nprinted:\n{printed}")
    assert not wrong, "\n\n".join(wrong)


@every_third_of("python")
def test_python_on_the_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for number, code in enumerate(blocks(page, "python"), start=1):
        exec(compile(code, f"{name_of(page)}, block {number}", "exec"), names)  # noqa: S102 - our own pages


def test_the_readme_shows_the_job_in_python_and_as_commands() -> None:
    assert blocks(ROOT / "README.md", "python")
    assert blocks(ROOT / "README.md", "console")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_between_files_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text("utf-8"))
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text) + re.findall(r"src=\"([^\"]+)\"", text)
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_decision_record_has_its_own_number_and_says_what_else_there_was() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [record.name[:4] for record in records]
    assert len(records) >= 6
    assert len(set(numbers)) == len(numbers)
    for record in records:
        text = record.read_text("utf-8")
        assert text.startswith(f"# {record.name[:4]} "), record.name
        assert re.search(r"alternative|instead of|against|rejected", text, flags=re.IGNORECASE), record.name


def test_the_glossary_points_to_files_that_exist() -> None:
    named = set(
        re.findall(r"`([a-z_/]+\.py|[a-z]+)` \|$", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.M)
    )
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / "src" / "fotfeste" / name).exists()] == []


def test_every_page_is_found_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    pages = [name_of(page).removeprefix("docs/") for page in PAGES if page.is_relative_to(ROOT / "docs")]
    linked = [page for page in pages if not page.startswith("decisions/") and page != "index.md"]
    assert [page for page in linked if f"({page})" not in index] == []
