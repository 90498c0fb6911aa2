"""What exists only per county: where refugees live some years later, results of the introduction programme."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from fotfeste.statistics.figure import Figure
from tools.embed.counting import Seen, exactly
from tools.embed.marks import figure_table
from tools.embed.reading import read_table
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


def build(shared: Path, out: Path) -> list[Written]:
    """Build ``refugee_retention`` and ``intro_programme_results``."""
    folder = shared / FOLDER
    retention = read_retention(folder / "county_refugee_retention.csv")
    programme = read_programme(folder / "county_share_work_or_education_after_intro_2024.csv")
    return [
        write_parquet(retention, out, "refugee_retention.parquet", RETENTION),
        write_parquet(programme, out, "intro_programme_results.parquet", PROGRAMME),
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
