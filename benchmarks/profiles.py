"""Profiles of places, warm, in one process: what a page, a map or a search costs below the web.

Usage: `python benchmarks/profiles.py`. There is no peer: the numbers are limits that the workspace rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from fotfeste.messages import language
from fotfeste.reports import profiles
from measuring import call, machine

DAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Limit:
    """What is measured, how, and the milliseconds that it may take."""

    what: str
    function: Callable[[], object]
    milliseconds: float


def limits() -> Iterator[Limit]:
    """Return what is measured."""
    known, words = profiles.open_knowledge(None, DAY), language("nb")
    skien, country = known.place("4003"), known.country
    every = known.indicator_ids

    def drawn() -> object:
        found = profiles.indicator_view(known, country, "settled_1y", words).map
        return found and found.inline("kart", lambda code: f"/kommune/{code}/")

    yield Limit("open all figures", lambda: profiles.open_knowledge(None, DAY), 5_000)
    yield Limit("overview of a municipality", lambda: profiles.overview(known, skien, words), 60)
    yield Limit("overview of the country", lambda: profiles.overview(known, country, words), 60)
    yield Limit(
        "one indicator of a municipality, without pictures",
        lambda: profiles.indicator_view(known, skien, "settled_1y", words, pictures=False),
        60,
    )
    yield Limit(
        "the same with map and chart, where the map of its county has been drawn before",
        lambda: profiles.indicator_view(known, skien, "settled_1y", words),
        200,
    )
    yield Limit("the map of all municipalities, with links", drawn, 200)
    yield Limit(
        "six places compared by everything",
        lambda: profiles.comparison(known, ["4003", "4001", "40", "0", "0301", "46"], every, words),
        200,
    )
    yield Limit("a search, misspelt", lambda: profiles.search(known, "kristiansnad", words), 5)


def table() -> list[str]:
    """Return the measurements as a table."""
    lines = ["| measured | milliseconds | limit |", "|---|---:|---:|"]
    for one in limits():
        lines.append(f"| {one.what} | {1000 * call(one.function):.1f} | {one.milliseconds:,.0f} |")
    return lines


def largest_map() -> int:
    """Return the bytes of the largest map of all municipalities, with links."""
    known, words = profiles.open_knowledge(None, DAY), language("nb")
    maps = (profiles.indicator_view(known, known.country, name, words).map for name in known.indicator_ids)
    return max(len(one.inline("kart", lambda code: f"/kommune/{code}/").encode()) for one in maps if one)


if __name__ == "__main__":
    print(machine())
    print("\n".join(table()))
    print(f"Largest map of all municipalities: {largest_map():,} bytes")
