"""What an outsider can work out of a table: for every cell that is not shown, the least and the greatest it can be.

The answer is exact (:mod:`~fotfeste.statistics.disclosure_control.exact`): there are numbers that fit everything shown and have
that least or greatest value, and none beyond. Cells that no relation ties together are looked at apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from fotfeste.statistics.disclosure_control.exact import (
    Equation,
    Extreme,
    Search,
    System,
    is_whole,
    whole_point,
)
from fotfeste.statistics.disclosure_control.tables import Cell, Relation
from fotfeste.statistics.figure import Figure, Mark, Number

Bounds = tuple[Number, Number | None]
"""The least and the greatest that is told of a cell; alike for one that is shown."""


@dataclass(frozen=True, slots=True)
class Range:
    """What can be worked out of a cell; ``high`` is ``None`` where it has no end."""

    low: Number
    high: Number | None

    @property
    def width(self) -> Number | None:
        """The distance between the ends; zero for a cell that is found out."""
        return None if self.high is None else self.high - self.low


@dataclass(frozen=True)
class Tied:
    """Cells that are not shown and that relations tie together, with what is known of them all."""

    cells: tuple[Cell, ...]
    system: System


def told(figure: Figure) -> Bounds:
    """Return what a figure tells of a count: itself, its bounds, or that it is at least nobody."""
    if figure.value is not None:
        return figure.value, figure.value
    if figure.mark is Mark.NOT_ASKED:
        return 0, 0
    return max(0, figure.low or 0), figure.high


def ranges(
    figures: Mapping[Cell, Figure], relations: Sequence[Relation], among: Iterable[Cell] | None = None
) -> dict[Cell, Range]:
    """Return what can be worked out of every cell that ``figures`` do not show, or of those ``among`` them.

    Raises :class:`ValueError` when no numbers at all fit what is shown.
    """
    bounds = {cell: told(figure) for cell, figure in figures.items()}
    wanted = None if among is None else set(among)
    found: dict[Cell, Range] = {}
    for tied in tied_cells(bounds, relations):
        search = Search(tied.system)
        if not search.fits:
            raise ValueError("no counts fit what is shown")
        for place, cell in enumerate(tied.cells):
            if wanted is None or cell in wanted:
                low, high = search.least({place: 1}).value, search.greatest({place: 1}).value
                found[cell] = Range(bounds[cell][0] if low is None else low, high)
    return found


def tied_cells(
    bounds: Mapping[Cell, Bounds], relations: Sequence[Relation], among: Iterable[Cell] | None = None
) -> Iterator[Tied]:
    """Yield the cells that are not shown, those that relations tie together by themselves, in order of cell.

    With ``among``, only the groups that those cells are in.
    """
    open_in = {
        at: [cell for cell in one.cells if bounds[cell][0] != bounds[cell][1]]
        for at, one in enumerate(relations)
    }
    belongs: dict[Cell, list[int]] = {}
    for at, cells in open_in.items():
        for cell in cells:
            belongs.setdefault(cell, []).append(at)
    seen: set[Cell] = set()
    for start in sorted(bounds if among is None else among):
        if start in seen or bounds[start][0] == bounds[start][1]:
            continue
        seen.add(start)
        group, waiting, used = [start], [start], set[int]()
        while waiting:
            for at in belongs.get(waiting.pop(), ()):
                used.add(at)
                new = [cell for cell in open_in[at] if cell not in seen]
                seen.update(new)
                group += new
                waiting += new
        yield _tied(sorted(group), bounds, [relations[at] for at in sorted(used)])


def _tied(cells: Sequence[Cell], bounds: Mapping[Cell, Bounds], relations: Sequence[Relation]) -> Tied:
    places = {cell: place for place, cell in enumerate(cells)}
    equations: dict[tuple[tuple[int, Number], ...], Equation] = {}
    for one in relations:
        terms: dict[int, Number] = {}
        rest: Number = 0
        for cell, sign in ((one.whole, -1), *((part, 1) for part in one.parts)):
            if cell in places:
                terms[places[cell]] = terms.get(places[cell], 0) + sign
            else:
                rest -= sign * bounds[cell][0]
        equations[(*sorted(terms.items()), (-1, rest))] = Equation(terms, rest)
    low = tuple(bounds[cell][0] for cell in cells)
    high = tuple(bounds[cell][1] for cell in cells)
    return Tied(tuple(cells), System(low, high, tuple(equations.values())))


Proof = tuple[Mapping[Cell, Number], Mapping[Cell, Number]]
"""Two sets of whole counts that fit all that is shown."""


def proof(
    tied: Tied, search: Search, cell: Cell, width: Number, truth: Mapping[Cell, Number], tries: int
) -> Proof | None:
    """Return whole counts that fit all that is shown, and others in which ``cell`` is larger by at least ``width``.

    ``None`` where there are none, or none are found within ``tries``. ``search`` is one of ``tied``'s system, ``truth`` are
    counts that fit, from which the search starts.
    """
    place = tied.cells.index(cell)
    start = [truth[one] for one in tied.cells]
    search.stand_at(start)
    least = search.least({place: 1})
    search.stand_at(start)
    greatest = search.greatest({place: 1})
    low = 0 if least.value is None else ceil(least.value)
    high = low + ceil(width) if greatest.value is None else floor(greatest.value)
    if high - low < width:
        return None
    below = _proving(least, place, None, low) or whole_point(tied.system, place, None, low, tries)
    above = below and (
        _proving(greatest, place, high, None) or whole_point(tied.system, place, high, None, tries)
    )
    if not below or not above:
        return None
    return dict(zip(tied.cells, below, strict=True)), dict(zip(tied.cells, above, strict=True))


def _proving(
    found: Extreme, place: int, at_least: Number | None, at_most: Number | None
) -> tuple[Number, ...] | None:
    """Return the numbers that were found when they are whole and within what is asked for."""
    one = found.point[place]
    within = (at_least is None or one >= at_least) and (at_most is None or one <= at_most)
    return found.point if within and all(is_whole(number) for number in found.point) else None
