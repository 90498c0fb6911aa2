"""From a change to a page that is drawn again, in one process: numbers, the table's rows, map and bars.

Usage: `python benchmarks/weighing.py`. There is no peer: 300 milliseconds at 46 municipalities is the limit that the
workspace rests on. Each round makes a change that was not made before, so that no answer is at hand.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from fotfeste.regions import Regions, load_regions
from fotfeste.reports.documents.weighing import weighing_blocks
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.replies import Replies, Reply, Service
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import AddRule, Change, Override, SetTotal, SetWeight
from fotfeste.settlement.weighing.choices import Choices, begun
from fotfeste.settlement.weighing.ready import ReadyToWeigh, prepare_for_weighing
from fotfeste.settlement.weighing.weighed import Weighed, weigh
from fotfeste.statistics import open_store
from measuring import machine

YEAR = 2027
DAY, AT = date(2026, 11, 21), datetime(2026, 11, 21, 10, tzinfo=UTC)
LIMIT = 300
ROUNDS = 9
COUNTIES = (("Telemark", 545), ("Innlandet", 1054))


@dataclass(frozen=True, slots=True)
class Changed:
    """What is changed in a county of so many municipalities, and median and slowest milliseconds of all rounds."""

    size: int
    what: str
    median: float
    slowest: float


def changes(choices: Choices) -> dict[str, Callable[[int], Change]]:
    """Return kinds of changes, each by the number of the round."""
    code = choices.codes[0]

    def lock(turn: int) -> Change:
        return AddRule(Rule(RuleKind.LOCK, (code,), 30 + turn, reason="Eksempel", source="Eksempel"))

    return {
        "a weight": lambda turn: SetWeight("work", Fraction(51 + turn, 2)),
        "a cap for all": lambda turn: AddRule(Rule(RuleKind.CAP, (), 60 + turn, source="Eksempel")),
        "a lock": lock,
        "the total": lambda turn: SetTotal(choices.total + 1 + turn, choices.minors),
        "a number set by somebody": lambda turn: Override(
            code, 45 + turn, "Eksempel", "rådgiver", "Navn Navnesen"
        ),
    }


def answered(ready: ReadyToWeigh) -> ReadyToWeigh:
    """Return the same with a made-up reply from every municipality, so that every number has a cap."""
    request = ready.gathered.request
    replies = {
        code: Reply(code, {Service.HOUSING: 30 + 7 * place % 60}, own_wish=20)
        for place, code in enumerate(ready.codes)
    }
    return ready.with_replies(Replies(request.county_code, request.year, replies, "eksempel"))


def measure(ready: ReadyToWeigh, before: Weighed, what: str, regions: Regions) -> Changed:
    """Time one kind of change."""
    made, times = changes(before.choices)[what], []
    for turn in range(ROUNDS + 1):
        start = time.perf_counter()
        after = weigh(ready, apply(before.choices, made(turn), AT), ranges=False)
        blocks = weighing_blocks(after, regions, locale="nb", issued=DAY, before=before)
        if turn:
            times.append(1000 * (time.perf_counter() - start))
        assert len(blocks) > 3
    return Changed(len(ready.codes), what, statistics.median(times), max(times))


def measured() -> Iterator[Changed]:
    """Measure every change in a county of 17 and one of 46 municipalities, where all have replied."""
    regions, store = load_regions(), open_store()
    for county, total in COUNTIES:
        ready = answered(prepare_for_weighing(county, YEAR, store=store, regions=regions))
        before = weigh(ready, begun(ready.gathered.request.county_code, YEAR, ready.codes, total))
        for what in changes(before.choices):
            yield measure(ready, before, what, regions)


def table() -> Iterator[str]:
    """Yield the measurements as a table."""
    yield f"| municipalities | what is changed | until numbers, table, map and bars are there, ms | slowest of {ROUNDS} | limit |"
    yield "|---:|---|---:|---:|---:|"
    for one in measured():
        yield f"| {one.size} | {one.what} | {one.median:.0f} | {one.slowest:.0f} | {LIMIT} |"


if __name__ == "__main__":
    print(machine())
    print("\n".join(table()))
