"""Tables of a page: by the file's tags, else by the rules drawn around cells or between rows.

What is neither tagged nor ruled is not called a table: it stays text, row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fotfeste.plans.documents.glyphs import Fragment, Stroke
from fotfeste.plans.documents.reading_order import rows_of

THIN = 3.0
"""Points: the thickest rule."""
NEAR = 3.0
"""Points: how far the ends of rules that meet may be from each other."""
MOST_RULES = 400
"""Rules of one page beyond which it is a drawing or a map."""
LETTERS_SHOWN = 200
SHARE_OF_PAGE = 0.95
DRAWN = 0.7
"""The share of the sides of cells that must be drawn; joined cells lack some."""


@dataclass(slots=True)
class Table:
    """A table as one piece of the page: its box, and its cells' fragments by row and column."""

    left: float
    right: float
    top: float
    bottom: float
    size: float
    text: str
    cells: dict[tuple[int, int], list[Fragment]] = field(default_factory=dict)


@dataclass(slots=True)
class _Rule:
    """A horizontal or vertical rule: where it lies, and from where to where it runs."""

    at: float
    low: float
    high: float


def tables(
    fragments: Sequence[Fragment], strokes: Iterable[Stroke], width: float, height: float
) -> tuple[list[Table], list[Fragment]]:
    """Return the tables of a page, and the fragments that stand in none."""
    found, rest = _tagged(fragments)
    for across, down in _grids(strokes, width, height):
        table = _ruled(rest, across, down)
        if table is not None:
            inside = {id(one) for cell in table.cells.values() for one in cell}
            rest = [one for one in rest if id(one) not in inside]
            found.append(table)
    return found, rest


def _tagged(fragments: Sequence[Fragment]) -> tuple[list[Table], list[Fragment]]:
    cells: dict[int, dict[tuple[int, int], list[Fragment]]] = {}
    for one in fragments:
        if one.cell is not None:
            number, row, column = one.cell
            cells.setdefault(number, {}).setdefault((row, column), []).append(one)
    tables = {number: own for number, own in cells.items() if len({place[1] for place in own}) > 1}
    rest = [one for one in fragments if one.cell is None or one.cell[0] not in tables]
    return [_table(piece) for own in tables.values() for piece in _pieces(own)], rest


def _pieces(cells: dict[tuple[int, int], list[Fragment]]) -> list[dict[tuple[int, int], list[Fragment]]]:
    """A table that goes on in the next column of the page stands at two places."""
    pieces: list[dict[tuple[int, int], list[Fragment]]] = []
    last = float("inf")
    for row in sorted({place[0] for place in cells}):
        own = {place: cell for place, cell in cells.items() if place[0] == row}
        top = min(one.base for cell in own.values() for one in cell)
        if top < last or not pieces:
            pieces.append({})
        pieces[-1] |= own
        last = top
    return pieces


def _table(cells: dict[tuple[int, int], list[Fragment]]) -> Table:
    inside = [one for cell in cells.values() for one in cell]
    return Table(
        min(one.left for one in inside),
        max(one.right for one in inside),
        min(one.top for one in inside),
        max(one.bottom for one in inside),
        min(one.size for one in inside),
        " ".join(one.text for one in inside)[:LETTERS_SHOWN],
        dict(sorted(cells.items())),
    )


def _grids(strokes: Iterable[Stroke], width: float, height: float) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that hang together: the horizontal and the vertical ones of each group."""
    across: list[_Rule] = []
    down: list[_Rule] = []
    for one in strokes:
        wide, high = one.right - one.left, one.bottom - one.top
        if wide > SHARE_OF_PAGE * width and high > SHARE_OF_PAGE * height:
            continue
        if high <= THIN:
            if wide >= 8:
                across.append(_Rule((one.top + one.bottom) / 2, one.left, one.right))
        elif wide <= THIN:
            if high >= 6:
                down.append(_Rule((one.left + one.right) / 2, one.top, one.bottom))
        elif wide >= 12 and high >= 8:
            across += [_Rule(one.top, one.left, one.right), _Rule(one.bottom, one.left, one.right)]
            down += [_Rule(one.left, one.top, one.bottom), _Rule(one.right, one.top, one.bottom)]
        if len(across) + len(down) > 20 * MOST_RULES:
            return []
    across, down = _joined(across), _joined(down)
    if len(across) + len(down) > MOST_RULES:
        return []
    return _groups(across, down)


def _joined(rules: list[_Rule]) -> list[_Rule]:
    """Rules in one line that touch are one."""
    joined: list[_Rule] = []
    for one in sorted(rules, key=lambda rule: (round(rule.at / 2), rule.low)):
        last = joined[-1] if joined else None
        if last is not None and abs(last.at - one.at) <= 2 and one.low <= last.high + NEAR:
            last.high = max(last.high, one.high)
        else:
            joined.append(_Rule(one.at, one.low, one.high))
    return joined


def _groups(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    both = [(True, one) for one in across] + [(False, one) for one in down]
    owner = list(range(len(both)))

    def root(place: int) -> int:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    for place, (flat, one) in enumerate(both):
        for other, (other_flat, two) in enumerate(both[:place]):
            if flat != other_flat:
                meets = (
                    one.low - NEAR <= two.at <= one.high + NEAR
                    and two.low - NEAR <= one.at <= two.high + NEAR
                )
            else:
                meets = flat and abs(one.low - two.low) < 4 and abs(one.high - two.high) < 4
            if meets:
                owner[root(place)] = root(other)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for place, (flat, one) in enumerate(both):
        groups.setdefault(root(place), ([], []))[0 if flat else 1].append(one)
    return [group for group in groups.values() if len(group[0]) >= 3]


def _ruled(fragments: Sequence[Fragment], across: list[_Rule], down: list[_Rule]) -> Table | None:
    heights = _places(one.at for one in across)
    left, right = min(one.low for one in across) - NEAR, max(one.high for one in across) + NEAR
    inside = [
        one
        for one in fragments
        if heights[0] - NEAR < one.base - 0.3 * one.size < heights[-1] + NEAR
        and left <= (one.left + one.right) / 2 <= right
    ]
    widths = _places(one.at for one in down)
    if len(widths) < 3:
        widths = _by_gaps(inside, left, right)
        drawn = True
    else:
        drawn = _drawn(down, widths, heights)
    if len(heights) < 3 or len(widths) < 3 or not inside:
        return None
    if not drawn or not _drawn(across, heights, widths) or _crossed(inside, widths):
        return None
    cells: dict[tuple[int, int], list[Fragment]] = {}
    for one in inside:
        row = _between(heights, one.base - 0.3 * one.size)
        column = _between(widths, one.left + min(2.0, (one.right - one.left) / 2))
        cells.setdefault((row, column), []).append(one)
    cells = _parted(cells)
    rows, columns = ({place[axis] for place in cells} for axis in (0, 1))
    filled = sum(1 for row in rows if sum(place[0] == row for place in cells) > 1)
    if len(rows) < 2 or len(columns) < 2 or filled < 2:
        return None
    return _table(cells)


def _drawn(rules: Sequence[_Rule], places: Sequence[float], crossing: Sequence[float]) -> bool:
    """Whether most of the sides of cells that a grid would have between ``places`` are drawn: boxes of a figure are no grid."""
    sides = found = 0
    for place in places:
        for low, high in pairwise(crossing):
            sides += 1
            middle = (low + high) / 2
            found += any(abs(one.at - place) <= NEAR and one.low <= middle <= one.high for one in rules)
    return found >= DRAWN * sides


def _crossed(inside: Sequence[Fragment], widths: Sequence[float]) -> bool:
    """Whether text runs across what would be sides of cells."""
    crossing = sum(any(one.left + 2 < place < one.right - 2 for place in widths[1:-1]) for one in inside)
    return crossing > 0.1 * len(inside) + 1


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for one in sorted(values):
        if not places or one - places[-1] > NEAR:
            places.append(one)
    return places


def _between(places: Sequence[float], value: float) -> int:
    return max(sum(one <= value for one in places) - 1, 0)


def _by_gaps(inside: Sequence[Fragment], left: float, right: float) -> list[float]:
    """Where columns of a table lie whose rows alone are ruled: the gaps that no row crosses."""
    edges = [left]
    reach = left
    for one in sorted(inside, key=lambda fragment: fragment.left):
        if one.left - reach > 0.7 * one.size and reach > left:
            edges.append((one.left + reach) / 2)
        reach = max(reach, one.right)
    return [*edges, right]


def _parted(cells: dict[tuple[int, int], list[Fragment]]) -> dict[tuple[int, int], list[Fragment]]:
    """Rows without rules between them: parted where all cells have as many lines, each line then being a row."""
    parted: dict[tuple[int, int], list[Fragment]] = {}
    next_row = 0
    for row in sorted({place[0] for place in cells}):
        own = {column: rows_of(cell) for (number, column), cell in cells.items() if number == row}
        counts = {len(lines) for lines in own.values()}
        lines = counts.pop() if len(counts) == 1 and len(own) > 1 else 1
        if lines >= 3 and _level(list(own.values())):
            for column, texts in own.items():
                for number, text in enumerate(texts):
                    parted[next_row + number, column] = text
        else:
            lines = 1
            for column, texts in own.items():
                parted[next_row, column] = [one for text in texts for one in text]
        next_row += lines
    return parted


def _level(columns: Sequence[Sequence[Sequence[Fragment]]]) -> bool:
    """Whether the lines of all columns stand on common baselines."""
    for line in zip(*columns, strict=True):
        bases = [text[0].base for text in line]
        if max(bases) - min(bases) > 0.3 * line[0][0].size:
            return False
    return True
