"""Tables as CSV and XLSX: read within bounds, and written so that no cell is taken for a formula."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from fotfeste.errors import Problem
from fotfeste.messages import msg
from fotfeste.plans.documents.plain import decoded
from fotfeste.plans.exchange.elements import refused
from fotfeste.uploads import checked_table

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200_000, 200, 100_000
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_OURS = re.compile(r"'+[=+\-@\t\r]")

Row = dict[str, str]


def guarded(value: str) -> str:
    """Return a cell of CSV that no spreadsheet takes for a formula; :func:`unguarded` gives the value back."""
    return f"'{value}" if _FORMULA.match(value) else value


def unguarded(value: str) -> str:
    """Return what stood in a cell before it was made harmless."""
    return value[1:] if _OURS.match(value) else value


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a table as CSV in UTF-8 with commas; every cell that could be a formula is made harmless."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8", "replace")


def as_xlsx(sheet: str, header: Sequence[str], rows: Iterable[Sequence[str | int]], made: Any) -> bytes:
    """Return a table as a workbook; texts are texts, whatever they begin with. ``made`` is the date in its properties."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": made})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.freeze_panes(1, 0)
    for column, name in enumerate(header):
        page.write_string(0, column, name, bold)
        page.set_column(column, column, 60 if name in ("quote", "memo", "description") else 18)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, column, cell[:32_000], wrapped)
            else:
                page.write_number(number, column, cell)
    book.close()
    return stream.getvalue()


def read_table(name: str, data: bytes) -> list[tuple[int, Row]]:
    """Return the rows of the first sheet of a table with their numbers, by the names of its columns in small letters.

    Raises :class:`InputError` for what is no table, is too large, or has formulas.
    """
    ending = checked_table(name, data)
    rows = _csv(name, data) if ending == "csv" else _xlsx(name, data)
    found: list[tuple[int, Row]] = []
    header: list[str] | None = None
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise refused("huge", msg("Tabellen har mer enn {most} rader.", most=MOST_ROWS), name)
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise refused("huge", msg("Rad {row} har en celle som er for lang.", row=number), name)
        if header is None:
            header = [cell.strip().lower() for cell in row]
            if len(header) > MOST_COLUMNS or len(set(filter(None, header))) != len(
                list(filter(None, header))
            ):
                raise refused("columns", msg("To kolonner heter det samme, eller det er for mange."), name)
        elif any(cell.strip() for cell in row):
            cells = dict(zip(header, row, strict=False))
            found.append((number, {key: cell for key, cell in cells.items() if key}))
    return found


def _csv(name: str, data: bytes) -> Iterator[list[str]]:
    text = decoded(data, name)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        for row in reader:
            yield [unguarded(cell) for cell in row[: MOST_COLUMNS + 1]]
    except csv.Error as error:
        raise refused("broken", msg("Filen er skadet og kan ikke leses."), name) from error


def _xlsx(name: str, data: bytes) -> Iterator[list[str]]:
    import openpyxl

    formulas: list[Problem] = []
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(
            islice(sheet.iter_rows(max_col=MOST_COLUMNS + 1), MOST_ROWS + 1), start=1
        ):
            for cell in row:
                if getattr(cell, "data_type", "") == "f" and len(formulas) < 50:
                    what = msg("Cellen er en formel.")
                    formulas.append(Problem("plan.exchange.formula", what, f"{name}, {cell.coordinate}"))
            if formulas:
                continue
            cells = [_shown(cell.value) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            # A row above the first with words is no header.
            if cells or number > 1:
                yield cells
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, OSError, zipfile.BadZipFile, SyntaxError) as error:  # fmt: skip
        raise refused("broken", msg("Filen er skadet og kan ikke leses."), name) from error
    if formulas:
        from fotfeste.errors import InputError

        raise InputError(
            "plan.exchange.formula",
            msg("Tabellen har formler, og de leses ikke."),
            place=name,
            remedy=msg("Lim inn verdiene i stedet for formlene, og lagre på nytt."),
            problems=formulas,
        )


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
