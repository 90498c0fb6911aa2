"""Synthetic answers made from what a table declares of its columns: every declared value, for three places and one year."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from tests.statistics.updating.answers import Cell, answer

from fotfeste.statistics.jsonstat import JsonStat
from fotfeste.statistics.tables_declared.values import DeclaredTable

PLACES = ("4001", "4028", "40", "0")
YEAR = "2025"
OTHER = "noe annet"
"""A value that is not declared: sources have more than what formulas choose."""


def as_interface(table: DeclaredTable) -> DeclaredTable:
    """Return a table whose columns come from a file as if they came from an interface, under names that JSON-stat can have."""
    sources = {name: f"{name}_variable" for name in table.columns.dimensions} if table.is_file else {}
    return replace(table, columns=replace(table.columns, dimensions={**table.columns.dimensions, **sources}))


def declared_answer(table: DeclaredTable, number: float = 12.5) -> JsonStat:
    """Return an answer with the variables and values that a table declares, the same figure everywhere."""
    wanted = table.columns
    unnamed = {name: f"{name}_variable" for name in wanted.known if name not in wanted.dimensions}
    sources = dict(wanted.dimensions) | unnamed
    dimensions: dict[str, list[str]] = {wanted.region or "Region": list(PLACES)}
    for name, source in sources.items():
        codes = list(wanted.codes.get(name, ())) or list(wanted.known.get(name, ()))
        asked = list(wanted.selection.get(source, ()))
        dimensions[source] = asked or [*codes, OTHER]
    if table.frequency == "month":
        dimensions[wanted.year or "Tid"] = [f"{YEAR}M10"]
    else:
        dimensions[wanted.year or "Tid"] = [YEAR]
    for source, chosen in wanted.selection.items():
        dimensions.setdefault(source, list(chosen))
    cells: dict[Cell, float | str] = dict.fromkeys(product(*dimensions.values()), number)
    return answer(dimensions, cells, names={source: name for name, source in unnamed.items()})
