"""Run every test with many more examples than daily, and write what came of it to `docs/verify.md`.

Usage: `python tools/long_runs.py [number of processes]`. Fails when a test fails; the page is written all the same.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "verify.md"
TEXT = """# Long runs

Written by `make verify`: every test, the slow ones too, with up to 1 000 new examples of each property.

- Run on {day}, {machine}, {minutes:.0f} minutes
- {closing}

Slowest:

```text
{slowest}
```
"""


def main() -> None:
    """Run the tests, write the page, and leave with the tests' own code."""
    processes = sys.argv[1] if len(sys.argv) > 1 else "2"
    command = [sys.executable, "-m", "pytest", "-n", processes, "--dist", "loadfile"]
    command += ["--hypothesis-profile", "verify", "--durations", "10"]
    start = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as run:
        lines = []
        for line in run.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    output = "\n".join(lines)
    closing = re.findall(r"^=+ (.*\d+ (?:passed|failed).*?) in .* =+$", output, flags=re.MULTILINE)
    slowest = re.findall(r"^\d+\.\d+s (?:call|setup) .*$", output, flags=re.MULTILINE)
    page = TEXT.format(
        day=datetime.now(UTC).date().isoformat(),
        machine=f"Python {platform.python_version()}, {os.cpu_count()} cores",
        minutes=(time.monotonic() - start) / 60,
        closing=closing[-1] if closing else f"the run ended with code {run.returncode}",
        slowest="\n".join(slowest),
    )
    PAGE.write_text(page, encoding="utf-8")
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
