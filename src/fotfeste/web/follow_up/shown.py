"""What the pages of the follow-up show: the board in blocks, one municipality's line through the steps, what has been entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.reports.blocks import Block, Column, Picture, Sheet, Table, Workbook
from fotfeste.reports.cells import format_cell
from fotfeste.reports.documents.follow_up_alerts import alerts_table
from fotfeste.reports.documents.follow_up_board import (
    STEM,
    board_pictures,
    minors_table,
    opening,
    status_paragraph,
    steps_table,
)
from fotfeste.reports.documents.follow_up_sources import (
    FollowUpReader,
    beside_blocks,
    missing_blocks,
    source_blocks,
)
from fotfeste.reports.documents.sections import paragraph
from fotfeste.reports.profiles import DataTable, Drawing, as_csv
from fotfeste.reports.profiles.values import DataColumn
from fotfeste.settlement.follow_up.alerts import Alert
from fotfeste.settlement.follow_up.board import Board
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest
from fotfeste.settlement.follow_up.steps import STEPS, Cell, Step, step_name, what_would_supply
from fotfeste.statistics.figure import Figure
from fotfeste.web.follow_up import models, services
from fotfeste.web.follow_up.stored import decision_of, request_of, status_of
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round
from fotfeste.work.municipal_stages import (
    MunicipalFacts,
    decision_stage_name,
    municipal_stage,
    request_stage_name,
    settlement_stage_name,
)

PNG_WIDTH = 1600
COUNT = Column("", "number")


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The board in the order it is read. ``codes`` are the municipalities by their row in ``numbers``."""

    answer: Block
    status: tuple[Block, ...]
    pictures: tuple[Block, ...]
    numbers: Table
    minors: Table | None
    codes: dict[int, str]
    beside: tuple[Block, ...]
    missing: tuple[Block, ...]
    sources: tuple[Block, ...]


def board_shown(board: Board, words: Language, today: date) -> BoardShown:
    """Return a board as blocks, made by the library."""
    reader = FollowUpReader(words, today)
    return BoardShown(
        paragraph(opening(board, reader), lead=True),
        tuple(status_paragraph(board, reader)),
        tuple(board_pictures(board, reader)),
        steps_table(board, reader),
        minors_table(board, reader),
        {place: row.code for place, row in enumerate(board.rows)},
        tuple(beside_blocks(board, reader)) if board.beside else (),
        tuple(missing_blocks(board, reader)[1:]),
        tuple(source_blocks(board, reader)[1:]),
    )


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of a municipality's line: its number in words, the minors among them, the day and where it is from.

    ``lacking`` tells what would supply a number that nobody has.
    """

    step: Step
    name: Message
    count: str
    minors: str
    day: str
    source: Message | Translated | str
    lacking: Message | None


def line_of(board: Board, code: str, words: Language) -> list[Stop]:
    """Return the line of one municipality through the six steps, as the board's viewer may see it."""
    row = next(one for one in board.rows if one.code == code)
    found = []
    for step in STEPS:
        cell, minors = row.cells.persons[step], row.cells.minors[step]
        found.append(
            Stop(
                step,
                step_name(step),
                "" if cell.lacking else count_in_words(cell.figure, words),
                "" if minors.lacking else count_in_words(minors.figure, words),
                words.date(cell.as_of) if isinstance(cell.as_of, date) else cell.as_of,
                cell.source,
                what_would_supply(step) if cell.lacking else None,
            )
        )
    return found


def stages_of(round_: Round, code: str) -> tuple[tuple[Message, Message], ...]:
    """Return where one municipality stands: its request, its decision and settlement."""
    stage = municipal_stage(MunicipalFacts(after=services.outcomes(round_)[code]))
    return (
        (msg("Anmodning"), request_stage_name(stage.request)),
        (msg("Vedtak"), decision_stage_name(stage.decision)),
        (msg("Bosetting"), settlement_stage_name(stage.settlement)),
    )


def count_in_words(figure: Figure, words: Language) -> str:
    """Return a count as it stands in a cell."""
    return format_cell(figure, COUNT, words)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was entered: when, in which role, what, and the words of a decision; the newest of its kind holds."""

    at: datetime
    role: Message | str
    what: Message
    text: str = ""
    holds: bool = False


def history_of(round_: Round, code: str) -> list[Entry]:
    """Return all that was entered about one municipality, the newest first; only for those who may see its exact counts."""
    requests = list(models.MunicipalRequest.objects.filter(round=round_, municipality=code))
    decisions = list(models.Decision.objects.filter(round=round_, municipality=code))
    found = [
        Entry(one.at, _role(one.role), request_in_words(request_of(one)), holds=one is requests[-1])
        for one in requests
    ]
    found += [
        Entry(one.at, _role(one.role), decision_in_words(decision_of(one)), one.text, one is decisions[-1])
        for one in decisions
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _role(role: str) -> Message | str:
    return ROLE_NAMES[Role(role)] if role in set(Role) else ""


def request_in_words(request: MunicipalRequest) -> Message:
    """Return a request in one sentence."""
    if request.persons.value is None:
        return msg("Ikke anmodet ({source}, {day})", source=request.source, day=request.dated)
    if request.minors.value is None:
        return msg(
            "Anmodet om {count} ({source}, {day})",
            count=int(request.persons.value),
            source=request.source,
            day=request.dated,
        )
    return msg(
        "Anmodet om {count}, av dem {minors} enslige mindreårige ({source}, {day})",
        count=int(request.persons.value),
        minors=int(request.minors.value),
        source=request.source,
        day=request.dated,
    )


def decision_in_words(decision: Decision) -> Message:
    """Return a decision in one sentence."""
    told = {"body": decision.body, "case": decision.case_reference, "day": decision.dated}
    if decision.answer == "awaited":
        return msg("Ventes behandlet {day}", day=decision.expected_handling)
    if decision.answer == "declined":
        return msg("Sagt nei: {body}, sak {case}, {day}", **told)
    if decision.minors is None and decision.extra is None:
        return msg("Vedtatt {count}: {body}, sak {case}, {day}", count=decision.persons, **told)
    return msg(
        "Vedtatt {count}, av dem {minors} enslige mindreårige, ekstra kapasitet {extra}: {body}, sak {case}, {day}",
        count=decision.persons,
        minors=_said(decision.minors),
        extra=_said(decision.extra),
        **told,
    )


def _said(count: int | None) -> Message | int:
    return msg("ikke oppgitt") if count is None else count


@dataclass(frozen=True, slots=True)
class Counted:
    """Settled as of a day in one municipality, exact: for itself and its county."""

    as_of: date
    persons: str
    minors: str
    origin: str


def counts_of(round_: Round, code: str, words: Language) -> list[Counted]:
    """Return every status of one municipality, the newest day first; only for those who may see its exact counts."""
    rows = models.StatusReport.objects.filter(round=round_).order_by("-as_of", "-at", "-pk")
    found = []
    for row in rows:
        settled = status_of(row, round_.year).by_code.get(code)
        if settled is not None:
            persons, minors = (count_in_words(one, words) for one in (settled.persons, settled.minors))
            found.append(Counted(row.as_of, persons, minors, row.origin))
    return found


def board_as_csv(board: Board, words: Language, page: str) -> bytes:
    """Return the board as CSV: one row a municipality, group and step, as its viewer may see it."""
    rows = []
    for row in board.rows:
        for group, cells in (("all", row.cells.persons), ("minors", row.cells.minors)):
            for step in STEPS:
                cell = cells[step]
                rows.append(
                    (row.code, row.name, group, step.value, cell.period, cell.figure, _day(cell), words.text(cell.source))
                )  # fmt: skip
    texts = ("code", "municipality", "group", "step", "period")
    columns = (
        *(DataColumn(key, Column(key, "text")) for key in texts),
        DataColumn("persons", Column("persons", "number")),
        DataColumn("as_of", Column("as_of", "text")),
        DataColumn("step_source", Column("step_source", "text")),
    )
    return as_csv(DataTable(_stem(board), _stem(board), columns, tuple(rows)), page)


def _day(cell: Cell) -> str:
    return cell.as_of.isoformat() if isinstance(cell.as_of, date) else cell.as_of


def board_as_xlsx(board: Board, found: Sequence[Alert], words: Language, today: date) -> bytes:
    """Return the board as a workbook, as its viewer may see it: all persons, minors, what needs attention."""
    from fotfeste.reports import render_xlsx

    reader = FollowUpReader(words, today)
    sheets = [Sheet(words.text(msg("Alle")), steps_table(board, reader))]
    minors = minors_table(board, reader)
    if minors is not None:
        sheets.append(Sheet(words.text(msg("Enslige mindreårige")), minors))
    if found:
        sheets.append(Sheet(words.text(msg("Varsler")), alerts_table(tuple(found), words)))
    title = words.text(msg("Bosettingen i {year}: {county}", year=board.cohort.period, county=board.county))
    return render_xlsx(Workbook(title, words.locale, today, tuple(sheets), _stem(board)))


def _stem(board: Board) -> str:
    return f"{STEM}-{board.county_code}-{board.cohort.period.replace('–', '-')}"


def file_name(board: Board, ending: str) -> str:
    """Return what a file of the board is called."""
    return f"{_stem(board)}.{ending}"


def drawing_of(board: Board, words: Language, today: date) -> Drawing | None:
    """Return the first picture of the board as it leaves its page; none where nothing is known."""
    pictures = [
        one for one in board_pictures(board, FollowUpReader(words, today)) if isinstance(one, Picture)
    ]
    if not pictures:
        return None
    return Drawing(pictures[0].svg, pictures[0].caption, pictures[0].alternative).for_file(words)


def only(board: Board, code: str) -> Board:
    """Return the board with one municipality alone: of the others not even a sum is left."""
    row = next(one for one in board.rows if one.code == code)
    return replace(board, rows=(row,), county_cells=row.cells, beside=())


def sentence_of(board: Board, words: Language) -> str:
    """Return a board in one sentence, as of today."""
    return opening(board, FollowUpReader(words, timezone.localdate()))


def answer_of(board: Board, words: Language) -> Block:
    """Return the sentence that a page opens with."""
    return paragraph(sentence_of(board, words), lead=True)
