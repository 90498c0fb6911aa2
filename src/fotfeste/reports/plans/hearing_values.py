"""The remarks of a hearing statement, each with what it leans on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coverage.coded import ReadDocument
from fotfeste.plans.coverage.quoting import Evidence
from fotfeste.plans.gaps.model import Check, Expectations, GapReport, Remark
from fotfeste.plans.gaps.support import support

MOST_SUPPORT = 2
MOST_USES = 2
"""Pieces of advice that may lean on the same passage: one that carries everything carries nothing well."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A remark with the passages of the county's plans that it leans on, the best first; none where they are silent."""

    remark: Remark
    support: tuple[Evidence, ...]


def leanings(
    report: GapReport, county: Sequence[ReadDocument], book: Codebook, expectations: Expectations
) -> tuple[Leaning, ...]:
    """Return what is forgotten, the question of labour need first, each with what the county's plans say about it."""
    ordered = sorted(report.forgotten, key=lambda one: one.expectation.check is not Check.LABOUR)
    used: Counter[tuple[str, int]] = Counter()
    found = []
    for one in ordered:
        some = support(one, county, book, expectations.immigrants)
        fresh = sorted(some, key=lambda each: used[each.document, each.passage] > 0)
        chosen = tuple(each for each in fresh if used[each.document, each.passage] < MOST_USES)[:MOST_SUPPORT]
        used.update((each.document, each.passage) for each in chosen)
        found.append(Leaning(one, chosen))
    return tuple(found)
