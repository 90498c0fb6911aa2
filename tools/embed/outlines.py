"""Draw simplified outlines of municipalities and counties from shared arcs, in metres (UTM 33).

The input is TopoJSON: borders that two municipalities share are one arc. Each arc is projected and simplified on its
own with fixed ends, so that a shared border stays shared to the metre.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from pyproj import Transformer

from tools.embed.reading import BrokenInput, read_text

Point = tuple[int, int]
SOURCE = "kommuner_2024_simplified.topojson"
GRID = 10
SCHEMA: dict[str, Any] = {
    "level": pl.String,
    "code": pl.String,
    "ring": pl.Int16,
    "x": pl.List(pl.Int32),
    "y": pl.List(pl.Int32),
}


def outlines_frame(shared: Path, codes: set[str]) -> pl.DataFrame:
    """Return one row per ring of a municipality or county, first point not repeated, the longest ring first."""
    path = shared / "data" / "boundaries_2024" / SOURCE
    topology = read_topology(path)
    arcs = project(topology)
    shapes = municipality_arcs(path, topology)
    if set(shapes) != codes:
        raise BrokenInput(path, None, f"municipalities differ from the list: {sorted(set(shapes) ^ codes)}")
    rows: list[dict[str, object]] = []
    for code, rings in sorted(shapes.items()):
        rows += _rows("municipality", code, [walk(ring, arcs) for ring in rings])
    for code, numbers in sorted(county_arcs(shapes).items()):
        rows += _rows("county", code, joined(numbers, arcs))
    return pl.DataFrame(rows, schema=SCHEMA)


def read_topology(path: Path) -> dict[str, Any]:
    """Return the TopoJSON, checked for the parts that are used."""
    try:
        topology = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise BrokenInput(path, error.lineno, error.msg) from error
    if not isinstance(topology, dict) or not {"arcs", "transform", "objects"} <= set(topology):
        raise BrokenInput(path, None, "is not a quantised TopoJSON topology")
    if len(topology["objects"]) != 1:
        raise BrokenInput(path, None, "must hold one collection of municipalities")
    return topology


def project(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs as points in whole metres, UTM 33, on a grid of ``GRID`` metres without repeated points."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    transformer = Transformer.from_crs("EPSG:4326", "EPSG:25833", always_xy=True)
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        degrees = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            degrees.append((x * scale_x + move_x, y * scale_y + move_y))
        points: list[Point] = []
        for east, north in transformer.itransform(degrees):
            point = (GRID * round(east / GRID), GRID * round(north / GRID))
            if not points or points[-1] != point:
                points.append(point)
        arcs.append(points)
    return arcs


def municipality_arcs(path: Path, topology: dict[str, Any]) -> dict[str, list[list[int]]]:
    """Return the rings of every municipality as lists of arc numbers (negative: walked backwards)."""
    shapes: dict[str, list[list[int]]] = {}
    (collection,) = topology["objects"].values()
    for shape in collection["geometries"]:
        code = shape["properties"]["code"]
        if code in shapes:
            raise BrokenInput(path, None, f"the municipality {code} stands twice")
        if shape["type"] == "Polygon":
            shapes[code] = list(shape["arcs"])
        elif shape["type"] == "MultiPolygon":
            shapes[code] = [ring for polygon in shape["arcs"] for ring in polygon]
        else:
            raise BrokenInput(path, None, f"{code} is a {shape['type']}, not a polygon")
    return shapes


def county_arcs(shapes: dict[str, list[list[int]]]) -> dict[str, list[int]]:
    """Return the outer arcs of every county: those that only one ring of its municipalities uses."""
    used: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for code, rings in shapes.items():
        for arc in (arc for ring in rings for arc in ring):
            used[code[:2]][arc if arc >= 0 else ~arc].append(arc)
    return {
        county: sorted(uses[0] for uses in arcs.values() if len(uses) == 1) for county, arcs in used.items()
    }


def joined(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Return the closed rings that the arcs make when each is followed by one that begins where it ends.

    Raises ValueError when an arc leads nowhere, since the outline would then be open.
    """
    lines = [walk_open(number, arcs) for number in numbers]
    waiting: dict[Point, list[int]] = defaultdict(list)
    for place, line in reversed(list(enumerate(lines))):
        waiting[line[0]].append(place)
    rings: list[list[Point]] = []
    left = set(range(len(lines)))
    while left:
        here = min(left)
        ring: list[Point] = []
        while True:
            left.discard(here)
            waiting[lines[here][0]].remove(here)
            ring += lines[here][:-1]
            end = lines[here][-1]
            if not ring or end == ring[0]:
                break
            if not waiting[end]:
                raise ValueError(f"the outline is open at {end}")
            here = waiting[end][-1]
        if ring:
            rings.append(ring)
    return rings


def walk_open(number: int, arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Return the points of one arc in the direction it is used."""
    return list(arcs[number]) if number >= 0 else list(reversed(arcs[~number]))


def walk(ring: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Return the points of a ring of arcs, without repeating the first point at the end."""
    points: list[Point] = []
    for number in ring:
        arc = walk_open(number, arcs)
        points += arc[1:] if points and points[-1] == arc[0] else arc
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def _rows(level: str, code: str, rings: list[list[Point]]) -> list[dict[str, object]]:
    kept = sorted((ring for ring in rings if len(set(ring)) > 2), key=lambda ring: (-len(ring), ring))
    if not kept:
        raise ValueError(f"{level} {code} has no ring left")
    return [
        {"level": level, "code": code, "ring": number, "x": [p[0] for p in ring], "y": [p[1] for p in ring]}
        for number, ring in enumerate(kept)
    ]
