"""The page of a weighing, as blocks: the sentence, the table of all municipalities, the map and the bars; or what
stands in the way of a recommendation, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from fotfeste.messages import Locale, Message, language, msg, nmsg
from fotfeste.reports.blocks import Aside, Block, Bullets, CellValue, Column, Paragraph, Picture, Table
from fotfeste.reports.documents import pictures
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.naming import RULES_IN_ALL
from fotfeste.reports.documents.tables import stated_capacity, status_note
from fotfeste.reports.documents.wording import persons
from fotfeste.settlement.comparison import rules_effect
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.weighing.ways_out import WayOut
from fotfeste.settlement.weighing.weighed import VersionChange, Weighed, compare_versions
from fotfeste.settlement.wording import rule_name
from fotfeste.statistics.figure import Figure

if TYPE_CHECKING:
    from fotfeste.regions import Regions

FLOORS = (RuleKind.FLOOR, RuleKind.ZERO_OR_FLOOR, RuleKind.CONTINUITY)


def weighing_blocks(
    weighed: Weighed,
    regions: Regions,
    *,
    locale: Locale,
    issued: date,
    before: Weighed | None = None,
) -> tuple[Block, ...]:
    """Return the whole page in the reader's language; ``before`` is the saved version that changes are counted from."""
    if weighed.recommendation is None:
        return tuple(refusal_blocks(weighed, locale))
    basis = basis_of(weighed.recommendation, regions, locale=locale, issued=issued)
    change = compare_versions(before, weighed) if before else None
    drawn: list[Picture | None] = [pictures.map_picture(basis), *pictures.contribution_pictures(basis)]
    return (
        Paragraph((sentence(basis, change),), lead=True),
        *(one for one in drawn if one is not None),
        weighing_table(basis, change),
    )


def sentence(basis: Basis, change: VersionChange | None) -> str:
    """Return the sentence on top: the total, how many stand at a limit, and what was moved since the saved version."""
    request = basis.recommendation.request
    head = nmsg(
        "{persons} er fordelt på én kommune i {county} for {year}.",
        "{persons} er fordelt på {count} kommuner i {county} for {year}.",
        sum(one.recommended > 0 for one in basis.results),
        persons=persons(request.total),
        county=basis.county,
        year=str(basis.year),
    )
    return " ".join(basis.text(part) for part in (head, *_held(basis), *_moved(change)))


def weighing_table(basis: Basis, change: VersionChange | None) -> Table:
    """Return every municipality: its number and the change since the saved version, last year's request, what it has
    said, what the rules did, and who has set the number."""
    text = basis.text
    replied = basis.recommendation.replies is not None
    columns = [
        Column(text(msg("Kommune"))),
        Column(text(msg("Tall {year}", year=str(basis.year))), "number", summed=True),
    ]
    if change is not None:
        columns.append(Column(text(msg("Endring fra forrige versjon")), "number", summed=True, signed=True))
    columns.append(Column(text(msg("Anmodet {year}", year=str(basis.last_year))), "number", summed=True))
    columns.append(Column(text(msg("Endring fra {year}", year=str(basis.last_year))), "number", signed=True))
    if replied:
        columns.append(Column(text(msg("Laveste oppgitte kapasitet")), "number", summed=True))
        columns.append(Column(text(msg("Eget ønske")), "number", summed=True))
    columns += [
        Column(text(RULES_IN_ALL), "number", summed=True, signed=True),
        Column(text(msg("Regelen som holder tallet"))),
        Column(text(msg("Satt av"))),
    ]
    rows = tuple(_row(one, basis, change, replied=replied) for one in basis.results)
    return Table(
        text(msg("Alle kommuner i {county}", county=basis.county)),
        tuple(columns),
        rows,
        total_label=basis.county if len(rows) > 1 else "",
        note=status_note(basis),
    )


def refusal_blocks(weighed: Weighed, locale: Locale) -> Iterator[Block]:
    """Yield what stands in the way of a recommendation, part by part, and the ways out that have been tried."""
    words = language(locale)
    if weighed.what is None:
        return
    parts = tuple((words.text(problem.what),) for problem in weighed.problems)
    yield Aside("warning", words.text(msg("Valgene lar seg ikke forene")), (words.text(weighed.what),))
    if parts:
        yield Bullets(parts)
    if not weighed.ways:
        none = msg(
            "Ingen enkelt endring løser dette. Endre flere av valgene, eller gå tilbake til en tidligere versjon."
        )
        yield Paragraph((words.text(none),))
        return
    yield Paragraph(
        (words.text(msg("Hver av disse endringene løser det. Den som gir opp minst, står først:")),)
    )
    yield Bullets(tuple((words.text(_way(way)),) for way in weighed.ways))


def _way(way: WayOut) -> Message:
    if not way.persons:
        return way.told
    return nmsg(
        "{told} (til sammen {count} person flere eller færre enn grensene og totalene som var valgt)",
        "{told} (til sammen {count} personer flere eller færre enn grensene og totalene som var valgt)",
        way.persons,
        told=way.told,
    )


def _row(
    one: MunicipalityResult, basis: Basis, change: VersionChange | None, *, replied: bool
) -> tuple[CellValue, ...]:
    cells: list[CellValue] = [one.name, one.recommended]
    if change is not None:
        cells.append(change.changes.get(one.code, 0))
    asked = basis.last(one).requested
    cells += [asked, Figure.missing() if asked.value is None else one.recommended - Fraction(asked.value)]
    if replied:
        reply = basis.reply(one.code)
        wish = None if reply is None else reply.own_wish
        cells.append(stated_capacity(one.code, basis))
        cells.append(Figure.missing() if wish is None else Figure.observed(wish))
    held = "; ".join(
        basis.text(msg("{rule}: {reason}", rule=rule_name(binding.kind), reason=binding.reason))
        for binding in one.explanation.bindings
        if binding.kind is not RuleKind.OVERRIDE
    )
    set_by = next((cost.role for cost in basis.recommendation.overrides if cost.code == one.code), "")
    return (*cells, rules_effect(one), held, set_by)


def _held(basis: Basis) -> Iterator[Message]:
    """Yield how many municipalities stand at each kind of limit; nothing of those where none does."""
    kinds = {one.code: {binding.kind for binding in one.explanation.bindings} for one in basis.results}
    numbers = {one.code: one.recommended for one in basis.results}
    floors = [code for code, held in kinds.items() if numbers[code] and held & set(FLOORS)]
    nobody = [code for code, held in kinds.items() if not numbers[code] and RuleKind.ZERO_OR_FLOOR in held]
    if floors:
        yield nmsg(
            "{count} kommune står ved et minstetall.", "{count} kommuner står ved et minstetall.", len(floors)
        )
    if nobody:
        yield nmsg(
            "{count} kommune får ingen, fordi den ellers ville fått færre enn minstetallet.",
            "{count} kommuner får ingen, fordi de ellers ville fått færre enn minstetallet.",
            len(nobody),
        )
    if caps := sum(RuleKind.CAP in held for held in kinds.values()):
        yield nmsg("{count} kommune står ved et tak.", "{count} kommuner står ved et tak.", caps)
    if changes := sum(RuleKind.MAX_CHANGE in held for held in kinds.values()):
        yield nmsg(
            "{count} kommune står ved grensen for endring fra i fjor.",
            "{count} kommuner står ved grensen for endring fra i fjor.",
            changes,
        )
    if overrides := len(basis.recommendation.overrides):
        yield nmsg(
            "{count} kommune har et tall som er satt for hånd.",
            "{count} kommuner har et tall som er satt for hånd.",
            overrides,
        )


def _moved(change: VersionChange | None) -> Iterator[Message]:
    if change is None:
        return
    if not change.changes:
        yield msg("Tallene er de samme som i den lagrede versjonen.")
        return
    if change.moved:
        yield nmsg(
            "{count} person er flyttet mellom kommuner siden den lagrede versjonen.",
            "{count} personer er flyttet mellom kommuner siden den lagrede versjonen.",
            change.moved,
        )
    if added := change.more - change.fewer:
        yield (
            nmsg("Totalen er {count} person høyere.", "Totalen er {count} personer høyere.", added)
            if added > 0
            else nmsg("Totalen er {count} person lavere.", "Totalen er {count} personer lavere.", -added)
        )
