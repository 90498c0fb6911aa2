"""The tables that several documents share; every number comes from the recommendation."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import msg
from fotfeste.reports.blocks import CellValue, Column, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.naming import (
    RULES_IN_ALL,
    indicator_name,
    row_name,
    shown_rows,
    spoken,
    written,
)
from fotfeste.reports.documents.sources_told import settlement_source
from fotfeste.reports.documents.wording import TENTHS
from fotfeste.settlement.comparison import per_thousand, rules_effect
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.shown import ShownRow
from fotfeste.statistics.figure import Figure, total
from fotfeste.statistics.periods import period_told

SPANS = (3, 5)
"""Spans of finished years for which settled persons are summed."""


def overview_table(basis: Basis, *, live: bool = False) -> Table:
    """Return the table of the recommendation: one row per municipality, last year and the years before beside.

    ``live`` leaves the county to a total row that sums (for a workbook); otherwise the county is the last row.
    """
    text, year, last = basis.text, str(basis.year), str(basis.last_year)
    minors = basis.recommendation.request.minors > 0
    columns = [
        Column(text(msg("Kommune"))),
        Column(
            text(
                msg("Revidert {year}", year=year)
                if basis.recommendation.revision
                else msg("Anbefalt {year}", year=year)
            ),
            "number",
            summed=True,
        ),
        *([Column(text(msg("Herav enslige mindreårige")), "number", summed=True)] if minors else []),
        Column(text(msg("Anmodet {year}", year=last)), "number", summed=True),
        Column(text(msg("Vedtatt {year}", year=last)), "number", summed=True),
        Column(text(msg("Bosatt {year}", year=last)), "number", summed=True),
        *(Column(span_title(basis, span), "number", summed=True) for span in SPANS if _span(basis, span)),
        Column(text(msg("Per 1\u00a0000 innbyggere")), "number", 1),
    ]
    if basis.recommendation.replies is not None:
        columns.append(Column(text(msg("Laveste oppgitte kapasitet")), "number", summed=True))
    rows = [_overview_row(one, basis, minors=minors) for one in basis.results]
    if not live and len(rows) > 1:
        rows.append(_county_row(basis, rows, minors=minors))
    return Table(
        text(msg("Anbefalt bosetting i {year}, ved siden av årene før", year=year)),
        tuple(columns),
        tuple(rows),
        total_label=basis.county if live else "",
        emphasis=frozenset() if live or len(rows) == 1 else frozenset({len(rows) - 1}),
        note=status_note(basis),
        source=settlement_source(basis),
    )


def status_note(basis: Basis) -> str:
    """Return the remark that last year is not finished, or nothing."""
    if basis.status_date is None:
        return ""
    return basis.text(
        msg(
            "Tallene for {year} er status per {day}, ikke for hele året.",
            year=str(basis.last_year),
            day=basis.status_date,
        )
    )


def span_title(basis: Basis, years: int) -> str:
    """Return the heading of settled persons over a span: ``Bosatt 2023–2025``."""
    first, last = _span(basis, years) or (0, 0)
    return basis.text(msg("Bosatt {first}–{last}", first=str(first), last=str(last)[-2:]))


def _span(basis: Basis, years: int) -> tuple[int, int] | None:
    found = basis.settled_in(basis.recommendation.county.history, years)
    return None if found is None else found[1:]


def _overview_row(one: MunicipalityResult, basis: Basis, *, minors: bool) -> tuple[CellValue, ...]:
    last = basis.last(one)
    spans: list[CellValue] = []
    for span in SPANS:
        if _span(basis, span):
            found = basis.settled_in(one.facts.history, span)
            spans.append(Figure.missing() if found is None else found[0])
    cells: list[CellValue] = [
        one.name,
        one.recommended,
        *([one.minors] if minors else []),
        last.requested,
        last.decided,
        last.settled,
        *spans,
        per_thousand(one.recommended, one.facts.population),
    ]
    if basis.recommendation.replies is not None:
        cells.append(stated_capacity(one.code, basis))
    return tuple(cells)


def stated_capacity(code: str, basis: Basis) -> Figure:
    """Return the lowest capacity a municipality stated for a service; missing when it stated none."""
    reply = basis.reply(code)
    if reply is None or reply.bottleneck is None:
        return Figure.missing()
    return Figure.observed(reply.bottleneck[1])


def _county_row(basis: Basis, rows: list[tuple[CellValue, ...]], *, minors: bool) -> tuple[CellValue, ...]:
    request = basis.recommendation.request
    place = 3 if minors else 2
    figures = [[row[column] for row in rows] for column in range(place, len(rows[0]))]
    sums: list[CellValue] = [total(one for one in column if isinstance(one, Figure)) for column in figures]
    level = place + sum(1 for span in SPANS if _span(basis, span)) + 3
    sums[level - place] = basis.county_per_thousand
    return (basis.county, request.total, *([request.minors] if minors else []), *sums)


def explanation_table(one: MunicipalityResult, basis: Basis, *, caption: str = "") -> Table:
    """Return how a number came about: rows in persons that add up exactly."""
    shown = basis.explanations[one.code]
    rows: list[tuple[CellValue, ...]] = []
    for row, name in shown_rows(one, basis):
        rows.append((name, _ground(row.id, one, basis), Fraction(row.persons)))
    rows.append((basis.text(msg("Anbefalt")), "", basis.words.number(shown.total)))
    return Table(
        caption or basis.text(msg("Slik er tallet for {name} satt sammen", name=one.name)),
        (
            Column(basis.text(msg("Del"))),
            Column(basis.text(msg("Bygger på"))),
            Column(basis.text(msg("Antall personer")), "number", TENTHS),
        ),
        tuple(rows),
        emphasis=frozenset({len(rows) - 1}),
    )


def _ground(criterion: str, one: MunicipalityResult, basis: Basis) -> str:
    """Return the figure a criterion's persons rest on, or nothing for other rows."""
    if criterion not in basis.criteria:
        return ""
    found = next(part for part in one.explanation.contributions if part.criterion == criterion)
    used = basis.criteria[criterion].key.indicators
    if found.figure is None or not used:
        return ""
    named = indicator_name(used[-1], basis.locale)
    return basis.text(
        msg("{indicator}: {value}", indicator=named.name, value=spoken(found.figure, used[-1], basis))
    )


def contributions_table(basis: Basis) -> Table:
    """Return persons per criterion and rule for every municipality; each row adds up to the number.

    Where more than one column is of rules, their sum follows them: the one number that every page gives of the rules.
    """
    text = basis.text
    parts = shown_parts(basis)
    columns = [Column(row_name(part, basis), "number", TENTHS, summed=True) for part in parts]
    of_rules = [place for place, part in enumerate(parts) if part.kind in ("rule", "interaction")]
    after = of_rules[-1] + 1 if len(of_rules) > 1 else None
    rows: list[tuple[CellValue, ...]] = []
    for one in basis.results:
        by_part = {(row.kind, row.id): Fraction(row.persons) for row in basis.explanations[one.code].rows}
        cells = [by_part.get((part.kind, part.id), Fraction(0)) for part in parts]
        if after is not None:
            cells.insert(after, Fraction(rules_effect(one)))
        rows.append((one.name, *cells, one.recommended))
    if after is not None:
        columns.insert(after, Column(text(RULES_IN_ALL), "number", TENTHS, summed=True))
    in_all = msg(
        "«{title}» er summen av kolonnene om regler foran, og er ikke lagt til en gang til.",
        title=RULES_IN_ALL,
    )
    return Table(
        text(msg("Personer per kriterium og regel")),
        (
            Column(text(msg("Kommune"))),
            *columns,
            Column(text(msg("Anbefalt {year}", year=str(basis.year))), "number", summed=True),
        ),
        tuple(rows),
        total_label=basis.county if len(rows) > 1 else "",
        note=" ".join(
            [
                text(
                    msg(
                        "Hver rad er en sum: delene er avrundet slik at de summerer nøyaktig til det anbefalte tallet. "
                        "Kolonnesummene kan derfor avvike med noen tideler."
                    )
                ),
                *([text(in_all)] if after is not None else []),
            ]
        ),
    )


def shown_parts(basis: Basis) -> tuple[ShownRow, ...]:
    """Return the rows that explanations in this county have: criteria, rounding, and what is not zero for all."""
    rows = [row for explanation in basis.explanations.values() for row in explanation.rows]
    kept = {(row.kind, row.id): row for row in rows if row.persons or row.kind in ("criterion", "rounding")}
    order = {(row.kind, row.id): place for place, row in enumerate(rows)}
    longest = max(basis.explanations.values(), key=lambda one: len(one.rows)).rows
    order |= {(row.kind, row.id): place - len(longest) for place, row in enumerate(longest)}
    return tuple(sorted(kept.values(), key=lambda row: order[row.kind, row.id]))


def history_table(one: MunicipalityResult, basis: Basis, years: int = 6) -> Table:
    """Return requested, decided and settled in the newest ``years`` years, years across."""
    text = basis.text
    found = [year for year in one.facts.history if year.year < basis.year][-years:]
    return Table(
        text(msg("Anmodet, vedtatt og bosatt i {name}", name=one.name)),
        (
            Column(text(msg("Antall personer"))),
            *(Column(_year_title(year.year, basis), "number") for year in found),
        ),
        (
            (text(msg("Anmodet")), *(year.requested for year in found)),
            (text(msg("Vedtatt")), *(year.decided for year in found)),
            (text(msg("Bosatt")), *(year.settled for year in found)),
        ),
    )


def _year_title(year: int, basis: Basis) -> str:
    unfinished = basis.status_date is not None and year == basis.last_year
    return f"{year}†" if unfinished else str(year)


def county_table(basis: Basis) -> Table | None:
    """Return the figures that only exist for the whole county, beside the country; ``None`` without any."""
    rows = tuple(
        (
            indicator_name(name, basis.locale).name,
            written(county, name, basis),
            written(country, name, basis) if country.known else basis.text(msg("mangler")),
            period_told(period, basis.words),
        )
        for name, county, country, period in basis.recommendation.county.indicators
        if county.known
    )
    if not rows:
        return None
    text = basis.text
    return Table(
        text(msg("Tall som bare finnes for hele fylket")),
        (
            Column(text(msg("Indikator"))),
            Column(basis.county, "number"),
            Column(text(msg("Landet")), "number"),
            Column(text(msg("Periode"))),
        ),
        rows,
    )
