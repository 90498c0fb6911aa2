"""Compile municipalities, counties, their changes and their attributes into ``src/fotfeste/data/regions``.

    python -m tools.embed.regions ../shared src/fotfeste/data

Inputs are the folders ``municipality_codes``, ``municipality_attributes``, ``boundaries_2024`` and, for weights,
``population_municipality_age_sex`` and ``imdi_immigrant_population`` under ``<shared>/data``.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from tools.embed.outlines import outlines_frame
from tools.embed.reading import read_table
from tools.embed.region_attributes import attributes_frame
from tools.embed.region_descriptions import DESCRIPTIONS
from tools.embed.region_history import (
    FIRST_YEAR,
    Flow,
    NamePeriod,
    all_changes,
    bridges,
    carry_forward,
    check_periods,
    flows,
    name_periods,
    read_edition,
    read_facts,
    read_groups,
    read_klass_changes,
)
from tools.embed.writing import Written, write_catalogue, write_parquet

LAST_COUNT = 2015
LABEL = re.compile(r"\s*\((?P<county>[^)]+)\)$")


def build(shared: Path, out: Path) -> list[Written]:
    """Write the data sets of the regions and their catalogue to ``out/regions`` and tell what was written."""
    codes = shared / "data" / "municipality_codes"
    facts = read_facts()
    groups = read_groups(codes / "ssb_harmonised_groups_1994_2024.csv")
    edition = read_edition(codes / "klass131_kommuneinndeling_2026.csv", facts["repair"])
    changes = all_changes(read_klass_changes(codes / "klass131_changes_2011_2024.json"), facts)
    periods = name_periods(changes, groups, edition)
    check_periods(periods, groups, facts["counts"])
    counted = original_counts(shared)
    for one in facts["part"]:
        key = (one["from"], one["year"] - 1)
        if "persons" in one and key not in counted:
            counted[key] = _later_count(shared, *key) or counted[one["from"], LAST_COUNT]
    steps = flows(changes, facts, split_shares(codes / "redistricting_to_2024.csv"), counted)
    frames = {
        "municipalities": municipalities_frame(periods, norwegian_names(codes)),
        "counties": counties_frame(facts["county"], facts["county_counts"]),
        "steps": steps_frame([*steps, *bridges(facts)], counted, steps),
        "attributes": attributes_frame(shared, set(edition), facts["totals"]),
        "outlines": outlines_frame(shared, set(edition)),
    }
    folder = out / "regions"
    written = [
        write_parquet(frame, folder, f"{name}.parquet", DESCRIPTIONS[name]) for name, frame in frames.items()
    ]
    write_catalogue(folder, written)
    return written


def original_counts(shared: Path) -> dict[tuple[str, int], int]:
    """Return population 1 January by original code and year, 1994-2015, for the codes that stood in 2015."""
    path = shared / "data" / "imdi_immigrant_population" / "population_groups_1986_2015.csv.gz"
    counts: dict[tuple[str, int], int] = {}
    for row in read_table(path, ("code", "name", "year", "background", "sex", "value")):
        if row.fields["background"] != "total" or row.fields["sex"] != "all":
            continue
        key = (row.region("code"), row.whole("year"))
        if key in counts:
            raise row.broken(f"{key[0]} stands twice in {key[1]}")
        if key[1] >= FIRST_YEAR and (value := row.whole_or_none("value")) is not None:
            counts[key] = value
    return counts


def _later_count(shared: Path, code: str, year: int) -> int | None:
    """Return the population of a municipality whose code is still in use, from SSB 07459."""
    path = shared / "data" / "population_municipality_age_sex" / "population_total_municipality_1986_2026.csv"
    for row in read_table(path, ("code", "name", "year", "population", "quality")):
        if row.fields["code"] == code and row.whole("year") == year:
            return row.whole("population")
    return None


def split_shares(path: Path) -> dict[tuple[str, str], Decimal]:
    """Return the stated shares of the municipalities that were split into several."""
    shares: dict[tuple[str, str], Decimal] = {}
    for row in read_table(path, ("code_original", "code_2024", "year_from", "year_to", "weight", "note")):
        weight = row.decimal("weight")
        if not 0 < weight <= 1:
            raise row.broken(f"weight {weight} is not above 0 and at most 1")
        if weight != 1:
            shares[row.region("code_original"), row.region("code_2024")] = weight
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for (code, _), weight in shares.items():
        sums[code] += weight
    if wrong := {code: total for code, total in sums.items() if total != 1}:
        raise ValueError(f"{path.name}: shares do not sum to 1: {wrong}")
    return shares


def norwegian_names(codes: Path) -> set[str]:
    """Return the Norwegian names of the municipalities of 2024."""
    columns = ("code", "name", "name_official", "county_code", "county_name", "landsdel")
    return {row.text("name") for row in read_table(codes / "municipalities_2024.csv", columns)}


def municipalities_frame(periods: list[NamePeriod], norwegian: set[str]) -> pl.DataFrame:
    """Return one row per municipality and name period; ``name`` is the Norwegian part without SSB's county label."""
    single = {LABEL.sub("", period.official) for period in periods if " - " not in period.official}
    rows = []
    for period in periods:
        parts = LABEL.sub("", period.official).split(" - ")
        known = [part for part in parts if part in norwegian | single] if len(parts) > 1 else parts
        if len(known) != 1:
            raise ValueError(f"{period.code} {period.official}: which part is the Norwegian name?")
        rows.append(
            {
                "code": period.code,
                "valid_from": period.start,
                "valid_to": period.end,
                "name": known[0],
                "official_name": period.official,
            }
        )
    schema = {
        "code": pl.String,
        "valid_from": pl.Int16,
        "valid_to": pl.Int16,
        "name": pl.String,
        "official_name": pl.String,
    }
    return pl.DataFrame(rows, schema=schema)


def counties_frame(counties: list[Mapping[str, Any]], counts: Mapping[str, int]) -> pl.DataFrame:
    """Return one row per county and period; another number of counties than officially known is refused."""
    rows = [
        (
            one["code"],
            one.get("from", FIRST_YEAR),
            one.get("to"),
            one["name"],
            one.get("official", one["name"]),
        )
        for one in counties
    ]
    schema = {
        "code": pl.String,
        "valid_from": pl.Int16,
        "valid_to": pl.Int16,
        "name": pl.String,
        "official_name": pl.String,
    }
    for year, number in counts.items():
        standing = sum(start <= int(year) and (end is None or int(year) <= end) for _, start, end, *_ in rows)
        if standing != number:
            raise ValueError(f"{year}: {standing} counties, officially {number}")
    return pl.DataFrame(rows, schema=schema, orient="row")


def steps_frame(rows: list[Flow], counted: Mapping[tuple[str, int], int], steps: list[Flow]) -> pl.DataFrame:
    """Return the flows with the population that each old municipality had, as weights for the way back.

    The count of 1 January the year before the change is used where it is at hand in the codes of the time (to
    2015); for later changes the count of 2015 carried through the changes since.
    """
    carried = carry_forward(
        {code: people for (code, year), people in counted.items() if year == LAST_COUNT}, LAST_COUNT, steps
    )
    found = []
    for flow in rows:
        people: int | None
        year = min(flow.from_year, LAST_COUNT)
        if flow.from_year <= LAST_COUNT:
            people = counted.get((flow.old, year))
        else:
            newest = max(known for known in carried if known <= flow.from_year)
            exact = carried[newest].get(flow.old)
            people = None if exact is None else int(exact + Fraction(1, 2))
        found.append(
            {
                "from_year": flow.from_year,
                "to_year": flow.to_year,
                "old": flow.old,
                "new": flow.new,
                "share": str(flow.share.normalize()) if flow.share not in (0, 1) else str(int(flow.share)),
                "kind": flow.kind,
                "persons": flow.persons,
                "note": flow.note,
                "population": people,
                "counted": year if people is not None else None,
            }
        )
    schema = {
        "from_year": pl.Int16,
        "to_year": pl.Int16,
        "old": pl.String,
        "new": pl.String,
        "share": pl.String,
        "kind": pl.String,
        "persons": pl.Int32,
        "note": pl.String,
        "population": pl.Int32,
        "counted": pl.Int16,
    }
    return pl.DataFrame(found, schema=schema)


def main() -> None:
    """Build from the folder of public statistics into the package's data folder."""
    shared, out = Path(sys.argv[1]), Path(sys.argv[2])
    for one in build(shared, out):
        print(f"{one.file}: {one.rows} rows, {one.sha256[:12]}")


if __name__ == "__main__":
    main()
