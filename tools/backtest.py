"""Backtest the model of past requests, and choose its settings on years up to 2020.

``python tools/backtest.py --choose`` prints the grid on 2015–2020 and what the rule chooses; it reads no later request.
``python tools/backtest.py`` writes the tables for 2021–2026 into the method page, ``--check`` compares and writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from fotfeste.regions import load_regions
from fotfeste.settlement.past.backtest import Outcome, average, outcome
from fotfeste.settlement.past.choices import PastSettings, past_settings
from fotfeste.settlement.past.record import Record, read_record
from fotfeste.statistics import open_store
from fotfeste.statistics.borders import CURRENT

CHOICE_YEARS = range(2015, 2021)
MEMORIES = tuple(Decimal(number) / 10 for number in range(9))
AVERAGE_YEARS = tuple(Decimal(text) for text in ("0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.75", "1"))
TOLERANCE = Fraction(1, 100)


def read(before: int, first_year: int) -> tuple[Record, dict[str, str]]:
    """Return the requests from before a year, and the county of every municipality of today."""
    regions = load_regions()
    counties = {one.code: one.county_code for one in regions.municipalities(CURRENT)}
    return read_record(open_store(), regions, first_year, before), counties


def run(
    record: Record,
    counties: dict[str, str],
    years: Iterable[int],
    settings: PastSettings,
    *,
    asked_given: bool,
) -> list[Outcome]:
    """Return the outcome of the model alone for several years."""
    return [
        outcome(record, counties, year, settings, asked_given=asked_given, predictors=("past",))
        for year in years
    ]


def longest_memory(grid: dict[tuple[Decimal, Decimal], Fraction]) -> tuple[Decimal, Decimal]:
    """Return the settings the rule chooses: of those within one per cent of the best, the longest memory, then the best.

    A longer memory rests on more years; where the figures hardly tell settings apart, it is the steadier choice.
    """
    limit = min(grid.values()) * (1 + TOLERANCE)
    good = {setting: score for setting, score in grid.items() if score <= limit}
    return min(good, key=lambda setting: (-setting[0], good[setting]))


def choose() -> Iterator[str]:
    """Yield the grid on years up to 2020 and the choice, line by line."""
    standing = past_settings()
    record, counties = read(max(CHOICE_YEARS) + 1, standing.first_year)
    yield f"Share of places that would have to move, mean of {CHOICE_YEARS[0]}–{CHOICE_YEARS[-1]}, national, asked set given"
    yield "memory \\ average_years  " + "  ".join(f"{value!s:>6}" for value in AVERAGE_YEARS)
    grid = {}
    for memory in MEMORIES:
        for years in AVERAGE_YEARS:
            settings = replace(standing, memory=memory, average_years=years)
            found = run(record, counties, CHOICE_YEARS, settings, asked_given=True)
            grid[memory, years] = average([one.national["past"] for one in found])
        yield f"{memory!s:>22}  " + "  ".join(f"{float(grid[memory, y]):.4f}" for y in AVERAGE_YEARS)
    memory, years = longest_memory(grid)
    yield f"chosen: memory = {memory}, average_years = {years}"
    yield "asked set not given"
    asked_grid = {}
    for asked_memory in MEMORIES:
        settings = replace(standing, memory=memory, average_years=years, asked_memory=asked_memory)
        found = run(record, counties, CHOICE_YEARS, settings, asked_given=False)
        asked_grid[asked_memory, Decimal(0)] = average([one.national["past"] for one in found])
        yield f"asked_memory {asked_memory}: {float(asked_grid[asked_memory, Decimal(0)]):.4f}"
    yield f"chosen: asked_memory = {longest_memory(asked_grid)[0]}"
    settings = replace(
        standing, memory=memory, average_years=years, asked_memory=longest_memory(asked_grid)[0]
    )
    for given in (True, False):
        yield f"year by year with the choice, asked set {'given' if given else 'not given'}: past, last year, population, population^0.5"
        for year in CHOICE_YEARS:
            one = outcome(record, counties, year, settings, asked_given=given)
            yield f"{year}  " + "  ".join(f"{float(share):.4f}" for share in one.national.values())


def main() -> None:
    """Choose, check or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--choose", action="store_true", help="print the grid on years up to 2020")
    arguments = parser.parse_args()
    if arguments.choose:
        for line in choose():
            print(line)
        return
    sys.exit(2)


if __name__ == "__main__":
    main()
