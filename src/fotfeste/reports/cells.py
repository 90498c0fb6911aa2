"""How a table cell looks: one function for HTML, PDF and DOCX, and the total row they all show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import CellValue, Column, Table
from fotfeste.statistics.figure import Figure, Mark, total

SIGNS = {Mark.MISSING: ".", Mark.NOT_ASKED: "–", Mark.SUPPRESSED: ":"}
ESTIMATED = "*"


def format_cell(value: CellValue, column: Column, language: Language) -> str:
    """Return ``value`` as the reader sees it in ``column``.

    A figure without a number shows its sign: ``.`` missing, ``:`` suppressed, ``–`` not asked; an estimated
    number ends in ``*``. A sum or rate with hidden parts shows the bounds within which it lies. A share in a ``percent`` column is multiplied by a hundred. ``None`` is empty.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Figure):
        if value.value is None:
            return _span(value, column, language) if is_span(value) else SIGNS[value.mark]
        return _number(value.value, column, language) + (ESTIMATED if value.estimated else "")
    if isinstance(value, date):
        return language.date(value)
    return _number(value, column, language)


def is_span(figure: Figure) -> bool:
    """Return whether hidden parts leave a figure with bounds worth showing: a sum or rate, not one small cell."""
    if figure.mark is not Mark.SUPPRESSED or figure.low is None or figure.high is None:
        return False
    one_small_cell = figure.low in (0, 1) and Fraction(figure.high).denominator == 1
    return not one_small_cell


def one_number(figure: Figure, column: Column) -> Fraction | None:
    """Return the number that both bounds of a span show as in ``column``, or ``None`` when they differ."""
    if not is_span(figure):
        return None
    places = column.decimals + 2 * (column.kind == "percent")
    low, high = (round(Fraction(end or 0), places) for end in (figure.low, figure.high))
    return low if low == high else None


def _span(figure: Figure, column: Column, language: Language) -> str:
    """Return the bounds of a figure, or the one number that both of them show as."""
    low, high = (_number(end or 0, column, language) for end in (figure.low, figure.high))
    if low == high:
        return low
    if column.kind == "percent":
        low = low.rstrip("%\u00a0 ")
    return f"{low}–{high}" if figure.low is not None and figure.low >= 0 else f"{low} … {high}"


def _number(value: int | Fraction, column: Column, language: Language) -> str:
    if column.kind == "text":
        return str(value) if isinstance(value, int) else language.number(value, column.decimals)
    if column.kind == "percent":
        shown = language.percent(value, column.decimals)
    else:
        shown = language.number(value, column.decimals)
    rounds_to_nothing = not any(digit in "123456789" for digit in shown)
    return f"+{shown}" if column.signed and value > 0 and not rounds_to_nothing else shown


def is_numeric(column: Column) -> bool:
    """Return whether a column's values stand to the right, digit under digit."""
    return column.kind in ("number", "percent")


def total_row(table: Table) -> tuple[CellValue, ...] | None:
    """Return the row that sums the columns marked ``summed``, or ``None`` when the table has no total.

    A column with a missing or suppressed part sums to a figure with that mark: the sum is never a hidden part.
    """
    if not table.total_label:
        return None
    sums: list[CellValue] = [table.total_label]
    for place, column in enumerate(table.columns[1:], start=1):
        sums.append(_sum(row[place] for row in table.rows) if column.summed else None)
    return tuple(sums)


def _sum(values: Iterable[CellValue]) -> CellValue:
    parts = []
    for value in values:
        if isinstance(value, Figure):
            parts.append(value)
        elif isinstance(value, int | Fraction):
            parts.append(Figure.observed(value))
    return total(parts)


def legend(table: Table, language: Language) -> str:
    """Return what the signs used in ``table`` mean, or an empty text when it uses none."""
    rows = (*table.rows, total_row(table) or ())
    cells = [
        (value, column)
        for row in rows
        for value, column in zip(row, table.columns, strict=False)
        if isinstance(value, Figure)
    ]
    figures = [figure for figure, _ in cells]
    marks = {figure.mark for figure in figures}
    parts = []
    if any(is_span(figure) and one_number(figure, column) is None for figure, column in cells):
        parts.append(msg("Et spenn betyr at noen av tallene bak er skjult fordi de er små."))
    if any(figure.mark is Mark.SUPPRESSED and not is_span(figure) for figure in figures):
        parts.append(msg("«:» betyr at tallet er skjult fordi det er lite."))
    if Mark.MISSING in marks:
        parts.append(msg("«.» betyr at tallet mangler."))
    if Mark.NOT_ASKED in marks:
        parts.append(msg("«–» betyr at kommunen ikke ble spurt."))
    if any(figure.estimated and figure.known for figure in figures):
        parts.append(msg("«*» betyr at tallet er beregnet."))
    return " ".join(language.text(part) for part in parts)


def notes(table: Table, language: Language) -> str:
    """Return everything that stands under a table: its note and the legend of signs it does not explain."""
    return " ".join(text for text in (table.note, legend(table, language)) if text)
