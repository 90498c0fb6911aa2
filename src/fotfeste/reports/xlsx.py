"""A workbook as XLSX: numbers are numbers, totals are live sums, and text never becomes a formula."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from io import BytesIO
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from fotfeste.messages import Language, language, msg
from fotfeste.reports import words
from fotfeste.reports.blocks import CellValue, Column, Table, Workbook
from fotfeste.reports.cells import format_cell, is_numeric, notes, one_number, total_row
from fotfeste.statistics.figure import Figure

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook as Book
    from xlsxwriter.worksheet import Worksheet

FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31
NARROWEST, WIDEST = 9, 60
LINE_HEIGHT = 14.5
LETTERS = 1.05
"""Letters of the typeface that stand on one unit of a column's width."""
INK, BLUE, FAINT = "#1B2A3A", "#083F75", "#E9F1F9"


def render_xlsx(workbook: Workbook) -> bytes:
    """Return ``workbook`` as XLSX.

    Every sheet begins with its header row (frozen, with filter), so that programs can read it; captions, notes
    and sources stand on a sheet of their own at the end. Shares are numbers shown as per cent. A figure without
    a number is the text that the pages show: its sign (``.`` missing, ``:`` suppressed, ``–`` not asked), or the
    bounds of a sum or rate with hidden parts. A total row holds live sums with their values stored; a column that
    cannot be summed shows its sign or bounds. The same workbook gives the same bytes.
    """
    import xlsxwriter

    reader = language(workbook.language)
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    moment = datetime.combine(workbook.issued, time(12))
    book.set_properties(
        {"title": workbook.title, "created": moment, "author": _property(workbook, "Avsender")}
    )
    book.set_custom_property("Language", words.LANGUAGE_TAGS[workbook.language])
    for name, value in workbook.properties:
        book.set_custom_property(name, value[:255], "text")
    book.formats[0].set_font_name("Inter")
    book.formats[0].set_font_size(10)
    styles = Styles(book)
    about_title = reader.text(msg("Om tallene"))
    names = sheet_names([*(sheet.name for sheet in workbook.sheets), about_title])
    for name, sheet in zip(names, workbook.sheets, strict=False):
        _sheet(book.add_worksheet(name), sheet.table, styles, reader)
    _about(book.add_worksheet(names[-1]), workbook, names, styles, reader)
    book.close()
    return stream.getvalue()


def _property(workbook: Workbook, name: str) -> str:
    return dict(workbook.properties).get(name, "")


def sheet_names(wanted: list[str]) -> list[str]:
    """Return names that Excel accepts: no forbidden signs, at most 31 signs, all different."""
    names: list[str] = []
    for text in wanted:
        base = " ".join(text.translate(FORBIDDEN_IN_NAMES).split()).strip("'")[:LONGEST_NAME] or "Ark"
        name, number = base, 1
        while name.casefold() in (taken.casefold() for taken in names):
            number += 1
            ending = f" {number}"
            name = base[: LONGEST_NAME - len(ending)] + ending
        names.append(name)
    return names


class Styles:
    """The cell formats of one workbook, made once for every combination that is used."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            shared = {"font_name": "Inter", "font_size": 10, "font_color": INK, "valign": "top"}
            self._made[key] = self._book.add_format(shared | properties)
        return self._made[key]


def number_format(column: Column, *, estimated: bool = False) -> str:
    """Return the number format of ``column``; an estimated number ends in ``*``."""
    digits = "0" if column.kind == "text" else "#,##0"
    if column.decimals:
        digits += "." + "0" * column.decimals
    if column.kind == "percent":
        digits += '" "%'
    if estimated:
        digits += '"*"'
    return f"+{digits};-{digits};{digits}" if column.signed else digits


def _sheet(sheet: Worksheet, table: Table, styles: Styles, reader: Language) -> None:
    for place, column in enumerate(table.columns):
        side = "right" if is_numeric(column) else "left"
        style = styles.get(bold=True, text_wrap=True, align=side, bg_color=FAINT, bottom=2, bottom_color=BLUE)
        sheet.write_string(0, place, column.title, style)
    for number, row in enumerate(table.rows, start=1):
        extra = {"bold": True, "bg_color": FAINT} if number - 1 in table.emphasis else {}
        for place, value in enumerate(row):
            if table.columns[place].adds and isinstance(value, int | Fraction):
                _row_sum(sheet, number, place, value, table.columns[place], styles, extra)
            else:
                _write(sheet, number, place, value, table.columns[place], styles, reader, extra)
    last = len(table.rows)
    sums = total_row(table)
    if sums is not None:
        _total(sheet, last + 1, sums, table, styles, reader)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, last, len(table.columns) - 1)
    widths = _widths(table, reader)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_row(0, LINE_HEIGHT * _lines([column.title for column in table.columns], widths))
    for number, row in enumerate(table.rows, start=1):
        if (lines := _lines([value if isinstance(value, str) else "" for value in row], widths)) > 1:
            sheet.set_row(number, LINE_HEIGHT * lines)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(
    sheet: Worksheet,
    row: int,
    place: int,
    value: CellValue,
    column: Column,
    styles: Styles,
    reader: Language,
    extra: dict[str, Any],
) -> None:
    if isinstance(value, Figure) and value.value is not None:
        form = number_format(column, estimated=value.estimated)
        sheet.write_number(row, place, float(value.value), styles.get(num_format=form, **extra))
    elif isinstance(value, Figure) and (one := one_number(value, column)) is not None:
        sheet.write_number(row, place, float(one), styles.get(num_format=number_format(column), **extra))
    elif isinstance(value, Figure):
        sheet.write_string(row, place, format_cell(value, column, reader), styles.get(align="right", **extra))
    elif isinstance(value, int | Fraction):
        sheet.write_number(row, place, float(value), styles.get(num_format=number_format(column), **extra))
    elif isinstance(value, date):
        style = styles.get(num_format="dd.mm.yyyy", align="left", **extra)
        sheet.write_datetime(row, place, datetime.combine(value, time()), style)
    elif value is None:
        sheet.write_blank(row, place, None, styles.get(**extra))
    else:
        side = "right" if is_numeric(column) else "left"
        sheet.write_string(row, place, value, styles.get(align=side, text_wrap=len(value) > WIDEST, **extra))


def _row_sum(
    sheet: Worksheet,
    row: int,
    place: int,
    value: int | Fraction,
    column: Column,
    styles: Styles,
    extra: dict[str, Any],
) -> None:
    """Write a live sum of other cells in the row, with its value stored."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    first, last = (xl_rowcol_to_cell(row, other) for other in (column.adds[0], column.adds[-1]))
    cells = [xl_rowcol_to_cell(row, other) for other in column.adds]
    together = list(column.adds) == list(range(column.adds[0], column.adds[-1] + 1))
    formula = f"=SUM({first}:{last})" if together else f"=SUM({','.join(cells)})"
    form = styles.get(num_format=number_format(column), **extra)
    sheet.write_formula(row, place, formula, form, _plain(value))


def _plain(value: int | Fraction) -> int | float:
    return int(value) if value == int(value) else float(value)


def _total(
    sheet: Worksheet, row: int, sums: tuple[CellValue, ...], table: Table, styles: Styles, reader: Language
) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    extra = {"bold": True, "top": 1, "top_color": BLUE}
    for place, value in enumerate(sums):
        column = table.columns[place]
        if isinstance(value, Figure) and value.value is not None and table.rows:
            first, last = xl_rowcol_to_cell(1, place), xl_rowcol_to_cell(row - 1, place)
            style = styles.get(num_format=number_format(column), **extra)
            sheet.write_formula(row, place, f"=SUM({first}:{last})", style, _plain(value.value))
        else:
            _write(sheet, row, place, value, column, styles, reader, extra)


def _widths(table: Table, reader: Language) -> list[float]:
    rows = [*table.rows, total_row(table) or ()]
    widths: list[float] = []
    for place, column in enumerate(table.columns):
        shown = [format_cell(row[place], column, reader) for row in rows if row]
        longest_word = max((len(word) for word in column.title.split()), default=0)
        widest = max([len(text) for text in shown] + [longest_word + 3, min(len(column.title), 16)])
        widths.append(min(max(widest + 2, NARROWEST), WIDEST))
    return widths


def _lines(texts: list[str], widths: list[float]) -> int:
    """Return the lines of the cell that needs most when its words are wrapped to the width of its column."""
    return max(
        (len(wrap(text, int(width * LETTERS))) for text, width in zip(texts, widths, strict=True)), default=1
    )


def _about(sheet: Worksheet, workbook: Workbook, names: list[str], styles: Styles, reader: Language) -> None:
    plain, strong = styles.get(text_wrap=True), styles.get(bold=True, text_wrap=True)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    lines = [
        (workbook.title, ""),
        (reader.text(words.DATE), reader.date(workbook.issued)),
        *workbook.properties,
    ]
    for name, one in zip(names, workbook.sheets, strict=False):
        lines.append((name, one.table.caption))
        lines += [("", text) for text in (notes(one.table, reader), _source(one.table, reader)) if text]
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for number, (label, text) in enumerate(lines):
        sheet.set_row(number, LINE_HEIGHT * max(ceil(len(text) / 85), ceil(len(label) / 26)))
        sheet.write_string(number, 0, label, strong)
        sheet.write_string(number, 1, text, plain)


def _source(table: Table, reader: Language) -> str:
    return words.source_line(table.source, reader)
