"""Files as grids of cells, with where each cell stands; the border where encoding and size are checked."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.office_gate import Bounds, Fault, Kind, examine

LARGEST_FILE = 50_000_000
MOST_CELLS = 5_000_000
LINE_FEED = b"\n"


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file (bytes, also unpacked) and the most cells that are read."""

    file_bytes: int = LARGEST_FILE
    cells: int = MOST_CELLS


@dataclass(frozen=True, slots=True)
class Line:
    """One row of cells and its number in the file, counted from one."""

    number: int
    cells: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows of a file that hold anything; ``workbook`` tells how a place is written."""

    name: str
    lines: tuple[Line, ...]
    workbook: bool = False

    def place(self, line: Line, column: int) -> Message:
        """Return where a cell stands: ``fil.xlsx, celle C7`` or ``fil.csv, linje 7, kolonne 3``."""
        if self.workbook:
            return msg("{file}, celle {cell}", file=self.name, cell=f"{column_letters(column)}{line.number}")
        number, place = str(line.number), str(column + 1)
        return msg("{file}, linje {line}, kolonne {column}", file=self.name, line=number, column=place)

    def row(self, line: Line) -> Message:
        """Return where a row stands."""
        if self.workbook:
            return msg("{file}, rad {row}", file=self.name, row=str(line.number))
        return line_place(self.name, line.number)


def line_place(name: str, line: int) -> Message:
    """Return where a line of text stands: ``fil.csv, linje 7``."""
    return msg("{file}, linje {line}", file=name, line=str(line))


def column_letters(column: int) -> str:
    """Return the name of a column in a workbook: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_grid(
    path: Path,
    *,
    encoding: str = "utf-8-sig",
    separator: str | None = None,
    sheet: str | None = None,
    limits: Limits | None = None,
) -> Grid:
    """Return the cells of a CSV file or a workbook (``.xlsx``).

    ``separator`` is guessed from the first line when ``None``. Raises :class:`InputError` for a file that is missing,
    too large, empty, of another encoding, or no workbook.
    """
    limits = limits or Limits()
    content = content_of(path, limits)
    workbook = path.suffix.lower() in (".xlsx", ".xlsm")
    lines = (
        _workbook(path, content, sheet, limits)
        if workbook
        else _delimited(path, content, encoding, separator)
    )
    found = []
    count = 0
    for line in lines:
        count += len(line.cells)
        if count > limits.cells:
            raise _too_large(path)
        if any(cell is not None and str(cell).strip() for cell in line.cells):
            found.append(line)
    if not found:
        raise InputError(
            "file.empty", msg("Filen er tom."), place=path.name, remedy=msg("Sjekk at riktig fil er valgt.")
        )
    return Grid(path.name, tuple(found), workbook)


def content_of(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a file; raises :class:`InputError` for one that cannot be read or is too large."""
    try:
        if path.stat().st_size > limits.file_bytes:
            raise _too_large(path)
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "file.unreadable",
            msg("Filen kan ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk navnet på filen og at du har tilgang."),
        ) from error


def _too_large(path: Path) -> InputError:
    return InputError(
        "file.large",
        msg("Filen er for stor til å være en tabell over kommuner."),
        place=path.name,
        remedy=msg("Ta med bare arket og kolonnene som trengs."),
    )


def _delimited(path: Path, content: bytes, encoding: str, separator: str | None) -> Iterator[Line]:
    if content.startswith(b"PK"):
        raise InputError(
            "file.format",
            msg("Filen er en arbeidsbok, men navnet slutter ikke på .xlsx."),
            place=path.name,
            remedy=msg("Gi filen riktig endelse, eller lagre den som CSV."),
        )
    text = decode(content, encoding, path.name)
    if separator is None:
        head = text.split("\n", 1)[0]
        separator = max((";", ",", "\t"), key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield Line(reader.line_num, tuple(cells))
    except csv.Error as error:
        raise InputError(
            "file.csv",
            msg("Linjen kan ikke leses som CSV ({reason}).", reason=str(error)),
            place=line_place(path.name, reader.line_num),
            remedy=msg("Åpne filen i et regneark og lagre den på nytt som CSV."),
        ) from error


def decode(content: bytes, encoding: str, name: str) -> str:
    """Return ``content`` as text; raises :class:`InputError` with the line that is of another encoding."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(LINE_FEED, 0, error.start) + 1
        raise _encoding(name, line, encoding) from error
    for number, part in enumerate(text.split("\n"), 1):
        if "\ufffd" in part or "\0" in part or "Ã¥" in part or "Ã¸" in part:
            raise _encoding(name, number, encoding)
    return text


def _encoding(name: str, line: int, encoding: str) -> InputError:
    return InputError(
        "file.encoding",
        msg("Linjen har tegn som ikke er {encoding}.", encoding=encoding.upper().removesuffix("-SIG")),
        place=line_place(name, line),
        remedy=msg(
            "Lagre filen som CSV UTF-8. Filer fra IMDi er ofte ISO-8859-1: oppgi tegnsettet i beskrivelsen."
        ),
    )


def _workbook(path: Path, content: bytes, sheet: str | None, limits: Limits) -> Iterator[Line]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _examine(path, content, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # styles and validations that openpyxl cannot read do not matter here
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise _no_workbook(path) from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise InputError(
                "file.sheet",
                msg("Arket «{sheet}» finnes ikke.", sheet=sheet),
                place=path.name,
                remedy=msg("Velg blant: {known}.", known=", ".join(book.sheetnames)),
            )
        page = book[sheet] if sheet is not None else book.worksheets[0]
        for number, cells in enumerate(page.iter_rows(values_only=True), 1):
            yield Line(number, tuple(cells))
    finally:
        book.close()


def _examine(path: Path, content: bytes, limits: Limits) -> None:
    """Refuse what is no whole workbook. Macros and links are let through: nothing in it is run or followed here."""
    examined = examine(content, Bounds(limits.file_bytes, 20 * limits.file_bytes))
    faults = {one.fault for one in examined.found} - {Fault.MACRO, Fault.LINK}
    if Fault.HUGE in faults:
        raise _too_large(path)
    if faults or examined.kind is not Kind.XLSX:
        raise _no_workbook(path)


def _no_workbook(path: Path) -> InputError:
    return InputError(
        "file.workbook",
        msg("Filen er ikke en arbeidsbok som kan leses."),
        place=path.name,
        remedy=msg("Åpne filen i et regneark og lagre den på nytt som .xlsx."),
    )
