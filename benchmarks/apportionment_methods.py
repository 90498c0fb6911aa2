"""Sharing persons out: `fotfeste.settlement.apportion` beside `apportionment` on the same inputs in one run.

`apportionment` (version 1.0) computes in floating point, or exactly with `fractions=True` (for Huntington–Hill and
modified Sainte-Laguë in floating point only). Ours is always exact. Both are asked for the same seats from the same
populations; where there is no tie they must agree, and the program stops when they do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apportionment.methods import compute

from fotfeste.regions import load_regions
from fotfeste.settlement import apportion
from fotfeste.settlement.apportionment import MethodName
from fotfeste.statistics import open_store
from measuring import call

YEAR = 2026
PLACES = (("Telemark", 545), ("Innlandet", 1054), (None, 13_000))
PEERS: dict[MethodName, tuple[str, bool]] = {
    "hamilton": ("largest_remainder", True),
    "sainte-lague": ("saintelague", True),
    "modified-sainte-lague": ("modified_saintelague", False),
    "dhondt": ("dhondt", True),
    "huntington-hill": ("huntington", False),
    "adams": ("adams", True),
}
# The peer's exact divisor methods build a fraction for every place of every municipality: 4.6 million at 357.
LARGEST_EXACT = 100_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds for one call, ours, theirs in floating point and theirs exact (None where there is none)."""

    method: str
    size: int
    total: int
    ours: float
    floating: float
    exact: float | None
    agrees: str


def populations(county: str | None) -> list[int]:
    """Return inhabitants on 1 January of every municipality of a county, or of the country."""
    codes = [place.code for place in load_regions().municipalities(YEAR, county)]
    people = open_store().frame("population")
    counted = dict(
        people.filter(people["year"] == YEAR).select("code", "value").group_by("code").sum().iter_rows()
    )
    return [int(counted[code]) for code in codes]


def compare(method: MethodName, weights: list[int], total: int) -> Comparison:
    """Time one method on one input; raise `SystemExit` when the two disagree without a tie."""
    name, has_exact = PEERS[method]
    parties = [str(place) for place in range(len(weights))]

    def peer(fractions: bool) -> list[int]:
        return list(compute(name, weights, total, fractions=fractions, parties=parties))

    answer = apportion(weights, total, method)
    exact = has_exact and len(weights) * total <= LARGEST_EXACT
    same = list(answer.seats) == peer(fractions=exact)
    if not same and answer.equal is None:
        raise SystemExit(f"{method}, {len(weights)} municipalities, {total}: the two disagree without a tie")
    return Comparison(
        method,
        len(weights),
        total,
        call(lambda: apportion(weights, total, method)),
        call(lambda: peer(fractions=False)),
        call(lambda: peer(fractions=True)) if exact else None,
        "yes" if same else "tie",
    )


def table() -> Iterator[str]:
    """Return the lines of a Markdown table, one method and input a line."""
    yield "| method | municipalities | persons | ours, exact | peer, floating point | peer, exact | same answer |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for county, total in PLACES:
        weights = populations(county)
        for method in PEERS:
            row = compare(method, weights, total)
            exact = "–" if row.exact is None else f"{row.exact * 1000:.2f} ms"
            yield (
                f"| {row.method} | {row.size} | {row.total} | {row.ours * 1000:.2f} ms "
                f"| {row.floating * 1000:.2f} ms | {exact} | {row.agrees} |"
            )


if __name__ == "__main__":
    for line in table():
        print(line, flush=True)
