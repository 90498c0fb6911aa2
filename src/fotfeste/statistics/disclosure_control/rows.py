"""Stored tables, row by row, hidden so that no small count follows from their sums.

For tables of the county's own. What an agency has published goes out as it is published, with small counts hidden one by one: its sums are
known, whatever we hide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

from fotfeste.statistics.disclosure_control.policy import protection
from fotfeste.statistics.disclosure_control.protect import protect
from fotfeste.statistics.disclosure_control.tables import Cell, CountTable, Relation, adds_up
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.tables import FIGURE_COLUMNS, MARKS

if TYPE_CHECKING:
    import polars as pl

REGION = "code"
APART = ("status_date",)
"""Columns of text that tell of a row and are no dimension."""
COUNTRY_CODES = ("0", "00", "0000")


def published_by_agency(agency: str) -> bool:
    """Whether all agencies of a data set publish their tables themselves, so that their sums are known anyway."""
    return all(part.strip() in protection().agencies for part in agency.split("/"))


def protect_rows(table: pl.DataFrame, below: int, measures: Sequence[str] = ()) -> pl.DataFrame:
    """Return a table of counts with one to ``below - 1`` hidden, and what else must be hidden beside them.

    Columns as in :func:`~fotfeste.statistics.disclosure.hide_small_rows`. Rows add up where a code is the sum of all other
    codes of its column in every complete group of rows (and so told by the numbers, not by what it is called), and
    municipalities to counties and the country by their numbers. Years are looked at one by one; ``measures`` limits the hiding
    to those values of the column ``measure``. Raises :class:`~fotfeste.errors.Infeasible` where nothing can be done.
    """
    import polars as pl

    if not below or table.is_empty() or "mark" not in table.columns:
        return table
    texts = [name for name, kind in table.schema.items() if kind == pl.String and name not in FIGURE_COLUMNS]
    dimensions = [name for name in texts if name not in APART]
    slices = [name for name in table.columns if name not in (*texts, *FIGURE_COLUMNS)]
    hidden: dict[int, Figure] = {}
    grouped: dict[tuple[object, ...], dict[Cell, tuple[int, Figure]]] = defaultdict(dict)
    limited = dimensions.index("measure") if measures and "measure" in dimensions else None
    for place, row in enumerate(table.iter_rows(named=True)):
        cell = tuple(str(row[name]) for name in dimensions)
        if limited is None or cell[limited] in measures:
            figure = Figure(row["value"], MARKS[row["mark"]], row.get("low"), row.get("high"))
            grouped[tuple(row[name] for name in slices)][cell] = place, figure
    for group in grouped.values():
        figures = {cell: _counted(figure) for cell, (_, figure) in group.items()}
        kept = protect(CountTable(figures, tuple(_relations(figures, dimensions))), below)
        hidden |= {group[cell][0]: kept.figures[cell] for cell in kept.reasons if cell in group}
    return _with_hidden(table, hidden)


def _counted(figure: Figure) -> Figure:
    """Return a figure as the number in the table: sums are made of what is written, whatever room the source gives it."""
    return figure if figure.value is None else Figure.observed(figure.value)


def _relations(figures: Mapping[Cell, Figure], dimensions: Sequence[str]) -> Iterator[Relation]:
    for place, name in enumerate(dimensions):
        groups: dict[Cell, set[str]] = defaultdict(set)
        for cell in figures:
            groups[(*cell[:place], *cell[place + 1 :])].add(cell[place])
        sums = _regions(figures, place) if name == REGION else _sums(figures, place, groups)
        for (others, codes), (whole, parts) in product(groups.items(), sums):
            present = tuple((*others[:place], one, *others[place:]) for one in parts if one in codes)
            relation = Relation((*others[:place], whole, *others[place:]), present)
            if whole in codes and present and _holds(relation, figures):
                yield relation


def _regions(figures: Iterable[Cell], place: int) -> list[tuple[str, list[str]]]:
    codes = sorted({cell[place] for cell in figures})
    counties = [code for code in codes if len(code) == 2 and code not in COUNTRY_CODES]
    municipalities = [code for code in codes if len(code) == 4 and code not in COUNTRY_CODES]
    found = [(county, [code for code in municipalities if code[:2] == county]) for county in counties]
    return found + [(code, counties or municipalities) for code in COUNTRY_CODES if code in codes]


def _sums(
    figures: Mapping[Cell, Figure], place: int, groups: Mapping[Cell, set[str]]
) -> list[tuple[str, list[str]]]:
    codes = sorted({cell[place] for cell in figures})
    if len(codes) < 3:
        return []
    found = []
    for whole in codes:
        parts = [code for code in codes if code != whole]
        relations = [
            Relation(
                (*one[:place], whole, *one[place:]),
                tuple((*one[:place], code, *one[place:]) for code in parts),
            )
            for one, there in groups.items()
            if len(there) == len(codes)
        ]
        told = [one for one in relations if all(figures[cell].known for cell in one.cells)]
        telling = [one for one in told if figures[one.whole].value]
        if telling and all(_holds(one, figures) for one in told):
            found.append((whole, parts))
    return found


def _holds(one: Relation, figures: Mapping[Cell, Figure]) -> bool:
    return adds_up(figures[one.whole], [figures[cell] for cell in one.parts])


def _with_hidden(table: pl.DataFrame, hidden: Mapping[int, Figure]) -> pl.DataFrame:
    import polars as pl

    rows = range(table.height)
    kinds = table.schema
    at = pl.Series("at", [place in hidden for place in rows])
    low = pl.Series(
        "low", [hidden[place].low if place in hidden else None for place in rows], dtype=kinds["low"]
    )
    high = pl.Series(
        "high", [hidden[place].high if place in hidden else None for place in rows], dtype=kinds["high"]
    )
    return table.with_columns(
        value=pl.when(at).then(None).otherwise("value"),
        mark=pl.when(at).then(pl.lit(Mark.SUPPRESSED.value)).otherwise("mark"),
        low=pl.when(at).then(low).otherwise("low"),
        high=pl.when(at).then(high).otherwise("high"),
    )
