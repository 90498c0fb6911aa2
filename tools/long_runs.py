"""Run every test with many more examples than daily, what rests on the engine on both, then the load; write what came of it.

Usage: `python tools/long_runs.py [number of processes]`. Writes `docs/verify.md`. Fails when a test fails or a reader is
answered with a fault; the page is written all the same.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "verify.md"
READINGS = ("tests/browser/test_pages.py", "tests/browser/test_reading.py")
"""How a page reads does not rest on the engine: all of it is tried on one."""
TEXT = """# Long runs

Written by `make verify`: every test, the slow ones too, with up to 1 000 new examples of each property; the workspace and
its use in the browser once more on a real PostgreSQL, with those readings of its pages that a day has too; then readers who
ask without pause.

- Run on {day}, {machine}, {minutes:.0f} minutes
{closings}

## Load

`python benchmarks/reading_pages.py`: 50 readers ask for open pages without pause, on SQLite and this machine only, first while
the background worker is idle, then while it computes the example's recommendation over and over. Beside it, from the same server
in the same run: an answer that does nothing.

{load}

## Slowest tests

```text
{slowest}
```
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one command."""

    name: str
    code: int
    output: str

    @property
    def closing(self) -> str:
        """The line that the test runner closes with."""
        found = re.findall(r"^=+ (.*\d+ (?:passed|failed).*?) in .* =+$", self.output, flags=re.MULTILINE)
        return found[-1] if found else f"the run ended with code {self.code}"

    @property
    def slowest(self) -> list[str]:
        """The lines about the slowest tests."""
        return re.findall(r"^\d+\.\d+s (?:call|setup) .*$", self.output, flags=re.MULTILINE)


def run(name: str, command: Sequence[str]) -> Run:
    """Run a command, show what it says as it says it, and keep it."""
    print(f"== {name}", flush=True)
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        lines = []
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return Run(name, process.returncode, "\n".join(lines))


def main() -> None:
    """Run the tests and the load, write the page, and leave with the first code that tells of a failure."""
    processes = sys.argv[1] if len(sys.argv) > 1 else "2"
    tests = [sys.executable, "-m", "pytest", "-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
    tests += ["--hypothesis-profile", "verify", "--durations", "10"]
    postgresql = [sys.executable, "tools/with_postgres.py", "--", *tests]
    used = ["tests/web", "tests/browser", *(f"--ignore={one}" for one in READINGS)]
    start = time.monotonic()
    runs = [
        run("every test, the workspace on SQLite", tests),
        run("the workspace on PostgreSQL", [*postgresql, *used]),
        run("its pages on PostgreSQL, read as on a day", [*postgresql, "-m", "not slow", *READINGS]),
    ]
    load = run("load", [sys.executable, "benchmarks/reading_pages.py"])
    table = "\n".join(line for line in load.output.splitlines() if line.startswith("|"))
    page = TEXT.format(
        day=datetime.now(UTC).date().isoformat(),
        machine=f"Python {platform.python_version()}, {os.cpu_count()} cores",
        minutes=(time.monotonic() - start) / 60,
        closings="\n".join(f"- {one.name}: {one.closing}" for one in runs),
        load=table or f"the run ended with code {load.code}",
        slowest="\n".join(line for one in runs for line in one.slowest),
    )
    PAGE.write_text(page, encoding="utf-8")
    sys.exit(next((one.code for one in (*runs, load) if one.code), 0))


if __name__ == "__main__":
    main()
