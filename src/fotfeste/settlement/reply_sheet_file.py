"""Opening a workbook that comes from outside: refused when it is unsafe, otherwise cells as they stand.

Nothing is evaluated: a formula is reported as a formula. Limits keep a hostile or broken file from filling the
memory: the size of the file, of what is packed in it, and of the area that is read.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.office_gate import Bounds, Fault, Kind, examine

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MEGABYTE = 1_000_000
LARGEST_FILE = 10 * MEGABYTE
LARGEST_CONTENT = 60 * MEGABYTE
MOST_PARTS = 1_000
LAST_ROW, LAST_COLUMN, MOST_SHEETS, MOST_MERGED = 2_000, 80, 20, 2_000

CellValue = str | int | float | bool | date | datetime | time | None
CellKind = Literal["value", "formula", "error"]

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*?\bref=[\"']([A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?)[\"']")
_SHEET_PART = re.compile(r"(?i)xl/worksheets/[^/]+\.xml")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, or that it holds a formula or an error (then the value is what was written)."""

    value: CellValue
    kind: CellKind = "value"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its cells by row and column (both from 1), empty ones left out, and where it came from.

    ``merged`` are rectangles of merged cells as (first row, first column, last row, last column).
    """

    file: str
    sheet: str
    cells: dict[tuple[int, int], Cell]
    merged: tuple[tuple[int, int, int, int], ...]

    @property
    def whole(self) -> Message:
        """Return where the sheet is, as people name it."""
        return msg("{file}, ark «{sheet}»", file=self.file, sheet=self.sheet)

    def place(self, row: int, column: int) -> Message:
        """Return where a cell is, as people name it."""
        cell = f"{column_letters(column)}{row}"
        return msg("{file}, ark «{sheet}», celle {cell}", file=self.file, sheet=self.sheet, cell=cell)

    def is_merged(self, row: int, column: int) -> bool:
        """Whether the cell is part of merged cells."""
        return any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.merged
        )


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def open_sheets(path: Path) -> tuple[Grid, ...]:
    """Return the sheets of an XLSX file.

    Raises :class:`InputError` when the file is missing, too large, encrypted, of another kind, broken, or holds
    macros or links to other files.
    """
    _examine(path)
    from openpyxl import load_workbook

    # Opened here, since openpyxl leaves a file open that it cannot read.
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # openpyxl raises whatever its parsers do
            raise _broken(path, error) from error
        try:
            merged = _merged_by_part(path)
            sheets = book.worksheets[:MOST_SHEETS]
            return tuple(_grid(path, sheet, merged) for sheet in sheets)
        except (InputError, MemoryError, RecursionError):
            raise
        except Exception as error:
            raise _broken(path, error) from error
        finally:
            book.close()


def _refused(path: Path, code: str, what: Message, remedy: Message) -> InputError:
    return InputError(f"reply_sheet.{code}", what, place=str(path), remedy=remedy)


def _broken(path: Path, error: Exception) -> InputError:
    return _refused(
        path,
        "broken",
        msg("Filen er skadet og kan ikke leses ({reason}).", reason=type(error).__name__),
        msg(
            "Åpne filen i regnearkprogrammet, lagre den på nytt som Excel-arbeidsbok (.xlsx), og prøv igjen."
        ),
    )


def _examine(path: Path) -> None:
    """Refuse what is not a plain XLSX file of reasonable size, before anything is unpacked."""
    as_xlsx = msg("Lagre svarskjemaet som Excel-arbeidsbok (.xlsx) og prøv igjen.")
    if not path.is_file():
        raise _refused(
            path, "absent", msg("Filen finnes ikke."), msg("Sjekk at mappen og filnavnet er skrevet riktig.")
        )
    size = path.stat().st_size
    if size == 0:
        raise _refused(path, "empty", msg("Filen er tom."), msg("Be kommunen sende svarskjemaet på nytt."))
    if size > LARGEST_FILE:
        raise _refused(
            path,
            "huge",
            msg(
                "Filen er for stor: {size} MB. Et svarskjema er høyst {most} MB.",
                size=size // MEGABYTE,
                most=LARGEST_FILE // MEGABYTE,
            ),
            msg("Fjern bilder og vedlegg fra arbeidsboken, eller fyll ut et nytt skjema."),
        )
    try:
        with path.open("rb") as stream:
            examined = examine(stream, Bounds(LARGEST_FILE, LARGEST_CONTENT, MOST_PARTS))
    except OSError as error:
        raise _refused(
            path,
            "closed",
            msg("Filen kan ikke åpnes ({reason}).", reason=error.strerror or type(error).__name__),
            msg("Sjekk at du har lov til å lese filen, og at ikke et annet program holder på den."),
        ) from error
    first = next(iter(examined.found), None)
    if first is None and examined.kind is not Kind.XLSX:
        raise _refused(path, "not_xlsx", msg("Filen er ikke en Excel-arbeidsbok (.xlsx)."), as_xlsx)
    if first is not None:
        raise _refused(path, *_said(first.fault, as_xlsx))


def _said(fault: Fault, as_xlsx: Message) -> tuple[str, Message, Message]:
    broken = (
        "not_xlsx",
        msg("Filen er ikke en Excel-arbeidsbok (.xlsx), eller den er skadet."),
        as_xlsx,
    )
    unsafe = (
        "unsafe",
        msg("Filen inneholder noe en vanlig arbeidsbok ikke har, og er ikke lest."),
        msg("Fyll ut et nytt svarskjema i regnearkprogrammet."),
    )
    said = {
        Fault.LOCKED: (
            "locked",
            msg("Filen er beskyttet med passord, eller lagret i det gamle Excel-formatet (.xls)."),
            msg("Fjern passordet, lagre som Excel-arbeidsbok (.xlsx) og prøv igjen."),
        ),
        Fault.KIND: broken,
        Fault.BROKEN: broken,
        Fault.HUGE: (
            "huge",
            msg("Filen blir større enn et svarskjema kan være når den pakkes ut, og er ikke lest."),
            msg("Bruk et nytt svarskjema og fyll ut feltene på nytt."),
        ),
        Fault.MACRO: (
            "macros",
            msg("Filen inneholder makroer (programkode), og er ikke lest."),
            msg("Lagre den som Excel-arbeidsbok uten makroer (.xlsx) og prøv igjen."),
        ),
        Fault.LINK: (
            "links",
            msg("Filen henter tall fra andre filer (eksterne koblinger), og er ikke lest."),
            msg("Skriv tallene inn som tall, fjern koblingene til andre filer, og lagre på nytt."),
        ),
        Fault.ENTITIES: unsafe,
        Fault.NAMES: unsafe,
    }
    return said[fault]


def _merged_by_part(path: Path) -> dict[str, tuple[tuple[int, int, int, int], ...]]:
    with zipfile.ZipFile(path) as packed:
        found = {
            name: _MERGED.findall(packed.read(name))
            for name in packed.namelist()
            if _SHEET_PART.fullmatch(name)
        }
    if any(len(references) > MOST_MERGED for references in found.values()):
        raise _refused(
            path,
            "huge",
            msg("Filen har flere sammenslåtte celler enn et svarskjema kan ha, og er ikke lest."),
            msg("Bruk et nytt svarskjema og fyll ut feltene på nytt."),
        )
    return {
        name: tuple(_rectangle(reference.decode("ascii")) for reference in references)
        for name, references in found.items()
    }


def _rectangle(reference: str) -> tuple[int, int, int, int]:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(reference)
    return top, left, bottom, right


def _grid(
    path: Path, sheet: ReadOnlyWorksheet, merged: dict[str, tuple[tuple[int, int, int, int], ...]]
) -> Grid:
    cells = {}
    for row, column, cell in _filled(sheet):
        if row > LAST_ROW or column > LAST_COLUMN:
            raise _refused(
                path,
                "huge",
                msg(
                    "Arket «{sheet}» har innhold langt utenfor skjemaet (celle {cell}).",
                    sheet=sheet.title,
                    cell=f"{column_letters(column)}{row}",
                ),
                msg("Slett det som står utenfor skjemaet, eller bruk et nytt skjema."),
            )
        cells[row, column] = cell
    part = str(sheet._worksheet_path).lstrip("/")
    return Grid(path.name, sheet.title, cells, merged.get(part, ()))


def _filled(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, int, Cell]]:
    """Yield the cells with content, also below and beside the area that is used, so that excess is noticed.

    The size that the file states for the sheet is not trusted. The gap above a row far down comes as the same
    empty row again and again, and is passed over quickly.
    """
    sheet.reset_dimensions()
    before = None
    for row_number, row in enumerate(sheet.iter_rows(max_col=LAST_COLUMN + 1), start=1):
        if row is before:
            continue
        before = row
        for column, cell in enumerate(row, start=1):
            if cell.data_type == "f":
                yield row_number, column, Cell("=", "formula")
            elif cell.data_type == "e":
                yield row_number, column, Cell(str(cell.value), "error")
            elif cell.value is not None and not (isinstance(cell.value, str) and not cell.value.strip()):
                yield row_number, column, Cell(cell.value)
