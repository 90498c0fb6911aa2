"""What the municipality replied last year, in its own words, and what came of it."""

from __future__ import annotations

from datetime import date

from fotfeste.messages import msg, nmsg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Paragraph, Strong, Table
from fotfeste.reports.documents.dialogue_basis import DialogueBasis, shortened
from fotfeste.reports.documents.dialogue_figures import own_note, status_day
from fotfeste.reports.documents.own_words import quotable
from fotfeste.reports.documents.replied import OWN_WORDS
from fotfeste.reports.documents.sections import paragraph
from fotfeste.reports.documents.wording import sentence_case
from fotfeste.settlement.dialogue.facts import Case
from fotfeste.settlement.replies import Reply
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.settlement.wording import service_name


def last_year_blocks(case: Case, basis: DialogueBasis, quote: int, needs: int) -> list[Block]:
    """Return last year's reply, what came of it, and the needs heard in the last meeting.

    Own words are shortened to ``quote`` letters; ``needs`` is the most needs that are listed.
    """
    return [*_reply(case, basis, quote), *_needs(case, basis, quote, needs)]


def _reply(case: Case, basis: DialogueBasis, quote: int) -> list[Block]:
    text, year = basis.text, str(case.last_year)
    blocks: list[Block] = [
        Heading(1, text(msg("Svaret for {year}, og hva det ble til", year=year))),
    ]
    if case.reply is not None or case.recommended is not None:
        blocks.append(what_came_of_it(case, basis))
    if case.reply is None:
        told = (
            msg("Kommunen svarte ikke på skjemaet for {year}.", year=year)
            if case.asked
            else msg("Svaret for {year} er ikke lagt ved.", year=year)
        )
        return [*blocks, paragraph(text(told))]
    if numbers := _numbers(case.reply, basis):
        blocks.append(paragraph(*numbers))
    return [*blocks, *_own_words(case.reply, basis, quote)]


def what_came_of_it(case: Case, basis: DialogueBasis) -> Table:
    """Return one row from the reply to those settled: wish, capacity, recommended, requested, decided, settled."""
    text, last = basis.text, case.last
    day = status_day(last)
    lowest = case.reply.bottleneck if case.reply else None
    capacity: CellValue = None
    if lowest:
        capacity = f"{basis.words.number(lowest[1])} ({text(service_name(lowest[0]))})"
    unsaid = text(msg("ikke oppgitt"))
    columns: list[Column] = [Column(text(msg("År")))]
    row: list[CellValue] = [str(case.last_year)]
    if case.reply is not None:
        columns += [
            Column(text(msg("Kommunens ønske")), "number"),
            Column(text(msg("Laveste oppgitte kapasitet")), "number"),
        ]
        wish = case.reply.own_wish
        row += [unsaid if wish is None else wish, capacity or unsaid]
    if case.recommended is not None:
        columns.append(Column(text(msg("Anbefalt")), "number"))
        row.append(case.recommended)
    columns += [
        Column(text(msg("Anmodet")), "number"),
        Column(text(msg("Vedtatt")), "number"),
        Column(
            text(
                msg("Bosatt per {day}.{month}.", day=str(day.day), month=str(day.month))
                if day
                else msg("Bosatt")
            ),
            "number",
        ),
    ]
    row += [last.requested, last.decided, last.settled]
    return Table(
        text(msg("Fra svar til bosatt")),
        tuple(columns),
        (tuple(row),),
        note=own_note(case, basis),
        source=basis.agencies("settlement"),
    )


def _needs(case: Case, basis: DialogueBasis, quote: int, most: int) -> list[Block]:
    """Return the needs heard in the last meeting, those with the earliest deadline first."""
    if not case.needs or not most:
        return []
    text = basis.text
    unset = text(msg("ikke avtalt"))
    listed = sorted(case.needs, key=lambda one: one.deadline or date.max)
    left = len(listed) - most
    rows: list[tuple[CellValue, ...]] = [
        (
            basis.theme(one.theme),
            shortened(one.text, quote),
            shortened(one.follow_up, quote) or unset,
            one.deadline or unset,
        )
        for one in listed[:most]
    ]
    return [
        Table(
            text(msg("Behov vi hørte i forrige møte")),
            (
                Column(text(msg("Tema"))),
                Column(text(msg("Behov"))),
                Column(text(msg("Følger opp"))),
                Column(text(msg("Frist")), "date"),
            ),
            tuple(rows),
            note=text(nmsg("Ett behov til står i referatet.", "{count} behov til står i referatet.", left))
            if left > 0
            else "",
        )
    ]


def _numbers(reply: Reply, basis: DialogueBasis) -> list[str]:
    """Return the capacity of every service, what more there was room for, and group figures on those settled."""
    text, number = basis.text, basis.words.number
    lines = []
    if reply.capacity:
        parts = [f"{text(service_name(one))} {number(count)}" for one, count in reply.capacity.items()]
        lines.append(text(msg("Oppgitt kapasitet: {parts}.", parts=", ".join(parts))))
    if reply.unlimited:
        names = ", ".join(text(service_name(one)) for one in reply.unlimited)
        lines.append(text(msg("Ingen begrensning: {parts}.", parts=names)))
    if reply.minors is not None:
        lines.append(text(msg("Plass til enslige mindreårige: {count}.", count=reply.minors)))
    if reply.extra is not None:
        lines.append(text(msg("Ekstra ved økt behov: {count}.", count=reply.extra)))
    labels = _labels(basis)
    if reply.outcomes:
        parts = [
            f"{labels.get(name, name)[:1].lower()}{labels.get(name, name)[1:]} {number(count)}"
            for name, count in reply.outcomes.items()
        ]
        lines.append(text(msg("De som var bosatt de siste tre årene: {parts}.", parts=", ".join(parts))))
    return lines


def _own_words(reply: Reply, basis: DialogueBasis, quote: int) -> list[Block]:
    labels = _labels(basis)
    return [
        Paragraph(
            (
                Strong(f"{sentence_case(labels[name])}: "),
                basis.words.quoted(shortened(quotable(said, basis.words), quote)),
            )
        )
        for name in OWN_WORDS
        if (said := " ".join(reply.texts.get(name, "").split()))
    ]


def _labels(basis: DialogueBasis) -> dict[str, str]:
    return {one.id: one.label[basis.locale] for one in load_reply_form().fields}
