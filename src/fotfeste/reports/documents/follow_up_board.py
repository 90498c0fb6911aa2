"""The board as a document: one sentence on top, the six steps by municipality, bars, what needs attention, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fotfeste.messages import Message, msg
from fotfeste.reports.blocks import (
    Block,
    CellValue,
    Column,
    Document,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from fotfeste.reports.cells import format_cell
from fotfeste.reports.documents.follow_up_alerts import alert_blocks
from fotfeste.reports.documents.follow_up_sources import (
    FollowUpReader,
    beside_blocks,
    missing_blocks,
    source_blocks,
)
from fotfeste.reports.documents.sections import paragraph
from fotfeste.reports.documents.wording import listed, said
from fotfeste.reports.follow_up_chart import FollowedRow, followed
from fotfeste.settlement.follow_up.alerts import Sorted
from fotfeste.settlement.follow_up.board import Board, Row
from fotfeste.settlement.follow_up.steps import COUNTY, STEPS, Cell, Step, step_name
from fotfeste.statistics.figure import Figure, Mark, total

STEM = "oppfolging"
NO_FIGURE = msg("ingen tall")
MOST_ROWS = 48
"""Municipalities in one chart; a larger county gets its chart in parts of about equal length."""


def board_document(board: Board, found: Sorted, reader: FollowUpReader, *, sender: str = "") -> Document:
    """Return the whole board as a document."""
    text = reader.text
    title = msg("Bosettingen i {year}: {county}", year=board.cohort.period, county=board.county)
    return Document(
        title=text(title),
        subtitle=text(msg("Fra anbefaling til arbeid og utdanning")),
        language=reader.words.locale,
        issued=reader.on,
        blocks=board_blocks(board, found, reader),
        file_stem=f"{STEM}-{board.county_code}-{board.cohort.first}",
        sender=(sender,) if sender else (),
        description=opening(board, reader),
    )


def board_blocks(board: Board, found: Sorted, reader: FollowUpReader) -> tuple[Block, ...]:
    """Return the board's blocks, for a document or a page; what was put away, and why, is for the county only."""
    text = reader.text
    blocks: list[Block] = [
        paragraph(opening(board, reader), lead=True),
        *status_paragraph(board, reader),
        steps_table(board, reader),
        *alert_blocks(found if board.viewer == COUNTY else Sorted(found.standing, ()), reader.words),
        *board_pictures(board, reader),
    ]
    minors = minors_table(board, reader)
    if minors is not None:
        blocks += [Heading(1, text(msg("Enslige mindreårige"))), minors]
    if board.beside:
        blocks += [
            Heading(1, text(msg("Tall som bare finnes for hele fylket"))),
            *beside_blocks(board, reader),
        ]
    return (*blocks, *missing_blocks(board, reader), *source_blocks(board, reader))


def opening(board: Board, reader: FollowUpReader) -> str:
    """Return the board in one sentence: of those recommended, how many are decided, in how many municipalities."""
    text, rows = reader.text, board.rows
    decided = [row.of(Step.DECIDED) for row in rows if row.of(Step.DECIDED).mark is Mark.OBSERVED]
    finished = bool(decided) and not any(
        isinstance(row.cells.persons[Step.DECIDED].as_of, date) for row in rows
    )
    fields: dict[str, object] = {
        "decided": said(total(decided)),
        "where": ""
        if len(rows) == 1
        else msg(
            " i {number} av {all} kommuner", number=sum(bool(one.value) for one in decided), all=len(rows)
        ),
        "day": "" if finished else msg(" per {day}", day=reader.on),
        "year": board.cohort.period,
    }
    for step in (Step.RECOMMENDED, Step.REQUESTED):
        known = [row.of(step) for row in rows if row.of(step).value is not None]
        if not known or total(known).value == 0:  # «of 0 recommended» says nothing
            continue
        fields["persons"] = said(total(known))
        told = (
            (
                msg("Av {persons} anbefalte for {year} er ingen vedtatt{day}.", **fields),
                msg("Av {persons} anbefalte for {year} er {decided} vedtatt{where}{day}.", **fields),
            )
            if step is Step.RECOMMENDED
            else (
                msg("Av {persons} som IMDi har anmodet om for {year}, er ingen vedtatt{day}.", **fields),
                msg("Av {persons} som IMDi har anmodet om for {year}, er {decided} vedtatt{where}{day}.", **fields),
            )
        )  # fmt: skip
        return text(told[bool(decided)])
    if any(row.of(Step.RECOMMENDED).value == 0 for row in rows):
        if decided:
            return text(msg("Ingen er anbefalt for {year}. {decided} er vedtatt{where}{day}.", **fields))
        return text(msg("Ingen er anbefalt for {year}, og ingen er vedtatt{day}.", **fields))
    if decided:
        return text(msg("{decided} er vedtatt for {year}{where}{day}.", **fields))
    return text(msg("Det er ikke lagt inn anbefaling, anmodning eller vedtak for {year}.", **fields))


def status_paragraph(board: Board, reader: FollowUpReader) -> list[Paragraph]:
    """Return how many are settled, and of how many it is known that they live there still or are in work or education."""
    text = reader.text
    lines = []
    for step, plain in (
        (Step.SETTLED, msg("Bosatt")),
        (Step.STILL_HERE, msg("Bor her fortsatt")),
        (Step.WORK_OR_EDUCATION, msg("I arbeid eller utdanning")),
    ):
        cell = board.county_cells.persons[step]
        if cell.lacking:
            continue
        lines.append(
            text(
                msg(
                    "{step}{day}: {count}.",
                    step=plain,
                    day=_day_in_words(cell),
                    count=_in_sentence(cell, reader),
                )
            )
        )
    lines += _without_persons(board, reader)
    return [paragraph(*lines)] if lines else []


def _without_persons(board: Board, reader: FollowUpReader) -> list[str]:
    """Return which municipalities have said no, and which were asked and have not decided yet."""
    declined = [
        row.name for row in board.rows if row.decision is not None and row.decision.answer == "declined"
    ]
    waiting = [
        row.name
        for row in board.rows
        if (row.of(Step.REQUESTED).low or 0) > 0 and row.of(Step.DECIDED).mark is Mark.MISSING
    ]
    told = [
        (declined, msg("Har sagt nei: {names}.", names=listed(declined, reader.words))),
        (waiting, msg("Anmodet, men ikke vedtatt ennå: {names}.", names=listed(waiting, reader.words))),
    ]
    return [reader.text(line) for names, line in told if names]


def _day_in_words(cell: Cell) -> Message | str:
    if isinstance(cell.as_of, date):
        return msg(" per {day}", day=cell.as_of)
    return msg(" ved utgangen av {year}", year=cell.as_of) if cell.as_of else ""


def county_figure(cell: Cell, reader: FollowUpReader) -> str:
    """Return a sum for people: the number, its bounds, the least it can be, or that there is none."""
    if cell.lacking:
        return reader.text(NO_FIGURE)
    figure = cell.figure
    if figure.mark is Mark.MISSING:
        return reader.text(msg("minst {count}", count=int(figure.low)) if figure.low else NO_FIGURE)
    return format_cell(figure, Column("", "number"), reader.words)


def _in_sentence(cell: Cell, reader: FollowUpReader) -> str:
    """Return a sum as :func:`county_figure` does, with what is hidden in words."""
    if cell.lacking or cell.figure.mark is Mark.MISSING:
        return county_figure(cell, reader)
    return reader.text(said(cell.figure))


def steps_table(board: Board, reader: FollowUpReader) -> Table:
    """Return the six steps of every municipality, with the county last: a sum of what is shown, so that it hides too."""
    caption = msg("Fra anbefaling til arbeid eller utdanning: bosatte i {year}", year=board.cohort.period)
    note = msg("Enslige mindreårige er medregnet. «ingen tall» betyr at ingen har skaffet tallet ennå.")
    return _table(board, reader, caption, note, minors=False)


def minors_table(board: Board, reader: FollowUpReader) -> Table | None:
    """Return the steps of the unaccompanied minors alone; ``None`` where nothing is known of them."""
    if all(one.lacking for one in board.county_cells.minors.values()):
        return None
    caption = msg("Enslige mindreårige blant dem: bosatte i {year}", year=board.cohort.period)
    return _table(board, reader, caption, None, minors=True)


def _table(
    board: Board, reader: FollowUpReader, caption: Message, note: Message | None, *, minors: bool
) -> Table:
    text = reader.text
    sums = board.county_cells.minors if minors else board.county_cells.persons
    steps = [step for step in STEPS if not minors or not sums[step].lacking]
    rows: list[tuple[CellValue, ...]] = [
        (
            row.name,
            *(_cell((row.cells.minors if minors else row.cells.persons)[step], reader) for step in steps),
        )
        for row in board.rows
    ]
    if len(rows) > 1:
        rows.append((board.county, *(county_figure(sums[step], reader) for step in steps)))
    return Table(
        text(caption),
        (
            Column(text(msg("Kommune"))),
            *(Column(_column_title(step, sums[step], reader), "number") for step in steps),
        ),
        tuple(rows),
        emphasis=frozenset({len(rows) - 1}) if len(rows) > 1 else frozenset(),
        note=text(note) if note is not None else "",
    )


def _cell(cell: Cell, reader: FollowUpReader) -> CellValue:
    return reader.text(NO_FIGURE) if cell.lacking else cell.figure


def _column_title(step: Step, cell: Cell, reader: FollowUpReader) -> str:
    name = reader.text(step_name(step))
    if isinstance(cell.as_of, date) and step not in (Step.RECOMMENDED, Step.REQUESTED, Step.DECIDED):
        return reader.text(msg("{name} per {day}", name=name, day=reader.words.short_date(cell.as_of)))
    return name


def board_pictures(board: Board, reader: FollowUpReader) -> list[Picture]:
    """Return bars of settled within decided, with marks of recommended and requested; none where nothing is known."""
    steps = (Step.RECOMMENDED, Step.REQUESTED, Step.DECIDED, Step.SETTLED)
    if all(row.cells.persons[step].lacking for row in board.rows for step in steps):
        return []
    number = -(-len(board.rows) // MOST_ROWS)
    size = -(-len(board.rows) // number)
    groups = [board.rows[start : start + size] for start in range(0, len(board.rows), size)]
    return [_picture(board, group, reader) for group in groups]


def _settled_of_decided(settled: Figure, decided: Figure) -> Message:
    """Return what stands at the end of a bar: the two numbers, the one that is known, or in words that none is."""
    known = [one.value is not None or one.high is not None for one in (settled, decided)]
    if all(known):
        return msg("{settled} av {decided}", settled=said(settled), decided=said(decided))
    if known[1]:
        return msg("{decided} vedtatt", decided=said(decided))
    if known[0]:
        return msg("{settled} bosatt", settled=said(settled))
    return msg("ikke kjent")


def _picture(board: Board, group: Sequence[Row], reader: FollowUpReader) -> Picture:
    text = reader.text
    names = [text(step_name(step)) for step in (Step.RECOMMENDED, Step.REQUESTED, Step.DECIDED, Step.SETTLED)]
    title = text(msg("Bosatt og vedtatt ved siden av anbefalt og anmodet, {year}", year=board.cohort.period))
    rows, lines = [], [text(msg("Stolper per kommune: bosatte innenfor det som er vedtatt."))]
    for row in group:
        figures = [row.of(step) for step in (Step.RECOMMENDED, Step.REQUESTED, Step.DECIDED, Step.SETTLED)]
        told = text(_settled_of_decided(figures[3], figures[2]))
        rows.append(FollowedRow(row.name, figures[0], figures[1], figures[2], figures[3], told))
        lines.append(
            text(
                msg(
                    "{name}: anbefalt {advised}, anmodet {asked}, vedtatt {decided}, bosatt {settled}.",
                    name=row.name,
                    advised=said(figures[0]),
                    asked=said(figures[1]),
                    decided=said(figures[2]),
                    settled=said(figures[3]),
                )
            )
        )
    description = " ".join(lines)
    drawn = followed(rows, names, reader.words, title=title, description=description)
    return Picture(drawn, description, title)
