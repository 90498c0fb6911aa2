"""How do requests grow with population? The slope within counties, measured on the embedded data.

Run: ``python tools/measure_size_exponent.py``. Ordinary least squares of log(request) on log(population, 1 January)
with one level per county, for municipalities that were asked for at least one person, 2024–2026.
"""

from __future__ import annotations

import math
from collections import defaultdict

from fotfeste.regions import load_regions
from fotfeste.statistics import compute, open_store, settlement_history

YEARS = (2024, 2025, 2026)


def slope(points: list[tuple[str, float, float]]) -> float:
    """Return the common slope of y on x over groups (group, x, y), each with a level of its own."""
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for group, x, y in points:
        groups[group].append((x, y))
    product = square = 0.0
    for members in groups.values():
        mean_x = sum(x for x, _ in members) / len(members)
        mean_y = sum(y for _, y in members) / len(members)
        product += sum((x - mean_x) * (y - mean_y) for x, y in members)
        square += sum((x - mean_x) ** 2 for x, _ in members)
    return product / square


def main() -> None:
    """Print the slope for each year."""
    regions, store = load_regions(), open_store()
    for year in YEARS:
        municipalities = regions.municipalities(year)
        codes = [one.code for one in municipalities]
        population = compute(store, regions, ["population"], codes, year)
        history = settlement_history(store, regions, codes, [year])
        points = [
            (one.county_code, math.log(people), math.log(asked))
            for one in municipalities
            if (asked := history[one.code][0].requested.value)
            and (people := population.figure("population", one.code).value)
        ]
        print(f"{year}: {slope(points):.2f} ({len(points)} municipalities)")


if __name__ == "__main__":
    main()
