"""What is refused before anything is kept: municipalities that are missing, rows twice, and sums that are not the source's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.regions import Regions
from fotfeste.statistics.renewing import keys_of
from fotfeste.statistics.tables_declared.values import DeclaredTable
from fotfeste.statistics.updating.turning import Turned

if TYPE_CHECKING:
    import polars as pl

MOST_TOLD = 20


def refuse_unsound(table: DeclaredTable, answer: Turned, regions: Regions) -> None:
    """Raise :class:`InputError` with everything that is wrong; nothing is kept then."""
    problems = list(_problems(table, answer, regions))
    if problems:
        left = len(problems) - MOST_TOLD
        what = (
            msg(
                "Svaret fra kilden er ikke helt, og ingenting er lagret. {left} feil til vises ikke.",
                left=left,
            )
            if left > 0
            else msg("Svaret fra kilden er ikke helt, og ingenting er lagret.")
        )
        raise InputError(
            "update.unsound",
            what,
            place=table.id,
            remedy=msg("Prøv igjen senere. Tallene som finnes fra før, er urørt."),
            problems=problems[:MOST_TOLD],
        )


def _problems(table: DeclaredTable, answer: Turned, regions: Regions) -> Iterator[Problem]:
    rows = answer.frame
    if rows.is_empty():
        yield Problem("update.empty", msg("Svaret har ingen tall på dette nivået."), table.id)
        return
    yield from _twice(table, answer.everything)
    if table.complete:
        yield from _lacking(table, rows, regions)
    if table.total and answer.country is not None:
        yield from _other_sums(table, rows, answer.country)


def _twice(table: DeclaredTable, rows: pl.DataFrame) -> Iterator[Problem]:
    keys = keys_of(rows)
    for row in (
        rows.filter(rows.select(keys).is_duplicated()).unique(keys).head(MOST_TOLD).iter_rows(named=True)
    ):
        what = msg("{code} står flere ganger for {year}.", code=row["code"], year=str(row["year"]))
        yield Problem("update.twice", what, table.id)


def _lacking(table: DeclaredTable, rows: pl.DataFrame, regions: Regions) -> Iterator[Problem]:
    """Every municipality of a year must have as many rows as the others, or a sum would be too low without saying so."""
    import polars as pl

    counted = rows.group_by("year", "code").len()
    whole = dict(counted.group_by("year").agg(pl.col("len").max()).iter_rows())
    number = {(year, code): count for year, code, count in counted.iter_rows()}
    for year in sorted(whole):
        for one in regions.municipalities(year):
            found = number.get((year, one.code), 0)
            if found != whole[year]:
                what = msg(
                    "{name} ({code}) har {number} av {whole} tall for {year}.",
                    name=one.name,
                    code=one.code,
                    number=found,
                    whole=whole[year],
                    year=str(year),
                )
                yield Problem("update.lacking", what, table.id)


def _other_sums(table: DeclaredTable, rows: pl.DataFrame, country: pl.DataFrame) -> Iterator[Problem]:
    """The municipalities must sum to the country's own row, where all of them have a number."""
    import polars as pl

    keys = [name for name in keys_of(country) if name != "code"]
    sums = rows.group_by(keys).agg(
        pl.col("value").sum().cast(pl.Float64).alias("sum"), (pl.col("mark") == "").all().alias("known")
    )
    stated = country.filter(pl.col("value").is_not_null()).select(*keys, pl.col("value").alias("stated"))
    both = sums.filter("known").join(stated, on=keys).filter((pl.col("sum") - pl.col("stated")).abs() > 0.5)
    for row in both.sort(keys).iter_rows(named=True):
        what = msg(
            "Kommunene summerer til {sum} i {year}, men kilden oppgir {stated} for landet.",
            sum=int(row["sum"]),
            year=str(row["year"]),
            stated=int(row["stated"]),
        )
        yield Problem("update.sum", what, table.id)
