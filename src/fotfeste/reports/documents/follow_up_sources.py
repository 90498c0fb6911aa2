"""What stands below the board: figures of the whole county only, what is missing and who has it, and the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fotfeste.messages import Language, Message, Translated, msg, nmsg
from fotfeste.reports.blocks import Block, Bullets, CellValue, Column, Heading, Table
from fotfeste.reports.cells import format_cell
from fotfeste.reports.documents.sections import bullets, paragraph
from fotfeste.settlement.follow_up.board import Board
from fotfeste.settlement.follow_up.steps import STEPS, step_name

MOST_SOURCES = 3
"""Sources of one step that are named; with more, each municipality has its own."""


@dataclass(frozen=True, slots=True)
class FollowUpReader:
    """For whom the board is written, as of which day; ``remarks`` are what the imported tables gave reason to say."""

    words: Language
    on: date
    remarks: Sequence[Message] = field(default=())

    def text(self, message: Message | Translated | str) -> str:
        """Return ``message`` in the reader's language."""
        return self.words.text(message)


def beside_blocks(board: Board, reader: FollowUpReader) -> list[Block]:
    """Return the figures of the whole county, which are about other groups than the cohort, with what to know of them."""
    text = reader.text
    rows: list[tuple[CellValue, ...]] = [
        (
            text(one.name),
            format_cell(one.figure, Column("", "percent" if one.unit == "share" else "number"), reader.words),
            text(one.period),
            one.source,
        )
        for one in board.beside
    ]
    notes = [text(one.note) for one in board.beside if one.note]
    if any(one.figure.estimated for one in board.beside):
        notes.append(text(msg("«*» betyr at tallet er beregnet.")))
    return [
        paragraph(
            text(
                msg(
                    "Disse tallene gjelder andre grupper enn de bosatte i tabellen over, og kan ikke deles på kommunene."
                )
            )
        ),
        Table(
            text(msg("Det som er kjent for {county} samlet", county=board.county)),
            (
                Column(text(msg("Hva"))),
                Column(text(msg("Tall")), "text"),
                Column(text(msg("Periode"))),
                Column(text(msg("Kilde"))),
            ),
            tuple(rows),
            note=" ".join(notes),
        ),
    ]


def missing_blocks(board: Board, reader: FollowUpReader) -> list[Block]:
    """Return the steps that nobody has supplied, each with what would supply it."""
    if not board.lacking:
        return []
    lines = [reader.text(one) for one in board.lacking_in_words]
    return [Heading(1, reader.text(msg("Det som mangler"))), bullets(lines)]


def source_blocks(board: Board, reader: FollowUpReader) -> list[Block]:
    """Return where the figures of each step are from and the days they stand at, and remarks on them."""
    text = reader.text
    lines = []
    for step in STEPS:
        told: dict[str, list[str]] = {}
        for row in board.rows:
            cell = row.cells.persons[step]
            if not cell.lacking:
                day = reader.words.date(cell.as_of) if isinstance(cell.as_of, date) else str(cell.as_of)
                told.setdefault(text(cell.source), []).append(day)
        shown = [
            _source_line(source, sorted(set(days), key=days.index), reader) for source, days in told.items()
        ]
        if len(shown) > MOST_SOURCES:
            count = nmsg(
                "{count} kilde, en for hver kommune", "{count} kilder, en for hver kommune", len(shown)
            )
            shown = [text(count)]
        if shown:
            lines.append(f"{text(step_name(step))}: {'; '.join(shown)}.")
    if not lines:
        return []
    remarks = [bullets([text(one) for one in reader.remarks])] if reader.remarks else []
    found: list[Bullets] = [bullets(lines), *remarks]
    return [Heading(1, text(msg("Kilder"))), *found]


def _source_line(source: str, days: list[str], reader: FollowUpReader) -> str:
    if len(days) != 1:
        return source
    return reader.text(msg("{source} ({day})", source=source, day=days[0])) if days[0] else source
