"""Tables of counts for properties."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from fotfeste.statistics.disclosure_control import CountTable, cross_table
from fotfeste.statistics.figure import Figure

counts = st.one_of(st.integers(0, 6), st.integers(0, 60))


def with_sums(rows: Sequence[Sequence[int]]) -> CountTable:
    """A table of rows A, B, … and columns 1, 2, … with a sum of each row and column and of all."""
    names = [chr(ord("A") + at) for at in range(len(rows))]
    columns = [str(at + 1) for at in range(len(rows[0]))]
    figures = {(name, column): rows[i][j] for i, name in enumerate(names) for j, column in enumerate(columns)}
    figures |= {(name, "sum"): sum(rows[i]) for i, name in enumerate(names)}
    figures |= {("sum", column): sum(row[j] for row in rows) for j, column in enumerate(columns)}
    figures["sum", "sum"] = sum(map(sum, rows))
    known = {cell: Figure.observed(number) for cell, number in figures.items()}
    return cross_table(known, [{"sum": names}, {"sum": columns}])


@st.composite
def tables(draw: st.DrawFn) -> CountTable:
    """A table of up to four rows and four columns."""
    across = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(counts, min_size=across, max_size=across), min_size=1, max_size=4))
    return with_sums(rows)


@st.composite
def hierarchies(draw: st.DrawFn) -> CountTable:
    """Municipalities in counties in a country, women and men."""
    counties = {f"c{at}": draw(st.integers(1, 4)) for at in range(draw(st.integers(1, 3)))}
    figures: dict[tuple[str, str], int] = {}
    for county, number in counties.items():
        for at in range(number):
            for sex in ("f", "m"):
                figures[f"{county}{at}", sex] = draw(counts)
    regions = {county: [f"{county}{at}" for at in range(number)] for county, number in counties.items()}
    for county, inside in regions.items():
        for sex in ("f", "m"):
            figures[county, sex] = sum(figures[one, sex] for one in inside)
    for sex in ("f", "m"):
        figures["country", sex] = sum(figures[county, sex] for county in counties)
    places = [*regions, "country", *(one for inside in regions.values() for one in inside)]
    for place in places:
        figures[place, "all"] = figures[place, "f"] + figures[place, "m"]
    known = {cell: Figure.observed(number) for cell, number in figures.items()}
    return cross_table(known, [{"country": list(counties), **regions}, {"all": ["f", "m"]}])
