"""A published table as JSON-stat 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fotfeste.messages import Language, msg
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.jsonstat import Dimension, Unit, encode, tabulate
from fotfeste.statistics.publishing.values import MARK_WORDS, PublishedTable
from fotfeste.statistics.publishing.writing import MARKS_EXPLAINED, described, moment, texts

if TYPE_CHECKING:
    import polars as pl

SIGNS = {word: sign for sign, word in MARK_WORDS.items() if sign}
ESTIMATED = "e"
"""The status of a number that the source, or the conversion between borders, estimated (as in SDMX)."""
STATUSES = {
    Mark.MISSING.value: msg("mangler"),
    Mark.NOT_ASKED.value: msg("ikke spurt"),
    Mark.SUPPRESSED.value: msg("skjult"),
    ESTIMATED: msg("anslått"),
}
ROLES = {"year": "time", "month": None, "code": "geo"}
METRIC = "figure"
ROW = "row"


def as_jsonstat(table: PublishedTable, words: Language) -> bytes:
    """Return a table in JSON-stat 2.

    Status marks are the signs of official statistics (``.``, ``-``, ``:``) and ``e``; a cell without a row in the table has
    neither value nor status. ``extension`` has the version, the sources, what the marks mean, ``bounds`` (by cell, where a
    number is hidden or uncertain) and what else is told of the rows (by cell). A register is one line a row and one column
    a number, with its columns of text in ``extension``.
    """
    return _figures(table, words) if table.has_figures else _register(table, words)


def _figures(table: PublishedTable, words: Language) -> bytes:
    import polars as pl

    about, rows = table.about, table.rows
    unit = Unit(words.text(about.unit))
    dimensions = [_dimension(table, one, words) for one in table.dimensions]
    metric = Dimension.of(
        METRIC,
        ["value"],
        {"value": words.text(about.title)},
        label=words.text(msg("Tall")),
        role="metric",
        units={"value": unit},
    )
    status = (
        pl.when(pl.col("mark") != "observed")
        .then(pl.col("mark").replace(SIGNS))
        .when("estimated")
        .then(pl.lit(ESTIMATED))
        .otherwise(None)
    )
    cells = rows.with_columns(status=status, **{METRIC: pl.lit("value")})
    cells = cells.with_columns(pl.col(one).cast(pl.String) for one in table.dimensions)
    extension = {
        "fotfeste": described(table),
        "status": {"label": {sign: words.text(text) for sign, text in STATUSES.items()}},
        "bounds": _bounds(cells, dimensions),
        "told": _told(cells, dimensions, table),
    }
    note = [about.told(words), words.text(MARKS_EXPLAINED)]
    found = tabulate(
        cells,
        [*dimensions, metric],
        label=words.text(about.title),
        source="; ".join(f"{one.agency}, {one.table}" for one in about.sources),
        updated=moment(table),
        note=note,
        extension={name: part for name, part in extension.items() if part},
    )
    return encode(found)


def _dimension(table: PublishedTable, name: str, words: Language) -> Dimension:
    import polars as pl

    codes = table.rows[name].unique().sort().cast(pl.String).to_list()
    role = ROLES.get(name)
    label = words.text(table.labels.get(name, name))
    return Dimension.of(name, codes, texts(table.codes.get(name, {}), codes, words), label=label, role=role)  # type: ignore[arg-type]


def _places(cells: pl.DataFrame, dimensions: list[Dimension]) -> pl.Series:
    """Return the number of each row's cell, in row-major order."""
    import polars as pl

    place = pl.Series([0], dtype=pl.Int64).new_from_index(0, cells.height)
    for one in dimensions:
        order = dict(zip(one.codes, range(len(one.codes)), strict=True))
        place = place * len(one.codes) + cells[one.id].replace_strict(order, return_dtype=pl.Int64)
    return place


def _bounds(cells: pl.DataFrame, dimensions: list[Dimension]) -> dict[str, list[float | None]]:
    """Return the bounds of the cells that have some, by cell."""
    import polars as pl

    told = cells.filter(pl.col("low").is_not_null() | pl.col("high").is_not_null())
    ends = zip(_places(told, dimensions), told["low"], told["high"], strict=True)
    return {str(cell): [_plain(low), _plain(high)] for cell, low, high in ends}


def _plain(number: float | None) -> float | None:
    return int(number) if number is not None and number == int(number) else number


def _told(
    cells: pl.DataFrame, dimensions: list[Dimension], table: PublishedTable
) -> dict[str, dict[str, object]]:
    """Return what is told of rows besides their figure, by column and cell; what most rows have is told once.

    The year that a region number belongs to is left out where it is the year of the row.
    """
    import polars as pl

    found: dict[str, dict[str, object]] = {}
    columns = [one for one in cells.columns if one in (*table.attributes, "few") and one != "name"]
    for name in columns:
        usual = cells[name].mode().sort()[0]
        other = pl.col(name) != pl.lit(usual, cells.schema[name])
        if name == "code_year" and "year" in cells.columns:
            usual = "year"
            other = pl.col(name).cast(pl.String) != pl.col("year")
        rows = cells.filter(other)
        by_cell = zip(_places(rows, dimensions), rows[name], strict=True)
        found[name] = {"usual": usual, "cells": {str(cell): value for cell, value in by_cell}}
    return found


def _register(table: PublishedTable, words: Language) -> bytes:
    import polars as pl

    numbers = [name for name, kind in table.rows.schema.items() if kind.is_numeric()]
    others = [name for name in table.rows.columns if name not in numbers]
    keys = [str(place) for place in range(1, table.rows.height + 1)]
    rows = table.rows.with_columns(pl.Series(ROW, keys))
    cells = (
        rows.select(ROW, *(pl.col(one).cast(pl.Float64) for one in numbers))
        .unpivot(index=ROW, variable_name=METRIC)
        .with_columns(pl.col("value").cast(pl.Float64))
    )
    dimensions = [
        Dimension.of(ROW, keys, label=words.text(msg("Rad"))),
        Dimension.of(
            METRIC,
            numbers,
            {one: words.text(table.labels.get(one, one)) for one in numbers},
            label=words.text(msg("Tall")),
            role="metric",
        ),
    ]
    found = tabulate(
        cells,
        dimensions,
        label=words.text(table.about.title),
        source="; ".join(f"{one.agency}, {one.table}" for one in table.about.sources),
        updated=moment(table),
        note=[table.about.told(words)],
        extension={
            "fotfeste": described(table),
            "columns": {name: table.rows[name].to_list() for name in others},
        },
    )
    return encode(found)
