"""Versions of a weighing beside each other: what a change did, two versions, and named ones with the alternatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.reports.blocks import Block, Bullets, CellValue, Column, Table
from fotfeste.reports.documents.alternatives_pictures import spread_pictures
from fotfeste.reports.documents.alternatives_tables import alternatives_table, numbers_tables, refusal
from fotfeste.reports.documents.basis import Basis
from fotfeste.settlement.alternatives import Alternative, Comparison, weights_of
from fotfeste.settlement.weighing.differences import differences
from fotfeste.settlement.weighing.weighed import VersionChange, Weighed, compare_versions
from fotfeste.statistics.figure import Figure

MOST_TOLD = 6
"""Municipalities that are named when a change is told in a sentence."""


def felt(change: VersionChange, names: Mapping[str, str], words: Language) -> str:
    """Return what a change did, the largest first: ``Skien 3 flere, Porsgrunn 2 færre.``"""
    if not change.changes:
        return words.text(msg("Ingen tall er endret."))
    order = sorted(change.changes.items(), key=lambda one: (-abs(one[1]), one[0]))
    told = [words.text(_one(names.get(code, code), count)) for code, count in order[:MOST_TOLD]]
    rest = len(order) - len(told)
    if rest:
        told.append(words.text(nmsg("og {count} kommune til", "og {count} kommuner til", rest)))
    return words.text(msg("{changes}.", changes=", ".join(told)))


def _one(name: str, count: int) -> Message:
    if count > 0:
        return nmsg("{name} {count} person flere", "{name} {count} flere", count, name=name)
    return nmsg("{name} {count} person færre", "{name} {count} færre", -count, name=name)


def versions_blocks(
    before: tuple[str, Weighed], after: tuple[str, Weighed], words: Language
) -> tuple[Block, ...]:
    """Return two versions (each with its title) beside each other: what was chosen differently, and every number."""
    first, second = before[1], after[1]
    names = second.ready.names
    lines = differences(first.choices, second.choices, names)
    change = compare_versions(first, second)
    columns = (
        Column(words.text(msg("Kommune"))),
        Column(before[0], "number", summed=True),
        Column(after[0], "number", summed=True),
        Column(words.text(msg("Forskjell")), "number", summed=True, signed=True),
    )
    rows: list[tuple[CellValue, ...]] = [
        (
            name,
            first.numbers.get(code, Figure.missing()),
            second.numbers.get(code, Figure.missing()),
            change.changes.get(code, 0) if first.numbers and second.numbers else Figure.missing(),
        )
        for code, name in names.items()
    ]
    county = second.ready.gathered.request.county_name
    table = Table(
        words.text(msg("Tallene i de to versjonene")),
        columns,
        tuple(rows),
        total_label=county if len(rows) > 1 else "",
        emphasis=frozenset(place for place, code in enumerate(names) if code in change.changes),
    )
    same = (words.text(msg("Valgene er de samme.")),)
    return Bullets(tuple((words.text(line),) for line in lines) or (same,)), table


def named_beside(
    weighed: Weighed, named: Sequence[tuple[int, str, Weighed]], words: Language
) -> Comparison | None:
    """Return the alternatives with versions that people have named (number, name, what follows) after the chosen one.

    Versions without a recommendation are told as refused. ``None`` where the chosen version itself has none.
    """
    comparison = weighed.alternatives
    if comparison is None:
        return None
    found: list[Alternative] = []
    for number, name, one in named:
        criteria = one.choices.criteria
        total = one.choices.total
        told = (
            msg("{name} (versjon {number})", name=name, number=str(number))
            if total == comparison.total
            else msg(
                "{name} (versjon {number}, {persons})",
                name=name,
                number=str(number),
                persons=words.text(nmsg("{count} person", "{count} personer", total)),
            )
        )
        found.append(
            Alternative(
                f"version-{number}-{len(found)}",
                told,
                "version",
                one.numbers,
                criteria.method,
                criteria.rules,
                criteria.rules == weighed.choices.criteria.rules,
                one.what,
                weights=weights_of(criteria),
                set_by_hand=tuple(one.choices.ledger.in_force) if one.numbers else (),
            )
        )
    chosen, *others = comparison.alternatives
    return replace(comparison, alternatives=(chosen, *found, *others))


def side_by_side(comparison: Comparison, basis: Basis) -> tuple[Block, ...]:
    """Return alternatives as columns and as strips: the picture, what they are, why some have no numbers, and every number."""
    refused = tuple((basis.text(refusal(one)),) for one in comparison.alternatives if one.refused is not None)
    return (
        *spread_pictures(comparison, basis),
        alternatives_table(comparison, basis),
        *((Bullets(refused),) if refused else ()),
        *numbers_tables(comparison, basis),
    )
