"""Every indicator for every place, in one whole process: exact and as it may be shown.

Usage: `python benchmarks/indicators_all.py`. There is no peer. A child (`--child`) works out the indicators that the data
that come with Fotfeste fill, for 357 municipalities, 15 counties and the country, and the process is measured from its
beginning to its end.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import ProcessTime, machine, processes

YEAR = 2027
SECONDS, MEGABYTES = 10.0, 1_000.0


@dataclass(frozen=True, slots=True)
class Claim:
    """What is measured, and the arguments of the child."""

    what: str
    arguments: tuple[str, ...]


CLAIMS = (
    Claim("all embedded indicators, all places, as they may be shown", ("--child", "shown")),
    Claim("the same, exact and as they may be shown", ("--child", "both")),
)


def work_out(how: str) -> tuple[int, int]:
    """Work out every indicator for every place; return how many indicators, and how many figures that are not missing."""
    from fotfeste.regions import load_regions
    from fotfeste.statistics import Mark, compute, load_catalogue, open_store
    from fotfeste.statistics.borders import CURRENT

    regions = load_regions()
    codes = [one.code for one in regions.municipalities(CURRENT)]
    names = [one.id for one in load_catalogue() if not one.written]
    found = compute(open_store(), regions, names, codes, YEAR)
    known = 0
    for name in names:
        figures = [found.shown(name, code) for code in codes]
        figures += [found.shown_county(name, one.code) for one in regions.counties(CURRENT)]
        figures.append(found.shown_country(name))
        if how == "both":
            figures += [found.figure(name, code) for code in codes]
            figures += [found.county(name, one.code) for one in regions.counties(CURRENT)]
            figures.append(found.country(name))
        known += sum(one.mark is not Mark.MISSING for one in figures)
    return len(names), known


def measure() -> Iterator[tuple[Claim, ProcessTime]]:
    """Measure each claim, three runs after one that is not counted."""
    script = str(Path(__file__).resolve())
    for claim in CLAIMS:
        yield claim, processes([sys.executable, script, *claim.arguments], Path.cwd(), runs=3)


def table() -> list[str]:
    """Return the measurements as a table."""
    lines = ["| measured | seconds | limit | peak memory, MB | limit |", "|---|---:|---:|---:|---:|"]
    for claim, time in measure():
        lines.append(
            f"| {claim.what} | {time.median:.1f} | {SECONDS:.0f} | {time.memory:,.0f} | {MEGABYTES:,.0f} |"
        )
    return lines


def main() -> None:
    """Print the table, or be the process that is measured."""
    parser = argparse.ArgumentParser(description="Measure all indicators for all places.")
    parser.add_argument("--child", choices=("shown", "both"), help="work out once, and tell how many")
    asked = parser.parse_args()
    if asked.child:
        indicators, figures = work_out(asked.child)
        print(f"{indicators} indicators, {figures} figures")
        return
    print(machine())
    print("\n".join(table()))


if __name__ == "__main__":
    main()
