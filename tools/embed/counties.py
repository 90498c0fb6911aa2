"""What exists only per county: where refugees live after years, results of the introduction programme, minors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from fotfeste.statistics.figure import Figure
from tools.embed.counting import Seen, count_or_none, exactly
from tools.embed.marks import figure_table
from tools.embed.reading import BrokenInput, read_table
from tools.embed.writing import Description, Written, write_parquet

FOLDER = "imdi_intro_programme_and_retention"
COUNTIES_2024 = {
    "Østfold": "31", "Akershus": "32", "Oslo": "03", "Innlandet": "34", "Buskerud": "33", "Vestfold": "39",
    "Telemark": "40", "Agder": "42", "Rogaland": "11", "Vestland": "46", "Møre og Romsdal": "15",
    "Trøndelag": "50", "Nordland": "18", "Troms": "55", "Finnmark": "56",
}  # fmt: skip
COUNTIES_2023 = {
    "Viken": "30", "Oslo": "03", "Innlandet": "34", "Vestfold og Telemark": "38", "Agder": "42", "Rogaland": "11",
    "Vestland": "46", "Møre og Romsdal": "15", "Trøndelag": "50", "Nordland": "18", "Troms og Finnmark": "54",
    "Norge": "00",
}  # fmt: skip
OUTCOMES = {
    "Bosatt i første bostedskommune": "first_municipality",
    "Flyttet til annen kommune i fylket": "same_county",
    "Til annet fylke, ikke Oslo": "another_county",
    "Flyttet til Oslo": "oslo",
    "Utvandret eller død": "emigrated_or_dead",
    ' "Annet"': "other",
}
LICENCE = "NLOD 2.0 (antatt, ikke oppgitt av IMDi)"
COMPILED = date(2026, 11, 21)

RETENTION = Description(
    id="refugee_retention",
    title={
        "nb": "Hvor bosatte flyktninger bor etter noen år, etter fylke",
        "nn": "Kvar busette flyktningar bur etter nokre år, etter fylke",
        "en": "Where settled refugees live some years later, by county",
    },
    agency="IMDi/SSB",
    table="Bofasthet blant flyktninger",
    licence=LICENCE,
    period="ikke oppgitt i kilden",
    unit="per_cent",
    retrieved=COMPILED,
    remark="Hele prosent. Kilden oppgir ikke hvilke bosettingsår eller hvor mange år tallene gjelder.",
)

PROGRAMME = Description(
    id="intro_programme_results",
    title={
        "nb": "Andel i arbeid eller utdanning året etter introduksjonsprogrammet, etter fylke",
        "nn": "Del i arbeid eller utdanning året etter introduksjonsprogrammet, etter fylke",
        "en": "Share in work or education the year after the introduction programme, by county",
    },
    agency="SSB/IMDi",
    table="Introduksjonsprogrammet, resultat ett år etter",
    licence=LICENCE,
    period="2024",
    unit="per_cent",
    retrieved=COMPILED,
    remark=(
        "Hele prosent, fylkene slik de var 2020–2023 (Viken, Vestfold og Telemark, Troms og Finnmark). Et fylke som er delt "
        "siden, har tallet til det gamle fylket."
    ),
)

MINORS = Description(
    id="telemark_minors",
    title={
        "nb": "Enslige mindreårige i Telemark: anmodning og bosetting",
        "nn": "Einslege mindreårige i Telemark: oppmoding og busetjing",
        "en": "Unaccompanied minors in Telemark: requested and settled",
    },
    agency="IMDi",
    table="Bosetting av enslige mindreårige",
    licence=LICENCE,
    period="2014–2026",
    unit="persons",
    retrieved=COMPILED,
    remark="Levert av fylket; bare Telemark. 2026: bare anmodning.",
    suppress_below=5,
    suppressed_measures=("settled",),
)


def build(shared: Path, out: Path) -> list[Written]:
    """Build ``refugee_retention``, ``intro_programme_results`` and ``telemark_minors``."""
    folder = shared / FOLDER
    retention = read_retention(folder / "county_refugee_retention.csv")
    programme = read_programme(folder / "county_share_work_or_education_after_intro_2024.csv")
    minors = read_minors(folder / "telemark_unaccompanied_minors_2014_2026.csv")
    return [
        write_parquet(retention, out, "refugee_retention.parquet", RETENTION),
        write_parquet(programme, out, "intro_programme_results.parquet", PROGRAMME),
        write_parquet(minors, out, "telemark_minors.parquet", MINORS),
    ]


def read_retention(path: Path) -> pl.DataFrame:
    """Return per cent by county and outcome; each county's numbers sum to 100, give or take rounding."""
    seen = Seen()
    rows = []
    for row in exactly(read_table(path, ("Fylke", *OUTCOMES), delimiter=";"), 15, path):
        name = row.text("Fylke")
        if name not in COUNTIES_2024:
            raise row.broken(f"Fylke: {name!r} is no county")
        seen.add(row, name)
        parts = {outcome: row.whole(column) for column, outcome in OUTCOMES.items()}
        if not 98 <= sum(parts.values()) <= 102:
            raise row.broken(f"the parts sum to {sum(parts.values())} per cent")
        rows += [((COUNTIES_2024[name], outcome), Figure.observed(share)) for outcome, share in parts.items()]
    return figure_table({"code": pl.String(), "outcome": pl.String()}, rows)


def read_programme(path: Path) -> pl.DataFrame:
    """Return per cent by county as they were 2020-2023, and for the country (code 00)."""
    seen = Seen()
    rows = []
    for row in exactly(read_table(path, ("Fylke", "Andel 2024")), 12, path):
        name = row.text("Fylke")
        if name not in COUNTIES_2023:
            raise row.broken(f"Fylke: {name!r} was no county in 2023")
        seen.add(row, name)
        share = row.whole("Andel 2024")
        if not 0 <= share <= 100:
            raise row.broken(f"{share} per cent")
        rows.append(((COUNTIES_2023[name], 2024, 2023), Figure.observed(share)))
    return figure_table({"code": pl.String(), "year": pl.Int16(), "code_year": pl.Int16()}, rows)


def read_minors(path: Path) -> pl.DataFrame:
    """Return requested and settled unaccompanied minors in Telemark by year."""
    seen = Seen()
    rows = []
    columns = {"Anmodning om bosetting": "requested", "Faktisk bosetting": "settled"}
    for row in exactly(read_table(path, ("År", *columns)), 13, path):
        when = row.text("År")
        if not when.endswith("-01-01") or not when[:4].isdigit():
            raise row.broken(f"År is {when!r}, expected YYYY-01-01")
        seen.add(row, when)
        for column, measure in columns.items():
            number = count_or_none(row, column)
            figure = Figure.missing(low=0) if number is None else Figure.observed(number)
            rows.append((("40", int(when[:4]), measure), figure))
    if not rows:
        raise BrokenInput(path, 1, "holds no rows")
    return figure_table({"code": pl.String(), "year": pl.Int16(), "measure": pl.String()}, rows)
