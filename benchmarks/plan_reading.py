"""How fast a plan is read, with how much memory, and how well: 110 made-up pages, beside PDFium's own plain text.

Whole processes on the same files in the same run. The order is the share of the plan's runs of five words that the
reading has; headings are those found at their level. Plain text has no headings, and keeps the running lines.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PAGES = 110
RUNS = 3
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
    plan: object


def cases() -> list[Case]:
    """Return the plans that are read: set in one and two columns, and with columns that the file interleaves."""
    from tests.plans.documents.made import interleaved, typeset

    return [
        Case("one column, tagged", typeset(1, 47)),
        Case("two columns, tagged", typeset(2, 56)),
        Case("two columns, interleaved", interleaved(PAGES, 2)),
    ]


def main() -> None:
    """Print the table."""
    print("| plan | pages | Fotfeste s | CPU s | MB | order | headings | plain text s | CPU s | MB | order |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for case in cases():
            path = Path(folder) / "plan.pdf"
            path.write_bytes(case.plan.file)
            print(_row(case, path), flush=True)


def _row(case: Case, path: Path) -> str:
    import pypdfium2
    from tests.plans.documents.made import in_order
    from tests.plans.documents.test_pdf import flow, headings

    from fotfeste.plans.documents import read

    cells = [case.name]
    document = read("plan.pdf", path.read_bytes())
    found = headings(document)
    wanted = type(found)(case.plan.headings)
    plain = [
        word for page in pypdfium2.PdfDocument(path) for word in page.get_textpage().get_text_range().split()
    ]
    scores = (
        f"{in_order(case.plan.words, flow(document)):.4f} | {(found & wanted).total()} of {wanted.total()}",
        f"{in_order(case.plan.words, plain):.4f}",
    )
    cells.append(str(len(document.pages)))
    for program, score in zip((READ, PLAIN), scores, strict=True):
        runs = [_run(program, path) for _ in range(RUNS)]
        seconds, used, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        cells.append(f"{seconds:.2f} | {used:.2f} | {memory / 1024:.0f} | {score}")
    return f"| {' | '.join(cells)} |"


def _run(program: str, path: Path) -> tuple[float, ...]:
    """Wall-clock seconds, seconds that the process worked, and its largest memory in kilobytes, as it says itself."""
    said = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    return tuple(map(float, said.stdout.split()))


if __name__ == "__main__":
    main()
