"""Outlines for maps."""

from __future__ import annotations

from collections import Counter

import pytest

from fotfeste.regions import Regions
from fotfeste.regions.outlines import Ring, load_outlines


def area(ring: Ring) -> float:
    """Signed area in square metres (shoelace formula)."""
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def edges(ring: Ring) -> list[frozenset[tuple[int, int]]]:
    return [frozenset(pair) for pair in zip(ring, (*ring[1:], ring[0]), strict=True)]


def test_every_municipality_and_county_of_today_has_an_outline(regions: Regions) -> None:
    outlines = load_outlines()
    assert set(outlines.municipalities) == {one.code for one in regions.municipalities(2024)}
    assert set(outlines.counties) == {one.code for one in regions.counties(2024)}


def test_rings_are_rings_of_whole_metres_in_norway() -> None:
    outlines = load_outlines()
    for units in (outlines.municipalities, outlines.counties):
        for rings in units.values():
            for ring in rings:
                assert len(set(ring)) >= 3
                assert ring[0] != ring[-1]
                assert all(isinstance(x, int) and -100_000 < x < 1_200_000 for x, _ in ring)
                assert all(isinstance(y, int) and 6_400_000 < y < 8_000_000 for _, y in ring)


def test_neighbours_share_their_border_point_by_point() -> None:
    outlines = load_outlines()
    uses = Counter(
        edge for rings in outlines.municipalities.values() for ring in rings for edge in edges(ring)
    )
    assert set(uses.values()) == {1, 2}
    skien, porsgrunn = (
        {edge for ring in outlines.municipalities[code] for edge in edges(ring)} for code in ("4003", "4001")
    )
    assert len(skien & porsgrunn) > 3


def test_a_county_is_as_large_as_its_municipalities() -> None:
    outlines = load_outlines()
    for code, rings in outlines.counties.items():
        parts = sum(
            area(ring) for one, its in outlines.municipalities.items() if one.startswith(code) for ring in its
        )
        assert sum(area(ring) for ring in rings) == pytest.approx(parts)


def test_areas_are_roughly_the_real_ones(regions: Regions) -> None:
    outlines = load_outlines()
    vinje = abs(sum(area(ring) for ring in outlines.municipalities["4036"])) / 1e6
    assert vinje == pytest.approx(float(regions.attributes("4036").area_km2), rel=0.03)


def test_a_drawing_of_all_municipalities_is_small() -> None:
    drawn = sum(
        len(f"{x / 1000:.1f} {y / 1000:.1f} ")
        for rings in load_outlines().municipalities.values()
        for ring in rings
        for x, y in ring
    )
    assert drawn < 450_000


def test_bounds_hold_the_units_asked_for() -> None:
    outlines = load_outlines()
    west, south, east, north = outlines.bounds(["40"])
    for code in outlines.municipalities:
        if code.startswith("40"):
            inner = outlines.bounds([code])
            assert west <= inner[0] < inner[2] <= east
            assert south <= inner[1] < inner[3] <= north


def test_an_unknown_number_has_no_outline() -> None:
    with pytest.raises(KeyError):
        load_outlines().rings("3807")
