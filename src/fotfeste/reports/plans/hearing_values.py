"""The remarks of a hearing statement, each with what it leans on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.messages import Language, Message, msg
from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coverage.coded import ReadDocument
from fotfeste.plans.coverage.quoting import Evidence
from fotfeste.plans.gaps.model import Check, Expectations, GapReport, Remark
from fotfeste.plans.gaps.support import support
from fotfeste.plans.register.owners import last_year
from fotfeste.plans.register.values import OwnerKind, Plan
from fotfeste.regions import Regions
from fotfeste.regions.registry import EDITION

KNOWLEDGE = "knowledge_base"
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
        some = support(one, county, book, expectations)
        fresh = sorted(some, key=lambda each: used[each.document, each.passage] > 0)
        chosen = tuple(each for each in fresh if used[each.document, each.passage] < MOST_USES)[:MOST_SUPPORT]
        used.update((each.document, each.passage) for each in chosen)
        found.append(Leaning(one, chosen))
    return tuple(found)


def in_order(plan: Plan, county: str, year: int) -> tuple[bool, bool, bool, int, str]:
    """Return a key that puts plans in the order that a county leans on them in ``year``.

    Those that still hold come before those that have run out, plans before what they build on, the county's own before those it has
    inherited, and the newest first.
    """
    run_out = plan.valid_to is not None and plan.valid_to < year
    inherited = plan.owner.code != county
    return run_out, plan.type == KNOWLEDGE, inherited, -(plan.valid_from or 0), plan.id


def title_of(plan: Plan, regions: Regions, words: Language) -> str:
    """Return what a plan is called where it is quoted: with whose it is, where the title does not say, or where they are dissolved."""
    owner = plan.owner
    last = EDITION if owner.kind not in _DISSOLVED else last_year(regions, owner)
    if last == EDITION:
        said = owner.name.casefold() in plan.title.casefold()
        return plan.title if said else f"{plan.title} ({owner.name})"
    dissolved = Message(_DISSOLVED[owner.kind].text, {"owner": owner.name, "year": str(last + 1)})
    return f"{plan.title} ({words.text(dissolved)})"


_DISSOLVED = {
    OwnerKind.COUNTY: msg("{owner} fylkeskommune, oppløst {year}"),
    OwnerKind.MUNICIPALITY: msg("{owner} kommune, oppløst {year}"),
}
