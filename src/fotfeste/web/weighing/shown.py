"""What the room of a weighing shows of what follows from the choices: numbers, or what stands in their way.

Figures, sentences, tables and pictures come from the library; here they are put where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from fotfeste.errors import FotfesteError
from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.reports.blocks import Block, Column, Picture, Table
from fotfeste.web.weighing.unheard import unheard

if TYPE_CHECKING:
    from fotfeste.reports.documents.basis import Basis
    from fotfeste.settlement.result import MunicipalityResult
    from fotfeste.settlement.weighing.weighed import Weighed

Said = Message | Translated | str


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality: its number (``count``) and the other cells as they are written; ``change`` since the version before.

    ``last`` is last year's request as it is written, ``minors`` how many of the number are unaccompanied minors, ``part``
    the number as a part of the largest, in per cent. ``marks`` tell what to mind: silence, a no last year. ``kinds`` are
    the rules that hold the number.
    """

    code: str
    name: str
    count: int
    number: str
    change: int
    overridden: bool
    cells: tuple[tuple[str, bool], ...]
    last: str
    minors: int
    part: int
    marks: tuple[Message, ...]
    kinds: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What follows from a version: the sentence on top, what to mind, the table, the map and the bars.

    ``last_year`` is the year of the requests beside the numbers.
    """

    sentence: str
    minded: tuple[Message, ...]
    last_year: str
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


def results(weighed: Weighed, before: Weighed | None, words: Language) -> Results | None:
    """Return what follows, with changes counted from ``before``; nothing where there is no recommendation."""
    from fotfeste.reports.cells import format_cell, is_numeric, notes, total_row
    from fotfeste.reports.documents import pictures
    from fotfeste.reports.documents.weighing import sentence, weighing_table
    from fotfeste.settlement.criteria import RuleKind
    from fotfeste.settlement.weighing.weighed import compare_versions
    from fotfeste.settlement.wording import rule_name

    if weighed.recommendation is None:
        return None
    basis = basis_for(weighed, words)
    change = compare_versions(before, weighed) if before and before.recommendation else None
    table = weighing_table(basis, change)

    def written(row: Sequence[object], start: int) -> tuple[tuple[str, bool], ...]:
        pairs = list(zip(row, table.columns, strict=True))[start:]
        return tuple((format_cell(value, column, words), is_numeric(column)) for value, column in pairs)  # type: ignore[arg-type]

    sums = total_row(table)
    heard = unheard(basis)
    largest = max((one.recommended for one in basis.results), default=0) or 1
    drawn = pictures.map_picture(basis)
    return Results(
        sentence(basis, None),
        heard.told,
        str(basis.last_year),
        what_came(weighed, before, words),
        table.caption,
        tuple((column.title, is_numeric(column)) for column in table.columns),
        tuple(
            Row(
                one.code,
                one.name,
                one.recommended,
                words.number(one.recommended),
                change.changes.get(one.code, 0) if change else 0,
                one.code in weighed.choices.overrides,
                written(row, 2),
                format_cell(basis.last(one).requested, Column("", "number"), words),
                one.minors,
                100 * one.recommended // largest,
                heard.marks.get(one.code, ()),
                tuple(
                    rule_name(kind)
                    for kind in dict.fromkeys(held.kind for held in one.explanation.bindings)
                    if kind is not RuleKind.OVERRIDE
                ),
            )
            for one, row in zip(basis.results, table.rows, strict=True)
        ),
        written(sums, 0) if sums else (),
        notes(table, words),
        (drawn,) if drawn else (),
        tuple(pictures.contribution_pictures(basis)),
    )


def what_came(weighed: Weighed, before: Weighed | None, words: Language) -> str:
    """Return what came of a change in words; nothing where there is no version before."""
    from fotfeste.reports.documents.weighing_versions import felt
    from fotfeste.settlement.weighing.weighed import compare_versions

    if before is None:
        return ""
    if weighed.recommendation is None:
        return words.text(msg("Valgene lar seg ikke forene."))
    if before.recommendation is None:
        return words.text(msg("Tallene er regnet ut igjen."))
    return felt(compare_versions(before, weighed), weighed.ready.names, words)


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


def faults(error: FotfesteError, words: Language) -> list[tuple[str, str]]:
    """Return what was wrong, each with the field it is about (or nothing): the parts where there are any, and the way out."""
    return list(_faults(error, words))


def _faults(error: FotfesteError, words: Language) -> Iterator[tuple[str, str]]:
    for one in error.problems or (error.problem,):
        remedy = one.remedy or error.problem.remedy
        text = words.text(one.what)
        yield str(one.place or ""), f"{text} {words.text(remedy)}" if remedy else text
