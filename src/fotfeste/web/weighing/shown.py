"""What the room of a weighing shows: the choices as controls, what follows from them, and who changed what.

Figures, sentences, tables and pictures come from the library; here they are put where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone

from fotfeste.errors import FotfesteError
from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.reports.blocks import Block, Picture, Table
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.rules_told import rule_told
from fotfeste.settlement.wording import METHODS, as_named, rule_name
from fotfeste.web.jobs.kept_messages import told
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.roles import Role
from fotfeste.web.weighing.models import Version

if TYPE_CHECKING:
    from fotfeste.reports.documents.basis import Basis
    from fotfeste.settlement.result import MunicipalityResult
    from fotfeste.settlement.weighing.choices import Choices
    from fotfeste.settlement.weighing.weighed import Weighed

TOTAL_STEP = 5
"""Persons that a step changes the total by; a weight is stepped by one."""
Said = Message | Translated | str


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be changed: ``less`` and ``more`` are what a step leads to, ``note`` stands beside it."""

    field: str
    label: Said
    value: str
    less: str
    more: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule in force: its place in the row of rules, what it says, why, and where it comes from."""

    place: int
    name: Message
    told: Message
    reason: Said
    source: Said


@dataclass(frozen=True, slots=True)
class Controls:
    """The choices of a version as they can be changed."""

    total: Number
    minors: str
    weights: tuple[Number, ...]
    methods: tuple[tuple[str, Message, bool], ...]
    suppressed: tuple[tuple[str, Message, bool], ...]
    rules: tuple[RuleShown, ...]
    criteria: Said
    shipped: tuple[tuple[str, Message], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality: its number, and the other cells as they are written; ``changed`` since the version before."""

    code: str
    name: str
    number: str
    change: int
    overridden: bool
    cells: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What follows from a version: the sentence on top, the table, the map and the bars."""

    sentence: str
    felt: str
    caption: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[Row, ...]
    sums: tuple[tuple[str, bool], ...]
    note: str
    map: tuple[Block, ...]
    bars: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a conflict: its place, what it does, and the municipality where somebody must stand for a number."""

    place: int
    told: Message
    persons: int
    code: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands in the way of a recommendation, part by part, and the ways out."""

    what: Said
    parts: tuple[Said, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version as the history tells of it: who by role, when, and what in words."""

    number: int
    who: Message
    at: datetime
    what: Said


def controls(
    choices: Choices, names: dict[str, str], words: Language, typed: QueryDict | None = None
) -> Controls:
    """Return the choices as controls; what somebody has ``typed`` that could not be used stands as typed."""
    from fotfeste.settlement.alternatives import title_of
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
    from fotfeste.settlement.weighing.changes_told import PLACES

    criteria = choices.criteria
    given = typed if typed is not None else QueryDict()
    total = choices.total
    return Controls(
        Number(
            "total",
            msg("Personer i alt"),
            given.get("total", str(total)),
            f"total:{max(total - TOTAL_STEP, 1)}",
            f"total:{total + TOTAL_STEP}",
        ),
        given.get("mindrearige", str(choices.minors)),
        tuple(
            Number(
                f"vekt-{one.id}",
                as_named(one.name, criteria),
                given.get(f"vekt-{one.id}", _decimal(one.weight)),
                f"{one.id}:{_decimal(max(one.weight - 1, Fraction(0)))}",
                f"{one.id}:{_decimal(one.weight + 1)}",
                words.percent(one.share, 0 if one.share * 100 % 1 == 0 else 1),
            )
            for one in criteria.criteria
        ),
        tuple((one, name, one == given.get("metode", criteria.method)) for one, name in METHODS.items()),
        tuple((one, name, one == given.get("skjulte", criteria.suppressed)) for one, name in PLACES.items()),
        tuple(
            RuleShown(
                place,
                rule_name(rule.kind),
                rule_told(rule, names),
                as_named(rule.reason, criteria) if rule.reason else "",
                as_named(rule.source, criteria) if rule.source else "",
            )
            for place, rule in enumerate(criteria.rules)
        ),
        as_named(criteria.title, criteria),
        tuple((one, title_of(read_criteria(one))) for one in shipped_criteria()),
    )


def _decimal(number: Fraction) -> str:
    """Return a weight as a field holds it: ``12.5``."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.6f}".rstrip("0")


def results(weighed: Weighed, before: Weighed | None, words: Language) -> Results | None:
    """Return what follows, with changes counted from ``before``; nothing where there is no recommendation."""
    from fotfeste.reports.cells import format_cell, is_numeric, notes, total_row
    from fotfeste.reports.documents import pictures
    from fotfeste.reports.documents.weighing import sentence, weighing_table
    from fotfeste.reports.documents.weighing_versions import felt
    from fotfeste.settlement.weighing.weighed import compare_versions

    if weighed.recommendation is None:
        return None
    basis = basis_for(weighed, words)
    change = compare_versions(before, weighed) if before and before.recommendation else None
    table = weighing_table(basis, change)

    def written(row: Sequence[object], start: int) -> tuple[tuple[str, bool], ...]:
        pairs = list(zip(row, table.columns, strict=True))[start:]
        return tuple((format_cell(value, column, words), is_numeric(column)) for value, column in pairs)  # type: ignore[arg-type]

    sums = total_row(table)
    drawn = pictures.map_picture(basis)
    return Results(
        sentence(basis, None),
        felt(change, weighed.ready.names, words) if change else "",
        table.caption,
        tuple((column.title, is_numeric(column)) for column in table.columns),
        tuple(
            Row(
                one.code,
                one.name,
                words.number(one.recommended),
                change.changes.get(one.code, 0) if change else 0,
                one.code in weighed.choices.overrides,
                written(row, 2),
            )
            for one, row in zip(basis.results, table.rows, strict=True)
        ),
        written(sums, 0) if sums else (),
        notes(table, words),
        (drawn,) if drawn else (),
        tuple(pictures.contribution_pictures(basis)),
    )


def basis_for(weighed: Weighed, words: Language) -> Basis:
    """Return what the library's pages are made from, for a version that has a recommendation."""
    from fotfeste.regions import load_regions
    from fotfeste.reports.documents.basis import basis_of

    assert weighed.recommendation is not None
    return basis_of(weighed.recommendation, load_regions(), locale=words.locale, issued=timezone.localdate())


def refused(weighed: Weighed) -> Refused | None:
    """Return what stands in the way, and the ways out that have been tried; nothing where nothing does."""
    from fotfeste.settlement.weighing.changes import Override

    if weighed.what is None:
        return None
    return Refused(
        weighed.what,
        tuple(problem.what for problem in weighed.problems),
        tuple(
            Way(
                place,
                way.told,
                way.persons,
                getattr(way.change, "code", "") if way.asks else "",
                way.change.persons if isinstance(way.change, Override) else None,
            )
            for place, way in enumerate(weighed.ways)
        ),
    )


def explained(
    weighed: Weighed, code: str, words: Language
) -> tuple[MunicipalityResult, Sequence[Block], Sequence[Block]]:
    """Return a municipality's result, why it has its number (short enough for a row), and the rest of its page."""
    from fotfeste.reports.documents.facts_page import municipality_page

    basis = basis_for(weighed, words)
    one = next(result for result in basis.results if result.code == code)
    page = municipality_page(one, basis)
    return one, (page.answer, *page.held, *page.how), (*page.beside, *page.sources)


def pictures_last(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with words and tables before pictures, as a row in a table has room for them."""
    return sorted(blocks, key=lambda one: (isinstance(one, Picture), isinstance(one, Table)))


def version_shown(version: Version, viewer: Actor) -> VersionShown:
    """Return a version as the history tells of it: by role, and whether it was the reader."""
    return VersionShown(
        version.number, who(version, viewer), timezone.localtime(version.at), told(version.told)
    )


def who(version: Version, viewer: Actor) -> Message:
    """Return who made a version: the reader, another adviser, or nobody who is known any longer."""
    if version.by_id is None:
        return msg("noen som ikke har konto lenger")
    if version.by_id == viewer.user_id:
        return msg("du")
    if not viewer.has(Role.COUNTY_ADVISER):
        return ROLE_NAMES[Role.COUNTY_ADVISER]
    return msg("en annen rådgiver i fylket")


def faults(error: FotfesteError, words: Language) -> list[tuple[str, str]]:
    """Return what was wrong, each with the field it is about (or nothing): the parts where there are any, and the way out."""
    return list(_faults(error, words))


def _faults(error: FotfesteError, words: Language) -> Iterator[tuple[str, str]]:
    for one in error.problems or (error.problem,):
        remedy = one.remedy or error.problem.remedy
        text = words.text(one.what)
        yield str(one.place or ""), f"{text} {words.text(remedy)}" if remedy else text


def locks(rules: Sequence[Rule]) -> frozenset[str]:
    """Return the codes of municipalities whose number a rule locks."""
    return frozenset(code for rule in rules if rule.kind is RuleKind.LOCK for code in rule.municipalities)
