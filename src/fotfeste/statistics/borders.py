"""Figures carried from the municipalities of their own year to those of today, with marks and bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from fotfeste.regions.shares import share_out
from fotfeste.statistics.figure import Figure, Mark, Number, total

CURRENT = 2026


class RegionShares(Protocol):
    """What is needed of :class:`fotfeste.regions.Regions`."""

    def __hash__(self) -> int: ...

    def municipalities(self, year: int) -> Iterable[HasCode]:
        """Return the municipalities of a year."""

    def shares(self, code: str, from_year: int, to_year: int) -> Mapping[str, Fraction]:
        """Return where a municipality's people were counted in another year."""


class HasCode(Protocol):
    """Anything with a region code."""

    @property
    def code(self) -> str:
        """The code."""


class Carried:
    """Figures about one year by municipality of today, which know what they were before they were split."""

    def __init__(self, unknown: Figure) -> None:
        self._unknown = unknown
        self._whole: dict[str, list[Figure]] = {}
        self._split: list[tuple[Figure, dict[str, Figure]]] = []

    def add(self, figure: Figure, shares: Mapping[str, Fraction]) -> None:
        """Add the figure of a predecessor whose people are now counted by ``shares``."""
        if len(shares) == 1:
            for code in shares:
                self._whole.setdefault(code, []).append(figure)
        else:
            self._split.append((figure, split(figure, shares)))

    def hiding_split(self, hide: Callable[[Figure], Figure]) -> Carried:
        """Return the same figures, where a split predecessor that ``hide`` hides is hidden whole and in its pieces."""
        found = Carried(self._unknown)
        found._whole = self._whole
        for figure, pieces in self._split:
            hidden = hide(figure)
            found._split.append((hidden, pieces if hidden is figure else _pieces(hidden, pieces)))
        return found

    def __getitem__(self, code: str) -> Figure:
        return self.sum((code,))

    def sum(self, codes: Sequence[str]) -> Figure:
        """Return the sum over municipalities of today.

        A predecessor that was split only among ``codes`` counts whole, with the bounds and certainty it had.
        """
        parts = self.parts(codes)
        if len(parts) == 1:
            return parts[0]
        return total(parts) if parts else self._unknown

    def parts(self, codes: Sequence[str]) -> list[Figure]:
        """Return what the sum over municipalities of today is made of: the figures of their predecessors."""
        chosen = frozenset(codes)
        parts = [figure for code in codes for figure in self._whole.get(code, ())]
        for figure, pieces in self._split:
            inside = chosen.intersection(pieces)
            if len(inside) == len(pieces):
                parts.append(figure)
            else:
                parts += [pieces[code] for code in sorted(inside)]
        return parts


class Borders:
    """Carries figures to the division of today; remembers the shares it has looked up.

    A municipality of today gets the sum of the parts that its predecessors bring. A predecessor without a
    figure is missing, so that the sum is missing too. Where a predecessor was split, its number is shared out by
    people, to the last person; the part is then estimated and may be anything from zero to the whole.
    """

    def __init__(self, regions: RegionShares) -> None:
        self._regions = regions
        self._shares: dict[tuple[str, int, int], Mapping[str, Fraction]] = {}
        self._arrived: dict[int, Mapping[str, Sequence[str]]] = {}

    def shares(self, code: str, from_year: int, to_year: int = CURRENT) -> Mapping[str, Fraction]:
        """Return the shares of a municipality's people in the division of ``to_year``."""
        key = (code, from_year, to_year)
        if key not in self._shares:
            self._shares[key] = self._regions.shares(code, from_year, to_year)
        return self._shares[key]

    def carry(
        self, figures: Mapping[tuple[str, int], Figure], year: int, *, absent: Figure | None = None
    ) -> Carried:
        """Return figures by municipality of today, from figures by (code, year the code belongs to).

        ``year`` is the year the figures are about. ``absent`` stands for a municipality of that year without a
        figure; by default it is missing, with zero as the lower bound. One that has since been split lacks nothing where
        figures in later numbers tell of all its parts.
        """
        unknown = Figure.missing(low=0) if absent is None else absent
        carried = Carried(unknown)
        covered: set[str] = set()
        told: set[str] = set()
        for (code, code_year), figure in figures.items():
            carried.add(figure, self.shares(code, code_year))
            if code_year == year:
                covered.add(code)
            else:
                covered.update(self._predecessors(code, code_year, year))
            if code_year > year:
                told.update(self.shares(code, code_year))
        for one in self._regions.municipalities(year):
            if one.code not in covered and not self.shares(one.code, year).keys() <= told:
                carried.add(unknown, self.shares(one.code, year))
        return carried

    def _predecessors(self, code: str, code_year: int, year: int) -> Iterable[str]:
        """Return the municipalities of ``year`` that a figure in the code of another year is about."""
        if code_year < year:
            return self.shares(code, code_year, year)
        now = self.shares(code, code_year)
        arrived = self._arrivals(year)
        near = dict.fromkeys(one for heir in now for one in arrived.get(heir, ()))
        return [one for one in near if now.keys() >= self.shares(one, year).keys()]

    def _arrivals(self, year: int) -> Mapping[str, Sequence[str]]:
        """Return, by municipality of today, the municipalities of ``year`` that some of its people come from."""
        if year not in self._arrived:
            found: dict[str, list[str]] = {}
            for one in self._regions.municipalities(year):
                for heir in self.shares(one.code, year):
                    found.setdefault(heir, []).append(one.code)
            self._arrived[year] = found
        return self._arrived[year]


@lru_cache(maxsize=4)
def borders_of(regions: RegionShares) -> Borders:
    """Return the borders for ``regions``, shared by all who ask, so that shares are looked up once."""
    return Borders(regions)


def split(figure: Figure, shares: Mapping[str, Fraction]) -> dict[str, Figure]:
    """Return the part of ``figure`` that falls to each of several municipalities; counts keep their sum.

    Whole counts are shared out with largest remainder, ties to the lower code.
    """
    if len(shares) == 1:
        return dict.fromkeys(shares, figure)
    if figure.mark is Mark.NOT_ASKED:
        return dict.fromkeys(shares, figure)
    if figure.value is None:
        return _pieces(figure, shares)
    low, high = _room(figure)
    values = _share_out(figure.value, shares)
    return {code: Figure(value, Mark.OBSERVED, low, high, True) for code, value in values.items()}


def _pieces(figure: Figure, codes: Iterable[str]) -> dict[str, Figure]:
    """Return the parts of a figure whose number is not known: anything from nobody to the whole."""
    low, high = _room(figure)
    return {code: Figure(None, figure.mark, low, high, True) for code in codes}


def _room(figure: Figure) -> tuple[Number | None, Number | None]:
    low = None if figure.low is None else min(0, figure.low)
    high = None if figure.high is None else max(0, figure.high)
    return low, high


def _share_out(value: int | Fraction, shares: Mapping[str, Fraction]) -> Mapping[str, int | Fraction]:
    if Fraction(value).denominator != 1:
        return {code: value * share for code, share in shares.items()}
    return share_out(int(value), shares)
