"""What Telemark supplies about itself: minors, participants in the introduction programme, immigrants in work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from fotfeste.statistics.figure import Figure
from tools.embed.counting import Seen, count, count_or_none, exactly
from tools.embed.marks import figure_table
from tools.embed.reading import Row, read_table
from tools.embed.writing import Description, Written, write_parquet

FOLDER = "imdi_intro_programme_and_retention"
TELEMARK = "40"
LICENCE = "NLOD 2.0 (antatt, ikke oppgitt av IMDi)"
COMPILED = date(2026, 11, 21)
MUNICIPALITY_COLUMNS = ("code", "name", "name_official", "county_code", "county_name", "landsdel")

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


PARTICIPANTS = Description(
    id="telemark_programme_participants",
    title={
        "nb": "Deltakere i introduksjonsprogrammet i Telemark",
        "nn": "Deltakarar i introduksjonsprogrammet i Telemark",
        "en": "Participants in the introduction programme in Telemark",
    },
    agency="SSB/IMDi",
    table="Deltakere i introduksjonsprogrammet",
    licence=LICENCE,
    period="2005–2025",
    unit="persons",
    retrieved=COMPILED,
    remark="Levert av fylket; bare Telemark.",
    suppress_below=5,
)

EMPLOYED = Description(
    id="telemark_immigrant_employment",
    title={
        "nb": "Sysselsatte innvandrere i Telemark etter kommune, 2025",
        "nn": "Sysselsette innvandrarar i Telemark etter kommune, 2025",
        "en": "Immigrants in employment in Telemark by municipality, 2025",
    },
    agency="SSB/IMDi",
    table="Sysselsatte innvandrere",
    licence=LICENCE,
    period="2025",
    unit="per_mille",
    retrieved=COMPILED,
    remark="Promille av innvandrerne. Levert av fylket; bare Telemark, aldersgruppen er ikke oppgitt.",
)


def build(shared: Path, out: Path) -> list[Written]:
    """Build the data sets that only Telemark has."""
    folder = shared / FOLDER
    codes = municipalities(shared / "municipality_codes" / "municipalities_2024.csv")
    minors = read_minors(folder / "telemark_unaccompanied_minors_2014_2026.csv")
    participants = read_participants(folder / "telemark_intro_participants_2005_2025.csv")
    employed = read_employed(folder / "telemark_immigrant_employment_2025.csv", codes)
    return [
        write_parquet(minors, out, "telemark_minors.parquet", MINORS),
        write_parquet(participants, out, "telemark_programme_participants.parquet", PARTICIPANTS),
        write_parquet(employed, out, "telemark_immigrant_employment.parquet", EMPLOYED),
    ]


def municipalities(path: Path) -> dict[str, str]:
    """Return Telemark's municipalities, code by name."""
    rows = read_table(path, MUNICIPALITY_COLUMNS)
    return {row.text("name"): row.region("code") for row in rows if row.fields["county_code"] == TELEMARK}


def first_of_january(row: Row) -> int:
    """Return the year of a cell like ``2014-01-01``."""
    text = row.text("År")
    if not text.endswith("-01-01") or not text[:4].isdigit():
        raise row.broken(f"År is {text!r}, expected YYYY-01-01")
    return int(text[:4])


def read_minors(path: Path) -> pl.DataFrame:
    """Return requested and settled unaccompanied minors in Telemark by year."""
    seen = Seen()
    rows = []
    columns = {"Anmodning om bosetting": "requested", "Faktisk bosetting": "settled"}
    for row in exactly(read_table(path, ("År", *columns)), 13, path):
        when = first_of_january(row)
        seen.add(row, when)
        for column, measure in columns.items():
            number = count_or_none(row, column)
            figure = Figure.missing(low=0) if number is None else Figure.observed(number)
            rows.append((("40", when, measure), figure))
    return figure_table({"code": pl.String(), "year": pl.Int16(), "measure": pl.String()}, rows)


def read_participants(path: Path) -> pl.DataFrame:
    """Return participants in the introduction programme in the whole county by year."""
    seen = Seen()
    rows = []
    for row in exactly(read_table(path, ("År", "Deltakere")), 21, path):
        when = first_of_january(row)
        seen.add(row, when)
        rows.append(((TELEMARK, when), Figure.observed(count(row, "Deltakere"))))
    return figure_table({"code": pl.String(), "year": pl.Int16()}, rows)


def read_employed(path: Path, codes: dict[str, str]) -> pl.DataFrame:
    """Return immigrants in employment, in thousandths of the immigrants."""
    seen = Seen()
    rows = []
    for row in exactly(read_table(path, ("Kommune", "Andel 2025", "Label")), 17, path):
        name = row.text("Kommune")
        if name not in codes:
            raise row.broken(f"Kommune: {name!r} is not in Telemark")
        seen.add(row, name)
        share = row.decimal("Andel 2025") * 10
        if share != share.to_integral_value() or not 0 <= share <= 1000:
            raise row.broken(f"{row.fields['Andel 2025']} per cent")
        rows.append(((codes[name], 2025, 2024), Figure.observed(int(share))))
    return figure_table({"code": pl.String(), "year": pl.Int16(), "code_year": pl.Int16()}, rows)
