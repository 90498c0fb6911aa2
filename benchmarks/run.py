"""Measure every claim of speed in one run and write them as a page.

Usage: `python benchmarks/run.py [--write docs/benchmarks.md] [--readme README.md]`. The times are those of the
machine named in the page; the README shows the same ones, between its two marks.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import apportionment_methods
import commands
import draws
import indicators_all
import jsonstat
import knowledge_base
import profiles
import weighing
import weighing_requests
from measuring import ProcessTime, machine

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

## How sure the numbers are

{draws}

## Places

What the pages and the API are made of, in one process, warm (`python benchmarks/profiles.py`).

{places}

## Reading what agencies answer

`fotfeste.statistics.jsonstat.decode` beside two other readers of JSON-stat on the same {cells} cells, each reading in a
process of its own: the median of the seconds, what the process itself worked of them, the largest memory of the whole
process, and what became of the marks that tell why a cell is empty (`python benchmarks/jsonstat.py`).

{answers}

## Indicators

Every indicator that the data that come with Fotfeste fill, for all municipalities, counties and the country, in one whole
process (`python benchmarks/indicators_all.py`).

{indicators}

## The knowledge base

Whole processes, one language, from the command to its end, warm (`python benchmarks/knowledge_base.py`).

{knowledge}

## Weighing together

From a change to a page that is drawn again: numbers with their explanation, the table of all municipalities, map and
bars, in one process, where every municipality has replied (`python benchmarks/weighing.py`). What hidden figures could
change comes after, and is not counted.

{weighing}

The same in the workspace: from the request to the whole answer, with sign-in, rights, trace and database, on SQLite
(`python benchmarks/weighing_requests.py`). What the process itself worked is what the answer takes on a machine that
does nothing else.

{requests}
"""


def draws_in_words() -> str:
    """Return the part about draws: what was measured, then the table."""
    return "\n".join(
        [
            "`fotfeste sensitivity` with 10 000 draws on two processors, beside the exact path on the same draws.",
            "",
            *draws.table(),
        ]
    )


MARKS = re.compile(r"(<!-- measured: .*? -->\n).*?(<!-- end of measured -->)", flags=re.DOTALL)


def in_readme(readme: str, measured: Sequence[tuple[commands.Claim, ProcessTime]]) -> str:
    """Return the README with these times between its marks."""
    lines = ["| measured | seconds | command |", "|---|---:|---|"]
    for claim, time in measured:
        command = f"fotfeste {' '.join(claim.arguments)}"
        lines.append(f"| {claim.what} | {time.median:.1f} | `{command}` |")
    return MARKS.sub(lambda found: found[1] + "\n".join(lines) + "\n" + found[2], readme)


def main() -> None:
    """Print the page, and write it and the README's table where asked."""
    parser = argparse.ArgumentParser(description="Measure every claim of speed.")
    parser.add_argument("--write", type=Path, help="file to write the page to")
    parser.add_argument("--readme", type=Path, help="file with marks to write the times of commands between")
    asked = parser.parse_args()
    measured = tuple(commands.measure())
    load = Path("/proc/loadavg")
    page = PAGE.format(
        day=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        load=load.read_text().split()[0] if load.is_file() else "unknown",
        year=apportionment_methods.YEAR,
        commands="\n".join(commands.table(measured)),
        methods="\n".join(apportionment_methods.table()),
        draws=draws_in_words(),
        places="\n".join(profiles.table()),
        cells=f"{jsonstat.CELLS:,}".replace(",", "\u00a0"),
        answers="\n".join(jsonstat.table()),
        indicators="\n".join(indicators_all.table()),
        knowledge="\n".join(knowledge_base.table()),
        weighing="\n".join(weighing.table()),
        requests="\n".join(weighing_requests.table()),
    )
    print(page)
    if asked.write is not None:
        asked.write.write_text(page, encoding="utf-8")
    if asked.readme is not None:
        asked.readme.write_text(
            in_readme(asked.readme.read_text(encoding="utf-8"), measured), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
