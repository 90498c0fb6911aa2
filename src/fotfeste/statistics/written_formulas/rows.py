"""The rows of a data set that a written formula chooses: which years there are, and the sums by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from fotfeste.statistics.borders import CURRENT, Carried
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.written_formulas.tree import Counted, Filter

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.regions import Regions
    from fotfeste.statistics.borders import Borders
    from fotfeste.statistics.store import Store

MUNICIPALITY = 4
"""Digits in the number of a municipality; counties and the country have fewer."""
EVERY = ("*",)
"""All values of a column together, where the writer of a formula knows that none of them is a sum of the others."""
NOT_DIMENSIONS = frozenset(
    {"code", "code_year", "year", "value", "mark", "low", "high", "estimated", "finished", "status_date"}
)
"""Columns that say where, when and how much; all others are dimensions, and a formula must choose in each."""


def dimensions_of(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that a formula must choose in."""
    return tuple(name for name in columns if name not in NOT_DIMENSIONS)


def chosen_rows(store: Store, counted: Counted) -> pl.LazyFrame:
    """Return the rows of all years that the filters choose; a year that has not ended is left out."""
    import polars as pl

    frame = store.scan(counted.dataset)
    if "finished" in frame.collect_schema().names():
        frame = frame.filter("finished")
    for one in counted.filters:
        column = pl.col(one.column)
        if one.values == EVERY:
            continue
        if one.span is not None:
            number = column.cast(pl.Int64, strict=False)
            frame = frame.filter(number.is_between(one.span.first, one.span.last))
        else:
            frame = frame.filter(_is_one_of(column.cast(pl.String), one.values))
    return frame


def _is_one_of(column: pl.Expr, values: Sequence[str]) -> pl.Expr:
    """Return whether a value is one of ``values``; one that begins with a star stands for all that end like it."""
    found = column.is_in([value for value in values if not is_pattern(value)])
    for value in values:
        if is_pattern(value):
            found |= column.str.ends_with(value[1:])
    return found


def is_pattern(value: str) -> bool:
    """Whether a value of a filter stands for several: all, or all that end like it."""
    return value.startswith("*")


def years_in(store: Store, counted: Counted) -> tuple[int, ...] | None:
    """Return the years with at least one figure that is not missing, or ``None`` for a table without years."""
    import polars as pl

    frame = chosen_rows(store, counted)
    names = frame.collect_schema().names()
    if "year" not in names:
        return None
    if "mark" in names:
        frame = frame.filter(pl.col("mark") != Mark.MISSING.value)
    return tuple(sorted(frame.select(pl.col("year").unique()).collect()["year"].to_list()))


def single_choices(store: Store, counted: Counted) -> tuple[Counted, ...]:
    """Return a choice of many cells as choices of one cell each, so that each may be hidden by itself."""
    found: list[tuple[Filter, ...]] = [()]
    for one in counted.filters:
        several = one.span is not None or any(is_pattern(value) for value in one.values)
        values = _within(store, counted.dataset, one) if several else one.values
        found = [(*before, Filter(one.column, (value,))) for before in found for value in values]
    return tuple(replace(counted, filters=filters) for filters in found)


def _within(store: Store, dataset: str, one: Filter) -> tuple[str, ...]:
    import polars as pl

    chosen = chosen_rows(store, Counted(dataset, (one,))).select(pl.col(one.column).cast(pl.String).unique())
    return tuple(sorted(chosen.collect()[one.column].to_list()))


def by_place(store: Store, counted: Counted, year: int | None) -> dict[tuple[str, int | None], Figure]:
    """Return the sum of the chosen rows of one year by code and the year that the code belongs to."""
    import polars as pl

    from fotfeste.statistics.figure_columns import sum_by, with_marks

    frame = chosen_rows(store, counted)
    names = frame.collect_schema().names()
    if year is not None and "year" in names:
        frame = frame.filter(pl.col("year") == year)
    keys = [name for name in ("code", "code_year") if name in names]
    table = sum_by(with_marks(frame.collect()), keys)
    return {(str(row["code"]), row.get("code_year")): _figure(row) for row in table.iter_rows(named=True)}


def _figure(row: Mapping[str, Any]) -> Figure:
    """Return a row as a figure; a decimal number is the fraction that its digits say."""
    value, low, high = (
        Fraction(str(row[name])) if isinstance(row[name], float) else row[name]
        for name in ("value", "low", "high")
    )
    return Figure(value, Mark(row["mark"]), low, high, row["estimated"])


def carried(
    rows: Mapping[tuple[str, int | None], Figure], borders: Borders, regions: Regions, year: int | None
) -> Carried:
    """Return the municipalities' rows in the borders of today; rows of places that are none of theirs are left out."""
    about = CURRENT if year is None else min(year, CURRENT)
    known: dict[int, frozenset[str]] = {}
    kept: dict[tuple[str, int], Figure] = {}
    years: set[int] = set()
    for (code, code_year), figure in rows.items():
        if len(code) != MUNICIPALITY:
            continue
        stood = CURRENT if code_year is None else min(code_year, CURRENT)
        if stood not in known:
            known[stood] = frozenset(one.code for one in regions.municipalities(stood))
        if code in known[stood]:
            kept[code, stood] = figure
            years.add(stood)
    return borders.carry(kept, CURRENT if years == {CURRENT} else about)
