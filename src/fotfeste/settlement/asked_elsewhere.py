"""What somebody else has asked the municipalities already: a table of answers to fields of the reply form.

A line for each municipality, a column for each field, as CSV or a workbook. What is read is checked as an answer in
the reply form is, so that it can stand beside the field and nobody is asked twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from fotfeste.errors import InputError, Place, Problem
from fotfeste.messages import Locale, Message, Translated, msg, nmsg
from fotfeste.settlement.reply_form import FormField, FormValue, load_reply_form
from fotfeste.settlement.reply_sheet_cells import identifies_a_person, read_cell
from fotfeste.settlement.reply_sheet_file import Cell, open_sheets
from fotfeste.statistics.readers.grids import Limits, read_grid

OWN_GROUP = "approval"
"""The fields that only the municipality itself can answer: who approved, and when."""
MUNICIPALITY = ("kommune", "kommunenummer", "kommunenr", "kommunenr.", "municipality", "municipality_code")
PASSED_BY = ("navn", "kommunenavn", "namn", "name", "fylke", "county")
"""Columns that may stand there and are not read."""
LIMITS = Limits(file_bytes=2_000_000, cells=50_000)
MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class AskedElsewhere:
    """Answers by municipality and field of the reply form; ``notices`` do not stop."""

    values: Mapping[str, Mapping[str, FormValue]]
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table: its cells by column from 0, and where one of them stands."""

    cells: Mapping[int, Cell]
    place: Callable[[int], Message]


def fields_to_ask() -> tuple[FormField, ...]:
    """Return the fields of the reply form that somebody else can have asked for, in the form's order."""
    return tuple(one for one in load_reply_form().fields if one.group != OWN_GROUP)


def read_asked(path: Path, names: Mapping[str, str]) -> AskedElsewhere:
    """Read a table of answers for the municipalities ``names``; a blank cell is not an answer.

    Columns are known by the id or the name of the field. Raises :class:`InputError` with a problem for every column, line
    and cell that is wrong; nothing is then read.
    """
    rows = _rows(path)
    problems: list[Problem] = []
    notices: list[Problem] = []
    head, municipality, columns = _head(rows, problems, path.name)
    values: dict[str, dict[str, FormValue]] = {}
    for row in rows[head + 1 :] if head >= 0 else ():
        if all(column not in row.cells for column in (municipality, *columns)):
            continue
        code = _municipality(row, municipality, names, problems)
        if code in values:
            problems.append(
                _problem("twice", msg("{name} står to ganger.", name=names[code]), row.place(municipality))
            )
            continue
        if not code:
            continue
        values[code] = {}
        for column, one in columns.items():
            if column not in row.cells:
                continue
            place = msg("{place} ({label})", place=row.place(column), label=Translated(one.label))
            reading = read_cell(one, row.cells[column], place)
            if reading.problem:
                problems.append(reading.problem)
            elif reading.value is not None:
                values[code][one.id] = reading.value
    if not problems and not any(values.values()):
        problems.append(_problem("blank", msg("Det står ingen svar i tabellen."), path.name))
    if problems:
        what = nmsg("Ett sted i tabellen må rettes.", "{count} steder i tabellen må rettes.", len(problems))
        raise InputError("asked.wrong", what, place=path.name, problems=problems[:MOST_PROBLEMS])
    return AskedElsewhere({code: given for code, given in values.items() if given}, tuple(notices))


def empty_table(names: Mapping[str, str], locale: Locale) -> bytes:
    """Return a table to fill in, as CSV that a spreadsheet opens: a column for each field by its name, every municipality."""
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    asked = fields_to_ask()
    table.writerow(["kommune", "navn", *(one.label[locale] for one in asked)])
    table.writerows([code, name, *("" for _ in asked)] for code, name in names.items())
    return ("\ufeff" + stream.getvalue()).encode()


def _rows(path: Path) -> list[_Row]:
    if path.suffix.lower() == ".csv":
        return _lines_of_text(path)
    grids = [one for one in open_sheets(path) if one.cells]
    if not grids:
        raise InputError("file.empty", msg("Filen er tom."), place=path.name)
    grid = grids[0]
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in grid.cells.items():
        rows.setdefault(row, {})[column - 1] = cell
    return [
        _Row(cells, lambda column, row=number: grid.place(row, column + 1))  # type: ignore[misc]
        for number, cells in sorted(rows.items())
    ]


def _lines_of_text(path: Path) -> list[_Row]:
    try:
        grid = read_grid(path, limits=LIMITS)
    except InputError as error:
        if error.code != "file.encoding":
            raise
        grid = read_grid(path, encoding="cp1252", limits=LIMITS)
    return [
        _Row(
            {
                column: Cell(str(cell))
                for column, cell in enumerate(line.cells)
                if cell is not None and str(cell).strip()
            },
            lambda column, line=line: grid.place(line, column),  # type: ignore[misc]
        )
        for line in grid.lines
    ]


def _head(rows: Sequence[_Row], problems: list[Problem], file: str) -> tuple[int, int, dict[int, FormField]]:
    """Return where the heading stands, the column of the municipality, and the columns of fields."""
    known = _known()
    for number, row in enumerate(rows[:10]):
        said = {column: _plain(cell).casefold() for column, cell in row.cells.items()}
        places = [column for column, text in said.items() if text in MUNICIPALITY]
        if not places:
            continue
        columns: dict[int, FormField] = {}
        for column, text in said.items():
            if column == places[0] or text in PASSED_BY:
                continue
            one = known.get(text)
            if one is None:
                problems.append(_unknown(text, row.place(column)))
            elif one in columns.values():
                what = msg("Feltet «{label}» har to kolonner.", label=Translated(one.label))
                problems.append(_problem("column_twice", what, row.place(column)))
            else:
                columns[column] = one
        if not columns and not problems:
            what = msg("Tabellen har ingen kolonner med felt fra svarskjemaet.")
            problems.append(_problem("no_fields", what, row.place(places[0]), _USE_TEMPLATE))
        return number, places[0], columns
    problems.append(
        _problem(
            "no_municipality", msg("Tabellen har ingen kolonne som heter «kommune»."), file, _USE_TEMPLATE
        )
    )
    return -1, 0, {}


_USE_TEMPLATE = msg(
    "Bruk tabellen som kan lastes ned tom. Kolonnene heter det samme som feltene i svarskjemaet."
)


def _known() -> dict[str, FormField]:
    """Return the fields by everything that a column of theirs may be called."""
    found: dict[str, FormField] = {}
    for one in fields_to_ask():
        for text in (one.id, *(one.label[locale] for locale in get_args(Locale))):
            found.setdefault(" ".join(text.casefold().split()), one)
    return found


def _unknown(text: str, place: Place) -> Problem:
    shown = "" if identifies_a_person(text) else text[:40]
    return _problem(
        "column", msg("Kolonnen «{name}» er ikke et felt i svarskjemaet.", name=shown), place, _USE_TEMPLATE
    )


def _municipality(row: _Row, column: int, names: Mapping[str, str], problems: list[Problem]) -> str:
    """Return the municipality of a line, by number or name; nothing when there is none, or it is wrong."""
    if column not in row.cells:
        if _is_labels(row):
            return ""
        problems.append(
            _problem("no_code", msg("Linjen sier ikke hvilken kommune den gjelder."), row.place(column))
        )
        return ""
    text = _plain(row.cells[column])
    number = text.split(" ")[0].zfill(4)
    if number in names:
        return number
    by_name = {name.casefold(): code for code, name in names.items()}
    found = by_name.get(text.casefold().removesuffix(" kommune"))
    if found is None:
        shown = "" if identifies_a_person(text) else text[:40]
        what = msg("«{text}» er ikke en kommune som innspillet kan gjelde.", text=shown)
        way = msg("Skriv kommunenummeret med fire siffer, og ta bare med kommuner i fylket.")
        problems.append(_problem("municipality", what, row.place(column), way))
    return found or ""


def _is_labels(row: _Row) -> bool:
    """Whether a line holds nothing but names of fields, as empty tables had below their heading before."""
    known = _known()
    return all(_plain(cell).casefold() in known for cell in row.cells.values())


def _plain(cell: Cell) -> str:
    if cell.kind != "value":
        return ""
    value = cell.value
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return " ".join(text.split())


def _problem(code: str, what: Message, place: Place, remedy: Message | None = None) -> Problem:
    return Problem(f"asked.{code}", what, place, remedy)
