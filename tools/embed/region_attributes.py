"""Compile what is known of each municipality of today: centrality, KOSTRA group, labour market, place, language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from tools.embed.reading import Row, read_table

COLUMNS = [
    "code",
    "name",
    "name_official",
    "county_code",
    "county_name",
    "landsdel",
    "adm_center",
    "area_km2",
    "malform",
    "website",
    "centrality_class",
    "centrality_index",
    "kostra_group_code",
    "kostra_group",
    "ba_code",
    "ba_name",
    "centroid_lon",
    "centroid_lat",
    "kmd_need_index_2025",
    "kmd_need_index_2026",
]
# Lower limits of the index of 2024 for the classes 1 to 5 (SSB, Standard for sentralitet).
CLASS_LIMITS = (925, 870, 775, 670, 565)
LANGUAGE_FORMS = {"Bokmål": "bokmål", "Nynorsk": "nynorsk", "Nøytral": "nøytral"}
POPULATION_YEAR = 2026
SCHEMA: dict[str, Any] = {
    "code": pl.String,
    "centrality_class": pl.Int8,
    "centrality_index": pl.Int16,
    "kostra_group": pl.Int8,
    "labour_market_region": pl.String,
    "labour_market_region_name": pl.String,
    "area_km2": pl.String,
    "longitude": pl.Float64,
    "latitude": pl.Float64,
    "language_form": pl.String,
    "administrative_centre": pl.String,
    "population": pl.Int32,
    "population_year": pl.Int16,
}


def attributes_frame(shared: Path, codes: set[str], totals: Mapping[str, Any]) -> pl.DataFrame:
    """Return one row for each of the municipalities ``codes``.

    A missing or extra municipality is refused, and so are sums that differ from the known ``totals``.
    """
    population = population_of(
        shared / "data" / "population_municipality_age_sex" / "population_total_municipality_1986_2026.csv"
    )
    path = shared / "data" / "municipality_attributes" / "municipality_attributes.csv"
    rows: dict[str, dict[str, object]] = {}
    for row in read_table(path, COLUMNS):
        code = row.region("code")
        if code in rows or code not in codes or code not in population:
            raise row.broken(f"{code} stands twice, is not a municipality of today or has no population")
        rows[code] = {**_attributes(row), "population": population[code], "population_year": POPULATION_YEAR}
    if missing := codes - set(rows):
        raise ValueError(f"{path.name}: no attributes for {sorted(missing)}")
    frame = pl.DataFrame(list(rows.values()), schema=SCHEMA)
    by_class = [int((frame["centrality_class"] == number).sum()) for number in range(1, 7)]
    found = {"population": int(frame["population"].sum()), "by_class": by_class}
    if found != totals:
        raise ValueError(f"{path.name}: {found}, known is {totals}")
    return frame


def _attributes(row: Row) -> dict[str, object]:
    index, group = row.whole("centrality_index"), row.text("kostra_group_code")
    wanted = 1 + sum(index < limit for limit in CLASS_LIMITS)
    if row.whole("centrality_class") != wanted:
        raise row.broken(f"centrality class {row.fields['centrality_class']} does not fit the index {index}")
    if not re.fullmatch(r"EKG\d\d", group):
        raise row.broken(f"KOSTRA group {group!r} is not EKG and two digits")
    if row.fields["malform"] not in LANGUAGE_FORMS:
        raise row.broken(f"language form {row.fields['malform']!r} is not one of {sorted(LANGUAGE_FORMS)}")
    longitude, latitude = row.decimal("centroid_lon"), row.decimal("centroid_lat")
    if not (4 < longitude < 32 and 57 < latitude < 72):
        raise row.broken(f"the centroid {longitude}, {latitude} is not in Norway")
    area = row.decimal("area_km2")
    if area <= 0:
        raise row.broken("the area is not above 0")
    return {
        "code": row.region("code"),
        "centrality_class": wanted,
        "centrality_index": index,
        "kostra_group": int(group[3:]),
        "labour_market_region": row.region("ba_code", 3),
        "labour_market_region_name": row.text("ba_name"),
        "area_km2": str(area),
        "longitude": float(longitude),
        "latitude": float(latitude),
        "language_form": LANGUAGE_FORMS[row.fields["malform"]],
        "administrative_centre": row.text("adm_center"),
    }


def population_of(path: Path, year: int = POPULATION_YEAR) -> dict[str, int]:
    """Return population on 1 January of ``year`` by municipality (SSB 07459)."""
    found: dict[str, int] = {}
    for row in read_table(path, ("code", "name", "year", "population", "quality")):
        if row.whole("year") != year:
            continue
        code, people = row.region("code"), row.whole("population")
        if code in found or people <= 0:
            raise row.broken(f"{code} stands twice or has no people")
        found[code] = people
    return found
