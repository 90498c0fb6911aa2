"""Data behind a page as files: CSV, a workbook, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import CellValue, Column, Sheet, Table, Workbook
from fotfeste.reports.profiles.values import DataTable, SourceLine
from fotfeste.reports.profiles.values_for_machines import MARK_WORDS, bounds, decimal_text
from fotfeste.statistics.figure import Figure

SCHEMA = 1
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What a spreadsheet may take for a formula, in narrow and wide letters."""
BOM = "\ufeff"
QUOTED = ("source", "retrieved", "page")
FIGURE_PARTS = ("mark", "low", "high", "estimated")


def as_csv(data: DataTable, page: str = "") -> bytes:
    """Return data as CSV: UTF-8 with a byte order mark, comma between columns, numbers with a point.

    The heads are names for machines, the same in every language. A figure ``x`` is five columns: the number, ``x_mark``
    (``observed``, ``missing``, ``not_asked``, ``suppressed``), ``x_low`` and ``x_high`` (bounds of a suppressed one) and
    ``x_estimated``. Where the data have sources, every row ends with what is needed to quote it: ``source`` (agencies and
    tables), ``retrieved`` (dates) and ``page`` (the whole address of the page, where one is given); an empty ``period`` is
    that of the sources. Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    figures = _figure_places(data)
    kept = [place for place, one in enumerate(data.columns) if not one.for_people]
    head: list[str] = []
    for place in kept:
        key = data.columns[place].key
        head += [key, *(f"{key}_{part}" for part in FIGURE_PARTS)] if place in figures else [key]
    told = [one for one in QUOTED[: 2 if data.sources else 0] + QUOTED[2 if page else 3 :] if one not in head]
    writer.writerow([*head, *told])
    for at, row in enumerate(data.rows):
        sources = data.row_sources[at] if data.row_sources else data.sources
        cells: list[str] = []
        for place in kept:
            if data.columns[place].key == "period" and not row[place]:
                cells.append(_plain("; ".join(dict.fromkeys(one.period for one in sources))))
            else:
                cells += _figure_cells(row[place]) if place in figures else [_plain(row[place])]
        quoted = _quoted(sources, page)
        writer.writerow([*cells, *(quoted[one] for one in told)])
    return (BOM + stream.getvalue()).encode()


def _quoted(sources: Sequence[SourceLine], page: str) -> dict[str, str]:
    named = dict.fromkeys(f"{one.agency} ({one.table})" for one in sources)
    days = dict.fromkeys(one.retrieved.isoformat() for one in sources)
    return dict(zip(QUOTED, (_plain("; ".join(named)), "; ".join(days), page), strict=True))


def as_json(data: DataTable, sources: Sequence[SourceLine] = ()) -> bytes:
    """Return data as JSON (schema 1): columns, rows as objects by the columns' names, sources.

    A figure is an object with ``value`` (decimal text or null), ``mark``, and ``low`` and ``high`` where it is suppressed.
    """
    content = {
        "schema": SCHEMA,
        "name": data.name,
        "title": data.caption,
        "note": data.note,
        "columns": [
            {"key": one.key, "title": one.column.title} for one in data.columns if not one.for_people
        ],
        "rows": [
            {
                one.key: _json(value)
                for one, value in zip(data.columns, row, strict=True)
                if not one.for_people
            }
            for row in data.rows
        ],
        "sources": [
            {
                "agency": one.agency,
                "title": one.title,
                "table": one.table,
                "period": one.period,
                "licence": one.licence,
                "retrieved": one.retrieved.isoformat(),
                "remark": one.remark,
            }
            for one in sources or data.sources
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def as_xlsx(
    data: DataTable, words: Language, issued: date, sources: Sequence[SourceLine] = (), page: str = ""
) -> bytes:
    """Return data as a workbook: the data, where they come from, what the signs mean, and the address of the page.

    ``sources`` are those of the data when none are given; so too in JSON.
    """
    from fotfeste.reports.xlsx import render_xlsx

    sheets = [Sheet(words.text(msg("Tall")), data.table)]
    if told := sources or data.sources:
        sheets.append(Sheet(words.text(msg("Kilder")), _source_table(told, words)))
    properties = ((words.text(msg("Adresse til siden")), page),) if page else ()
    return render_xlsx(Workbook(data.caption, words.locale, issued, tuple(sheets), data.name, properties))


def _source_table(sources: Sequence[SourceLine], words: Language) -> Table:
    heads = (
        msg("Kilde"),
        msg("Datasett"),
        msg("Tabell"),
        msg("Periode"),
        msg("Lisens"),
        msg("Hentet"),
        msg("Merknad"),
    )
    return Table(
        words.text(msg("Hvor tallene kommer fra")),
        tuple(Column(words.text(head), "date" if head.text == "Hentet" else "text") for head in heads),
        tuple(
            (one.agency, one.title, one.table, one.period, one.licence, one.retrieved, one.remark)
            for one in sources
        ),
    )


def _figure_places(data: DataTable) -> frozenset[int]:
    return frozenset(
        place for row in data.rows for place, value in enumerate(row) if isinstance(value, Figure)
    )


def _figure_cells(value: CellValue) -> tuple[str, ...]:
    if not isinstance(value, Figure):
        return (_plain(value), *("" for _ in FIGURE_PARTS))
    low, high = bounds(value)
    estimated = "true" if value.estimated and value.known else "false"
    return decimal_text(value.value) or "", MARK_WORDS[value.mark], low or "", high or "", estimated


def _plain(value: CellValue) -> str:
    if isinstance(value, str):
        return (
            f"'{value}"
            if value.lstrip().startswith(FORMULA_STARTS) or value.startswith(FORMULA_STARTS)
            else value
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Fraction):
        return decimal_text(value) or ""
    return ""


def _json(value: CellValue) -> object:
    if isinstance(value, Figure):
        low, high = bounds(value)
        found: dict[str, object] = {"value": decimal_text(value.value), "mark": MARK_WORDS[value.mark]}
        if low is not None or high is not None:
            found |= {"low": low, "high": high}
        return found | ({"estimated": True} if value.estimated and value.known else {})
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return decimal_text(value)
    return value
