"""The form to write in during the meeting: every question with room beside it, and the needs that are heard."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.blocks import Aside, Block, Column, Document, Heading, Table
from fotfeste.reports.documents.dialogue_basis import BLANK, NOTES, DialogueBasis
from fotfeste.reports.documents.dialogue_sheet import (
    meeting_lines,
    question_text,
    questions_table,
    raised_table,
    raised_text,
)
from fotfeste.reports.documents.letter import file_name
from fotfeste.settlement.dialogue.facts import Case
from fotfeste.settlement.dialogue.minutes_form import NEVER_NAMES
from fotfeste.settlement.dialogue.raised import raised_questions

FOLDER = "referatskjema"
WHOLE = 2000
NEEDS = 14


def meeting_form(case: Case, basis: DialogueBasis) -> Document:
    """Return the form for one municipality, with every question to all and every question it raises."""
    text = basis.text
    raised = raised_questions(case, basis.form)
    blocks: list[Block] = [never_names(basis), Heading(1, text(msg("Spørsmål")))]
    if raised:
        blocks.append(raised_table(raised, basis, WHOLE))
    blocks += [
        questions_table(
            [question_text(one, basis) for one in basis.form.questions_for(alone=case.alone)],
            basis,
            msg("Spørsmål til alle kommuner"),
        ),
        Heading(1, text(msg("Sagt i møtet"))),
        said_table(basis),
        heard_table(basis),
    ]
    return Document(
        title=text(
            msg("Referat fra dialogmøte om bosetting i {year}: {name}", year=str(basis.year), name=case.name)
        ),
        subtitle=text(msg("Skjema til utfylling, fra {sender}", sender=basis.sender)),
        language=basis.locale,
        issued=basis.issued,
        blocks=tuple(blocks),
        file_stem=form_stem(case.code, case.name),
        reference=meeting_lines(basis),
    )


def form_stem(code: str, name: str) -> str:
    """Return the file name, without ending, of a municipality's forms."""
    return f"{FOLDER}/{code}-{file_name(name)}"


def asked_of(case: Case, basis: DialogueBasis) -> tuple[tuple[str, str], ...]:
    """Return id and text of every question that is put to a municipality, those it raises first."""
    raised = [
        (one.rule.id, " ".join(raised_text(one, basis, WHOLE))) for one in raised_questions(case, basis.form)
    ]
    return (
        *raised,
        *((one.id, question_text(one, basis)) for one in basis.form.questions_for(alone=case.alone)),
    )


def never_names(basis: DialogueBasis) -> Aside:
    """Return the warning that nothing about single persons is written down."""
    return Aside("warning", basis.text(msg("Ingen enkeltpersoner")), (basis.text(NEVER_NAMES),))


def said_table(basis: DialogueBasis) -> Table:
    """Return the remaining fields of the minutes as blanks."""
    skipped = {"met_on", "place", "participants_municipality", "participants_county"}
    return Table(
        basis.text(msg("Slik det ble sagt, ikke vedtatt")),
        (Column(basis.text(msg("Felt"))), Column(basis.text(msg("Svar")))),
        tuple(
            (basis.of(one.label), NOTES if one.kind == "text" else BLANK)
            for one in basis.form.minutes
            if one.id not in skipped
        ),
    )


def heard_table(basis: DialogueBasis) -> Table:
    """Return empty rows for the needs that are heard, with the themes to choose among."""
    text = basis.text
    themes = ", ".join(basis.of(name).lower() for name in basis.form.theme_names.values())
    titles = (msg("Tema"), msg("Behov"), msg("Hvem følger opp (rolle)"), msg("Frist"))
    return Table(
        text(msg("Behov vi hørte")),
        tuple(Column(text(title)) for title in titles),
        tuple((NOTES[:22], NOTES[:60], NOTES[:30], NOTES[:16]) for _ in range(NEEDS)),
        note=text(msg("Temaer: {themes}.", themes=themes)),
    )
