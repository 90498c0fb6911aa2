"""An answer in JSON-stat or as rows of a file, turned into the columns of a data set. Marks are kept; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fotfeste.messages import Message, msg
from fotfeste.regions import Regions
from fotfeste.statistics.tables_declared.values import DeclaredTable
from fotfeste.statistics.updating.cells import with_marks, with_periods, with_regions
from fotfeste.statistics.updating.codes import period_of
from fotfeste.statistics.updating.placing import placed, rounded
from fotfeste.statistics.updating.record import Said
from fotfeste.statistics.updating.variables import Chosen, all_dimensions, no_variable

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.statistics.jsonstat import JsonStat

FIGURES = ("value", "mark", "low", "high", "estimated")


@dataclass(frozen=True)
class Turned:
    """Rows in the columns of a data set, what the source said, and what a person should know of the turning.

    ``country`` are the rows of the country in the same columns, which the others are checked against; ``larger`` are the
    rates of counties and the country, where the table's are kept.
    """

    frame: pl.DataFrame
    said: Said
    country: pl.DataFrame | None = None
    larger: pl.DataFrame | None = None
    notes: tuple[Message, ...] = ()
    cells: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> pl.DataFrame:
        """The rows of the data set: those of the table's own level, and rates of larger ones."""
        import polars as pl

        if self.larger is None or self.larger.is_empty():
            return self.frame
        return pl.concat([self.frame, self.larger.select(self.frame.columns)], how="vertical_relaxed")


def turned(table: DeclaredTable, parts: Sequence[JsonStat], regions: Regions) -> Turned:
    """Return the rows of an answer in JSON-stat; raises :class:`InputError` when a declared variable is not in it."""
    import polars as pl

    chosen = Chosen.of(table, all_dimensions(parts))
    raw = pl.concat([part.frame() for part in parts])
    notes: list[Message] = []
    raw = with_periods(raw, chosen, notes)
    raw = with_regions(raw, chosen, notes)
    raw = with_marks(raw, notes).drop("status")
    raw = raw.rename({dimension.id: name for name, dimension in chosen.columns.items()})
    names = list(chosen.columns)
    extra = [name for name in ("quarter", "month") if name in raw.columns]
    keys = ["code", "year", *extra, *names]
    country = raw.filter(pl.col("level") == "country").select(*keys, *FIGURES)
    rows = raw.filter(pl.col("level") == table.level).select(*keys, *FIGURES)
    codes = chosen.codes(table)
    rows = _translated(table, rows, codes, notes)
    country = _translated(table, country, codes, [])
    rows = placed(table, rows, regions, notes)
    larger = [
        placed(replace(table, level=level), _rates(table, part, codes), regions, notes)
        for level in table.also
        if (part := raw.filter(pl.col("level") == level).select(*keys, *FIGURES)).height
    ]
    columns = {name: dimension.label for name, dimension in chosen.columns.items()}
    beside = pl.concat(larger, how="vertical_relaxed") if larger else None
    return Turned(rows, said_of(parts), country, beside, tuple(notes), raw.height, columns)


def _rates(table: DeclaredTable, rows: pl.DataFrame, codes: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """Return the rows of a larger level that are rates: counts of larger levels are summed here."""
    import polars as pl

    rows = _translated(table, rows, codes, [])
    if table.rates and "measure" in rows.columns:
        rows = rows.filter(pl.col("measure").is_in(table.rates))
    return rows


def turned_rows(table: DeclaredTable, rows: pl.DataFrame) -> Turned:
    """Return the rows that a reader of files gave, with the columns and codes that are declared."""
    named = {source: name for name, source in table.columns.dimensions.items() if source in rows.columns}
    lacking = [
        source
        for name, source in table.columns.dimensions.items()
        if source not in rows.columns and name not in rows.columns
    ]
    if lacking:
        raise no_variable(
            table, lacking[0], [name for name in rows.columns if name not in (*FIGURES, "code_year")]
        )
    notes: list[Message] = []
    rows = _months(_kept(table, rows.rename(named)))
    frame = rounded(table, _translated(table, rows, table.columns.codes, notes))
    labels = {source: source for source in named}
    said = Said(table.titles["nb"], variables=labels)
    return Turned(frame, said, notes=tuple(notes), cells=rows.height)


def _kept(table: DeclaredTable, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that are wanted of columns that are not kept; readers may have chosen among them already."""
    import polars as pl

    for name, text in table.columns.keep.items():
        if name in rows.columns:
            rows = rows.filter(pl.col(name) == text).drop(name)
    return rows


def _months(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with months as numbers, where a file writes ``2026-09``."""
    import polars as pl

    if "month" not in rows.columns or rows["month"].dtype != pl.String:
        return rows
    read = {text: period_of(text) for text in rows["month"].unique().to_list()}
    months = {text: period.month if period else None for text, period in read.items()}
    return rows.with_columns(pl.col("month").replace_strict(months, return_dtype=pl.Int8))


def _translated(
    table: DeclaredTable,
    rows: pl.DataFrame,
    translations: Mapping[str, Mapping[str, str]],
    notes: list[Message],
) -> pl.DataFrame:
    """Return the rows with the codes of columns as they are declared; codes that are not declared keep the source's."""
    import polars as pl

    for name in table.columns.integers:
        if name in rows.columns:
            plain = rows[name].str.strip_chars_end("+").str.contains(r"^\d+$")
            rows = rows.filter(plain)
            rows = rows.with_columns(pl.col(name).str.strip_chars_end("+").cast(pl.Int16))
    for name, codes in translations.items():
        if name not in rows.columns:
            continue
        if name in table.columns.only:
            rows = rows.filter(pl.col(name).is_in([*codes, *codes.values()]))
        unknown = sorted(set(rows[name].drop_nulls().unique().to_list()) - set(codes) - set(codes.values()))
        if unknown:
            notes.append(
                msg(
                    "Kolonnen «{name}» har verdier som ikke er oversatt: {codes}.",
                    name=name,
                    codes=", ".join(unknown[:10]),
                )
            )
        rows = rows.with_columns(pl.col(name).replace(dict(codes)))
    return rows


def said_of(parts: Sequence[JsonStat]) -> Said:
    """Return what the source said of its table, over all parts."""
    first = parts[0]
    labels: dict[str, dict[str, str]] = {}
    units: dict[str, str] = {}
    notes: dict[str, None] = {}
    for part in parts:
        notes.update(dict.fromkeys(part.note))
        for one in part.dimensions:
            labels.setdefault(one.id, {}).update({code: one.labels[code] for code in one.codes})
            units.update({code: unit.base for code, unit in one.units.items()})
            notes.update(dict.fromkeys(one.note))
    updated = first.updated.isoformat() if first.updated else first.updated_text
    return Said(
        title=first.label,
        updated=updated,
        notes=tuple(notes),
        variables={one.id: one.label for one in first.dimensions},
        labels=labels,
        units=units,
    )
