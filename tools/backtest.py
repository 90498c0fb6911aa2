"""Backtest the model of past requests, and choose its settings on years up to 2020.

``python tools/backtest.py`` prints the tables for 2021–2026 and writes them into the method page; ``--choose`` does the
same with the grid on 2015–2020 and what the rule chooses from it (half a minute; it reads no later request). ``--check``
compares with the page and writes nothing.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from fotfeste.files import write_whole
from fotfeste.regions import load_regions
from fotfeste.settlement.past import national_totals
from fotfeste.settlement.past.backtest import PREDICTORS, Outcome, Predictor, average, outcome
from fotfeste.settlement.past.choices import PastSettings, past_settings
from fotfeste.settlement.past.record import Record, read_record, row_sums
from fotfeste.statistics import open_store
from fotfeste.statistics.borders import CURRENT

PAGE = Path(__file__).resolve().parents[1] / "docs" / "method" / "past-requests.md"
RESULT = ("<!-- backtest: begin -->", "<!-- backtest: end -->")
CHOICE = ("<!-- choice: begin -->", "<!-- choice: end -->")

CHOICE_YEARS = range(2015, 2021)
TEST_YEARS = range(2021, 2027)
FIRST_REQUEST = 2022
MEASURES = {"requested": "requests", "original_request": "first requests"}
NAMES: dict[Predictor, str] = {
    "past": "past requests",
    "last_year": "last year's shares",
    "population": "population",
    "square_root": "population^0.5",
}
MEMORIES = tuple(Decimal(number) / 10 for number in range(9))
AVERAGE_YEARS = tuple(Decimal(text) for text in ("0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.75", "1"))
TOLERANCE = Fraction(1, 100)


def read(before: int, first_year: int) -> tuple[Record, dict[str, str]]:
    """Return the requests from before a year, and the county of every municipality of today."""
    regions = load_regions()
    counties = {one.code: one.county_code for one in regions.municipalities(CURRENT)}
    return read_record(open_store(), regions, first_year, before), counties


def longest_memory(grid: dict[tuple[Decimal, Decimal], Fraction]) -> tuple[Decimal, Decimal]:
    """Return the settings the rule chooses: of those within one per cent of the best, the longest memory, then the best.

    A longer memory rests on more years; where the figures hardly tell settings apart, it is the steadier choice.
    """
    limit = min(grid.values()) * (1 + TOLERANCE)
    good = {setting: score for setting, score in grid.items() if score <= limit}
    return min(good, key=lambda setting: (-setting[0], good[setting]))


def choose() -> Iterator[str]:
    """Yield the grid on years up to 2020 and the choice, as it stands on the method page."""
    standing = past_settings()
    record, counties = read(max(CHOICE_YEARS) + 1, standing.first_year)
    yield "Asked set given; rows are `memory`, columns `average_years`."
    yield ""
    yield "| | " + " | ".join(map(str, AVERAGE_YEARS)) + " |"
    yield "|---|" + "--:|" * len(AVERAGE_YEARS)
    grid = {}
    for memory in MEMORIES:
        for years in AVERAGE_YEARS:
            settings = replace(standing, memory=memory, average_years=years)
            grid[memory, years] = _score(record, counties, settings, asked_given=True)
        yield f"| {memory} | " + " | ".join(_percent(grid[memory, years]) for years in AVERAGE_YEARS) + " |"
    memory, years = longest_memory(grid)
    settings = replace(standing, memory=memory, average_years=years)
    yield ""
    yield f"Chosen: `memory` {memory}, `average_years` {years}. Asked set not given, with these:"
    yield ""
    yield "| `asked_memory` | " + " | ".join(map(str, MEMORIES)) + " |"
    yield "|---|" + "--:|" * len(MEMORIES)
    asked_grid = {}
    for asked in MEMORIES:
        told = replace(settings, asked_memory=asked)
        asked_grid[asked, Decimal(0)] = _score(record, counties, told, asked_given=False)
    yield "| | " + " | ".join(_percent(score) for score in asked_grid.values()) + " |"
    asked = longest_memory(asked_grid)[0]
    yield ""
    yield f"Chosen: `asked_memory` {asked}. Year by year with the choice:"
    yield ""
    yield "| year | asked set | " + " | ".join(NAMES[one] for one in PREDICTORS) + " |"
    yield "|---|---|" + "--:|" * len(PREDICTORS)
    for given in (True, False):
        known = "given" if given else "not given"
        told = replace(settings, asked_memory=asked)
        found = [outcome(record, counties, year, told, asked_given=given) for year in CHOICE_YEARS]
        for one in found:
            yield _row(str(one.year), known, dict(one.national))
        yield _row("**average**", known, _mean([dict(one.national) for one in found]))


def _score(
    record: Record, counties: dict[str, str], settings: PastSettings, *, asked_given: bool
) -> Fraction:
    """Return what the model alone would have to move, on average over the years of choice."""
    found = [
        outcome(record, counties, year, settings, asked_given=asked_given, predictors=("past",))
        for year in CHOICE_YEARS
    ]
    return average([one.national["past"] for one in found])


def _percent(share: Fraction) -> str:
    return f"{100 * float(share):.2f}"


Shares = dict[Predictor, Fraction]


def tested(record: Record, counties: dict[str, str], *, asked_given: bool) -> list[Outcome]:
    """Return the outcome of all predictors for every test year."""
    settings = past_settings()
    return [outcome(record, counties, year, settings, asked_given=asked_given) for year in TEST_YEARS]


def tables() -> Iterator[str]:
    """Yield what stands between the marks of the method page, line by line."""
    settings = past_settings()
    record, counties = read(max(TEST_YEARS) + 1, settings.first_year)
    for asked_given in (True, False):
        found = tested(record, counties, asked_given=asked_given)
        setting = "the municipalities asked are given" if asked_given else "it is not known who will be asked"
        for within in (False, True):
            level = "within counties, each county's total given" if within else "national"
            yield f"**{level[0].upper()}{level[1:]}; {setting}.** Per cent of the places that would have to move."
            yield ""
            by_year = {one.year: dict(one.within_counties if within else one.national) for one in found}
            yield from _table(by_year, {one.year: one for one in found})
            yield from _how_sure(by_year)
            yield ""
    yield from _first_request(record, counties)
    yield ""
    yield from _totals()


def _table(by_year: dict[int, Shares], outcomes: dict[int, Outcome]) -> Iterator[str]:
    yield "| year | asked | " + " | ".join(NAMES[one] for one in PREDICTORS) + " |"
    yield "|---|--:|" + "--:|" * len(PREDICTORS)
    for year, shares in by_year.items():
        yield _row(str(year), str(outcomes[year].asked), shares)
    yield _row("**average**", "", _mean(list(by_year.values())))
    calm = [shares for year, shares in by_year.items() if year != FIRST_REQUEST]
    yield _row(f"average without {FIRST_REQUEST}", "", _mean(calm))
    yield ""


def _row(name: str, asked: str, shares: Shares) -> str:
    best = min(shares.values())
    cells = [
        f"**{_percent(share)}**" if share == best else _percent(share)
        for share in (shares[one] for one in PREDICTORS)
    ]
    return f"| {name} | {asked} | " + " | ".join(cells) + " |"


def _mean(years: Sequence[Shares]) -> Shares:
    return {one: average([shares[one] for shares in years]) for one in PREDICTORS}


def _how_sure(by_year: dict[int, Shares]) -> Iterator[str]:
    """Say how the model stands beside last year's shares: the mean difference, its spread, and where it loses."""
    gains = {year: shares["last_year"] - shares["past"] for year, shares in by_year.items()}
    values = [100 * float(gain) for gain in gains.values()]
    mean = sum(values) / len(values)
    error = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values))
    without = [(sum(values) - value) / (len(values) - 1) for value in values]
    lost = [str(year) for year, gain in gains.items() if gain < 0]
    yield (
        f"Last year's shares less past requests: {mean:+.2f} points on average (standard error over the six years "
        f"{error:.2f}; {min(without):+.2f} to {max(without):+.2f} when one year is left out). "
        f"Past requests lose to last year's shares in {', '.join(lost) if lost else 'no year'}."
    )


def _first_request(record: Record, counties: dict[str, str]) -> Iterator[str]:
    settings = past_settings()
    first = read_record(
        open_store(), load_regions(), FIRST_REQUEST, FIRST_REQUEST + 1, measure="original_request"
    ).requested[FIRST_REQUEST]
    yield f"**The first request for {FIRST_REQUEST} (5 500), not part of the averages.**"
    yield ""
    yield "| setting | asked | " + " | ".join(NAMES[one] for one in PREDICTORS) + " |"
    yield "|---|--:|" + "--:|" * len(PREDICTORS)
    for given in (True, False):
        one = outcome(record, counties, FIRST_REQUEST, settings, asked_given=given, actual=first)
        known = "asked given" if given else "asked not known"
        yield _row(f"national, {known}", str(one.asked), dict(one.national))
        yield _row(f"within counties, {known}", str(one.asked), dict(one.within_counties))


def _totals() -> Iterator[str]:
    """Yield the totals of each year beside what the requests in the data sum to."""
    sums = row_sums(open_store())
    yield "**National totals, first and revised, and what the requests in the data sum to.**"
    yield ""
    yield "| year | vintage | persons | made known | in the data | source |"
    yield "|---|---|--:|---|---|---|"
    for one in national_totals():
        found = [name for name in MEASURES if sums.get((name, one.year)) == one.persons]
        requested = _spaced(sums["requested", one.year])
        held = " and ".join(MEASURES[name] for name in found) or f"no (requests: {requested})"
        day = one.published.isoformat() if one.published else one.month or "not known"
        yield f"| {one.year} | {one.kind} | {_spaced(one.persons)} | {day} | {held} | {one.source} |"


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def page_with(text: str, marks: tuple[str, str], lines: Iterable[str]) -> str:
    """Return the page with the lines between two marks."""
    begin, end = marks
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{PAGE.name} lacks the marks between which the tables stand")
    return f"{before}{begin}\n\n" + "\n".join(lines).rstrip() + f"\n\n{end}{after}"


def main() -> None:
    """Choose, check or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--choose", action="store_true", help="the settings on years up to 2020, not the test"
    )
    parser.add_argument("--check", action="store_true", help="compare the page's tables, write nothing")
    arguments = parser.parse_args()
    standing = PAGE.read_text("utf-8")
    lines = list(choose() if arguments.choose else tables())
    renewed = page_with(standing, CHOICE if arguments.choose else RESULT, lines)
    print("\n".join(lines))
    if renewed == standing:
        print(f"{PAGE.name}: the tables are what is computed", file=sys.stderr)
    elif arguments.check:
        print(f"{PAGE.name}: the tables differ from what is computed", file=sys.stderr)
        sys.exit(1)
    else:
        write_whole(PAGE, renewed.encode())
        print(f"{PAGE.name}: written", file=sys.stderr)


if __name__ == "__main__":
    main()
