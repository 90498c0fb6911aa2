"""The cells of an answer in JSON-stat: the period and place of each, and its mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fotfeste.messages import Message, msg, nmsg
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.updating.codes import COUNTRY, MARKS, NIL, PROVISIONAL, Period, period_of, region_of
from fotfeste.statistics.updating.variables import Chosen

if TYPE_CHECKING:
    import polars as pl


def with_periods(raw: pl.DataFrame, chosen: Chosen, notes: list[Message]) -> pl.DataFrame:
    """Return the rows with the year, and the quarter or month, of each code of time; codes that cannot be read are told."""
    import polars as pl

    read = {code: period_of(code) for code in raw[chosen.time.id].unique().to_list()}
    unknown = sorted(code for code, period in read.items() if period is None)
    if unknown:
        notes.append(msg("Perioder som ikke kan leses, er utelatt: {codes}.", codes=", ".join(unknown)))
    known: dict[str, Period] = {code: period for code, period in read.items() if period is not None}
    columns: dict[str, pl.Series] = {"year": pl.Series([one.year for one in known.values()], dtype=pl.Int16)}
    for name in ("quarter", "month"):
        values = [getattr(one, name) for one in known.values()]
        if any(value is not None for value in values):
            columns[name] = pl.Series(values, dtype=pl.Int8)
    periods = pl.DataFrame({chosen.time.id: pl.Series(list(known), dtype=pl.String), **columns})
    return raw.join(periods, on=chosen.time.id, how="inner")


def with_regions(raw: pl.DataFrame, chosen: Chosen, notes: list[Message]) -> pl.DataFrame:
    """Return the rows with level and our code of each place; rows of other kinds of places are left out and told."""
    import polars as pl

    if chosen.region is None:
        return raw.with_columns(pl.lit(COUNTRY).alias("code"), pl.lit("country").alias("level"))
    name = chosen.region.id
    read = {code: region_of(code) for code in raw[name].unique().to_list()}
    other = [code for code, region in read.items() if region is None]
    if other:
        notes.append(
            nmsg(
                "{count} område som verken er kommune, fylke eller land, er utelatt.",
                "{count} områder som verken er kommune, fylke eller land, er utelatt.",
                len(other),
            )
        )
    known = {code: region for code, region in read.items() if region is not None}
    places = pl.DataFrame(
        {
            name: pl.Series(list(known), dtype=pl.String),
            "level": pl.Series([level for level, _ in known.values()], dtype=pl.String),
            "code": pl.Series([code for _, code in known.values()], dtype=pl.String),
        }
    )
    return raw.join(places, on=name, how="inner")


def with_marks(raw: pl.DataFrame, notes: list[Message]) -> pl.DataFrame:
    """Return the rows with our marks; an unknown mark is kept as missing where there is no number, and told."""
    import polars as pl

    status = pl.col("status").fill_null("").str.strip_chars()
    nil = pl.col("value").is_null() & (status == NIL)
    raw = raw.with_columns(pl.when(nil).then(0.0).otherwise(pl.col("value")).alias("value"))
    counted = raw.group_by(status.alias("sign")).len().filter(pl.col("sign") != "")
    for sign, number in sorted(counted.iter_rows()):
        if sign == PROVISIONAL:
            notes.append(nmsg("{count} tall er foreløpig.", "{count} tall er foreløpige.", number))
        elif sign not in MARKS and sign != NIL:
            notes.append(
                nmsg(
                    "Kilden bruker tegnet «{sign}» om {count} tall; hva det betyr, er ikke kjent her.",
                    "Kilden bruker tegnet «{sign}» om {count} tall; hva det betyr, er ikke kjent her.",
                    number,
                    sign=sign,
                )
            )
    signs = {sign: mark.value for sign, mark in MARKS.items()}
    mark = (
        pl.when(pl.col("value").is_not_null())
        .then(pl.lit(""))
        .otherwise(status.replace_strict(signs, default=Mark.MISSING.value, return_dtype=pl.String))
    )
    return raw.with_columns(
        mark.alias("mark"),
        pl.col("value").alias("low"),
        pl.col("value").alias("high"),
        pl.lit(False).alias("estimated"),
    )  # fmt: skip
