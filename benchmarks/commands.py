"""The whole commands a user waits for, as whole processes on the embedded data.

Claims (issue of the first thread): `--help` under 0.5 s; `recommend --json` for a county under 1.5 s; all documents
in one language within 10 s for 17 municipalities (Telemark) and 25 s for 46 (Innlandet).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import ProcessTime, fotfeste_command, processes

TELEMARK = ("recommend", "--county", "Telemark", "--year", "2027", "--total", "545")
INNLANDET = ("recommend", "--county", "Innlandet", "--year", "2027", "--total", "1054")


@dataclass(frozen=True, slots=True)
class Claim:
    """A command, the seconds it may take, and how often it is run."""

    what: str
    arguments: tuple[str, ...]
    limit: float
    runs: int = 7


CLAIMS = (
    Claim("the list of commands", ("--help",), 0.5),
    Claim("a recommendation, 17 municipalities", (*TELEMARK, "--json"), 1.5),
    Claim("a recommendation, 46 municipalities", (*INNLANDET, "--json"), 1.5),
    Claim("all documents, 17 municipalities", (*TELEMARK, "--out", "telemark"), 10),
    Claim("all documents, 46 municipalities", (*INNLANDET, "--out", "innlandet"), 25, runs=3),
)


def measure() -> Iterator[tuple[Claim, ProcessTime]]:
    """Run every claim's command in a folder of its own."""
    folder = Path(tempfile.mkdtemp())
    try:
        for claim in CLAIMS:
            yield claim, processes([fotfeste_command(), *claim.arguments], folder, claim.runs)
    finally:
        shutil.rmtree(folder)


def table(measured: Iterable[tuple[Claim, ProcessTime]]) -> Iterator[str]:
    """Return the lines of a Markdown table, one claim a line."""
    yield "| what | command | limit | median | slowest | peak memory | holds |"
    yield "|---|---|---:|---:|---:|---:|---|"
    for claim, time in measured:
        command = " ".join(claim.arguments)
        holds = "yes" if time.median <= claim.limit else "**no**"
        yield (
            f"| {claim.what} | `{command}` | {claim.limit:g} s | {time.median:.2f} s | {time.slowest:.2f} s "
            f"| {time.memory:.0f} MB | {holds} |"
        )


if __name__ == "__main__":
    for line in table(measure()):
        print(line, flush=True)
