"""A skipped test is a hole: continuous integration fails on it, other machines say why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.daily import every_nth

ONE_SKIPPED = """
def test_runs() -> None:
    assert 1 + 1 == 2

def test_needs_a_program(program) -> None:
    program("no-such-program-anywhere")
"""


@pytest.mark.parametrize("workers", every_nth(2, ["1", "0"]))
@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_skip_fails_the_run_only_in_continuous_integration(
    tmp_path: Path, root: Path, ci: str, code: int, workers: str
) -> None:
    shutil.copy(root / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_example.py").write_text(ONE_SKIPPED)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-n",
            workers,
            "--rootdir",
            str(tmp_path),
        ],
        cwd=tmp_path,
        env={**os.environ, "CI": ci, "DJANGO_SETTINGS_MODULE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout + run.stderr
    assert "1 passed, 1 skipped" in run.stdout
    assert ("no-such-program-anywhere is not installed" in run.stdout) == (ci == "true")
