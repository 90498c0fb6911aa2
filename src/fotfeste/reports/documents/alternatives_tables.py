"""Tables of the alternatives, of effective weights and of what rules cost; the same on screen, on paper, in a workbook."""

from __future__ import annotations

from string import ascii_uppercase

from fotfeste.messages import Message, msg
from fotfeste.reports.blocks import CellValue, Column, Sheet, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.costs_tables import COSTS_SHEET, weights_table
from fotfeste.reports.documents.naming import rule_in_words
from fotfeste.reports.documents.sections import percent_places
from fotfeste.settlement.alternatives import Alternative, Comparison
from fotfeste.settlement.rule_costs import RuleCost
from fotfeste.settlement.wording import rule_name

WIDEST = 12
"""Columns of alternatives in one table; more are shown in a table of their own, with the recommendation again."""


def letters(comparison: Comparison) -> dict[str, str]:
    """Return the letter of each alternative that has numbers, by its id: ``A`` is the recommendation."""
    return {one.id: _letter(place) for place, one in enumerate(comparison.counted)}


def _letter(place: int) -> str:
    first, last = divmod(place, len(ascii_uppercase))
    return (_letter(first - 1) if first else "") + ascii_uppercase[last]


def title(one: Alternative, basis: Basis) -> str:
    """Return what an alternative is called; the recommendation is said to be that."""
    if one.kind == "chosen":
        return basis.text(msg("Anbefalingen ({title})", title=one.title))
    return basis.text(one.title)


def alternatives_table(comparison: Comparison, basis: Basis) -> Table:
    """Return what the alternatives are, and how far each is from the recommendation."""
    text, letter = basis.text, letters(comparison)
    rows: list[tuple[CellValue, ...]] = [
        (
            letter.get(one.id, "–"),
            title(one, basis),
            shares_out_by(one, basis),
            _rules(one, comparison, basis),
            comparison.from_chosen(one) if one.refused is None else text(msg("kan ikke regnes ut")),
        )
        for one in comparison.alternatives
    ]
    return Table(
        text(msg("Alternativene")),
        (
            Column(""),
            Column(text(msg("Alternativ"))),
            Column(text(msg("Fordeler etter"))),
            Column(text(msg("Regler"))),
            Column(text(msg("Flyttes fra A")), "number"),
        ),
        tuple(rows),
        emphasis=frozenset({0}),
        note=text(
            msg(
                "«Flyttes fra A» er personer som må flyttes mellom kommuner for å komme fra anbefalingen til alternativet."
            )
        ),
    )


def shares_out_by(one: Alternative, basis: Basis) -> str:
    """Return what an alternative shares out by, in plain words: its criteria with their weights, or what it keeps."""
    text = basis.text
    if one.kind == "past":
        return text(msg("Det kommunene er bedt om de siste årene"))
    if one.kind == "without-rules":
        return text(msg("Det samme som anbefalingen"))
    if one.kind == "method":
        return text(msg("Det samme som anbefalingen, men gjort om til hele personer på en annen måte"))
    if len(one.weights) == 1:
        return text(one.weights[0][0])
    return basis.words.join(
        [
            text(
                msg(
                    "{criterion} ({share})",
                    criterion=name,
                    share=basis.words.percent(share, percent_places(share)),
                )
            )
            for name, share in one.weights
        ]
    )


def _rules(one: Alternative, comparison: Comparison, basis: Basis) -> str:
    """Return the rules of an alternative, and the numbers in it that somebody has set."""
    by_hand = [
        basis.text(
            msg("{name} ({count})", name=comparison.names[code], count=basis.words.number(one.numbers[code]))
        )
        for code in one.set_by_hand
        if code in one.numbers
    ]
    told = [rule_in_words(rule, basis) for rule in one.rules]
    if one.kind == "without-rules" or not one.rules:
        told = [] if by_hand else [basis.text(msg("Ingen"))]
    elif one.kind != "chosen" and one.same_rules:
        without = bool(comparison.chosen.set_by_hand) and not by_hand
        told = [
            basis.text(
                msg("Som i anbefalingen, uten tallene som er satt for hånd")
                if without
                else msg("Som i anbefalingen")
            )
        ]
    if by_hand:
        if told and not told[-1].endswith("."):
            told[-1] += "."
        told.append(basis.text(msg("Satt for hånd: {names}.", names=basis.words.join(by_hand))))
    return " ".join(told)


def numbers_tables(comparison: Comparison, basis: Basis) -> list[Table]:
    """Return the numbers of every municipality under every alternative, by letter, with the lowest and the highest."""
    others = comparison.counted[1:]
    size = WIDEST - 1
    groups = [others[start : start + size] for start in range(0, max(len(others), 1), size)]
    return [_numbers(comparison, (comparison.chosen, *group), basis) for group in groups]


def _numbers(comparison: Comparison, group: tuple[Alternative, ...], basis: Basis) -> Table:
    text, letter = basis.text, letters(comparison)
    rows: list[tuple[CellValue, ...]] = [
        (name, *(one.numbers[code] for one in group), span_of(comparison, code, basis))
        for code, name in comparison.names.items()
    ]
    rows.append((text(msg("Flyttes fra A")), *(comparison.from_chosen(one) for one in group), ""))
    return Table(
        text(msg("Tallet i hver kommune under hvert alternativ")),
        (
            Column(text(msg("Kommune"))),
            *(Column(letter[one.id], "number") for one in group),
            Column(text(msg("Lavest–høyest"))),
        ),
        tuple(rows),
        emphasis=frozenset({len(rows) - 1}),
        note=text(
            msg(
                "Bokstavene står i tabellen «{table}». A er anbefalingen.",
                table=alternatives_table(comparison, basis).caption,
            )
        ),
    )


def span_of(comparison: Comparison, code: str, basis: Basis) -> str:
    """Return the lowest and the highest number of a municipality: ``10–25``, or one number."""
    low, high = (basis.words.number(end) for end in comparison.spans[code])
    return low if low == high else f"{low}–{high}"


def distances_table(comparison: Comparison, basis: Basis) -> Table:
    """Return the persons that must move from any alternative to any other."""
    text, letter = basis.text, letters(comparison)
    return Table(
        text(msg("Personer som må flyttes for å komme fra ett alternativ til et annet")),
        (Column(""), *(Column(letter[one.id], "number") for one in comparison.counted)),
        tuple(
            (letter[one.id], *(comparison.distances[one.id, other.id] for other in comparison.counted))
            for one in comparison.counted
        ),
        note=text(msg("Halvparten av summen av forskjellene mellom tallene i alle kommunene.")),
    )


def discussion_sheets(basis: Basis) -> list[Sheet]:
    """Return the sheets of a workbook: the same numbers with full titles; none where nothing is discussed."""
    text, found = basis.text, basis.discussion
    sheets = []
    if found.comparison is not None:
        sheets += [
            Sheet(text(msg("Alternativer")), _all_numbers(found.comparison, basis)),
            Sheet(text(msg("Avstander")), _all_distances(found.comparison, basis)),
        ]
    if found.weights is not None:
        sheets.append(Sheet(text(msg("Vekter")), weights_table(found.weights, basis)))
    if found.costs:
        sheets.append(Sheet(text(COSTS_SHEET), _all_costs(found.costs, basis)))
    return sheets


def _all_numbers(comparison: Comparison, basis: Basis) -> Table:
    text = basis.text
    table = alternatives_table(comparison, basis)
    refused = [text(refusal(one)) for one in comparison.alternatives if one.refused is not None]
    return Table(
        text(msg("Tallet i hver kommune under hvert alternativ")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Kommunenummer"))),
            *(Column(title(one, basis), "number", summed=True) for one in comparison.counted),
            Column(text(msg("Lavest")), "number"),
            Column(text(msg("Høyest")), "number"),
        ),
        tuple(
            (name, code, *(one.numbers[code] for one in comparison.counted), *comparison.spans[code])
            for code, name in comparison.names.items()
        ),
        total_label=basis.county,
        note=" ".join([*(f"{row[1]}: {row[3]}" for row in table.rows), *refused]),
    )


def refusal(one: Alternative) -> Message:
    """Return why an alternative has no numbers."""
    return msg("«{title}» kan ikke regnes ut: {reason}", title=one.title, reason=one.refused)


def _all_distances(comparison: Comparison, basis: Basis) -> Table:
    table = distances_table(comparison, basis)
    titles = [title(one, basis) for one in comparison.counted]
    return Table(
        table.caption,
        (Column(basis.text(msg("Alternativ"))), *(Column(name, "number") for name in titles)),
        tuple((name, *row[1:]) for name, row in zip(titles, table.rows, strict=True)),
        note=table.note,
    )


def _all_costs(costs: tuple[RuleCost, ...], basis: Basis) -> Table:
    """Return one row for every municipality whose number a rule changes."""
    text = basis.text
    rows: list[tuple[CellValue, ...]] = []
    for one in costs:
        where = basis.names.get(one.code, one.code) if one.code else text(msg("alle kommuner"))
        named = (text(rule_name(one.kind)), where)
        if one.changes is None:
            rows.append((*named, text(msg("kan ikke regnes ut")), "", None))
        rows += [
            (*named, basis.names.get(code, code), code, persons)
            for code, persons in (one.changes or {}).items()
        ]
    return Table(
        text(msg("Hva hver regel endrer når alle de andre gjelder, i personer")),
        (
            Column(text(msg("Regel"))),
            Column(text(msg("Regelen i"))),
            Column(text(msg("Kommune"))),
            Column(text(msg("Kommunenummer"))),
            Column(text(msg("Endring")), "number", signed=True),
        ),
        tuple(rows),
    )
