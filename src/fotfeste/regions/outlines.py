"""Simplified outlines of today's municipalities and counties for small maps.

Source: Kartverket, administrative enheter 2024 (CC BY 4.0), simplified. For drawing only: areas and distances measured
on these outlines are rough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

Point = tuple[int, int]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Rings by municipality number (four digits) and county number (two digits).

    Points are (east, north) in whole metres, UTM 33 (EPSG:25833); a ring's first point is not repeated. A unit's rings
    are its mainland and islands, and holes where another municipality lies inside: fill them with the even-odd rule.
    Neighbours share their border point by point.
    """

    municipalities: Mapping[str, tuple[Ring, ...]]
    counties: Mapping[str, tuple[Ring, ...]]

    def rings(self, code: str) -> tuple[Ring, ...]:
        """Return the rings of a municipality or county; raises KeyError for a number that is neither."""
        return self.municipalities[code] if len(code) == 4 else self.counties[code]

    def bounds(self, codes: Iterable[str]) -> tuple[int, int, int, int]:
        """Return the smallest box (west, south, east, north) in metres around the units ``codes``."""
        points = [point for code in codes for ring in self.rings(code) for point in ring]
        east, north = [point[0] for point in points], [point[1] for point in points]
        return min(east), min(north), max(east), max(north)


@cache
def load_outlines() -> Outlines:
    """Return the outlines of the embedded data set; read once per process."""
    return read_outlines(Path(str(resources.files("fotfeste") / "data" / "regions" / "outlines.parquet")))


def read_outlines(path: Path) -> Outlines:
    """Return the outlines in a file written by ``tools/embed/outlines.py``."""
    import polars as pl

    found: dict[str, dict[str, list[Ring]]] = {"municipality": defaultdict(list), "county": defaultdict(list)}
    for level, code, _, east, north in pl.read_parquet(path).sort("level", "code", "ring").iter_rows():
        found[level][code].append(tuple(zip(east, north, strict=True)))
    return Outlines(
        *(
            {code: tuple(rings) for code, rings in found[level].items()}
            for level in ("municipality", "county")
        )
    )
