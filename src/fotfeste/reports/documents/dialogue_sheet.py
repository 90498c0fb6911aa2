"""The sheet for the yearly meeting with a municipality: two printed pages, the same for all.

First what is known, then what came of last year's reply, then what to ask, with room to write. What two pages cannot
hold gives way in the order of :data:`STEPS`; the form for the minutes always has every question.
"""

from __future__ import annotations

from dataclasses import dataclass

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Block, Column, Document, Heading, Table
from fotfeste.reports.documents.basis import OSLO
from fotfeste.reports.documents.dialogue_basis import BLANK, NOTES, DialogueBasis, shortened
from fotfeste.reports.documents.dialogue_figures import (
    in_one_sentence,
    key_figures,
    standing_out_table,
    wider,
    years_picture,
    years_table,
)
from fotfeste.reports.documents.dialogue_last_year import last_year_blocks
from fotfeste.reports.documents.letter import file_name
from fotfeste.reports.documents.sections import paragraph
from fotfeste.settlement.dialogue.facts import Case
from fotfeste.settlement.dialogue.questions import Question
from fotfeste.settlement.dialogue.raised import Raised, raised_questions
from fotfeste.settlement.dialogue.standing_out import standing_out

FOLDER = "ark"
QUOTE_BESIDE = 100
"""Letters of a quotation beside a question: the whole of it stands with the reply."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much a sheet holds: letters of a quotation, empty rows, questions, figures, last year's needs, the picture.

    ``priority`` is the last priority of the questions to all that is kept.
    """

    quote: int = 600
    agreed: int = 4
    priority: int = 3
    picture: bool = True
    standing_out: int = 5
    raised: int = 12
    needs: int = 8


STEPS: tuple[Room, ...] = (
    Room(agreed=12),
    Room(agreed=8),
    Room(),
    Room(agreed=2),
    Room(agreed=2, quote=300, needs=6),
    Room(agreed=2, quote=300, needs=6, priority=2),
    Room(agreed=2, quote=160, needs=6, priority=2),
    Room(agreed=2, quote=160, needs=6, priority=2, standing_out=3),
    Room(agreed=2, quote=160, needs=6, priority=2, standing_out=3, picture=False),
    Room(agreed=0, quote=160, needs=4, priority=2, standing_out=2, picture=False),
    Room(agreed=0, quote=110, needs=4, priority=1, standing_out=2, picture=False),
    Room(agreed=0, quote=80, needs=3, priority=1, standing_out=1, picture=False, raised=4),
    Room(agreed=0, quote=50, needs=1, priority=1, standing_out=0, picture=False, raised=3),
)
"""What gives way, step by step, until the sheet is on two pages."""


def dialogue_sheet(case: Case, basis: DialogueBasis, room: Room = STEPS[0]) -> Document:
    """Return the sheet for one municipality with as much as ``room`` allows."""
    text = basis.text
    raised = raised_questions(case, basis.form)
    blocks: list[Block] = [
        paragraph(in_one_sentence(case, basis), lead=True),
        key_figures(case, basis),
        years_table(case, basis),
    ]
    picture = years_picture(case, basis) if room.picture else None
    if picture:
        blocks.append(picture)
    found = standing_out(case.facts.indicators, basis.form)[: room.standing_out]
    if found:
        blocks.append(standing_out_table(found, case, basis))
    elif room.standing_out:
        blocks.append(
            paragraph(
                text(
                    msg("Ingen tall skiller seg ut fra både {place} og lignende kommuner.", place=wider(case))
                )
            )
        )
    blocks += last_year_blocks(case, basis, room.quote, room.needs)
    blocks += _questions(case, raised, basis, room)
    if room.agreed:
        blocks.append(agreed_table(basis, room.agreed))
    return Document(
        title=text(msg("Dialog om bosetting i {year}: {name}", year=str(basis.year), name=case.name)),
        subtitle=text(msg("Arbeidsark til møtet, fra {sender}", sender=basis.sender)),
        language=basis.locale,
        issued=basis.issued,
        blocks=tuple(blocks),
        file_stem=f"{FOLDER}/{case.code}-{file_name(case.name)}",
        reference=meeting_lines(basis),
        description=in_one_sentence(case, basis),
    )


def meeting_lines(basis: DialogueBasis) -> tuple[tuple[str, str], ...]:
    """Return the lines that are filled in at the meeting; participants are roles."""
    two_lines = f"{BLANK}\n{BLANK}"
    own = msg("Andre deltakere (roller)")
    return tuple(
        (basis.text(label), two_lines)
        for label in (
            msg("Tid og sted (eller video)"),
            msg("Fra kommunen (roller)"),
            own if basis.county_code == OSLO else msg("Fra fylkeskommunen (roller)"),
        )
    )


def question_text(one: Question, basis: DialogueBasis) -> str:
    """Return a question to all in the reader's language."""
    return basis.filled(one.text, {"year": str(basis.year)})


def raised_text(one: Raised, basis: DialogueBasis, quote: int) -> tuple[str, str]:
    """Return a raised question and what raised it; a quotation in it is shortened to ``quote`` letters."""
    values = {
        name: shortened(value, quote) if name == "quote" and isinstance(value, str) else value
        for name, value in one.values.items()
    }
    return basis.filled(one.rule.question, values), basis.filled(one.rule.because, values)


def questions_table(asked: list[str], basis: DialogueBasis, caption: Message, note: str = "") -> Table:
    """Return questions with room to write beside them."""
    return Table(
        basis.text(caption),
        (Column(basis.text(msg("Spørsmål"))), Column(basis.text(msg("Notater")))),
        tuple((question, NOTES) for question in asked),
        note=note,
    )


def raised_table(raised: tuple[Raised, ...], basis: DialogueBasis, quote: int) -> Table:
    """Return the questions that the municipality's own figures raise, what raised them, and room to write."""
    return Table(
        basis.text(msg("Spørsmål fra kommunens egne tall og svar")),
        (
            Column(basis.text(msg("Spørsmål"))),
            Column(basis.text(msg("Fordi"))),
            Column(basis.text(msg("Notater"))),
        ),
        tuple((*raised_text(one, basis, quote), NOTES[: len(NOTES) * 2 // 3]) for one in raised),
    )


def _questions(case: Case, raised: tuple[Raised, ...], basis: DialogueBasis, room: Room) -> list[Block]:
    everyone = basis.form.questions_for(alone=case.alone)
    kept = [one for one in everyone if one.priority <= room.priority]
    left = len(everyone) - len(kept) + max(0, len(raised) - room.raised)
    note = (
        basis.text(
            nmsg(
                "Ett spørsmål til står i referatskjemaet.",
                "{count} spørsmål til står i referatskjemaet.",
                left,
            )
        )
        if left
        else ""
    )
    blocks: list[Block] = [
        Heading(1, basis.text(msg("Spørsmål til møtet"))),
    ]
    if raised:
        blocks.append(raised_table(raised[: room.raised], basis, min(room.quote, QUOTE_BESIDE)))
    blocks.append(
        questions_table(
            [question_text(one, basis) for one in kept], basis, msg("Spørsmål til alle kommuner"), note
        )
    )
    return blocks


def agreed_table(basis: DialogueBasis, rows: int) -> Table:
    """Return empty rows for the needs that are heard, who follows up and by when."""
    return Table(
        basis.text(msg("Behov vi hørte, og hva som skal skje")),
        (
            Column(basis.text(msg("Behov"))),
            Column(basis.text(msg("Hvem følger opp (rolle)"))),
            Column(basis.text(msg("Frist"))),
        ),
        tuple((NOTES, NOTES[:30], NOTES[:16]) for _ in range(rows)),
        note=basis.text(msg("Skriv om grupper og tiltak. Skriv aldri navn eller annet om enkeltpersoner.")),
    )
