"""Measure every claim of speed in one run and write them as a page.

Usage: `python benchmarks/run.py [--write docs/benchmarks.md] [--readme README.md] [--only NAME …] [--peers PYTHON]`. The times are
those of the machine named in the page; the README shows the same ones, between its two marks. With `--only` nothing but the
named parts (`plan_reading`, `plan_words` …) is measured and printed. `PYTHON` is the interpreter of an environment that has
Taguette, which asks for older releases than we do and is therefore not among our own.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import apportionment_methods
import commands
import draws
import indicators_all
import jsonstat
import knowledge_base
import plan_coding
import plan_coverage
import plan_exchange
import plan_reading
import plan_search
import plan_words
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

{plans}
"""

PLANS = """## Reading plans

All plans here are made up for the purpose. Seconds at work are those of the processor: on a machine that others use, they say
what the work takes.

### From PDF to passages

A plan of about 110 pages, beside PDFium's own plain text, in whole processes (`python benchmarks/plan_reading.py`). «Holds»: less
than {seconds:.0f} s and {memory:.0f} MB, at least {order:.2f} of the words' order and {headings:.0%} of the headings, no running line.

{plan_reading}

### Words

How well forms in bokmål and nynorsk are united and words that are two kept apart, and what a search for «innv» finds, on labelled
lists (`python benchmarks/plan_words.py`). *tune* was looked at while the rules were made, *test* only counted, *check* written
when the rules were done.

{plan_words}

### Search

Our index beside two others that get the same forms and parts of words from us (`python benchmarks/plan_search.py`). Ours gives
the number of passages and the twenty best with their lines; the others' candidates still have to be held against the text.

{plan_search}

### A hundred plans

Imported from PDF, stored, and coded by every rule of the field's codebook, on two processes (`python benchmarks/plan_coding.py`).

{plan_coding}

### Coverage and gaps

After reading and suggesting (`python benchmarks/plan_coverage.py`).

{plan_coverage}

### Beside Taguette

The same plan in HTML, fifty codings, within one process each; the clock and, behind the stroke, the processor's time
(`python benchmarks/plan_exchange.py --peer PYTHON`). Taguette is called by its own functions, in an environment of its own,
without its web server and browser.

{plan_exchange}

### In the workspace

From the request to the whole answer, with sign-in, rights, trace and database, on SQLite; one coding is to take less than 30 ms
of the server's time (`python benchmarks/plan_coding_pages.py`).

{plan_coding_pages}"""


def draws_in_words() -> str:
    """Return the part about draws: what was measured, then the table."""
    return "\n".join(
        [
            "`fotfeste sensitivity` with 10 000 draws on two processors, beside the exact path on the same draws.",
            "",
            *draws.table(),
        ]
    )


def about_plans(peers: str) -> dict[str, Callable[[], Iterable[str]]]:
    """Return the parts about plans by name, each to be measured when it is called."""
    return {
        "plan_reading": plan_reading.table,
        "plan_words": plan_words.table,
        "plan_search": plan_search.table,
        "plan_coding": plan_coding.table,
        "plan_coverage": plan_coverage.table,
        "plan_exchange": lambda: plan_exchange.table(peers),
        "plan_coding_pages": coding_pages,
    }


def coding_pages() -> Iterator[str]:
    """Yield what the pages for coding take, from a process of its own: a workspace is set up once in each."""
    script = Path(__file__).with_name("plan_coding_pages.py")
    told = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(f"{script.name} failed:\n{told.stderr[-3000:]}")
    row = False
    for line in told.stdout.splitlines():
        if line.startswith("|") != row:
            row = not row
            yield ""
        yield line


def plans_in_words(peers: str) -> str:
    """Return the part about plans, measured."""
    return PLANS.format(
        seconds=plan_reading.SECONDS,
        memory=plan_reading.MEGABYTES,
        order=plan_reading.ORDER,
        headings=plan_reading.HEADINGS,
        **{name: "\n".join(table()) for name, table in about_plans(peers).items()},
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
    parser.add_argument("--peers", default=sys.executable, help="a Python that has Taguette")
    parser.add_argument(
        "--only", nargs="+", default=[], choices=about_plans(""), help="parts to measure, and no other"
    )
    asked = parser.parse_args()
    if asked.only:
        tables = about_plans(asked.peers)
        for name in asked.only:
            print(f"## {name}: {machine()}\n", flush=True)
            for line in tables[name]():
                print(line, flush=True)
            print()
        return
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
        plans=plans_in_words(asked.peers),
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
