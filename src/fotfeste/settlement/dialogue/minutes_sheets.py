"""The sheets of one workbook of minutes: which they are, what they are about, and the answers in their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fotfeste.errors import Place, Problem
from fotfeste.messages import Message, Translated, msg
from fotfeste.settlement.dialogue.minutes_layout import ABOUT, PARTS, read_marker
from fotfeste.settlement.dialogue.questions import DialogueForm
from fotfeste.settlement.reply_form import FormField, FormValue
from fotfeste.settlement.reply_sheet_cells import read_cell
from fotfeste.settlement.reply_sheet_file import Cell, Grid

USE_OURS = msg("Bruk referatskjemaet fra Fotfeste, og fyll ut de gule feltene der.")
OURS = msg("Skjemaet lages med «fotfeste dialogue».")
"""What makes the form that :data:`USE_OURS` speaks of, for those at the command line."""


@dataclass(slots=True)
class Found:
    """What was found wrong, and what the reader should know."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def wrong(self, code: str, what: Message, place: Place, remedy: Message | None = None) -> None:
        """Add a problem that stops."""
        command = OURS if remedy is USE_OURS else None
        self.problems.append(Problem(f"minutes.{code}", what, place, remedy, command))


def parts_of(file: str, grids: Sequence[Grid], form: DialogueForm, found: Found) -> dict[str, Grid] | None:
    """Return the three sheets of a form by their part, or ``None`` where one is lacking or of another edition."""
    parts: dict[str, Grid] = {}
    for grid in grids:
        for cell in grid.cells.values():
            mark = read_marker(cell.value) if isinstance(cell.value, str) else None
            if mark is None:
                continue
            if mark[1] != form.schema:
                found.wrong(
                    "schema",
                    msg(
                        "Skjemaet er utgave {found}, men denne utgaven av Fotfeste leser utgave {known}.",
                        found=mark[1],
                        known=form.schema,
                    ),
                    file,
                    USE_OURS,
                )
                return None
            parts[mark[0]] = grid
    if not parts:
        found.wrong("unknown", msg("Arbeidsboken er ikke et referatskjema."), file, USE_OURS)
        return None
    if lacking := [name for part, name in PARTS.items() if part not in parts]:
        found.wrong(
            "part_absent",
            msg("Arket «{name}», eller merket øverst i det, mangler.", name=lacking[0]),
            file,
            USE_OURS,
        )
        return None
    return parts


def sheet_place(grid: Grid) -> Message:
    """Return a sheet as people name it."""
    return msg("{file}, ark «{sheet}»", file=grid.file, sheet=grid.sheet)


def named_rows(grid: Grid) -> dict[str, int]:
    """Return the row of every machine name in the fourth column of the minutes."""
    return {
        str(cell.value).strip(): row
        for (row, column), cell in grid.cells.items()
        if column == 4 and isinstance(cell.value, str)
    }


def plain(cell: Cell | None) -> str:
    """Return what a cell says as text; nothing for a formula or an error."""
    if cell is None or cell.kind != "value":
        return ""
    value = cell.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def about_of(grid: Grid, county: str, year: int, expected: Mapping[str, str], found: Found) -> str | None:
    """Return the municipality the minutes are about; anything that does not fit is a problem."""
    rows = named_rows(grid)
    said = {name: plain(grid.cells.get((rows[name], 2))) for name in ABOUT if name in rows}
    sound = True
    for name in ABOUT:
        if not said.get(name):
            sound = False
            found.wrong(
                "about",
                msg("Linjen «{name}» øverst i skjemaet mangler eller er tom.", name=name),
                sheet_place(grid),
                USE_OURS,
            )
    if said.get("county") and said["county"][:2] != county:
        sound = False
        found.wrong(
            "other_county",
            msg("Referatet gjelder fylke {found}, ikke {county}.", found=said["county"][:40], county=county),
            grid.place(rows["county"], 2),
            msg("Ta filen ut av mappen, eller oppgi riktig fylke."),
        )
    if said.get("year") and said["year"] != str(year):
        sound = False
        found.wrong(
            "other_year",
            msg("Referatet gjelder {found}, ikke {year}.", found=said["year"][:40], year=str(year)),
            grid.place(rows["year"], 2),
            msg("Ta filen ut av mappen, eller oppgi riktig år."),
        )
    code = said.get("municipality_code", "").zfill(4)
    if sound and code not in expected:
        sound = False
        found.wrong(
            "code",
            msg("Kommunenummeret {code} finnes ikke i fylket.", code=code[:10]),
            grid.place(rows["municipality_code"], 2),
            USE_OURS,
        )
    return code if sound else None


def answers_by_field(grid: Grid, fields: Sequence[FormField], found: Found) -> dict[str, FormValue]:
    """Return the answers on the sheet of minutes by field; a field that is gone is a problem."""
    rows = named_rows(grid)
    values: dict[str, FormValue] = {}
    for one in fields:
        if one.id not in rows:
            found.wrong(
                "field_absent",
                msg(
                    "Feltet «{label}» ({name}) mangler i skjemaet.", label=Translated(one.label), name=one.id
                ),
                sheet_place(grid),
                msg("Bruk skjemaet slik det ble laget; la svaret stå tomt hvis det ikke ble sagt."),
            )
            continue
        if (value := read_answer(grid, rows[one.id], 2, one, found)) is not None:
            values[one.id] = value
    return values


def read_answer(grid: Grid, row: int, column: int, one: FormField, found: Found) -> FormValue | None:
    """Return the value of an answer cell; what is wrong with it names the field as well as the cell."""
    cell = grid.cells.get((row, column))
    if cell is None:
        return None
    if grid.is_merged(row, column):
        found.wrong(
            "merged",
            msg("Cellen er slått sammen med andre celler, så det er uklart hva den svarer på."),
            grid.place(row, column),
            msg("Del opp cellene igjen og skriv ett svar i hver."),
        )
        return None
    place = msg("{place} ({label})", place=grid.place(row, column), label=Translated(one.label))
    reading = read_cell(one, cell, place)
    if reading.problem:
        found.problems.append(reading.problem)
    if reading.notice:
        found.notices.append(reading.notice)
    return reading.value
