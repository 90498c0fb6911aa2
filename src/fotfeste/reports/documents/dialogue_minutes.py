"""The minutes of a meeting with one municipality, as they were written: texts are never translated."""

from __future__ import annotations

from fotfeste.messages import msg, nmsg
from fotfeste.reports.blocks import (
    Block,
    CellValue,
    Column,
    Document,
    Heading,
    KeyFigures,
    Paragraph,
    Strong,
    Table,
)
from fotfeste.reports.documents.dialogue_basis import DialogueBasis
from fotfeste.reports.documents.letter import file_name
from fotfeste.reports.documents.sections import paragraph
from fotfeste.settlement.dialogue.minutes import Minutes, Need

FOLDER = "referat"


def minutes_document(one: Minutes, basis: DialogueBasis) -> Document:
    """Return the minutes of one municipality."""
    text, name = basis.text, basis.names[one.code]
    blocks: list[Block] = [paragraph(_opening(one, basis), lead=True)]
    if said := _said(one, basis):
        blocks.append(said)
        blocks.append(
            paragraph(
                text(msg("Tallene er gjengitt slik de ble sagt i møtet. De er ikke vedtak eller svar."))
            )
        )
    if one.note:
        blocks += [Heading(1, text(msg("Sammendrag"))), *_lines(one.note)]
    blocks.append(Heading(1, text(msg("Behov vi hørte"))))
    blocks.append(
        needs_table(one.needs, basis) if one.needs else paragraph(text(msg("Det er ikke notert noen behov.")))
    )
    if one.answers:
        blocks.append(Heading(1, text(msg("Spørsmål og svar"))))
        for question, answer in one.answers:
            blocks += [Paragraph((Strong(question),)), *_lines(answer)]
    if one.next_step or one.next_on:
        blocks.append(Heading(1, text(msg("Neste steg"))))
        by = text(msg("Dato: {day}.", day=one.next_on)) if one.next_on else ""
        blocks += [*_lines(one.next_step), *([paragraph(by)] if by else [])]
    return Document(
        title=text(
            msg("Referat fra dialogmøte om bosetting i {year}: {name}", year=str(basis.year), name=name)
        ),
        subtitle=text(
            msg("Møtet mellom {sender} og {who}", sender=basis.sender, who=basis.municipality(one.code))
        ),
        language=basis.locale,
        issued=basis.issued,
        blocks=tuple(blocks),
        file_stem=f"{FOLDER}/{one.code}-{file_name(name)}",
        sender=(basis.sender,),
        recipient=(basis.municipality(one.code),),
        reference=_reference(one, basis),
        description=_opening(one, basis),
    )


def _opening(one: Minutes, basis: DialogueBasis) -> str:
    return basis.text(
        nmsg(
            "Møtet ble holdt {day}. Ett behov er notert.",
            "Møtet ble holdt {day}. {count} behov er notert.",
            len(one.needs),
            day=one.met_on,
        )
        if one.needs
        else msg("Møtet ble holdt {day}.", day=one.met_on)
    )


def _reference(one: Minutes, basis: DialogueBasis) -> tuple[tuple[str, str], ...]:
    text = basis.text
    lines = (
        (msg("Møtedato"), basis.words.date(one.met_on)),
        (msg("Sted eller video"), one.place),
        (msg("Fra kommunen (roller)"), ", ".join(one.participants_municipality)),
        (msg("Fra fylkeskommunen (roller)"), ", ".join(one.participants_county)),
    )
    return tuple((text(label), value) for label, value in lines if value)


def _said(one: Minutes, basis: DialogueBasis) -> KeyFigures | None:
    items = [
        (basis.text(label), basis.words.number(value), basis.text(msg("sagt i møtet")))
        for label, value in (
            (msg("Kapasitet"), one.capacity_said),
            (msg("Ønske"), one.wish_said),
            (msg("Enslige mindreårige"), one.minors_said),
        )
        if value is not None
    ]
    return KeyFigures(tuple(items)) if items else None


def needs_table(needs: tuple[Need, ...], basis: DialogueBasis) -> Table:
    """Return needs with theme, who follows up, and by when."""
    text = basis.text
    unset = text(msg("ikke avtalt"))
    rows: list[tuple[CellValue, ...]] = [
        (basis.theme(one.theme), one.text, one.follow_up or unset, one.deadline or unset) for one in needs
    ]
    return Table(
        text(msg("Behov, hvem som følger opp, og frist")),
        (
            Column(text(msg("Tema"))),
            Column(text(msg("Behov"))),
            Column(text(msg("Følger opp"))),
            Column(text(msg("Frist")), "date"),
        ),
        tuple(rows),
    )


def _lines(written: str) -> list[Paragraph]:
    """Return text as it was written, a paragraph to a line."""
    return [Paragraph((line.strip(),)) for line in written.split("\n") if line.strip()]
