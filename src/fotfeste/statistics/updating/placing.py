"""Rows of an answer with the year in which each code stood, whole numbers where all are, and the bounds of rounded counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fotfeste.messages import Message, msg
from fotfeste.regions import Regions
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.tables_declared.values import DeclaredTable
from fotfeste.statistics.updating.codes import standing_years

if TYPE_CHECKING:
    import polars as pl


def placed(table: DeclaredTable, rows: pl.DataFrame, regions: Regions, notes: list[Message]) -> pl.DataFrame:
    """Return the rows with a year in which each code stood, whole numbers where all are, and small counts with bounds.

    A source that lists all codes of all times gives zeros and blanks for codes that did not stand; those are left out.
    """
    import polars as pl

    if table.level == "country":
        return rounded(table, whole_numbers(rows.with_columns(pl.col("year").alias("code_year"))))
    pairs = [(code, year) for code, year in rows.select("code", "year").unique().iter_rows()]
    stood = standing_years(regions, pairs, table.level)
    known = pl.DataFrame(
        [(code, year, when, now) for (code, year), (when, now) in stood.items()],
        schema={"code": pl.String, "year": pl.Int16, "code_year": pl.Int16, "stands": pl.Boolean},
        orient="row",
    )
    rows = rows.join(known, on=["code", "year"], how="left")
    anything = (pl.col("value").fill_null(0) != 0) | (pl.col("mark") == Mark.SUPPRESSED.value)
    filled = rows.group_by("code", "year").agg(anything.any().alias("filled"))
    rows = rows.join(filled, on=["code", "year"], how="left")
    strange = rows.filter(pl.col("code_year").is_null() & pl.col("filled"))
    if strange.height:
        names = strange["code"].unique().sort().to_list()
        notes.append(
            msg("Numre som ikke hører til noen kommune, er utelatt: {codes}.", codes=", ".join(names[:10]))
            if table.level == "municipality"
            else msg("Numre som ikke hører til noe fylke, er utelatt: {codes}.", codes=", ".join(names[:10]))
        )
    rows = rows.filter(pl.col("code_year").is_not_null() & (pl.col("stands") | pl.col("filled")))
    return rounded(table, whole_numbers(rows.drop("stands", "filled")))


def whole_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the figures as whole numbers when all of them are."""
    import polars as pl

    numbers = rows["value"].drop_nulls()
    if numbers.dtype.is_integer() or bool((numbers == numbers.round(0)).all()):
        return rows.with_columns(pl.col("value", "low", "high").cast(pl.Int64))
    return rows


def rounded(table: DeclaredTable, rows: pl.DataFrame) -> pl.DataFrame:
    """Return zeros and the smallest counts with the bounds that the source's rounding leaves; rates keep theirs."""
    import polars as pl

    if not table.rounded:
        return rows
    most, value = table.rounded, pl.col("value")
    counts = ~pl.col("measure").is_in(table.rates) if "measure" in rows.columns else pl.lit(True)
    nothing, least = (value == 0) & counts, (value == most) & counts
    low = pl.when(nothing).then(0).when(least).then(1).otherwise(pl.col("low"))
    high = pl.when(nothing).then(most - 1).when(least).then(most).otherwise(pl.col("high"))
    return rows.with_columns(
        low.alias("low"), high.alias("high"), (pl.col("estimated") | nothing | least).alias("estimated")
    )
