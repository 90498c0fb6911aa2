"""Reading minutes: filled forms, one or many or folders of them, into what was heard in the county.

Everything that is wrong is collected into one error, cell by cell. A form without a date of meeting and with nothing
else written is a meeting that has not been held.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Translated, msg, nmsg, one_after_another
from fotfeste.settlement.dialogue.minutes import Meetings, Minutes, Need
from fotfeste.settlement.dialogue.minutes_form import answer_field, need_field
from fotfeste.settlement.dialogue.minutes_layout import DEADLINE, FOLLOW_UP, NEED, NEED_COLUMNS, THEME
from fotfeste.settlement.dialogue.minutes_sheets import (
    USE_OURS,
    Found,
    about_of,
    answers_by_field,
    parts_of,
    plain,
    read_answer,
    sheet_place,
)
from fotfeste.settlement.dialogue.questions import DialogueForm
from fotfeste.settlement.reply_form import FormValue
from fotfeste.settlement.reply_sheet_file import Grid, open_sheets

if TYPE_CHECKING:
    from fotfeste.regions import Regions

ANSWER_NAMES = 3
"""The column with the names of the questions."""
_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class MinutesReading:
    """What was read: the meetings, and what the reader should know (a need without a deadline)."""

    meetings: Meetings
    notices: tuple[Problem, ...]


def read_minutes(
    paths: Sequence[Path], county: str, year: int, regions: Regions, form: DialogueForm
) -> MinutesReading:
    """Read filled forms for one county and year; a folder stands for the workbooks in it.

    Raises :class:`InputError` with a problem for every wrong file and cell: nothing is read when one is wrong.
    """
    area = regions.county(county, year)
    expected = {one.code: one.name for one in regions.municipalities(year, area.code)}
    found = Found()
    read: dict[str, tuple[Minutes, str]] = {}
    for path in _files(paths, found):
        try:
            grids = open_sheets(path)
        except InputError as error:
            found.problems += [error.problem, *error.problems]
            continue
        one = _minutes(path.name, grids, form, (area.code, year, expected), found)
        if one is None:
            continue
        if one.code in read:
            found.wrong(
                "twice",
                msg("{name} har referat også i {place}.", name=expected[one.code], place=read[one.code][1]),
                path.name,
                msg("Behold ett referat fra hver kommune, og flytt det andre ut av mappen."),
            )
            continue
        read[one.code] = one, path.name
    if found.problems:
        raise InputError(
            "minutes.wrong",
            nmsg(
                "Ett sted i referatene må rettes.",
                "{count} steder i referatene må rettes.",
                len(found.problems),
            ),
            problems=found.problems,
        )
    meetings = Meetings(
        area.code,
        area.name,
        year,
        {code: read[code][0] for code in expected if code in read},
        tuple(code for code in expected if code not in read),
        expected,
    )
    return MinutesReading(meetings, tuple(found.notices))


def _files(paths: Sequence[Path], found: Found) -> list[Path]:
    files: list[Path] = []
    for path in dict.fromkeys(paths):
        if not path.is_dir():
            files.append(path)
            continue
        books = sorted(
            one for one in path.iterdir() if one.suffix.lower() == ".xlsx" and one.name[0] not in ".~"
        )
        if not books:
            found.wrong(
                "none",
                msg("Mappen inneholder ingen referatskjemaer (.xlsx)."),
                str(path),
                msg("Legg de utfylte skjemaene i mappen, eller oppgi en fil."),
            )
        files += books
    return files


def _minutes(
    file: str,
    grids: Sequence[Grid],
    form: DialogueForm,
    expected: tuple[str, int, Mapping[str, str]],
    found: Found,
) -> Minutes | None:
    """Return the minutes of one workbook, or ``None`` when the form is blank or wrong."""
    parts = parts_of(file, grids, form, found)
    if parts is None:
        return None
    code = about_of(parts["form"], *expected, found)
    values = answers_by_field(parts["form"], form.minutes, found)
    needs = _needs(parts["needs"], form, found)
    answers = _answers(parts["questions"], found)
    if code is None:
        return None
    met_on = values.get("met_on")
    if not isinstance(met_on, date):
        if values or needs or answers:
            found.wrong(
                "no_date",
                msg("Referatet har innhold, men feltet «Møtedato» (met_on) er tomt."),
                sheet_place(parts["form"]),
                msg("Skriv datoen møtet ble holdt, slik: 15.12.2026."),
            )
        return None
    return Minutes(
        code,
        met_on,
        _text(values, "place"),
        _roles(values, "participants_municipality"),
        _roles(values, "participants_county"),
        _number(values, "capacity_said"),
        _number(values, "wish_said"),
        _number(values, "minors_said"),
        _text(values, "note"),
        answers,
        needs,
        _text(values, "next_step"),
        _day(values, "next_on"),
    )


def _text(values: Mapping[str, FormValue], name: str) -> str:
    return str(values.get(name, ""))


def _number(values: Mapping[str, FormValue], name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) else None


def _day(values: Mapping[str, FormValue], name: str) -> date | None:
    value = values.get(name)
    return value if isinstance(value, date) else None


def _roles(values: Mapping[str, FormValue], name: str) -> tuple[str, ...]:
    lines = _text(values, name).replace("\n", ";").split(";")
    return tuple(line.strip() for line in lines if line.strip())


def _needs(grid: Grid, form: DialogueForm, found: Found) -> tuple[Need, ...]:
    columns = {
        str(cell.value): (row, column)
        for (row, column), cell in grid.cells.items()
        if isinstance(cell.value, str) and cell.value in NEED_COLUMNS
    }
    lacking = [name for name in NEED_COLUMNS if name not in columns]
    if lacking:
        found.wrong(
            "needs",
            msg("Kolonnene {names} mangler i arket med behov.", names=", ".join(lacking)),
            sheet_place(grid),
            USE_OURS,
        )
        return ()
    start = max(row for row, _ in columns.values()) + 2
    places = {name: column for name, (_, column) in columns.items()}
    lines = sorted({row for row, column in grid.cells if row >= start and column in places.values()})
    for row, column in sorted(grid.cells):
        if row >= start and column > max(places.values()):
            found.notices.append(
                Problem(
                    "minutes.beside",
                    msg("Cellen står utenfor skjemaet og er ikke lest."),
                    grid.place(row, column),
                )
            )
    needs = [_need(grid, line, places, form, found) for line in lines]
    return tuple(one for one in needs if one is not None)


def _need(grid: Grid, row: int, places: Mapping[str, int], form: DialogueForm, found: Found) -> Need | None:
    values = {name: read_answer(grid, row, places[name], need_field(name), found) for name in NEED_COLUMNS}
    text, theme = str(values[NEED] or ""), str(values[THEME] or "")
    if not text:
        found.wrong(
            "need_text",
            msg("Raden har innhold, men feltet «Behov» er tomt."),
            grid.place(row, places[NEED]),
            msg("Skriv behovet med ord, eller tøm hele raden."),
        )
    known = {name.casefold(): one.id for one in form.themes for name in (one.id, *one.name.values())}
    if theme.casefold() not in known:
        what = (
            msg("«{theme}» er ikke et av temaene.", theme=theme[:40])
            if theme
            else msg("Behovet mangler tema.")
        )
        names = one_after_another(Translated(one.name) for one in form.themes)
        found.wrong(
            "theme", what, grid.place(row, places[THEME]), msg("Velg et av disse: {names}.", names=names)
        )
        return None
    if not text:
        return None
    deadline = _day({name: value for name, value in values.items() if value is not None}, DEADLINE)
    if not values[FOLLOW_UP] or deadline is None:
        found.notices.append(
            Problem(
                "minutes.open",
                msg("Behovet har ikke både en som følger opp og en frist."),
                grid.place(row, places[NEED]),
            )
        )
    return Need(known[theme.casefold()], text, str(values[FOLLOW_UP] or ""), deadline)


def _answers(grid: Grid, found: Found) -> tuple[tuple[str, str], ...]:
    """Return the questions that were answered, as they stood in the form, in its order."""
    rows = sorted(
        row
        for (row, column), cell in grid.cells.items()
        if column == ANSWER_NAMES and isinstance(cell.value, str) and _IDENTIFIER.fullmatch(cell.value)
    )
    answers = []
    for row in rows:
        answer = read_answer(grid, row, 2, answer_field(), found)
        if answer is not None:
            answers.append((plain(grid.cells.get((row, 1))), str(answer)))
    return tuple(answers)
