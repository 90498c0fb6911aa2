"""The knowledge base as whole processes on the embedded data: HTML, PDF, DOCX and the machine file in one language.

Usage: `python benchmarks/knowledge_base.py`. Claims (issue of the knowledge base): a municipality under 10 s, a county
under 30 s, warm. There is no peer: the numbers are limits.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import ProcessTime, fotfeste_command, machine, processes

DAY = ("--issued", "2026-11-21")


@dataclass(frozen=True, slots=True)
class Claim:
    """A document, the seconds it may take, and how often it is made."""

    what: str
    arguments: tuple[str, ...]
    limit: float
    runs: int = 5


CLAIMS = (
    Claim("a small municipality", ("--municipality", "Kviteseid", "--out", "kviteseid", *DAY), 10),
    Claim("a large municipality", ("--municipality", "Oslo", "--out", "oslo", *DAY), 10),
    Claim("a county, 17 municipalities", ("--county", "Telemark", "--out", "telemark", *DAY), 30, runs=3),
    Claim("a county, 46 municipalities", ("--county", "Innlandet", "--out", "innlandet", *DAY), 30, runs=3),
)


def measure() -> Iterator[tuple[Claim, ProcessTime]]:
    """Make every claim's document in a folder of its own."""
    folder = Path(tempfile.mkdtemp())
    try:
        for claim in CLAIMS:
            command = [fotfeste_command(), "knowledge-base", *claim.arguments]
            yield claim, processes(command, folder, claim.runs)
    finally:
        shutil.rmtree(folder)


def table(measured: Iterable[tuple[Claim, ProcessTime]] | None = None) -> Iterator[str]:
    """Return the lines of a Markdown table, one claim a line."""
    yield "| what | command | limit | median | slowest | peak memory | holds |"
    yield "|---|---|---:|---:|---:|---:|---|"
    for claim, time in measured or measure():
        command = " ".join(("knowledge-base", *claim.arguments))
        holds = "yes" if time.median <= claim.limit else "**no**"
        yield (
            f"| {claim.what} | `{command}` | {claim.limit:g} s | {time.median:.2f} s | {time.slowest:.2f} s "
            f"| {time.memory:.0f} MB | {holds} |"
        )


if __name__ == "__main__":
    print(machine())
    for line in table():
        print(line, flush=True)
