"""An indicator as a published table: for every place, now, and from year to year."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fotfeste.messages import Translated
from fotfeste.statistics.figure import Figure, Mark, Number
from fotfeste.statistics.indicator_catalogue import Indicator
from fotfeste.statistics.publishing.datasets import CHECKSUM, data_version
from fotfeste.statistics.publishing.labels import load_labels
from fotfeste.statistics.publishing.numbers import rounded
from fotfeste.statistics.publishing.values import MARK_WORDS, Described, Kind, PublishedTable, Text

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.statistics.series.counts import YearlyCounts
    from fotfeste.statistics.series.values import Series, When
    from fotfeste.statistics.store import Store

EDITION = 1
"""Another number when the same data would give other rows."""


@dataclass(frozen=True, slots=True)
class PlaceFigure:
    """A figure of one place as it may be shown; ``level`` is ``country``, ``county`` or ``municipality``."""

    code: str
    name: str
    level: str
    figure: Figure
    few: bool = False


def indicator_version(store: Store, indicator: Indicator, datasets: Sequence[str], about: str) -> str:
    """Return the version of the data that an indicator is made of: what it is, ``about`` which time, and each data set's version."""
    parts = [str(EDITION), repr(indicator), about]
    known = [store.dataset(one) for one in datasets if one in store.versions]
    parts += [f"{one.id}:{data_version(store, one)}" for one in known]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:CHECKSUM]


def indicator_described(store: Store, indicator: Indicator, period: str, places: int) -> Described:
    """Return what the published table of an indicator is; ``places`` is how many there are figures for."""
    version = indicator_version(store, indicator, indicator.datasets, period)
    return _described(store, indicator, indicator.datasets, "indicator", period, version, places)


def indicator_table(about: Described, figures: Iterable[PlaceFigure]) -> PublishedTable:
    """Return the newest figures of an indicator, one row a place, in the order given.

    The figures must have been through disclosure control; nothing is hidden here.
    """
    rows = [(one.code, one.name, one.level, about.period, *_cells(one.figure), one.few) for one in figures]
    columns = ("code", "name", "level", "period")
    table = _frame(rows, columns)
    names = dict(table.select("code", "name").iter_rows())
    return PublishedTable(
        about, ("code",), columns[1:], table, load_labels().columns, {"code": names, **_levels()}
    )


def series_described(store: Store, indicator: Indicator) -> Described | None:
    """Return what the published table of an indicator from year to year is; ``None`` for one that has no such figures.

    How many rows there are is not known until they are made, and is none here.
    """
    from fotfeste.statistics.series.declared import declared_series

    declared = declared_series().get(indicator.id)
    if declared is None or any(one not in store.versions for one in declared.datasets):
        return None
    version = indicator_version(store, indicator, declared.datasets, "years")
    counted = dict.fromkeys(one.dataset for one in declared.parts)
    years = sorted(int(year) for one in counted for year in re.findall(r"\d{4}", store.dataset(one).period))
    period = "" if not years else str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    return _described(store, indicator, declared.datasets, "series", period, version, 0)


def series_table(
    about: Described, years: Sequence[Series], names: Mapping[str, tuple[str, str]]
) -> PublishedTable:
    """Return an indicator from year to year, one row a place and a time; ``names`` are name and level by place.

    ``break`` names what lies between a figure and the one before, so that they do not say the same; ``status_date`` is the
    day of a figure for a year that had not ended.
    """
    rows = []
    for one in years:
        name, level = names[one.place]
        why: dict[When, str] = {}
        for found in one.breaks:
            if found.between is not None:
                after = found.between[1]
                why[after] = ";".join(part for part in (why.get(after, ""), found.id) if part)
        for point in one.points:
            year, month = point.when
            told = (name, level, point.status or "", why.get(point.when, ""))
            rows.append((one.place, year, month, *told, *_cells(point.figure), False))
    columns = ("code", "year", "month", "name", "level", "status_date", "break")
    table = _frame(rows, columns).drop("few")
    dimensions: tuple[str, ...] = ("code", "year", "month")
    if table["month"].max() == 0:
        table, dimensions = table.drop("month"), ("code", "year")
    told_breaks = {found.id: found.why for one in years for found in one.breaks}
    codes: dict[str, Mapping[str, Text]] = {
        "code": {code: name for code, (name, _) in names.items()},
        "break": told_breaks,
        **_levels(),
    }
    counted = replace(about, rows=table.height)
    return PublishedTable(counted, dimensions, columns[3:], table, load_labels().columns, codes)


def series_of_all(counts: YearlyCounts, indicator: str, places: Iterable[str]) -> tuple[Series, ...]:
    """Return an indicator from year to year for every place; about a second for all of Norway."""
    from fotfeste.statistics.series.yearly import series_of

    return tuple(series_of(counts, indicator, place) for place in places)


def _described(
    store: Store, one: Indicator, datasets: Sequence[str], kind: Kind, period: str, version: str, rows: int
) -> Described:
    sources = tuple(store.source(name) for name in datasets if name in store.versions)
    return Described(
        id=one.id,
        kind=kind,
        version=version,
        title=one.name,
        description=Translated(one.definition),
        unit=one.unit,
        period=period,
        modified=max(source.retrieved for source in sources),
        sources=sources,
        rows=rows,
        themes=(one.theme,),
        words=one.words,
    )


def _levels() -> dict[str, dict[str, Translated]]:
    return {"level": dict(load_labels().codes["level"])}


def _cells(figure: Figure) -> tuple[float | None, str, float | None, float | None, bool]:
    """Return the columns of a figure; bounds are told where it is hidden, as on pages."""
    hidden = figure.mark is Mark.SUPPRESSED
    return (
        _number(figure.value),
        MARK_WORDS[figure.mark.value],
        _number(figure.low) if hidden else None,
        _number(figure.high) if hidden else None,
        figure.estimated,
    )


def _number(value: Number | None) -> float | None:
    return None if value is None else float(rounded(value))


def _frame(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pl.DataFrame:
    import polars as pl

    kinds = {"year": pl.Int16, "month": pl.Int8}
    schema = {name: kinds.get(name, pl.String) for name in columns} | {
        "value": pl.Float64,
        "mark": pl.String,
        "low": pl.Float64,
        "high": pl.Float64,
        "estimated": pl.Boolean,
        "few": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
