"""The finances in a council's case paper: the municipality's own dated rates over five years, with and without grants."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import Message, msg
from fotfeste.reports.blocks import Block, CellValue, Column, Picture, Table
from fotfeste.reports.documents.council_case import Council, Part
from fotfeste.reports.documents.council_parts import heading
from fotfeste.reports.documents.sections import paragraph
from fotfeste.reports.documents.wording import persons
from fotfeste.reports.finances_chart import cost_and_grant
from fotfeste.settlement.finances import YEARS, Finances, Line, Rates, Staying, finances, rate_name

RETENTION = "retention_first_municipality"


def finances_blocks(council: Council) -> list[Block]:
    """Return costs, grants and the net of them, per year and together; without rates how they are added."""
    rates = council.case.rates
    if rates is None:
        return [heading(council, Part.FINANCES), paragraph(council.text(without_rates(council)))]
    if council.number is None:
        unknown = msg("Økonomien regnes ut når forslaget har et tall.")
        return [heading(council, Part.FINANCES), paragraph(council.text(unknown))]
    if not council.number:
        nobody = msg("Forslaget er at ingen bosettes. Da er det verken utgifter eller tilskudd å vise.")
        return [heading(council, Part.FINANCES), paragraph(council.text(nobody))]
    found = finances(rates, council.number, council.minors)
    return [
        heading(council, Part.FINANCES),
        paragraph(council.text(_in_words(found))),
        _table(council, found, rates),
        _picture(council, found),
        _sensitivity(council, found, rates),
        paragraph(council.text(_whose(rates))),
    ]


def without_rates(council: Council) -> Message:
    """Return that the finances are left out, and what would bring them in."""
    return msg(
        "Økonomien er ikke regnet ut, fordi {who} ikke har lagt inn egne satser. Fyll ut filen med tomme satser og legg den inn: "
        "da kommer utgifter og tilskudd per år her.",
        who=council.municipality,
    )


def _in_words(found: Finances) -> Message:
    cost, grant = sum(found.cost, Fraction(0)), sum(found.grant, Fraction(0))
    told = {
        "persons": persons(found.persons),
        "years": YEARS,
        "cost": _kroner(cost),
        "grant": _kroner(grant),
        "left": _kroner(abs(grant - cost)),
    }
    if grant >= cost:
        return msg(
            "Med kommunens egne satser koster det {cost} kroner å bosette {persons} i {years} år. Tilskuddene er {grant} kroner, "
            "{left} kroner mer enn utgiftene. Uten tilskudd bærer kommunen hele utgiften.",
            **told,
        )
    return msg(
        "Med kommunens egne satser koster det {cost} kroner å bosette {persons} i {years} år. Tilskuddene er {grant} kroner, "
        "og kommunen dekker {left} kroner selv. Uten tilskudd bærer kommunen hele utgiften.",
        **told,
    )


def _kroner(exact: Fraction) -> int:
    """Return an amount in whole kroner, half away from zero, as it is read."""
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


def _table(council: Council, found: Finances, rates: Rates) -> Table:
    text = council.text
    total = Fraction(0)
    rows: list[tuple[CellValue, ...]] = [_row(one, council) for one in found.costs if _has_people(one, found)]
    emphasis = {len(rows)}
    rows.append((text(msg("Utgifter i alt")), *found.cost, sum(found.cost, total)))
    rows += [_row(one, council) for one in found.grants if _has_people(one, found)]
    emphasis |= {len(rows), len(rows) + 1, len(rows) + 2}
    rows += [
        (text(msg("Tilskudd i alt")), *found.grant, sum(found.grant, total)),
        (text(msg("Netto med tilskudd")), *found.with_grants, sum(found.with_grants, total)),
        (text(msg("Netto uten tilskudd")), *found.without_grants, sum(found.without_grants, total)),
    ]
    return Table(
        text(msg("Utgifter og tilskudd for {persons}, i kroner", persons=persons(found.persons))),
        (
            Column(text(msg("År etter bosetting"))),
            *(Column(str(year), "number") for year in range(1, YEARS + 1)),
            Column(text(msg("Sum")), "number"),
        ),
        tuple(rows),
        emphasis=frozenset(emphasis),
        note=" ".join(text(one) for one in _notes(found, rates)),
        source=text(
            msg(
                "{source}. Satser per {day}, {owner}", source=rates.source, day=rates.dated, owner=rates.owner
            )
        ),
    )


def _notes(found: Finances, rates: Rates) -> list[Message]:
    notes = [msg("Regnet som om alle bosettes samtidig og blir boende. Beløpene er i hele kroner.")]
    if found.minors and not any(one.group == "minors" for one in rates.rates):
        notes.append(
            msg(
                "Satsene skiller ikke ut enslige mindreårige, så de {count} er regnet som alle andre.",
                count=found.minors,
            )
        )
    return notes


def _has_people(line: Line, found: Finances) -> bool:
    """Whether anybody is in the group that a rate is about."""
    return {"all": found.persons, "minors": found.minors, "others": found.persons - found.minors}[
        line.rate.group
    ] > 0


def _row(line: Line, council: Council) -> tuple[CellValue, ...]:
    return (council.text(rate_name(line.rate)), *line.kroner, line.total)


def _picture(council: Council, found: Finances) -> Picture:
    text = council.text
    title = text(msg("Utgifter og tilskudd per år etter bosetting, i tusen kroner"))
    labels = [text(msg("År {number}", number=year)) for year in range(1, YEARS + 1)]
    lines = [
        text(
            msg(
                "{year}: utgifter {cost} kroner, tilskudd {grant} kroner.",
                year=label,
                cost=_kroner(cost),
                grant=_kroner(grant),
            )
        )
        for label, cost, grant in zip(labels, found.cost, found.grant, strict=True)
    ]
    description = " ".join(lines)
    names = (text(msg("Utgifter")), text(msg("Tilskudd")))
    drawn = cost_and_grant(found, labels, names, council.basis.words, title=title, description=description)
    return Picture(drawn, description, title)


def _sensitivity(council: Council, found: Finances, rates: Rates) -> Table:
    """Return the five years together where all stay, and where fewer do."""
    text = council.text
    notes: list[str] = []
    cases: list[tuple[Message, Finances]] = [(msg("Alle blir boende"), found)]
    if rates.staying is not None:
        cases.append((msg("Så mange som kommunen venter"), _with(found, rates, rates.staying)))
        notes.append(text(msg("Kommunens forventning: {source}.", source=rates.staying.source)))
    county = next(
        (
            figure
            for name, figure, _, _ in council.basis.recommendation.county.indicators
            if name == RETENTION
        ),
        None,
    )
    if county is not None and county.value is not None:
        share = Fraction(county.value)
        label = msg(
            "Så mange som i {county}: {share}",
            county=council.basis.county,
            share=council.basis.words.percent(share, 0),
        )
        staying = Staying.from_second_year(share, text(label))
        cases.append((label, _with(found, rates, staying)))
        notes.append(
            text(
                msg(
                    "Andelen i fylket er dem som fortsatt bor i den første kommunen. Kilden sier ikke etter hvor mange år, "
                    "så alle som flytter, er regnet som flyttet etter det første året."
                )
            )
        )
    notes.append(
        text(
            msg(
                "Utgifter og tilskudd per person er regnet bort for dem som flytter; faste utgifter blir igjen."
            )
        )
    )
    return Table(
        text(msg("Hvis færre blir boende: {years} år samlet, i kroner", years=YEARS)),
        (
            Column(text(msg("Hvor mange som blir"))),
            Column(text(msg("Utgifter")), "number"),
            Column(text(msg("Tilskudd")), "number"),
            Column(text(msg("Netto med tilskudd")), "number"),
        ),
        tuple((text(label), *_five_years(one)) for label, one in cases),
        note=" ".join(notes),
    )


def _five_years(found: Finances) -> tuple[int, int, int]:
    """Return costs, grants and the net of them, in whole kroner that add up."""
    cost, grant = (_kroner(sum(one, Fraction(0))) for one in (found.cost, found.grant))
    return cost, grant, grant - cost


def _with(found: Finances, rates: Rates, staying: Staying) -> Finances:
    return finances(rates, found.persons, found.minors, staying)


def _whose(rates: Rates) -> Message:
    return msg(
        "Satsene er kommunens egne, datert {day}. Fotfeste har ingen satser og har ikke kontrollert dem. "
        "Kontroller dem mot årets tilskuddsbrev og budsjettet før saken sendes.",
        day=rates.dated,
    )
