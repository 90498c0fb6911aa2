"""Immigrants by reason 2006-2021, and where refugees live and whether they moved there, 2014-2022."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from fotfeste.statistics.figure import Figure, Mark
from tools.embed.counting import KnownCodes, Seen, choice, count, exactly, year
from tools.embed.marks import figure_table
from tools.embed.reading import BrokenInput, Row, read_table
from tools.embed.writing import Description, Written, write_parquet

FOLDER = "imdi_immigrant_population"
REASONS = ("all", "work", "family", "refugee_and_family", "education_or_other", "unspecified")
SEXES = ("all", "female", "male")
NATIONAL_2021 = 800_106
MOVES = {"alle": "all", "Bosatt her": "settled_here", "Flyttet hit": "moved_here", "Uoppgitt": "unknown"}
TIMES = {"Alle": "all", "0-4 år": "0-4", "5+ år": "5+"}
REFUGEES_2022 = 244_562
NATIONAL_2022 = 819_356
COUNTRY_ROWS = 201_679
NEWEST = 2022
LICENCE = "NLOD 2.0 (antatt, ikke oppgitt av IMDi)"
RETRIEVED = date(2026, 11, 21)

BY_REASON = Description(
    id="immigrants_by_reason",
    title={
        "nb": "Innvandrere etter kommune, innvandringsgrunn og kjønn",
        "nn": "Innvandrarar etter kommune, innvandringsgrunn og kjønn",
        "en": "Immigrants by municipality, reason for immigration and sex",
    },
    agency="IMDi/SSB",
    table="Befolkning etter innvandringsgrunn",
    licence=LICENCE,
    period="2006–2021",
    unit="persons",
    retrieved=RETRIEVED,
    remark=(
        "Nyeste tall per kommune er 1. januar 2021. Kilden runder 1 og 2 til 0 eller 3 (ingen celle er 1 eller 2), så 0 "
        "betyr 0–2 og 3 betyr 1–3; slike tall er merket som anslag med grenser. Summen 2021 er 800 106, SSB oppgir 800 094."
    ),
    checks=["sum(2021, reason=all, sex=all) = 800106"],
    suppress_below=5,
)

RESIDENCE = Description(
    id="refugee_residence",
    title={
        "nb": "Flyktninger etter kommune, botid og om de flyttet dit",
        "nn": "Flyktningar etter kommune, butid og om dei flytta dit",
        "en": "Refugees by municipality, years of residence and whether they moved there",
    },
    agency="IMDi/SSB",
    table="Sekundærflytting blant flyktninger",
    licence=LICENCE,
    period="2014–2022",
    unit="persons",
    retrieved=RETRIEVED,
    remark=(
        "Beholdning av flyktninger bosatt i kommunen, og hvor mange av dem som er flyttet hit etter første bosetting; "
        "hvor mange som er flyttet ut, finnes ikke. 332 av 356 kommuner i 2022; en rad som mangler, er ukjent. Kilden "
        "runder 1 og 2 til 0 eller 3 (ingen celle er 1 eller 2), så 0 betyr 0–2 og 3 betyr 1–3; slike tall er merket som "
        "anslag med grenser."
    ),
    checks=["sum(2022, move=all, residence_time=all) = 244562"],
    suppress_below=5,
)

IN_2022 = Description(
    id="immigrants_2022",
    title={
        "nb": "Innvandrere etter kommune, 1. januar 2022",
        "nn": "Innvandrarar etter kommune, 1. januar 2022",
        "en": "Immigrants by municipality, 1 January 2022",
    },
    agency="IMDi/SSB",
    table="Befolkning etter landbakgrunn",
    licence=LICENCE,
    period="2022",
    unit="persons",
    retrieved=RETRIEVED,
    remark=(
        "Summen av alle land i hver kommune; summen for landet er den publiserte. Nyere enn tallene etter innvandringsgrunn, "
        "som slutter 1. januar 2021. De som er kommet fra Ukraina siden februar 2022, er ikke med."
    ),
    checks=["sum(2022) = 819356"],
    suppress_below=5,
)


def build(shared: Path, out: Path, codes: KnownCodes) -> list[Written]:
    """Build ``immigrants_by_reason``, ``immigrants_2022`` and ``refugee_residence``."""
    folder = shared / FOLDER
    reasons = read_reasons(folder / "immigration_reason_2006_2021.csv.gz", codes)
    newest = read_newest(folder / "country_background_2006_2022.csv.gz", codes)
    residence = read_residence(folder / "refugee_secondary_migration_2014_2022.csv.gz", codes)
    return [
        write_parquet(reasons, out, "immigrants_by_reason.parquet", BY_REASON),
        write_parquet(newest, out, "immigrants_2022.parquet", IN_2022),
        write_parquet(residence, out, "refugee_residence.parquet", RESIDENCE),
    ]


def rounded(number: int) -> Figure:
    """Return a count whose source writes one and two as zero or three."""
    if number in (0, 3):
        low, high = (0, 2) if number == 0 else (1, 3)
        return Figure(number, Mark.OBSERVED, low, high, estimated=True)
    return Figure.observed(number)


def count_rounded(row: Row) -> int:
    """Return a count of a source that writes one and two as zero or three; one or two there is broken input."""
    value = count(row, "value")
    if value in (1, 2):
        raise row.broken(f"value is {value}, but the source writes 1 and 2 as 0 or 3")
    return value


def read_reasons(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return one row per municipality, year, reason and sex; the columns ``flag`` and ``name`` carry nothing."""
    seen = Seen()
    rows = []
    total = 0
    columns = ("code", "name", "year", "reason", "sex", "value", "flag")
    for row in exactly(read_table(path, columns), 120_420, path):
        code, when = codes.code(row, "code"), year(row, "year", 2006, 2021)
        reason, sex = choice(row, "reason", REASONS), choice(row, "sex", SEXES)
        seen.add(row, code, when, reason, sex)
        choice(row, "flag", ("",))
        value = count_rounded(row)
        total += value if (when, reason, sex) == (2021, "all", "all") else 0
        rows.append(((reason, sex, when, code, codes.nearest(code, when)), rounded(value)))
    if total != NATIONAL_2021:
        raise BrokenInput(path, None, f"{total} immigrants in 2021, expected {NATIONAL_2021}")
    keys = {
        "reason": pl.String(),
        "sex": pl.String(),
        "year": pl.Int16(),
        "code": pl.String(),
        "code_year": pl.Int16(),
    }
    return figure_table(keys, rows)


def read_residence(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return one row per municipality, year, kind of move and years of residence; lost zeros are put back."""
    seen = Seen()
    rows = []
    total = 0
    columns = ("code", "name", "year", "move", "residence_time", "value", "flag")
    for row in exactly(read_table(path, columns), 37_423, path):
        code, when = codes.code(row, "code", padded=True), year(row, "year", 2014, 2022)
        move, time = MOVES[choice(row, "move", MOVES)], TIMES[choice(row, "residence_time", TIMES)]
        seen.add(row, code, when, move, time)
        choice(row, "flag", ("",))
        value = count_rounded(row)
        total += value if (when, move, time) == (2022, "all", "all") else 0
        rows.append(((move, time, when, code, codes.nearest(code, when)), rounded(value)))
    if total != REFUGEES_2022:
        raise BrokenInput(path, None, f"{total} refugees in 2022, expected {REFUGEES_2022}")
    keys = {
        "move": pl.String(),
        "residence_time": pl.String(),
        "year": pl.Int16(),
        "code": pl.String(),
        "code_year": pl.Int16(),
    }
    return figure_table(keys, rows)


def read_newest(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return one row per municipality: the sum of all countries in the newest year; nothing is suppressed in it."""
    seen = Seen()
    sums: dict[str, int] = {}
    columns = ("code", "name", "year", "country", "value", "flag")
    for row in exactly(read_table(path, columns), COUNTRY_ROWS, path):
        if row.text("year") != str(NEWEST):
            continue
        code = codes.code(row, "code")
        seen.add(row, code, row.text("country"))
        choice(row, "flag", ("",))
        sums[code] = sums.get(code, 0) + count(row, "value")
    if sum(sums.values()) != NATIONAL_2022:
        raise BrokenInput(path, None, f"{sum(sums.values())} immigrants in 2022, expected {NATIONAL_2022}")
    keys = {"year": pl.Int16(), "code": pl.String(), "code_year": pl.Int16()}
    rows = [
        ((NEWEST, code, codes.nearest(code, NEWEST)), Figure.observed(value))
        for code, value in sorted(sums.items())
    ]
    return figure_table(keys, rows)
