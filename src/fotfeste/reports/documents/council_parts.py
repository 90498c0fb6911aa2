"""The parts of a council's case paper that tell how it has been: the request, the recommendation, and earlier results."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from fotfeste.messages import msg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.council_case import Council, Part, part_name
from fotfeste.reports.documents.letter import opening
from fotfeste.reports.documents.reason import why_in_words
from fotfeste.reports.documents.replied import outcomes_in_words
from fotfeste.reports.documents.sections import paragraph
from fotfeste.reports.documents.sources_told import settlement_source
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.follow_up.own_years import own_year
from fotfeste.settlement.follow_up.requests import Requests
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.history import HIDDEN_BELOW

YEARS = 6


def heading(council: Council, part: Part) -> Heading:
    """Return the heading of a part."""
    return Heading(1, council.text(part_name(part)))


def request_blocks(council: Council) -> list[Block]:
    """Return what IMDi asks for, what the county recommends, and why, in a sentence each."""
    text, case = council.text, council.case
    if council.asked is not None and case.request is not None:
        asked = msg(
            "IMDi ba kommunen {day} om å bosette {count} i {year} ({source}).",
            day=case.request.dated,
            count=council.asked,
            year=council.year,
            source=case.request.reference or case.request.source,
        )
    elif case.request is not None and case.request.persons.mark is Mark.NOT_ASKED:
        asked = msg("IMDi har ikke bedt kommunen om å bosette noen i {year}.", year=council.year)
    else:
        asked = msg(
            "IMDis anmodning: {blank}. Forslaget bygger til da på anbefalingen.",
            blank=council.blank(msg("antall, dato og saksnummer")),
        )
    return [
        heading(council, Part.REQUEST),
        paragraph(
            text(asked),
            opening(council.one, _beside_this_year(council)),
            why_in_words(council.one, council.basis),
            text(
                msg(
                    "Kommunestyret avgjør om kommunen skal bosette, og hvor mange. Fylkeskommunens tall er et råd."
                )
            ),
        ),
    ]


def _beside_this_year(council: Council) -> Basis:
    """Return what the recommendation is told from, with this year's request to compare with where there is one."""
    basis, request, code = council.basis, council.case.request, council.one.code
    if request is None:
        return basis
    own = own_year(code, basis.year, Requests(basis.year, {code: request}), None, None)
    return basis if own is None else replace(basis, entered={**basis.entered, code: own})


def results_blocks(council: Council) -> list[Block]:
    """Return requested, decided and settled in earlier years, and how much of what was decided was done."""
    text = council.text
    years = council.earlier[-YEARS:]
    if not years:
        return [
            heading(council, Part.RESULTS),
            paragraph(text(msg("Det er ingen tall for tidligere år. Kommunen kan føre inn sine egne."))),
        ]
    rows: list[tuple[CellValue, ...]] = [
        (str(one.year), one.requested, one.decided, one.settled, _done(one)) for one in years
    ]
    notes = [
        text(msg("{year}: tall per {day}, ikke hele året.", year=str(one.year), day=_day(one, council)))
        for one in years
        if one.status_date is not None
    ]
    if any(one.settled.value and one.settled.value < HIDDEN_BELOW for one in years):
        notes.append(
            text(
                msg(
                    "Tall under 5 vises fordi kommunen selv lager saken. Vurder om de skal stå i en offentlig sak."
                )
            )
        )
    reply = council.reply
    told = outcomes_in_words(reply, council.basis) if reply is not None else ""
    return [
        heading(council, Part.RESULTS),
        *([paragraph(line)] if (line := _sum_in_words(council, years)) else []),
        Table(
            text(msg("Anmodet, vedtatt og bosatt i {name}", name=council.one.name)),
            (
                Column(text(msg("År"))),
                Column(text(msg("Anmodet")), "number"),
                Column(text(msg("Vedtatt")), "number"),
                Column(text(msg("Bosatt")), "number"),
                Column(text(msg("Bosatt av vedtatte")), "percent"),
            ),
            tuple(rows),
            note=" ".join(notes),
            source=settlement_source(council.basis),
        ),
        paragraph(
            told
            or text(
                msg(
                    "Hvor mange som fortsatt bor i kommunen, og hvor mange som er i arbeid eller utdanning: {blank}.",
                    blank=council.blank(msg("gruppetall, ingen under 5")),
                )
            )
        ),
    ]


def _done(one: YearFigures) -> CellValue:
    """Return the settled as a share of the decided, where both are shown and the year is over."""
    decided, settled = one.decided, one.settled
    known = decided.mark is Mark.OBSERVED and settled.mark is Mark.OBSERVED and one.status_date is None
    if not known or not decided.value or settled.value is None:
        return ""
    return Fraction(settled.value) / Fraction(decided.value)


def _day(one: YearFigures, council: Council) -> str:
    from datetime import date

    try:
        return council.basis.words.date(date.fromisoformat(one.status_date or ""))
    except ValueError:
        return one.status_date or ""


def _sum_in_words(council: Council, years: tuple[YearFigures, ...]) -> str:
    """Return the finished years together, where every one of them is shown."""
    over = [one for one in years if one.status_date is None]
    seen = all(one.decided.mark is one.settled.mark is Mark.OBSERVED for one in over)
    if len(over) < 2 or not seen:
        return ""
    return council.text(
        msg(
            "I årene {first}–{last} vedtok kommunestyret {decided} til sammen, og {settled} ble bosatt.",
            first=str(over[0].year),
            last=str(over[-1].year),
            decided=sum(int(one.decided.value or 0) for one in over),
            settled=sum(int(one.settled.value or 0) for one in over),
        )
    )
