"""Labour market, access, need and population change per municipality: small tables of one or two measures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl

from fotfeste.statistics.figure import Figure
from tools.embed.counting import KnownCodes, Seen, count_or_none, exactly
from tools.embed.marks import figure_table
from tools.embed.place_texts import FLOWS, NEED, TRAVEL, UNEMPLOYED, WORK_CAPACITY
from tools.embed.reading import BrokenInput, Row, read_table
from tools.embed.writing import Written, write_parquet

MONTHS = tuple(f"2022-{month:02}" for month in range(1, 11))
SVALBARD = "2100"
HIDDEN_BELOW_FOUR = (1, 3)
NATURAL_INCREASE, NET_MIGRATION = 214_715, 490_010
FLOW_COLUMNS = (
    "code", "name", "county_code", "county_name", "year_start", "year_end", "population_start", "population_end",
    "growth", "natural_increase_2011_2025", "net_migration_2011_2025", "years_with_flows", "comparable_borders",
)  # fmt: skip
ATTRIBUTE_COLUMNS = (
    "code", "name", "name_official", "county_code", "county_name", "landsdel", "adm_center", "area_km2", "malform",
    "website", "centrality_class", "centrality_index", "kostra_group_code", "kostra_group", "ba_code", "ba_name",
    "centroid_lon", "centroid_lat", "kmd_need_index_2025", "kmd_need_index_2026",
)  # fmt: skip
TRAVEL_COLUMNS = (
    "code", "name", "ba_code", "ba_name", "travel_time_min", "out_commuting_pct", "in_commuting_pct",
    "inclusion_basis", "code_in_source",
)  # fmt: skip
CODE_YEAR = {"code": pl.String(), "year": pl.Int16(), "code_year": pl.Int16()}


def build(shared: Path, out: Path, codes: KnownCodes) -> list[Written]:
    """Build the tables of labour market, need index, travel time and population change."""
    labour = shared / "labour_market"
    capacity = read_work_capacity(labour / "nav_reduced_work_capacity_2024_01.csv", codes)
    unemployed = read_unemployed(labour / "nav_unemployed_municipality_2022_jan_oct.csv", codes)
    flows = shared / "population_change" / "municipality_natural_increase_net_migration_2011_2025.csv"
    attributes = shared / "municipality_attributes" / "municipality_attributes.csv"
    travel = shared / "ba_regions" / "ba_regions_2024.csv"
    return [
        write_parquet(capacity, out, "reduced_work_capacity.parquet", WORK_CAPACITY),
        write_parquet(unemployed, out, "unemployment_2022.parquet", UNEMPLOYED),
        write_parquet(read_flows(flows, codes), out, "population_flows.parquet", FLOWS),
        write_parquet(read_need(attributes, codes), out, "need_index.parquet", NEED),
        write_parquet(read_travel(travel, codes), out, "travel_time.parquet", TRAVEL),
    ]


def read_work_capacity(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return people with reduced work capacity in January 2024; an empty cell is hidden (fewer than four)."""
    seen = Seen()
    rows = []
    columns = ("code", "name", "month", "reduced_work_capacity", "pct_of_population_or_labour_force")
    for row in exactly(read_table(path, columns), 357, path):
        code = codes.code_in(row, "code", 2024)
        seen.add(row, code)
        if row.fields["month"] != "2024-01":
            raise row.broken(f"month is {row.fields['month']!r}, expected '2024-01'")
        value = count_or_none(row, "reduced_work_capacity")
        rows.append(((code, 2024, 2024), hidden_by_nav(value)))
    return figure_table(CODE_YEAR, rows)


def hidden_by_nav(value: int | None) -> Figure:
    """Return a count by NAV, who hides numbers under four."""
    return Figure.suppressed(*HIDDEN_BELOW_FOUR) if value is None else Figure.observed(value)


def read_unemployed(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return registered unemployed by month, January-October 2022, in the codes of 2022, with the labour force.

    NAV publishes the share of the labour force with one decimal; the labour force itself is not in the table.
    """
    seen = Seen()
    rows = []
    columns = ("code_2022", "name", "month", "unemployed", "pct_of_labour_force")
    for row in exactly(read_table(path, columns), 3_570, path):
        if row.fields["code_2022"] == SVALBARD:
            continue
        code, month = codes.code_in(row, "code_2022", 2022), row.text("month")
        if month not in MONTHS:
            raise row.broken(f"month is {month!r}")
        seen.add(row, code, month)
        figure = hidden_by_nav(count_or_none(row, "unemployed"))
        rows.append(((code, 2022, 2022, MONTHS.index(month) + 1), figure))
    return figure_table({**CODE_YEAR, "month": pl.Int8()}, rows)


def read_flows(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return natural increase and net migration summed over 2011-2025."""
    seen = Seen()
    rows = []
    sums = {"natural_increase": 0, "net_migration": 0}
    for row in exactly(read_table(path, FLOW_COLUMNS), 357, path):
        code = codes.code_in(row, "code", 2024)
        seen.add(row, code)
        if row.whole("years_with_flows") != 15:
            raise row.broken("years_with_flows is not 15")
        comparable = row.fields["comparable_borders"]
        if comparable not in ("True", "False"):
            raise row.broken(f"comparable_borders is {comparable!r}")
        for measure in sums:
            value = row.whole(f"{measure}_2011_2025")
            sums[measure] += value
            figure = Figure.observed(value, estimated=comparable == "False")
            rows.append(((code, 2025, 2024, measure), figure))
    if sums != {"natural_increase": NATURAL_INCREASE, "net_migration": NET_MIGRATION}:
        raise BrokenInput(path, None, f"sums are {sums}, expected {NATURAL_INCREASE} and {NET_MIGRATION}")
    return figure_table({**CODE_YEAR, "measure": pl.String()}, rows)


def read_need(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return the need index in ten-thousandths; Utsira and Modalen are not in the source."""
    rows = []
    for row in exactly(read_table(path, ATTRIBUTE_COLUMNS), 357, path):
        code = codes.code_in(row, "code", 2024)
        for year in (2025, 2026):
            index = row.decimal_or_none(f"kmd_need_index_{year}")
            figure = Figure.missing() if index is None else Figure.observed(scaled(row, index, 10_000))
            rows.append(((code, year, 2024), figure))
    return figure_table(CODE_YEAR, rows)


def read_travel(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return travel time to the centre of the labour-market region, in hundredths of a minute."""
    rows = []
    for row in exactly(read_table(path, TRAVEL_COLUMNS), 357, path):
        code = codes.code_in(row, "code", 2024)
        minutes = Figure.observed(scaled(row, row.decimal("travel_time_min"), 100))
        rows.append(((code, 2020, 2024), minutes))
    return figure_table(CODE_YEAR, rows)


def scaled(row: Row, number: Decimal, factor: int) -> int:
    """Return ``number`` times ``factor``, which must be a whole number from zero up."""
    value = number * factor
    if value != value.to_integral_value() or value < 0:
        raise row.broken(f"{number} has more decimals than expected, or is negative")
    return int(value)
