"""Read the embedded Parquet files of the regions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from fotfeste.regions.registry import NamePeriod, Regions, StatedChange
from fotfeste.regions.shares import Step
from fotfeste.regions.values import Attributes, LabourMarketRegion


@cache
def load_regions() -> Regions:
    """Return the regions of the embedded data set; read once per process."""
    return read_regions(Path(str(resources.files("fotfeste") / "data" / "regions")))


def read_regions(folder: Path) -> Regions:
    """Return the regions compiled into ``folder`` by ``tools/embed/regions.py``."""
    steps = [(row, Fraction(row["share"])) for row in _rows(folder, "steps")]
    return Regions(
        municipalities=[NamePeriod(**row) for row in _rows(folder, "municipalities")],
        counties=[NamePeriod(**row) for row in _rows(folder, "counties")],
        steps=[
            Step(
                row["from_year"],
                row["to_year"],
                row["old"],
                row["new"],
                share,
                row["population"],
                row["kind"] == "bridge",
            )
            for row, share in steps
        ],
        stated=[
            StatedChange(
                row["to_year"], row["kind"], row["old"], row["new"], share, row["persons"], row["note"]
            )
            for row, share in steps
            if row["kind"] not in {"bridge", "stays"}
        ],
        attributes=[
            Attributes(
                code=row["code"],
                centrality_class=row["centrality_class"],
                centrality_index=row["centrality_index"],
                kostra_group=row["kostra_group"],
                labour_market_region=LabourMarketRegion(
                    row["labour_market_region"], row["labour_market_region_name"]
                ),
                area_km2=Decimal(row["area_km2"]),
                centroid=(row["longitude"], row["latitude"]),
                language_form=row["language_form"],
                administrative_centre=row["administrative_centre"],
                population=row["population"],
                population_year=row["population_year"],
            )
            for row in _rows(folder, "attributes")
        ],
    )


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    import polars as pl

    frame: pl.DataFrame = pl.read_parquet(folder / f"{name}.parquet")
    return frame.to_dicts()
