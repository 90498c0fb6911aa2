"""An answer in JSON-stat or as rows of a file, turned into the columns of a data set. Marks are kept; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.regions import Regions
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.tables_declared.values import DeclaredTable
from fotfeste.statistics.updating.codes import (
    COUNTRY,
    MARKS,
    NIL,
    PROVISIONAL,
    Period,
    column_name,
    period_of,
    region_of,
)
from fotfeste.statistics.updating.placing import placed, rounded
from fotfeste.statistics.updating.record import Said

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.statistics.jsonstat import Dimension, JsonStat

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

    chosen = _Chosen.of(table, _all_dimensions(parts))
    raw = pl.concat([part.frame() for part in parts])
    notes: list[Message] = []
    raw = _with_periods(raw, chosen, notes)
    raw = _with_regions(raw, chosen, notes)
    raw = _with_marks(raw, notes).drop("status")
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
        raise _no_variable(
            table, lacking[0], [name for name in rows.columns if name not in (*FIGURES, "code_year")]
        )
    notes: list[Message] = []
    rows = _months(_kept(table, rows.rename(named)))
    frame = rounded(table, _translated(table, rows, table.columns.codes, notes))
    labels = {source: source for source in named}
    said = Said(table.titles["nb"], variables=labels)
    return Turned(frame, said, notes=tuple(notes), cells=rows.height)


@dataclass(frozen=True)
class _Chosen:
    """Which variable is what: geography, time, and those that become columns."""

    region: Dimension | None
    time: Dimension
    columns: Mapping[str, Dimension]

    @classmethod
    def of(cls, table: DeclaredTable, dimensions: Sequence[Dimension]) -> _Chosen:
        """Return how the variables of an answer are read."""

        def named(name: str) -> Dimension:
            for one in dimensions:
                if name.casefold() in (one.id.casefold(), one.label.casefold()):
                    return one
            raise _no_variable(table, name, [one.id for one in dimensions])

        def of_role(role: str, names: tuple[str, ...]) -> Dimension | None:
            return next(
                (one for one in dimensions if one.role == role),
                next((one for one in dimensions if one.id.casefold() in names), None),
            )

        wanted = table.columns
        region = named(wanted.region) if wanted.region else of_role("geo", ("region", "geo"))
        time = named(wanted.year) if wanted.year else of_role("time", ("tid", "aar"))
        if time is None or (region is None and table.level != "country"):
            lacking = msg("tid") if time is None else msg("geografi")
            raise InputError(
                "update.variable",
                msg("Svaret har ingen variabel for {what}.", what=lacking),
                place=table.id,
                remedy=msg("Oppgi den under [table.columns] i listen over tabeller."),
            )
        columns = {name: named(source) for name, source in wanted.dimensions.items()}
        taken = {one.id for one in (region, time, *columns.values()) if one is not None}
        for one in dimensions:
            if one.id not in taken and len(one.codes) > 1:
                name = "measure" if one.role == "metric" else column_name(one.label)
                columns[name if name not in columns else column_name(one.id)] = one
        return cls(region, time, columns)

    def codes(self, table: DeclaredTable) -> dict[str, dict[str, str]]:
        """Return the declared translations by code, where they are declared by label too."""
        found: dict[str, dict[str, str]] = {}
        for name, words in table.columns.codes.items():
            if (dimension := self.columns.get(name)) is not None:
                labels = dimension.labels
                known = {code: words.get(code, words.get(labels[code])) for code in dimension.codes}
                found[name] = {code: word for code, word in known.items() if word is not None}
        return found


def _all_dimensions(parts: Sequence[JsonStat]) -> tuple[Dimension, ...]:
    """Return the variables with the codes of all parts: an answer may be divided along any of them."""
    merged = []
    for one in parts[0].dimensions:
        labels: dict[str, str] = {}
        for part in parts:
            labels.update(part.dimension(one.id).labels)
        merged.append(replace(one, codes=tuple(labels), labels=labels))
    return tuple(merged)


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


def _no_variable(table: DeclaredTable, name: str, found: Sequence[str]) -> InputError:
    return InputError(
        "update.variable",
        msg("Tabellen har ikke lenger variabelen «{name}».", name=name),
        place=table.id,
        remedy=msg("Variablene er: {names}. Rett listen over tabeller.", names=", ".join(found)),
    )


def _with_periods(raw: pl.DataFrame, chosen: _Chosen, notes: list[Message]) -> pl.DataFrame:
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


def _with_regions(raw: pl.DataFrame, chosen: _Chosen, notes: list[Message]) -> pl.DataFrame:
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


def _with_marks(raw: pl.DataFrame, notes: list[Message]) -> pl.DataFrame:
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
