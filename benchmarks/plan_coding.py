"""Plans imported and coded: from PDF to suggestions by all rules of the field's codebook, on two processes.

The plans are set by Typst from the passages written for trying the coding on (`tests/plans/labelled/passages.toml`),
in an order of their own each, with compounds that no other plan has, so that new words are met all the time. Ten
files of sixty pages are read ten times each; nothing of a file is remembered from one reading to the next but words. A plan
is read, written in stored form, and coded.

Usage: `python benchmarks/plan_coding.py [plans [seconds]]`. No plan is begun when so many seconds have gone; the table says how
many were done, and what a hundred take at that pace.
"""

from __future__ import annotations

import os
import random
import sys
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import CodingRules
from fotfeste.plans.documents import read
from fotfeste.plans.documents.stored import dump
from jsonstat import peak

PASSAGES = Path(__file__).resolve().parents[1] / "tests" / "plans" / "labelled" / "passages.toml"
PLANS, FILES, WORKERS = 100, 10, 2
LIMIT, MOST = 300, 100.0
"""Seconds that a hundred plans may take, and seconds after which this measurement begins no more."""
FIRST = [
    "bygd",
    "kyst",
    "fjord",
    "fjell",
    "skole",
    "helse",
    "bolig",
    "buss",
    "kultur",
    "idrett",
    "natur",
    "vann",
    "vei",
    "fiske",
    "skog",
    "reise",
    "ungdom",
    "eldre",
]
LAST = [
    "plan",
    "råd",
    "lag",
    "hus",
    "gruppe",
    "tilbud",
    "strategi",
    "ordning",
    "møte",
    "prosjekt",
    "stell",
    "drift",
    "kontor",
    "nett",
    "lære",
    "tun",
    "dag",
    "felt",
]


@dataclass(frozen=True, slots=True)
class Worked:
    """One plan: pages, passages, suggestions, seconds of work of one processor for reading and coding, and largest memory in MB.

    The memory is that of the process so far.
    """

    pages: int
    passages: int
    suggestions: int
    reading: float
    coding: float
    memory: float


def plan(seed: int) -> bytes:
    """Return a plan of sixty pages or a little more as PDF."""
    import typst

    chance = random.Random(seed)
    known = tomllib.loads(PASSAGES.read_text("utf-8"))["passage"]
    body: list[str] = []
    for _chapter in range(21):
        body.append(f"= Kapittel om {chance.choice(FIRST)}{chance.choice(LAST)}")
        for _ in range(5):
            body.append(
                f"== {chance.choice(known)['headings'][:1] or ['Annet']}".replace("['", "").replace("']", "")
            )
            for _paragraph in range(5):
                some = " ".join(one["text"] for one in chance.sample(known, 4) if one["kind"] == "paragraph")
                made = f"{chance.choice(FIRST)}{chance.choice(FIRST)}{chance.choice(LAST)}"
                body.append(f"{some} Dette gjelder {made}.\n")
            body.append("\n".join(f"- {one['text']}" for one in chance.sample(known, 3)) + "\n")
    text = "\n".join(body).replace("§", "paragraf").replace("@", "").replace("#", "").replace("$", "")
    head = '#set page(paper: "a4", margin: 2.4cm, numbering: "1", header: [Plan])\n#set text(size: 11pt)\n'
    return typst.compile((head + text).encode(), format="pdf", ignore_system_fonts=True)


@cache
def rules() -> CodingRules:
    """Return the rules of the field's codebook, compiled once in each process."""
    return CodingRules(load("integrering"))


def work(path: Path) -> Worked:
    """Import and code one plan."""
    compiled = rules()
    start = time.process_time()
    document = read(path.name, path.read_bytes())
    path.with_suffix(f".{os.getpid()}.json.gz").write_bytes(dump(document))
    middle = time.process_time()
    found = [one for one in compiled.suggest(document) if one.offered]
    return Worked(
        len(document.pages),
        len(document.passages),
        len(found),
        middle - start,
        time.process_time() - middle,
        peak(),
    )


def measure(plans: int = PLANS, most: float = MOST) -> tuple[float, list[Worked]]:
    """Return the seconds that the plans took on two processes, and what each took; none is begun after ``most`` seconds."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"plan{number}.pdf" for number in range(min(FILES, plans))]
        for number, path in enumerate(paths):
            path.write_bytes(plan(number))
        start = time.perf_counter()
        worked = []
        # New processes, so that neither their memory nor their words are those of what was measured before.
        with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
            waiting = [pool.submit(work, paths[number % len(paths)]) for number in range(plans)]
            for one in as_completed(waiting):
                if not one.cancelled():
                    worked.append(one.result())
                if time.perf_counter() - start > most:
                    for other in waiting:
                        other.cancel()
        return time.perf_counter() - start, worked


def table(plans: int = PLANS, most: float = MOST) -> Iterator[str]:
    """Yield the lines of the table."""
    elapsed, worked = measure(plans, most)
    pages, passages = sum(one.pages for one in worked), sum(one.passages for one in worked)
    reading, coding = sum(one.reading for one in worked), sum(one.coding for one in worked)
    yield (
        "| plans | pages | passages | suggestions | seconds, two processes | work: reading | work: coding "
        "| coding, ms a passage | memory of one, MB | a hundred take, s | limit | holds |"
    )
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|"
    found = sum(one.suggestions for one in worked)
    hundred = 100 * elapsed / len(worked)
    yield (
        f"| {len(worked)} | {pages} | {passages} | {found} | {elapsed:.0f} | {reading:.0f} s | {coding:.0f} s "
        f"| {1000 * coding / passages:.2f} | {max(one.memory for one in worked):.0f} | {hundred:.0f} | {LIMIT} "
        f"| {'yes' if hundred < LIMIT else '**no**'} |"
    )


if __name__ == "__main__":
    asked = [float(one) for one in sys.argv[1:]]
    print("\n".join(table(int(asked[0]) if asked else PLANS, asked[1] if len(asked) > 1 else MOST)))
