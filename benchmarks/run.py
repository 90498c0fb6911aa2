"""Measure every claim of speed in one run and write them as a page.

Usage: `python benchmarks/run.py [--write docs/benchmarks.md]`. The times are those of the machine named in the page.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import apportionment_methods
import commands
from measuring import machine

PAGE = """# Benchmarks

Written by `make bench` on {day}: {machine}. Load on the machine when it began: {load}.

## What a user waits for

Whole processes on the embedded data, from the command to its end, warm; the median of seven runs (three for the
largest), after one that is not counted. Peak memory is the largest resident size of any run.

{commands}

## Sharing persons out

One call of `fotfeste.settlement.apportion` beside `apportionment` 1.0 on the same populations (1 January {year}), in
the same process. Ours finds ties and reports them; a dash means that the peer has no exact form of the method, or that
its exact form was not run because it builds one fraction for each municipality and person.

{methods}
"""


def main() -> None:
    """Print the page, and write it where asked."""
    parser = argparse.ArgumentParser(description="Measure every claim of speed.")
    parser.add_argument("--write", type=Path, help="file to write the page to")
    target = parser.parse_args().write
    load = Path("/proc/loadavg")
    page = PAGE.format(
        day=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        load=load.read_text().split()[0] if load.is_file() else "unknown",
        year=apportionment_methods.YEAR,
        commands="\n".join(commands.table()),
        methods="\n".join(apportionment_methods.table()),
    )
    print(page)
    if target is not None:
        target.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
