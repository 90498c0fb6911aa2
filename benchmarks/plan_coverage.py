"""Time of the matrix, its workbook and the gap reports, on made-up plans or on the plans in a folder.

Usage: `python benchmarks/plan_coverage.py [FOLDER]`. Without a folder the plans are made of the passages written for trying the
coding on (`tests/plans/labelled/passages.toml`), with a table of measures in each. Reading and suggesting come before and are not
counted. With a folder it is also told how much the names of parts and columns answer for.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from fotfeste.plans.codebooks import Codebook, load
from fotfeste.plans.coding import CodingRules
from fotfeste.plans.coverage import Matrix, ReadDocument, matrix, owners_of_counties, read_document
from fotfeste.plans.documents import read
from fotfeste.plans.gaps import Check, gaps, shipped_expectations
from fotfeste.plans.register import Plan, Register, Status
from fotfeste.regions import Regions, load_regions
from fotfeste.reports.plans import matrix_workbook
from fotfeste.reports.xlsx import render_xlsx

PASSAGES = Path(__file__).resolve().parents[1] / "tests" / "plans" / "labelled" / "passages.toml"
PLANS, SECTIONS = 15, 40
T = TypeVar("T")
ISSUED = date(2026, 11, 22)


def plan(seed: int) -> bytes:
    """Return a made-up plan in Markdown: headings, paragraphs, items, and a table of measures with who answers for them."""
    chance = random.Random(seed)
    known = tomllib.loads(PASSAGES.read_text("utf-8"))["passage"]
    headings = [one["headings"][0] for one in known if one["headings"]]
    whole = [one["text"] for one in known if one["kind"] == "paragraph"]
    items = [one["text"] for one in known if one["kind"] != "paragraph"]
    headings = [one["headings"][0] for one in known if one["headings"]]
    body = [f"# Oppdiktet plan {seed}"]
    for number in range(SECTIONS):
        body.append(f"## Kapittel {number}: {chance.choice(headings)}")
        body += [" ".join(chance.sample(whole, 3)) for _ in range(4)]
        body.append("\n".join(f"- {one}" for one in chance.sample(items, 3)))
    rows = "\n".join(
        f"| {one.replace('|', ' ')} | Næringsavdelingen | 2028 |" for one in chance.sample(items, 8)
    )
    body.append(f"## Tiltak\n\n| Tiltak | Ansvarlig | Frist |\n|---|---|---|\n{rows}")
    return "\n\n".join(body).encode()


def documents_of(files: list[tuple[str, bytes]]) -> list[ReadDocument]:
    """Return files as they are before the matrix: read, with what the rules suggest."""
    rules = CodingRules(load("integrering"))
    plans = [(name, read(name, content)) for name, content in files]
    return [read_document(name, one, rules.suggest(one)) for name, one in plans]


def timed(do: Callable[[], T]) -> tuple[T, float, float]:
    """Return what ``do`` gives, the seconds that it took, and those that the process worked."""
    clock, work = time.perf_counter(), time.process_time()
    given = do()
    return given, time.perf_counter() - clock, time.process_time() - work


def matrix_of(documents: list[ReadDocument], book: Codebook, regions: Regions) -> Matrix:
    """Return the matrix of documents that are a regional plan each, dealt to the counties."""
    counties = owners_of_counties(regions)
    register = Register(
        tuple(
            Plan(f"p{number}", counties[number % len(counties)], "regional_plan", one.id, Status.ADOPTED)
            for number, one in enumerate(documents)
        )
    )
    belongs = {one.id: f"p{number}" for number, one in enumerate(documents)}
    return matrix(register, documents, belongs, counties, regions, book, ISSUED)


def table(files: list[tuple[str, bytes]] | None = None) -> Iterator[str]:
    """Yield the lines of the table."""
    documents = documents_of(files or [(f"plan{number}.md", plan(number)) for number in range(PLANS)])
    passages = sum(len(one.document.passages) for one in documents)
    book, regions, expected = load("integrering"), load_regions(), shipped_expectations()
    found, clock, work = timed(lambda: matrix_of(documents, book, regions))
    yield "| made | of | seconds | of these at work |"
    yield "|---|---|---:|---:|"
    yield f"| the matrix, once | {len(documents)} plans, {passages} passages | {clock:.2f} | {work:.2f} |"
    content, clock, work = timed(lambda: render_xlsx(matrix_workbook(found, "nb", ISSUED)))
    yield f"| its workbook with every passage | {len(content) / 1000:.0f} kB | {clock:.2f} | {work:.2f} |"
    reports = [
        timed(lambda one=one: gaps(one, "action_programme", (), book, expectations=expected))
        for one in documents
    ]
    clock, work = (statistics.median(one[place] for one in reports) for place in (1, 2))
    yield f"| a gap report, the median | {passages // len(documents)} passages | {clock:.2f} | {work:.2f} |"


def named_parts(files: list[tuple[str, bytes]]) -> Iterator[str]:
    """Yield how many goals and measures lack something beside them, with the names of parts and columns and without."""
    book, expected = load("integrering"), shipped_expectations()
    bare = replace(expected, all=tuple(replace(one, labels=()) for one in expected.all))
    for one in documents_of(files):
        for name, some in (("without names of parts", bare), ("with", expected)):
            report = gaps(one, "action_programme", (), book, expectations=some)
            for remark in report.remarks:
                if remark.expectation.check is Check.FOLLOWED:
                    yield f"{one.id[:40]:40} {name:24} {remark.said}"


def main() -> None:
    """Print the table, and what the names of parts answer for where a folder is given."""
    files = [
        (path.name, path.read_bytes())
        for folder in sys.argv[1:]
        for path in sorted(Path(folder).glob("*.pdf"))
    ]
    print("\n".join(table(files)))
    if files:
        print("\n".join(named_parts(files)))


if __name__ == "__main__":
    main()
