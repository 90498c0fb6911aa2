"""The board as it leaves its page: a table as CSV, a workbook, a drawing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import Column, Picture, Sheet, Workbook
from fotfeste.reports.documents.follow_up_alerts import alerts_table
from fotfeste.reports.documents.follow_up_board import STEM, board_pictures, minors_table, steps_table
from fotfeste.reports.documents.follow_up_sources import FollowUpReader
from fotfeste.reports.profiles import DataTable, Drawing, as_csv
from fotfeste.reports.profiles.values import DataColumn
from fotfeste.settlement.follow_up.alerts import Alert
from fotfeste.settlement.follow_up.board import Board
from fotfeste.settlement.follow_up.steps import STEPS, Cell, step_name

PNG_WIDTH = 1600
GROUPS = {"all": msg("Alle"), "minors": msg("Enslige mindreårige")}
HEADS = {
    "code": msg("Kommunenummer"),
    "municipality": msg("Kommune"),
    "group": msg("Gruppe"),
    "step": msg("Steg"),
    "period": msg("Bosettingsår"),
    "persons": msg("Antall personer"),
    "persons_mark": msg("Hva tallet er"),
    "persons_low": msg("Minst"),
    "persons_high": msg("Høyst"),
    "persons_estimated": msg("Anslag"),
    "as_of": msg("Dato"),
    "step_source": msg("Kilde"),
    "page": msg("Side"),
}
YES_NO = {"true": msg("ja"), "false": msg("nei")}
MARKS = {
    "observed": msg("kjent"),
    "missing": msg("mangler"),
    "not_asked": msg("ikke anmodet"),
    "suppressed": msg("skjult"),
}


def board_as_csv(board: Board, words: Language, page: str) -> bytes:
    """Return the board as CSV: one row a municipality, group and step, as its viewer may see it, in the reader's language."""
    rows = []
    for row in board.rows:
        for group, cells in (("all", row.cells.persons), ("minors", row.cells.minors)):
            for step in STEPS:
                cell = cells[step]
                rows.append(
                    (row.code, row.name, words.text(GROUPS[group]), words.text(step_name(step)), cell.period, cell.figure, _day(cell), words.text(cell.source))
                )  # fmt: skip
    texts = ("code", "municipality", "group", "step", "period")
    columns = (
        *(DataColumn(key, Column(key, "text")) for key in texts),
        DataColumn("persons", Column("persons", "number")),
        DataColumn("as_of", Column("as_of", "text")),
        DataColumn("step_source", Column("step_source", "text")),
    )
    return _in_language(as_csv(DataTable(_stem(board), _stem(board), columns, tuple(rows)), page), words)


def _in_language(content: bytes, words: Language) -> bytes:
    """Return the table with heads and marks as its reader says them; numbers and days stay as machines read them."""
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    marks = {key: words.text(name) for key, name in MARKS.items()}
    place, estimated = head.index("persons_mark"), head.index("persons_estimated")
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([words.text(HEADS[one]) for one in head])
    for row in rows:
        row[place] = marks[row[place]]
        row[estimated] = words.text(YES_NO[row[estimated]])
        writer.writerow(row)
    return ("\ufeff" + stream.getvalue()).encode()


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
