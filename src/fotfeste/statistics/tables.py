"""Rows of a stored table as figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from fotfeste.statistics.figure import Figure, Mark

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.statistics.store import Store

FIGURE_COLUMNS = ("value", "mark", "low", "high", "estimated")
MARKS = {mark.value: mark for mark in Mark}


def figures(
    store: Store, dataset: str, keys: Sequence[str], where: Mapping[str, object]
) -> dict[tuple[object, ...], Figure]:
    """Return the chosen rows of a data set as figures by the ``keys`` columns.

    ``where`` gives the value that each named column must have. Tables without marks hold observed numbers only.
    """
    import polars as pl

    frame = store.scan(dataset)
    present = frame.collect_schema().names()
    for column, wanted in where.items():
        frame = frame.filter(pl.col(column) == wanted)
    columns = [name for name in FIGURE_COLUMNS if name in present]
    table = frame.select(*keys, *columns).collect()
    return dict(_figures(table, len(keys), columns))


def _figures(
    table: pl.DataFrame, keys: int, columns: Sequence[str]
) -> Iterator[tuple[tuple[object, ...], Figure]]:
    places = {name: keys + place for place, name in enumerate(columns)}
    marked, bounded, estimated = "mark" in places, "low" in places, "estimated" in places
    for row in table.iter_rows():
        value = row[places["value"]]
        yield (
            row[:keys],
            Figure(
                value,
                MARKS[row[places["mark"]]] if marked else Mark.OBSERVED,
                row[places["low"]] if bounded else value,
                row[places["high"]] if bounded else value,
                bool(row[places["estimated"]]) if estimated else False,
            ),
        )
