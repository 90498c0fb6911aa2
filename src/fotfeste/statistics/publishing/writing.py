"""Published tables as bytes: the same figure in every format, and the same bytes for the same table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import Language, msg
from fotfeste.statistics.publishing.numbers import plain
from fotfeste.statistics.publishing.values import (
    ENDINGS,
    Ending,
    PublishedTable,
    Text,
    file_name,
    formats_of,
)

if TYPE_CHECKING:
    import polars as pl

BOM = b"\xef\xbb\xbf"
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What a spreadsheet may take for a formula at the beginning of a text."""
ROWS_IN_GROUP = 262_144


def written(table: PublishedTable, ending: str, words: Language) -> bytes:
    """Return a table as JSON-stat 2 (``json``), CSV, XLSX or Parquet, with names in the language of ``words``.

    CSV and Parquet hold codes and words for machines, and are the same in every language. Raises :class:`InputError`
    for a format that the table is not given in.
    """
    from fotfeste.statistics.publishing.jsonstat_file import as_jsonstat
    from fotfeste.statistics.publishing.xlsx_file import as_xlsx

    writers: dict[str, Callable[[PublishedTable, Language], bytes]] = {
        "json": as_jsonstat,
        "csv": as_csv,
        "xlsx": as_xlsx,
        "parquet": as_parquet,
    }
    require_format(table, ending)
    return writers[ending](table, words)


def require_format(table: PublishedTable, ending: str) -> None:
    """Raise :class:`InputError` for a format that a table is not given in."""
    given: tuple[Ending, ...] = formats_of(table.about)
    if ending in given:
        return
    what = (
        msg("«{name}» har for mange rader til et regneark.", name=table.about.id)
        if ending in ENDINGS
        else msg("Formatet «{ending}» finnes ikke.", ending=ending)
    )
    raise InputError("publishing.format", what, remedy=msg("Velg blant: {known}.", known=", ".join(given)))


def as_csv(table: PublishedTable, words: Language) -> bytes:
    """Return a table as CSV: UTF-8 with a byte order mark, comma between columns, CRLF, numbers with a point.

    Text that a spreadsheet would take for a formula gets an apostrophe in front. What the columns are stands in the file
    of :func:`csv_metadata`.
    """
    import polars as pl

    del words
    shown: list[pl.Expr | pl.Series] = []
    for name, kind in table.rows.schema.items():
        column = pl.col(name)
        if kind.is_float():
            shown.append(number_texts(table.rows[name]))
        elif kind == pl.String:
            risky = pl.any_horizontal(
                column.str.strip_chars_start(" ").str.starts_with(one) for one in FORMULA_STARTS
            )
            shown.append(pl.when(risky).then(pl.format("'{}", column)).otherwise(column).alias(name))
    stream = BytesIO()
    table.rows.with_columns(shown).write_csv(stream, line_terminator="\r\n")
    return BOM + stream.getvalue()


def number_texts(numbers: pl.Series) -> pl.Series:
    """Return decimal numbers as text with a point, whole ones without decimals."""
    from decimal import Decimal

    import polars as pl

    texts = [None if one is None else plain(Decimal(repr(one))) for one in numbers.to_list()]
    return pl.Series(numbers.name, texts, dtype=pl.String)


def as_parquet(table: PublishedTable, words: Language) -> bytes:
    """Return a table as Parquet (zstd); what the table is stands as JSON under the key ``fotfeste`` of its metadata."""
    del words
    stream = BytesIO()
    told = json.dumps(described(table), ensure_ascii=False, sort_keys=True)
    table.rows.rechunk().write_parquet(
        stream,
        compression="zstd",
        statistics=True,
        row_group_size=ROWS_IN_GROUP,
        metadata={"fotfeste": told},
    )
    return stream.getvalue()


def described(table: PublishedTable) -> dict[str, object]:
    """Return what a table is, for programs: id, version, titles, period, unit and sources."""
    about = table.about
    return {
        "schema": 1,
        "id": about.id,
        "kind": about.kind,
        "version": about.version,
        "title": dict(about.title.texts),
        "period": about.period,
        "unit": str(about.unit),
        "modified": about.modified.isoformat(),
        "dimensions": list(table.dimensions),
        "sources": [
            {
                "agency": one.agency,
                "table": one.table,
                "title": one.title,
                "period": one.period,
                "retrieved": one.retrieved.isoformat(),
                "licence": one.licence,
                "remark": one.remark,
                "dataset": one.dataset,
                "version": one.version,
            }
            for one in about.sources
        ],
    }


def csv_metadata(table: PublishedTable, words: Language) -> bytes:
    """Return what the columns of the CSV file are, in the form of CSV on the Web.

    Source: https://www.w3.org/TR/tabular-metadata/ (W3C Recommendation, 2015).
    """
    about = table.about
    columns = []
    for name, kind in table.rows.schema.items():
        column: dict[str, object] = {
            "name": name,
            "titles": {"und": name, words.locale: words.text(table.labels.get(name, name))},
            "datatype": _datatype(kind),
            "required": name in table.dimensions or name == "mark",
        }
        if name == "mark":
            column["dc:description"] = words.text(MARKS_EXPLAINED)
        if name in ("low", "high"):
            column["dc:description"] = words.text(BOUNDS_EXPLAINED)
        if name == "value":
            column["dc:description"] = words.text(about.unit)
        columns.append(column)
    content: dict[str, object] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": words.locale}],
        "url": file_name(about, "csv"),
        "dc:title": words.text(about.title),
        "dc:description": about.told(words),
        "dc:identifier": about.id,
        "dc:modified": {"@value": about.modified.isoformat(), "@type": "xsd:date"},
        "dc:source": [f"{one.agency}, {one.table}, {one.period}" for one in about.sources],
        "dc:rights": list(about.licences),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "delimiter": ",", "header": True},
        "tableSchema": {
            "columns": columns,
            **({"primaryKey": list(table.dimensions)} if table.dimensions else {}),
        },
        "notes": [{"fotfeste": described(table)}],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


MARKS_EXPLAINED = msg(
    "observed: et tall; missing: tallet er ukjent; not_asked: kommunen ble ikke spurt; suppressed: tallet er skjult "
    "fordi det er lite, og low og high er grensene det ligger innenfor."
)
BOUNDS_EXPLAINED = msg("Grenser der tallet er skjult eller usikkert; tom der verdien selv er grensen.")


def _datatype(kind: pl.DataType) -> str:
    if kind.is_integer():
        return "integer"
    if kind.is_float():
        return "decimal"
    return "boolean" if str(kind) == "Boolean" else "string"


def moment(table: PublishedTable) -> datetime:
    """Return the time that files of a table carry: the day its figures were retrieved, so that bytes do not change."""
    day = table.about.modified
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def texts(names: Mapping[str, Text], codes: list[str], words: Language) -> dict[str, str]:
    """Return what codes are called in the reader's language; a code without a name is its own."""
    return {code: words.text(names[code]) if names.get(code) else code for code in codes}
