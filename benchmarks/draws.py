"""How sure the numbers are: ten thousand draws at once beside the exact path, in one run.

All 357 municipalities stand as one county under the shipped default, where each may have none or at least ten. The exact
path shares the same draws out one by one, so only the first few of them; the rows tell how many it was asked for and
whether every number came out the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from resource import RUSAGE_SELF, getrusage

from fotfeste.regions import load_regions
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.domains import Domain
from fotfeste.settlement.drawing import draw
from fotfeste.settlement.many import apportion_many
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Request
from fotfeste.settlement.sensitivity import sensitivity, shipped_settings
from fotfeste.settlement.solve import solve
from fotfeste.settlement.vector_keys import shares_of
from fotfeste.statistics import open_store
from measuring import MEGABYTE

YEAR = 2027
DRAWS = 10_000
NATIONAL_TOTAL = 13_000
EXACT = {17: 200, 46: 100, 357: 10}


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for all draws at once, for one draw by the exact path, and how many of them agreed."""

    size: int
    rules: str
    seconds: float
    one_exact: float
    agreed: int
    compared: int


def country() -> Prepared:
    """Return every municipality as one county, with the figures that each county's recommendation rests on."""
    regions, store = load_regions(), open_store()
    counties = [
        prepare(one.code, YEAR, NATIONAL_TOTAL, store=store, regions=regions)
        for one in regions.counties(YEAR)
    ]
    first = counties[0]

    def joined(parts: Sequence[Mapping[str, object]]) -> dict[str, object]:
        return {code: value for part in parts for code, value in part.items()}

    return replace(
        first,
        request=Request("00", "Norge", YEAR, NATIONAL_TOTAL),
        names=joined([one.names for one in counties]),
        figures={name: joined([one.figures[name] for one in counties]) for name in first.figures},
        last_requested=joined([one.last_requested for one in counties]),
    )


def measure(prepared: Prepared, rules: Sequence[Rule], domain: Domain, named: str) -> Measured:
    """Time all draws at once under ``rules``, and the first few by the exact path under the same allowed numbers."""
    prepared = prepared.under(replace(prepared.criteria, rules=tuple(rules)))
    used = tuple(one for one in prepared.criteria.criteria if one.share)
    total, method, codes = prepared.request.total, prepared.criteria.method, prepared.codes
    count, domains = EXACT[len(codes)], [domain] * len(codes)
    drawn = draw(prepared, used, Fraction(50), count, (1, 0))
    quotas = sum(
        total * drawn.weights[:, place, None] * shares_of(one.key, drawn.figures, prepared, total)
        for place, one in enumerate(used)
    )
    fast = apportion_many(quotas, domains, total, method)
    assert fast is not None
    start = time.perf_counter()
    exact = [solve([Fraction(float(quota)) for quota in row], domains, total, method) for row in quotas]
    one_exact = (time.perf_counter() - start) / count
    agreed = sum(
        found is not None and list(found.numbers) == row.tolist()
        for found, row in zip(exact, fast, strict=True)
    )
    start = time.perf_counter()
    sensitivity(prepared, dict.fromkeys(codes, 0), replace(shipped_settings(), draws=DRAWS))
    return Measured(len(codes), named, time.perf_counter() - start, one_exact, agreed, count)


def table() -> Iterator[str]:
    """Yield the rows of the page."""
    yield "| municipalities | allowed numbers | 10 000 draws, s | one exact draw, s | 10 000 exact draws would take, s | same numbers |"
    yield "|---:|---|---:|---:|---:|---:|"
    for prepared in (prepare("Telemark", YEAR, 545), prepare("Innlandet", YEAR, 1054), country()):
        total = prepared.request.total
        floor, cap = (Rule(RuleKind.FLOOR, persons=3), Rule(RuleKind.CAP, persons=total // 5))
        for rules, domain, named in (
            ((floor, cap), Domain(3, total // 5), "3 to a fifth of all"),
            ((Rule(RuleKind.ZERO_OR_FLOOR, persons=10),), Domain(10, total, True), "none, or ten or more"),
        ):
            one = measure(prepared, rules, domain, named)
            yield (
                f"| {one.size} | {one.rules} | {one.seconds:.2f} | {one.one_exact:.4f} | {one.one_exact * DRAWS:.0f} "
                f"| {one.agreed} of {one.compared} |"
            )
    yield ""
    yield f"Largest resident memory of this benchmark's process: {getrusage(RUSAGE_SELF).ru_maxrss / MEGABYTE:.0f} MB."


if __name__ == "__main__":
    print("\n".join(table()))
