"""Time of the matrix and the gap report on the plans in a folder, and how much names of parts and columns answer for.

python benchmarks/plan_coverage.py FOLDER
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import CodingRules
from fotfeste.plans.coverage import matrix, owners_of_counties, read_document
from fotfeste.plans.documents import read
from fotfeste.plans.gaps import Check, gaps, shipped_expectations
from fotfeste.plans.register import Owner, Plan, Register, Status
from fotfeste.plans.register.values import OwnerKind
from fotfeste.regions import load_regions


def main(folder: Path) -> None:
    """Print seconds of processor time, and how many goals and measures lack something beside them."""
    book, regions = load("integrering"), load_regions()
    rules = CodingRules(book)
    plans = [(path.name, read(path.name, path.read_bytes())) for path in sorted(folder.glob("*.pdf"))]
    documents = [read_document(name, one, rules.suggest(one)) for name, one in plans]
    owner = Owner(OwnerKind.COUNTY, "40", "Telemark")
    register = Register(
        tuple(
            Plan(f"p{number}", owner, "regional_plan", one.id, Status.ADOPTED)
            for number, one in enumerate(documents)
        )
    )
    belongs = {one.id: f"p{number}" for number, one in enumerate(documents)}
    begun = time.process_time()
    matrix(register, documents, belongs, owners_of_counties(regions), regions, book, date(2026, 11, 22))
    passages = sum(len(one.document.passages) for one in documents)
    print(f"matrix: {time.process_time() - begun:.2f} s for {len(documents)} plans, {passages} passages")
    expected = shipped_expectations()
    bare = replace(expected, all=tuple(replace(one, labels=()) for one in expected.all))
    begun = time.process_time()
    for one in documents:
        for name, some in (("without names of parts", bare), ("with", expected)):
            report = gaps(one, "action_programme", (), book, expectations=some)
            for remark in report.remarks:
                if remark.expectation.check is Check.FOLLOWED:
                    print(f"{one.id[:40]:40} {name:24} {remark.said}")
    print(f"gap reports: {(time.process_time() - begun) / max(1, 2 * len(documents)):.2f} s each")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
