"""The workbook behind the documents: the same figures as numbers, with sums that stay live."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from fotfeste.messages import msg
from fotfeste.reports.blocks import CellValue, Column, Sheet, Table, Workbook
from fotfeste.reports.documents.alternatives_tables import discussion_sheets
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.method import key_in_words
from fotfeste.reports.documents.naming import RULES_IN_ALL, indicator_name, row_name, rule_in_words
from fotfeste.reports.documents.overrides import changes_table, override_table
from fotfeste.reports.documents.revision_table import revision_table
from fotfeste.reports.documents.sensitivity import sensitivity_sheets
from fotfeste.reports.documents.sources_told import settlement_source, sources_table
from fotfeste.reports.documents.tables import overview_table, shown_parts, status_note
from fotfeste.reports.documents.wording import TENTHS
from fotfeste.settlement.comparison import rules_effect
from fotfeste.settlement.wording import rule_name
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.periods import in_words


def workbook(basis: Basis) -> Workbook:
    """Return the workbook."""
    text = basis.text
    sheets = [
        Sheet(text(msg("Anbefaling")), _recommended(basis)),
        *_changed_by_people(basis),
        Sheet(text(msg("Forklaring")), _explanations(basis)),
        Sheet(text(msg("Historikk")), _history(basis)),
        Sheet(text(msg("Indikatorer")), _indicators(basis)),
        Sheet(text(msg("Kriterier")), _criteria(basis)),
        *discussion_sheets(basis),
        *sensitivity_sheets(basis),
        Sheet(text(msg("Kilder")), sources_table(basis)),
    ]
    return Workbook(
        title=text(msg("Tabeller: bosetting i {county} i {year}", county=basis.county, year=str(basis.year))),
        language=basis.locale,
        issued=basis.issued,
        sheets=tuple(sheets),
        file_stem="tabeller",
        properties=(
            (text(msg("Avsender")), basis.sender),
            (text(msg("Saksnummer")), basis.detail("case_number")),
        ),
    )


def _changed_by_people(basis: Basis) -> list[Sheet]:
    """Return the sheets about a revision and about numbers that people have set, where there are any."""
    text, sheets = basis.text, []
    if basis.recommendation.revision is not None:
        sheets.append(Sheet(text(msg("Revisjon")), revision_table(basis, live=True)))
    if basis.recommendation.overrides:
        sheets.append(Sheet(text(msg("Overstyringer")), override_table(basis)))
        sheets.append(Sheet(text(msg("Overstyringene koster")), changes_table(basis)))
    return sheets


def _recommended(basis: Basis) -> Table:
    table = overview_table(basis, live=True)
    codes = [one.code for one in basis.results]
    populations = [one.facts.population for one in basis.results]
    return Table(
        table.caption,
        (
            table.columns[0],
            Column(basis.text(msg("Kommunenummer"))),
            *table.columns[1:],
            Column(basis.text(msg("Innbyggere")), "number", summed=True),
        ),
        tuple(
            (row[0], code, *row[1:], population)
            for row, code, population in zip(table.rows, codes, populations, strict=True)
        ),
        total_label=table.total_label,
        note=table.note,
        source=table.source,
    )


def _explanations(basis: Basis) -> Table:
    """Return persons per part; the sum of the parts is live, and stands beside the recommended number."""
    text = basis.text
    parts = shown_parts(basis)
    first = 2
    of_rules = tuple(
        first + place for place, part in enumerate(parts) if part.kind in ("rule", "interaction")
    )
    in_all = len(of_rules) > 1
    rows: list[tuple[CellValue, ...]] = []
    for one in basis.results:
        persons = {(row.kind, row.id): Fraction(row.persons) for row in basis.explanations[one.code].rows}
        cells = [persons.get((part.kind, part.id), Fraction(0)) for part in parts]
        rules = (Fraction(rules_effect(one)),) if in_all else ()
        rows.append((one.name, one.code, *cells, *rules, sum(cells, Fraction(0)), one.recommended))
    return Table(
        text(msg("Hvordan hvert tall er satt sammen, i personer")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Kommunenummer"))),
            *(Column(row_name(part, basis), "number", TENTHS, summed=True) for part in parts),
            *([Column(text(RULES_IN_ALL), "number", TENTHS, summed=True, adds=of_rules)] if in_all else []),
            Column(
                text(msg("Sum av delene")),
                "number",
                TENTHS,
                summed=True,
                adds=tuple(range(first, first + len(parts))),
            ),
            Column(text(msg("Anbefalt {year}", year=str(basis.year))), "number", summed=True),
        ),
        tuple(rows),
        total_label=basis.county,
        note=text(msg("«Sum av delene» er en formel og skal være lik det anbefalte tallet.")),
    )


def _history(basis: Basis) -> Table:
    text = basis.text
    return Table(
        text(msg("Anmodet, vedtatt og bosatt per år")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Kommunenummer"))),
            Column(text(msg("År"))),
            Column(text(msg("Anmodet")), "number"),
            Column(text(msg("Vedtatt")), "number"),
            Column(text(msg("Bosatt")), "number"),
            Column(text(msg("Status per")), "date"),
        ),
        tuple(
            (
                one.name,
                one.code,
                year.year,
                year.requested,
                year.decided,
                year.settled,
                date.fromisoformat(year.status_date) if year.status_date else None,
            )
            for one in basis.results
            for year in one.facts.history
        ),
        note=status_note(basis),
        source=settlement_source(basis),
    )


def _indicators(basis: Basis) -> Table:
    text = basis.text
    rows: list[tuple[CellValue, ...]] = []
    for one in basis.results:
        for found in one.facts.indicators:
            named = indicator_name(found.indicator, basis.locale)
            figures = (found.own, found.county, found.country, found.alike)
            factor = 100 if named.percent else 1
            scaled: tuple[Figure, ...] = tuple(figure.times(factor) for figure in figures)
            rows.append(
                (one.name, one.code, named.name, named.unit, *scaled, in_words(found.period, basis.words))
            )
    return Table(
        text(msg("Indikatorer ved siden av fylket, landet og kommuner som ligner")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Kommunenummer"))),
            Column(text(msg("Indikator"))),
            Column(text(msg("Enhet"))),
            Column(text(msg("Kommunen")), "number", 2),
            Column(basis.county, "number", 2),
            Column(text(msg("Landet")), "number", 2),
            Column(text(msg("Lignende kommuner (median)")), "number", 2),
            Column(text(msg("Periode"))),
        ),
        tuple(rows),
    )


def _criteria(basis: Basis) -> Table:
    text = basis.text
    criteria = basis.recommendation.criteria
    national = {one.id: one.text for one in criteria.national.criteria} if criteria.national else {}
    rows: list[tuple[CellValue, ...]] = [
        (
            one.name,
            one.share,
            key_in_words(one.key, basis),
            "; ".join(national.get(name, name) for name in one.answers),
            one.source,
            one.note,
        )
        for one in criteria.criteria
    ]
    rows += [
        (
            text(msg("Regel: {name}", name=rule_name(rule.kind))),
            None,
            rule_in_words(rule, basis),
            "",
            rule.source,
            rule.reason,
        )
        for rule in criteria.rules
    ]
    return Table(
        criteria.title,
        (
            Column(text(msg("Kriterium eller regel"))),
            Column(text(msg("Vekt")), "percent", 1),
            Column(text(msg("Hva den sier"))),
            Column(text(msg("Svarer på nasjonalt kriterium"))),
            Column(text(msg("Kilde"))),
            Column(text(msg("Merknad"))),
        ),
        tuple(rows),
        note=criteria.note,
        source=criteria.source,
    )
