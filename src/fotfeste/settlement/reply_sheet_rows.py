"""From the cells of one sheet to what each municipality in it answered, with every wrong cell noted.

The form has a field per row, the collected sheet a field per column; both are found by their machine ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fotfeste.errors import InputError, Place, Problem
from fotfeste.messages import Translated, msg
from fotfeste.settlement.reply_check import check_answers
from fotfeste.settlement.reply_form import FormValue, load_reply_form
from fotfeste.settlement.reply_sheet_file import Cell, Grid
from fotfeste.settlement.reply_sheet_layout import ABOUT, COLLECTED, FORM, Layout, code_marker, read_marker

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_ANSWERS = 2
"""The column of a form that holds the answers, and of both sheets that holds what the sheet is about."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One municipality's answers as read: its code as written, the name beside it (if any), and the values."""

    code: str
    name: str
    place: Place
    values: Mapping[str, FormValue]


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one sheet says: for which county and year, the answers in it, problems that stop and notices."""

    layout: Layout
    place: Place
    county: tuple[str, Place]
    year: tuple[str, Place]
    answers: tuple[Answered, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


@dataclass(slots=True)
class _Findings:
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)


def read_sheet(file: str, grids: tuple[Grid, ...]) -> SheetReading:
    """Find the reply sheet among ``grids`` and read it.

    Raises :class:`InputError` when no sheet is a reply sheet, several are, or it is of an edition not known here.
    """
    found = [
        (grid, row, column, mark)
        for grid in grids
        for (row, column), cell in grid.cells.items()
        if isinstance(cell.value, str) and (mark := read_marker(cell.value))
    ]
    if not found:
        raise InputError(
            "reply_sheet.unknown",
            msg(
                "Arbeidsboken er ikke et svarskjema fra Fotfeste, eller merket øverst i skjemaet er slettet."
            ),
            place=file,
            remedy=msg("Bruk svarskjemaet fra Fotfeste, og fyll ut feltene der."),
            command=msg("Skjemaet lages med «fotfeste replies template»."),
        )
    if len(found) > 1:
        raise InputError(
            "reply_sheet.several",
            msg("Arbeidsboken har {count} svarskjemaer, men skal ha ett.", count=len(found)),
            place=file,
            remedy=msg("Lagre hvert skjema i sin egen fil, eller slett arket som ikke skal brukes."),
        )
    grid, row, column, (layout, schema) = found[0]
    known = load_reply_form().schema
    if schema != known:
        raise InputError(
            "reply_sheet.schema",
            msg(
                "Skjemaet er utgave {found}, men denne utgaven av Fotfeste leser utgave {known}.",
                found=schema,
                known=known,
            ),
            place=file,
            remedy=msg("Bruk et nytt svarskjema, eller en nyere utgave av Fotfeste."),
            command=msg("Skjemaet lages med «fotfeste replies template»."),
        )
    return _read_form(grid, column) if layout == FORM else _read_collected(grid, row, column)


def _texts(
    grid: Grid, *, row: int | None = None, column: int | None = None
) -> dict[str, list[tuple[int, int]]]:
    """Return where each text of one row or column stands."""
    places: dict[str, list[tuple[int, int]]] = {}
    for (at_row, at_column), cell in sorted(grid.cells.items()):
        here = at_row == (row or at_row) and at_column == (column or at_column)
        if here and isinstance(cell.value, str) and cell.kind == "value":
            places.setdefault(cell.value.strip(), []).append((at_row, at_column))
    return places


def _plain(cell: Cell | None) -> str:
    if cell is None or cell.kind != "value":
        return ""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return str(cell.value).strip()


def _find_fields(
    grid: Grid, places: Mapping[str, list[tuple[int, int]]], ignored: tuple[str, ...], findings: _Findings
) -> dict[str, tuple[int, int]]:
    """Return where each field's id stands; missing, repeated and unknown ids are problems."""
    fields = {one.id: one for one in load_reply_form().fields}
    for name, where in places.items():
        if name in fields and len(where) > 1:
            findings.add(
                Problem(
                    "reply.field_twice",
                    msg("Spørsmålet «{label}» står flere ganger.", label=Translated(fields[name].label)),
                    grid.place(*where[1]),
                    msg("Slett det ene, så det er ett svar på hvert spørsmål."),
                )
            )
        elif name not in fields and name not in ignored and _IDENTIFIER.fullmatch(name):
            findings.add(
                Problem(
                    "reply.field_unknown",
                    msg("Feltnavnet «{name}» finnes ikke i skjemaet.", name=name),
                    grid.place(*where[0]),
                    msg("Bruk skjemaet slik det ble sendt ut, uten å endre feltnavnene i grått."),
                )
            )
    for name, one in fields.items():
        if name not in places:
            findings.add(
                Problem(
                    "reply.field_absent",
                    msg(
                        "Spørsmålet «{label}» mangler i skjemaet (felt {name}).",
                        label=Translated(one.label),
                        name=name,
                    ),
                    grid.whole,
                    msg("Bruk skjemaet slik det ble sendt ut; la svaret stå tomt hvis dere ikke vet."),
                )
            )
    return {name: places[name][0] for name in fields if name in places}


def _about(
    grid: Grid, places: Mapping[str, list[tuple[int, int]]], name: str, findings: _Findings
) -> tuple[str, Place]:
    """Return what the sheet says it is about under ``name``, and in which cell."""
    if name not in places:
        findings.add(
            Problem(
                "reply.about",
                msg("Linjen som sier {what} skjemaet gjelder, mangler.", what=_ABOUT_WORDS[name]),
                grid.whole,
                msg("Bruk skjemaet slik det ble sendt ut."),
            )
        )
        return "", grid.whole
    row, _ = places[name][0]
    return _plain(grid.cells.get((row, _ANSWERS))), grid.place(row, _ANSWERS)


_ABOUT_WORDS = {
    "municipality_code": msg("hvilken kommune"),
    "county": msg("hvilket fylke"),
    "year": msg("hvilket år"),
}


def _values(grid: Grid, where: Mapping[str, tuple[int, int]], findings: _Findings) -> dict[str, FormValue]:
    """Read the answer cells; blank ones are left out."""
    answers = {}
    for name, (row, column) in where.items():
        place = grid.place(row, column)
        if grid.is_merged(row, column):
            findings.add(
                Problem(
                    "reply.merged",
                    msg(
                        "Cellen er slått sammen med andre celler, så det er uklart hvilket spørsmål den svarer på."
                    ),
                    place,
                    msg("Del opp cellene igjen og skriv ett svar i hver."),
                )
            )
        elif cell := grid.cells.get((row, column)):
            answers[name] = (cell, place)
    checked = check_answers(answers)
    findings.problems += checked.problems.values()
    findings.notices += checked.notices
    return dict(checked.values)


def _read_form(grid: Grid, column: int) -> SheetReading:
    findings = _Findings()
    places = _texts(grid, column=column)
    code, place = _about(grid, places, "municipality_code", findings)
    county, year = (_about(grid, places, name, findings) for name in ("county", "year"))
    fields = _find_fields(grid, places, ABOUT, findings)
    values = _values(grid, {name: (row, _ANSWERS) for name, (row, _) in fields.items()}, findings)
    beside = [(at, cell) for at, cell in grid.cells.items() if at[1] > column]
    _note_ignored(grid, beside, findings)
    return SheetReading(
        FORM,
        grid.file,
        county,
        year,
        (Answered(code, "", place, values),),
        tuple(findings.problems),
        tuple(findings.notices),
    )


def _read_collected(grid: Grid, row: int, column: int) -> SheetReading:
    findings = _Findings()
    about = _texts(grid, column=_ANSWERS + 1)
    county, year = (_about(grid, about, name, findings) for name in ("county", "year"))
    places = _texts(grid, row=row)
    marks = tuple(name for name in places if read_marker(name))
    fields = _find_fields(grid, places, (code_marker(), *marks), findings)
    named = places.get(code_marker(), [(row, column + 1)])[0][1]
    last = max([named, *(at for _, at in fields.values())])
    headings = row + 2
    answers = []
    for line in sorted({at for at, _ in grid.cells if at > headings}):
        code = grid.cells.get((line, column))
        filled = [at for at in fields.values() if (line, at[1]) in grid.cells]
        if code is None and not filled and (line, named) not in grid.cells:
            continue
        values = _values(grid, {name: (line, at) for name, (_, at) in fields.items()}, findings)
        written = _plain(code)
        written = written.zfill(4) if written.isdigit() else written
        name = _plain(grid.cells.get((line, named)))
        answers.append(Answered(written, name, grid.place(line, column), values))
    _note_ignored(
        grid, [(at, cell) for at, cell in grid.cells.items() if at[1] > last and at[0] > headings], findings
    )
    return SheetReading(
        COLLECTED, grid.file, county, year, tuple(answers), tuple(findings.problems), tuple(findings.notices)
    )


def _note_ignored(grid: Grid, beside: list[tuple[tuple[int, int], Cell]], findings: _Findings) -> None:
    """What somebody wrote beside the form is not read; that must be said."""
    for at, _ in sorted(beside, key=lambda one: one[0])[:10]:
        findings.notices.append(
            Problem("reply.beside", msg("Cellen står utenfor skjemaet og er ikke lest."), grid.place(*at))
        )
