"""Figures in the embedded tables: value, mark and bounds in four columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from fotfeste.statistics.figure import Figure

FIGURE_SCHEMA: Mapping[str, pl.DataType] = {
    "value": pl.Int32(),
    "mark": pl.String(),
    "low": pl.Int32(),
    "high": pl.Int32(),
    "estimated": pl.Boolean(),
}


def figure_row(figure: Figure) -> tuple[object, ...]:
    """Return the cells of one figure in the order of :data:`FIGURE_SCHEMA`."""
    return (figure.value, figure.mark.value, figure.low, figure.high, figure.estimated)


def figure_table(
    keys: Mapping[str, pl.DataType], rows: Sequence[tuple[tuple[object, ...], Figure]]
) -> pl.DataFrame:
    """Return a table with the ``keys`` columns and then the columns of a figure."""
    cells = [(*key, *figure_row(figure)) for key, figure in rows]
    return pl.DataFrame(cells, schema={**keys, **FIGURE_SCHEMA}, orient="row")
