"""What the sources' own publications give away of what they hide: the measure that our output is held to.

Our output reveals nothing beyond this. The list stands in ``docs/method/disclosure.md``, made by ``tools/disclosure.py``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fotfeste.statistics.disclosure import hide_small_rows
from fotfeste.statistics.disclosure_control.audit import Range, ranges
from fotfeste.statistics.disclosure_control.tables import Cell, Relation, adds_up
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.tables import FIGURE_COLUMNS, MARKS

if TYPE_CHECKING:
    from fotfeste.statistics.store import Store

SETTLED = ("settled", "settled_collective_protection")


@dataclass(frozen=True, slots=True)
class Given:
    """A hidden number of which a source's own sums tell more than its sign."""

    code: str
    sign: Range
    found: Range


@dataclass(frozen=True, slots=True)
class GivenAway:
    """One year of IMDi's settlement tables: how many are hidden, what is given away, and counties that do not add up."""

    measure: str
    year: int
    hidden: int
    given: tuple[Given, ...]
    no_sum: tuple[str, ...]

    @property
    def exact(self) -> tuple[Given, ...]:
        """Those that are given away to the person."""
        return tuple(one for one in self.given if one.found.width == 0)


@dataclass(frozen=True, slots=True)
class GivenBySum:
    """A number hidden here of which the published sum of its whole table tells more than its sign."""

    dataset: str
    year: int
    given: Given


@dataclass(frozen=True, slots=True)
class Rounded:
    """A table whose small numbers the source writes as zero or three: how many sums there are, and how many hold as written."""

    dataset: str
    rounded: int
    sums: int
    hold: int


def settlement_given_away(store: Store) -> tuple[GivenAway, ...]:
    """Return what IMDi's county rows tell of hidden municipalities, year by year and measure by measure.

    A county whose open municipalities leave a rest that its hidden ones cannot be is said not to add up: its row has been
    corrected, or counts what belongs to no municipality, and nothing follows from it.
    """
    figures: dict[tuple[str, int], dict[Cell, Figure]] = defaultdict(dict)
    for dataset in ("settlement_counties", "settlement"):
        for row in store.frame(dataset).select("measure", "year", "code", *FIGURE_COLUMNS).iter_rows():
            measure, year, code, value, mark, low, high, _ = row
            key = measure, year
            if measure in SETTLED and (dataset == "settlement_counties" or key in figures):
                figures[key][(code,)] = Figure(value, MARKS[mark], low, high)
    return tuple(_given_away(measure, year, figures[measure, year]) for measure, year in sorted(figures))


def _given_away(measure: str, year: int, figures: dict[Cell, Figure]) -> GivenAway:
    counties = sorted(cell for cell in figures if len(cell[0]) == 2)
    relations = [
        Relation(county, tuple(cell for cell in figures if len(cell[0]) == 4 and cell[0][:2] == county[0]))
        for county in counties
    ]
    holding = [one for one in relations if adds_up(figures[one.whole], [figures[cell] for cell in one.parts])]
    hidden = {cell: one for cell, one in figures.items() if one.mark is Mark.SUPPRESSED}
    given = []
    for cell, found in sorted(ranges(figures, holding, hidden).items()):
        sign = Range(hidden[cell].low or 0, hidden[cell].high)
        if found != sign:
            given.append(Given(cell[0], sign, found))
    no_sum = tuple(one.whole[0] for one in relations if one not in holding)
    return GivenAway(measure, year, len(hidden), tuple(given), no_sum)


def rounded_sums(store: Store) -> Rounded:
    """Return whether the sums in immigrants by reason are made of the numbers as they are written, zero and three included.

    Where they are, a sum tells what is written in a hidden cell, and not what was counted there.
    """
    frame = store.frame("immigrants_by_reason").select(
        "reason", "sex", "code", "code_year", "year", "value", "low", "high"
    )
    written: dict[tuple[str, int, int], dict[tuple[str, str], int]] = defaultdict(dict)
    rounded = 0
    for reason, sex, code, code_year, year, value, low, high in frame.iter_rows():
        written[code, code_year, year][reason, sex] = value
        rounded += low != high
    sums = hold = 0
    for cells in written.values():
        for place in (0, 1):
            groups: dict[str, dict[str, int]] = defaultdict(dict)
            for cell, value in cells.items():
                groups[cell[1 - place]][cell[place]] = value
            for group in groups.values():
                whole = group.pop("all", None)
                if whole is not None and len(group) > 1:
                    sums += 1
                    hold += whole == sum(group.values())
    return Rounded("immigrants_by_reason", rounded, sums, hold)


def national_sums_given_away(store: Store) -> tuple[GivenBySum, ...]:
    """Return what the published sums of whole tables tell of the cells that are hidden here.

    A sum that the hidden cells cannot make up to is left out: it was published of other figures than those at hand.
    """
    import polars as pl

    found = []
    for one in store.catalogue():
        shown = hide_small_rows(store.frame(one.id), one.suppress_below, one.suppressed_measures)
        for check in one.sums() if one.suppress_below else ():
            where = [pl.col(column).cast(pl.String) == value for column, value in check.where]
            rows = (
                shown.filter(pl.col("year") == check.year, *where).select("code", *FIGURE_COLUMNS).iter_rows()
            )
            parts: dict[Cell, Figure] = {
                (code,): Figure(value, MARKS[mark], low, high) for code, value, mark, low, high, _ in rows
            }
            whole: Cell = ("", "sum")
            figures = {**parts, whole: Figure.observed(check.number)}
            relation = Relation(whole, tuple(parts))
            if not adds_up(figures[whole], parts.values()):
                continue
            for cell, narrowed in sorted(ranges(figures, [relation]).items()):
                sign = Range(parts[cell].low or 0, parts[cell].high)
                if narrowed != sign:
                    found.append(GivenBySum(one.id, check.year, Given(cell[0], sign, narrowed)))
    return tuple(found)


def small_numbers_shown(store: Store) -> tuple[tuple[int, int], ...]:
    """Return by year how many small numbers of settled persons the source shows openly."""
    import polars as pl

    below = store.dataset("settlement").suppress_below
    chosen = (
        pl.col("measure") == "settled",
        pl.col("mark") == "",
        pl.col("value") > 0,
        pl.col("value") < below,
    )
    frame = store.frame("settlement").filter(*chosen).group_by("year").len().sort("year")
    return tuple((int(year), int(count)) for year, count in frame.iter_rows())
