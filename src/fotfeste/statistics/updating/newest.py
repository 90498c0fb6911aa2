"""Some figures of a period that is new, beside those of the period before: a wrong table or unit shows there first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.renewing import keys_of
from fotfeste.statistics.updating.changes import PERIODS, Changes, Revision, as_shown, period_of

if TYPE_CHECKING:
    import polars as pl

MOST = 8
"""Figures that are shown."""


def newest_figures(whole: pl.DataFrame, described: Dataset) -> tuple[Revision, ...]:
    """Return figures of the newest period with those of the period before: first the most changed, then the largest.

    ``whole`` is the data set as it would become. Small counts are hidden as in :func:`as_shown`.
    """
    import polars as pl

    names = [name for name in PERIODS if name in whole.columns]
    others = [name for name in keys_of(whole) if name not in names]
    periods = whole.select(names).unique().sort(names).tail(2)
    now = whole.join(periods.tail(1), on=names, nulls_equal=True).filter(pl.col("value").is_not_null())
    earlier = whole.join(periods.head(periods.height - 1), on=names, nulls_equal=True)
    beside = now.join(
        earlier.select(*others, "value"), on=others, how="left", nulls_equal=True, suffix="_before"
    )
    ranked = beside.sort(
        (pl.col("value") - pl.col("value_before")).abs(),
        "value",
        descending=True,
        nulls_last=True,
        maintain_order=True,
    )
    found = tuple(
        Revision(
            str(row.get("code", "")),
            period_of(row),
            tuple(str(row[name]) for name in others if name != "code"),
            row["value_before"],
            row["value"],
        )
        for row in ranked.head(MOST).iter_rows(named=True)
    )
    return as_shown(Changes(examples=found), described).examples
