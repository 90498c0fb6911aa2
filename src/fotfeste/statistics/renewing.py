"""A new version of a data set: the rows of the newest one, with those that a file is about replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import language, msg
from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.remarks import YEARS, read_from, sentences, status_of, years_told

if TYPE_CHECKING:
    import polars as pl

FIGURE_COLUMNS = frozenset({"value", "mark", "low", "high", "estimated"})
ABOUT_YEARS = re.compile(rf"(?:\w+ )?(?P<years>{YEARS})(?::| er )")
"""How a sentence of a remark begins that is about certain years."""
STATUS_COLUMNS = ("finished", "status_date")
AGE_GROUPS = {
    "all": (0, 105),
    "0-5": (0, 5),
    "6-15": (6, 15),
    "16-19": (16, 19),
    "18-66": (18, 66),
    "20-66": (20, 66),
    "67+": (67, 105),
}
"""The age groups that indicators use, first and last age included; 105 stands for 105 and older."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What an import did: years that are new, years that were replaced, and those whose figures are a status."""

    dataset: Dataset
    added: tuple[int, ...]
    replaced: tuple[int, ...]
    kept: tuple[int, ...]
    unfinished: Mapping[int, str]


def revised(old: pl.DataFrame, new: pl.DataFrame, dataset: str) -> pl.DataFrame:
    """Return ``old`` with the rows that ``new`` is about replaced, in the columns and types of ``old``.

    Rows are about the same when region, year and all further columns agree. Raises :class:`InputError` when the
    columns of the file are not those of the data set.
    """
    import polars as pl

    lacking = [name for name in old.columns if name not in new.columns]
    unknown = [
        name for name in new.columns if name not in old.columns and name not in (*FIGURE_COLUMNS, "code_year")
    ]
    if lacking or unknown:
        raise InputError(
            "import.columns",
            msg(
                "Filen passer ikke til «{dataset}»: mangler {lacking}, har for mye {unknown}.",
                dataset=dataset,
                lacking=", ".join(lacking) or "–",
                unknown=", ".join(unknown) or "–",
            ),
            remedy=msg("Beskriv kolonnene under [columns.dimensions] i beskrivelsen av filen."),
        )
    new = new.select(pl.col(name).cast(kind) for name, kind in old.schema.items())
    keys = keys_of(old)
    return pl.concat([old.join(new, on=keys, how="anti", nulls_equal=True), new]).sort(keys)


def keys_of(table: pl.DataFrame) -> list[str]:
    """Return the columns that say what a row is about."""
    other = {*FIGURE_COLUMNS, *STATUS_COLUMNS, "code_year"}
    return [name for name in table.columns if name not in other]


def with_status(
    new: pl.DataFrame, old: pl.DataFrame, as_of: date | None, stated: Mapping[int, date]
) -> pl.DataFrame:
    """Return ``new`` with whether each year is finished, where ``old`` tells it.

    ``stated`` are the days that the source itself gives, ``as_of`` the day for all other years: figures of a year that
    had not ended that day are a status. Without a day a year keeps what ``old`` says, and a new year is finished.
    """
    import polars as pl

    if not set(STATUS_COLUMNS) <= set(old.columns) or "finished" in new.columns:
        return new
    rows: list[tuple[object, ...]] = []
    for year in new["year"].unique().sort().to_list():
        day = stated.get(year, as_of)
        if day is not None:
            rows.append((year, day.year > year, day.isoformat()))
            continue
        before = old.filter(pl.col("year") == year).sort(pl.col("measure") != "settled")
        known = before.row(0, named=True) if before.height else {"finished": True, "status_date": ""}
        rows.append((year, known["finished"], known["status_date"]))
    schema = {"year": new.schema["year"], "finished": pl.Boolean(), "status_date": pl.String()}
    return new.join(pl.DataFrame(rows, schema=schema, orient="row"), on="year", how="left")


def refuse_half_finished(old: pl.DataFrame, table: pl.DataFrame, years: Iterable[int], dataset: str) -> None:
    """Raise :class:`InputError` where settled of some municipalities is for a whole year and of others a status.

    Everybody counts a year as finished or nobody does; otherwise a status would be taken for a year. ``old`` is what
    stood before and ``table`` what would stand.
    """
    for year in years:
        if len(_states(table, year)) < 2:
            continue
        before = _states(old, year)
        day = before[0] if before and before[0] else f"{year + 1}-01-01"
        raise InputError(
            "import.half_year",
            msg(
                "Filen har bare en del av kommunene for {year}, og resten ville fått en annen statusdato.",
                year=str(year),
            ),
            place=dataset,
            remedy=msg(
                "Ta med alle kommunene, eller oppgi datoen som gjelder fra før (--as-of {day}) når enkelttall rettes.",
                day=day,
            ),
        )


def _states(table: pl.DataFrame, year: int) -> list[str]:
    """Return the days that settled of a year stands at in a table; empty text for a finished year."""
    import polars as pl

    if not {*STATUS_COLUMNS, "measure"} <= set(table.columns):
        return []
    settled = table.filter(pl.col("measure") == "settled", pl.col("year") == year)
    day = pl.when(pl.col("finished")).then(pl.lit("")).otherwise(pl.col("status_date"))
    return settled.select(day.alias("day")).unique().sort("day")["day"].to_list()


def described_anew(
    old: Dataset,
    version: str,
    table: pl.DataFrame,
    years: Sequence[int],
    retrieved: date | None,
    files: Sequence[str],
) -> Dataset:
    """Return the description of a version laid over ``old``: its period, its sums and its remark follow the figures."""
    words = language("nb")
    remark = without_years(old.remark, years)
    if retrieved is not None and files:
        read = read_from(years, ", ".join(files), retrieved, words)
        remark = f"{remark} {words.text(read)}".strip()
    for year, day in unfinished_in(table, years).items():
        remark = f"{remark} {words.text(status_of(year, date.fromisoformat(day)))}".strip()
    return replace(
        old,
        version=version,
        base=old.sha256,
        retrieved=retrieved or old.retrieved,
        remark=remark,
        period=_period(old.period, table),
        checks=tuple(
            check
            for check in old.checks
            if not any(one.year in years for one in replace(old, checks=(check,)).sums())
        ),
    )


def without_years(remark: str, years: Iterable[int]) -> str:
    """Return a remark without the sentences that are about ``years`` alone: «2026 er …», «Nordland 2026: …»."""
    gone = set(years)
    kept = [
        sentence
        for sentence in sentences(remark)
        if not ((about := ABOUT_YEARS.match(sentence)) and set(years_told(about["years"])) <= gone)
    ]
    return " ".join(kept).strip()


def unfinished_in(table: pl.DataFrame, years: Iterable[int]) -> dict[int, str]:
    """Return the day of the status for those of ``years`` whose settled is not for the whole year."""
    import polars as pl

    if not {*STATUS_COLUMNS, "measure"} <= set(table.columns):
        return {}
    rows = table.filter(
        ~pl.col("finished"), pl.col("measure") == "settled", pl.col("year").is_in(list(years))
    )
    return dict(rows.select("year", "status_date").unique().sort("year").iter_rows())


def age_groups(people: pl.DataFrame) -> pl.DataFrame:
    """Return the sums of both sexes per age group, from people by municipality, sex, one-year age and year."""
    import polars as pl

    parts = [
        people.filter(pl.col("age").is_between(first, last))
        .group_by("code", "year")
        .agg(pl.col("value").sum(), pl.col("estimated").any())
        .with_columns(pl.lit(name).alias("group"))
        for name, (first, last) in AGE_GROUPS.items()
    ]
    return pl.concat(parts).select("group", "code", "year", "value", "estimated")


def _period(old: str, table: pl.DataFrame) -> str:
    """Return the span of years, where the old period was written as one or as a single year."""
    if not re.fullmatch(r"\d{4}(?:–\d{4})?", old):
        return old
    return span_of(table["year"].unique().to_list())


def span_of(years: Iterable[int]) -> str:
    """Return years as a period: ``2024`` or ``2011–2025``."""
    found = sorted(years)
    return str(found[0]) if found[0] == found[-1] else f"{found[0]}–{found[-1]}"
