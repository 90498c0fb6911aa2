"""Requested, decided and settled per municipality and year, in the borders of today, marks kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fotfeste.statistics.borders import Borders, Carried, RegionShares, borders_of
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.tables import FIGURE_COLUMNS, MARKS

if TYPE_CHECKING:
    from fotfeste.statistics.store import Store

MEASURES = ("requested", "decided", "settled")
SETTLEMENT = "settlement"
FULL_YEAR = {2023: "settled_2023"}
HIDDEN_BELOW = 5


@dataclass(frozen=True, slots=True)
class HistoryYear:
    """What was requested, decided and settled in one municipality in one year.

    ``status_date`` is the ISO date of the figures while the year is unfinished, otherwise ``None``.
    """

    year: int
    requested: Figure
    decided: Figure
    settled: Figure
    status_date: str | None = None

    def shown(self) -> HistoryYear:
        """Return the year as it may be shown: one to four settled persons are suppressed."""
        return replace(self, settled=hide_small(self.settled, HIDDEN_BELOW))


@dataclass(frozen=True, slots=True)
class SettlementYear:
    """One year's figures for all municipalities of today, by measure and code."""

    year: int
    figures: Mapping[str, Carried]
    status_date: str | None

    @property
    def finished(self) -> bool:
        """Whether the figures are for the whole year."""
        return self.status_date is None


def settlement_history(
    store: Store, regions: RegionShares, codes: Sequence[str], years: Iterable[int]
) -> dict[str, tuple[HistoryYear, ...]]:
    """Return the history of each municipality in ``codes`` (numbers of today), oldest year first.

    Years without any figures at all are left out. Settled is missing before 2012. Municipalities that the source
    leaves out in a year are missing, not zero.
    """
    return by_municipality(settlement_years(store, borders_of(regions), sorted(set(years))), codes)


def by_municipality(
    found: Sequence[SettlementYear], codes: Sequence[str]
) -> dict[str, tuple[HistoryYear, ...]]:
    """Return the history of each municipality in ``codes`` from the figures of whole years."""
    return {
        code: tuple(
            HistoryYear(
                one.year,
                one.figures["requested"][code],
                one.figures["decided"][code],
                one.figures["settled"][code],
                one.status_date,
            )
            for one in found
        )
        for code in codes
    }


def settlement_years(store: Store, borders: Borders, years: Sequence[int]) -> tuple[SettlementYear, ...]:
    """Return all municipalities' figures for each of ``years`` that the data have, oldest first."""
    rows = _rows(store, years)
    unfinished = _unfinished(store, years)
    found = []
    for year in years:
        by_measure = rows.get(year)
        if by_measure is None:
            continue
        if year in unfinished and FULL_YEAR.get(year) in store.versions:
            by_measure["settled"] = _full_year(store, FULL_YEAR[year], year)
            del unfinished[year]
        carried = {measure: borders.carry(by_measure.get(measure, {}), year) for measure in MEASURES}
        found.append(SettlementYear(year, carried, unfinished.get(year)))
    return tuple(found)


Rows = dict[int, dict[str, dict[tuple[str, int], Figure]]]


def _rows(store: Store, years: Sequence[int]) -> Rows:
    import polars as pl

    wanted = (pl.col("year").is_in(years), pl.col("measure").is_in(MEASURES))
    table = store.scan(SETTLEMENT).filter(*wanted)
    found: Rows = {}
    columns = ("year", "measure", "code", "code_year", *FIGURE_COLUMNS)
    for year, measure, code, code_year, value, mark, low, high, estimated in (
        table.select(columns).collect().iter_rows()
    ):
        figure = Figure(value, MARKS[mark], low, high, estimated)
        found.setdefault(year, {}).setdefault(measure, {})[code, code_year] = figure
    return found


def _full_year(store: Store, dataset: str, year: int) -> dict[tuple[str, int], Figure]:
    table = store.scan(dataset).filter(year=year).collect()
    return {
        (row["code"], row["code_year"]): Figure(row["value"], MARKS[row["mark"]], row["low"], row["high"])
        for row in table.iter_rows(named=True)
    }


def _unfinished(store: Store, years: Sequence[int]) -> dict[int, str]:
    """Return the years whose settled is a status, with the date of the status (the year where no date is known)."""
    import polars as pl

    chosen = (pl.col("year").is_in(years), ~pl.col("finished"), pl.col("measure") == "settled")
    table = store.scan(SETTLEMENT).filter(*chosen).select("year", "status_date").unique().collect()
    return {year: day or str(year) for year, day in table.iter_rows()}


def newest_finished(store: Store, before: int) -> int | None:
    """Return the newest finished settlement year earlier than ``before``, or ``None``."""
    import polars as pl

    published = pl.col("mark") != Mark.MISSING.value
    finished = pl.col("finished") & published & (pl.col("year") < before) & (pl.col("measure") == "settled")
    years = store.scan(SETTLEMENT).filter(finished).select(pl.col("year").max()).collect().item()
    full = [year for year, dataset in FULL_YEAR.items() if year < before and dataset in store.versions]
    known = [int(year) for year in (years, *full) if year is not None]
    return max(known, default=None)
