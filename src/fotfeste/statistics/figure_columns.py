"""Figures in columns: sums and ratios over whole tables that agree with :mod:`fotfeste.statistics.figure`.

A figure stands in five columns: ``value``, ``mark``, ``low``, ``high`` and ``estimated``. Counts stay whole; ratios
become floating-point numbers, so exact decisions use :class:`~fotfeste.statistics.figure.Figure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from fotfeste.statistics.figure import Figure, Mark

if TYPE_CHECKING:
    from polars import DataFrame

COLUMNS = ("value", "mark", "low", "high", "estimated")
OBSERVED, MISSING, NOT_ASKED, SUPPRESSED = (mark.value for mark in Mark)


def to_columns(figures: Iterable[Figure]) -> DataFrame:
    """Return whole-number figures as a table with the five columns."""
    rows = [(one.value, one.mark.value, one.low, one.high, one.estimated) for one in figures]
    number = pl.Int64()
    schema = {"value": number, "mark": pl.String(), "low": number, "high": number, "estimated": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def from_columns(table: DataFrame) -> tuple[Figure, ...]:
    """Return the figures of a table with the five columns, row by row."""
    rows = table.select(COLUMNS).iter_rows()
    return tuple(
        Figure(value, Mark(mark), low, high, estimated) for value, mark, low, high, estimated in rows
    )


def with_marks(table: DataFrame) -> DataFrame:
    """Return ``table`` with the columns that a table of observed numbers leaves out."""
    known = {
        "mark": pl.lit(OBSERVED),
        "low": pl.col("value"),
        "high": pl.col("value"),
        "estimated": pl.lit(False),
    }
    return table.with_columns(**{name: column for name, column in known.items() if name not in table.columns})


def sum_by(table: DataFrame, keys: Sequence[str]) -> DataFrame:
    """Return the sum of figures for each combination of ``keys``, as :func:`~fotfeste.statistics.figure.total` sums.

    A missing part makes the sum missing, a suppressed part suppressed; parts that were not asked add nothing, and
    a sum of only such parts was itself not asked. Bounds are summed; an open bound stays open.
    """
    sums = table.group_by(keys, maintain_order=True).agg(
        pl.col("value").fill_null(0).sum().alias("_sum"),
        _sum_or_open("low"),
        _sum_or_open("high"),
        (pl.col("mark") == MISSING).any().alias("_missing"),
        (pl.col("mark") == SUPPRESSED).any().alias("_suppressed"),
        (pl.col("mark") == NOT_ASKED).all().alias("_not_asked"),
        pl.col("estimated").any(),
    )
    mark = (
        pl.when("_not_asked")
        .then(pl.lit(NOT_ASKED))
        .when("_missing")
        .then(pl.lit(MISSING))
        .when("_suppressed")
        .then(pl.lit(SUPPRESSED))
        .otherwise(pl.lit(OBSERVED))
    )
    return sums.with_columns(mark=mark).select(
        *keys,
        pl.when(pl.col("mark") == OBSERVED).then("_sum").alias("value"),
        "mark",
        "low",
        "high",
        pl.when(pl.col("mark") == NOT_ASKED).then(False).otherwise("estimated").alias("estimated"),
    )


def _sum_or_open(column: str) -> pl.Expr:
    return pl.when(pl.col(column).is_null().any()).then(None).otherwise(pl.col(column).sum()).alias(column)


def ratio_columns(top: DataFrame, bottom: DataFrame) -> DataFrame:
    """Return ``top / bottom`` row by row, as :func:`~fotfeste.statistics.figure.ratio` divides.

    Both tables have the five columns and the same number of rows. A denominator that may be zero gives missing.
    """
    both = pl.concat(
        [
            top.select(pl.col(name).alias(f"t_{name}") for name in COLUMNS),
            bottom.select(pl.col(name).alias(f"b_{name}") for name in COLUMNS),
        ],
        how="horizontal",
    )
    usable = (pl.col("b_low") > 0).fill_null(False)
    asked = pl.col("t_mark") != NOT_ASKED
    observed = (pl.col("t_mark") == OBSERVED) & (pl.col("b_mark") == OBSERVED)
    missing = (pl.col("t_mark") == MISSING) | (pl.col("b_mark") == MISSING)
    mark = (
        pl.when(~usable)
        .then(pl.lit(MISSING))
        .when(observed)
        .then(pl.lit(OBSERVED))
        .when(~asked)
        .then(pl.lit(NOT_ASKED))
        .when(missing)
        .then(pl.lit(MISSING))
        .otherwise(pl.lit(SUPPRESSED))
    )
    by_large = pl.when(pl.col("b_high").is_null()).then(0.0)
    low = pl.min_horizontal(
        pl.col("t_low") / pl.col("b_low"), by_large.otherwise(pl.col("t_low") / pl.col("b_high"))
    )
    high = pl.max_horizontal(
        pl.col("t_high") / pl.col("b_low"), by_large.otherwise(pl.col("t_high") / pl.col("b_high"))
    )
    zero = pl.lit(0.0)
    return both.with_columns(mark=mark).select(
        pl.when(pl.col("mark") == OBSERVED).then(pl.col("t_value") / pl.col("b_value")).alias("value"),
        "mark",
        pl.when(~usable)
        .then(None)
        .when(~asked)
        .then(zero)
        .when(pl.col("t_low").is_not_null())
        .then(low)
        .alias("low"),
        pl.when(~usable)
        .then(None)
        .when(~asked)
        .then(zero)
        .when(pl.col("t_high").is_not_null())
        .then(high)
        .alias("high"),
        (usable & asked & (pl.col("t_estimated") | pl.col("b_estimated"))).alias("estimated"),
    )
