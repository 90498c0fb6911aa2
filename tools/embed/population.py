"""Population on 1 January by municipality, sex and one-year age, and the age groups that indicators use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from fotfeste.statistics.renewing import age_groups
from tools.embed.counting import KnownCodes, Seen, choice, count, exactly, year
from tools.embed.reading import BrokenInput, read_table
from tools.embed.writing import Description, Written, write_parquet

FILE = "population_municipality_2006_2026.csv.gz"
AGES = 106
ROWS = 357 * 21 * 2
QUALITIES = ("", "split_estimate_own", "split_estimate_csdata")
PUBLISHED = {2024: 5_550_203, 2025: 5_594_340, 2026: 5_627_400}
REMARK = (
    "Ett års alder, 105 betyr 105 år og over; grenser fra 2024 i alle år. Anslått (merket): Ålesund og Haram før 2024, "
    "Heim, Hitra, Orkland, Narvik og Hamarøy før 2020, fordi kommuner ble delt."
)
RETRIEVED = date(2026, 8, 22)


def build(shared: Path, out: Path, codes: KnownCodes) -> list[Written]:
    """Build ``population`` (code, sex, age, year, value, estimated) and ``population_age_groups``."""
    people = read_population(shared / "population_municipality_age_sex" / FILE, codes)
    groups = age_groups(people)
    checks = [f"sum({y}) = {total}" for y, total in sorted(PUBLISHED.items())]
    one_year = Description(
        id="population",
        title={
            "nb": "Folkemengde 1. januar etter kommune, kjønn og ettårig alder",
            "nn": "Folkemengd 1. januar etter kommune, kjønn og eittårig alder",
            "en": "Population on 1 January by municipality, sex and one-year age",
        },
        agency="Statistisk sentralbyrå",
        table="07459",
        licence="CC BY 4.0",
        period="2006–2026",
        unit="persons",
        retrieved=RETRIEVED,
        remark=REMARK,
        checks=checks,
    )
    grouped = Description(
        id="population_age_groups",
        title={
            "nb": "Folkemengde 1. januar etter kommune og aldersgruppe",
            "nn": "Folkemengd 1. januar etter kommune og aldersgruppe",
            "en": "Population on 1 January by municipality and age group",
        },
        agency=one_year.agency,
        table=one_year.table,
        licence=one_year.licence,
        period=one_year.period,
        unit=one_year.unit,
        retrieved=RETRIEVED,
        remark=f"Summer av datasettet «population», begge kjønn. {REMARK}",
        checks=[f"sum({y}, group=all) = {total}" for y, total in sorted(PUBLISHED.items())],
    )
    return [
        write_parquet(people, out, "population.parquet", one_year),
        write_parquet(groups, out, "population_age_groups.parquet", grouped),
    ]


def read_population(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return one row per municipality, sex, age and year; refuses totals that differ from those published."""
    ages = [f"age_{age}" for age in range(AGES)]
    seen = Seen()
    keys: list[tuple[str, int, str, bool]] = []
    counts: list[list[int]] = []
    table = exactly(read_table(path, ("code", "year", "sex", "quality", *ages)), ROWS, path)
    for row in table:
        code = codes.code_in(row, "code", 2024)
        when = year(row, "year", 2006, 2026)
        sex = choice(row, "sex", ("female", "male"))
        seen.add(row, code, when, sex)
        keys.append((code, when, sex, bool(choice(row, "quality", QUALITIES))))
        counts.append([count(row, age) for age in ages])
    wide = pl.DataFrame(
        keys,
        schema={"code": pl.String, "year": pl.Int16, "sex": pl.String, "estimated": pl.Boolean},
        orient="row",
    )
    numbers = pl.DataFrame(counts, schema={str(age): pl.Int32 for age in range(AGES)}, orient="row")
    people = (
        pl.concat([wide, numbers], how="horizontal")
        .unpivot(index=list(wide.columns), variable_name="age")
        .select(
            "code",
            "sex",
            pl.col("age").cast(pl.UInt8),
            "year",
            "value",
            "estimated",
        )
    )
    totals = dict(people.group_by("year").agg(pl.col("value").sum()).iter_rows())
    for when, published in PUBLISHED.items():
        if totals[when] != published:
            raise BrokenInput(path, None, f"{totals[when]} people in {when}, published {published}")
    return people
