"""How fast a plan is read, with how much memory, and how well: 110 made-up pages, beside PDFium's own plain text.

Usage: `python benchmarks/plan_reading.py`. Whole processes on the same files in the same run: the median of the seconds and of
what the process itself worked, the largest memory of any. The order is the share of the plan's runs of five words that
the reading has; headings are those found at their level; running lines are passages that hold the plan's header or
footer. Plain text has no headings, and keeps the running lines.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.plans.documents.made import Plan

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PAGES = 110
RUNS = 3
SECONDS, MEGABYTES, ORDER, HEADINGS = 3.0, 300.0, 0.99, 0.9
"""What the reading of such a plan is to keep within, and how well it is to read."""
SAID = """
import time
print(time.perf_counter() - start, time.process_time(), open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""
READ = f"""
import sys, time
start = time.perf_counter()
from fotfeste.plans.documents import read
read("plan.pdf", open(sys.argv[1], "rb").read())
{SAID}"""
PLAIN = f"""
import sys, time
start = time.perf_counter()
import pypdfium2
file = pypdfium2.PdfDocument(sys.argv[1])
sum(len(page.get_textpage().get_text_range()) for page in file)
{SAID}"""


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of plan: how it is named in the table, and the file with what it says."""

    name: str
    plan: Plan


def cases() -> list[Case]:
    """Return the plans that are read: set in one and two columns, and with columns that the file interleaves."""
    from tests.plans.documents.made import interleaved, typeset

    return [
        Case("one column, tagged", typeset(1, 47)),
        Case("two columns, tagged", typeset(2, 56)),
        Case("two columns, interleaved", interleaved(PAGES, 2)),
    ]


def table() -> Iterator[str]:
    """Yield the lines of the table: each plan as we read it, then as plain text."""
    yield "| plan | pages | read by | seconds | of these at work | memory, MB | order | headings | running lines | holds |"
    yield "|---|---:|---|---:|---:|---:|---:|---:|---:|---|"
    with tempfile.TemporaryDirectory() as folder:
        for case in cases():
            path = Path(folder) / "plan.pdf"
            path.write_bytes(case.plan.file)
            yield from _rows(case, path)


def _rows(case: Case, path: Path) -> Iterator[str]:
    import pypdfium2
    from tests.plans.documents.made import FOOTER, HEADER, in_order
    from tests.plans.documents.test_pdf import flow, headings

    from fotfeste.plans.documents import read

    document = read("plan.pdf", path.read_bytes())
    found = headings(document)
    wanted = type(found)(case.plan.headings)
    right = (found & wanted).total()
    stray = sum(
        HEADER in text or FOOTER in text for text in (document.at(one.span) for one in document.passages)
    )
    order = in_order(case.plan.words, flow(document))
    seconds, used, memory = _measured(READ, path)
    holds = (
        seconds < SECONDS
        and memory < MEGABYTES
        and order >= ORDER
        and right >= HEADINGS * wanted.total()
        and not stray
    )
    yield (
        f"| {case.name} | {len(document.pages)} | Fotfeste | {seconds:.2f} | {used:.2f} | {memory:.0f} | {order:.4f} "
        f"| {right} of {wanted.total()} | {stray} | {'yes' if holds else '**no**'} |"
    )
    plain = [
        word for page in pypdfium2.PdfDocument(path) for word in page.get_textpage().get_text_range().split()
    ]
    seconds, used, memory = _measured(PLAIN, path)
    yield (
        f"| {case.name} | {len(document.pages)} | PDFium, plain text | {seconds:.2f} | {used:.2f} | {memory:.0f} "
        f"| {in_order(case.plan.words, plain):.4f} | – | kept | – |"
    )


def _measured(program: str, path: Path) -> tuple[float, float, float]:
    """Return the median seconds, the median of what the process worked, and the largest memory in megabytes."""
    clock, used, memory = zip(*(_run(program, path) for _ in range(RUNS)), strict=True)
    return statistics.median(clock), statistics.median(used), max(memory) / 1024


def _run(program: str, path: Path) -> tuple[float, ...]:
    """Wall-clock seconds, seconds that the process worked, and its largest memory in kilobytes, as it says itself."""
    said = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    return tuple(map(float, said.stdout.split()))


if __name__ == "__main__":
    for line in table():
        print(line, flush=True)
