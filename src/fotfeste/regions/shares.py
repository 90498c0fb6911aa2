"""Where a municipality's people are counted in another year: exact shares along the chain of changes.

A :class:`Step` says which share of the old municipality's people belonged to the new one after a change. Forward, the
shares are as stated. Backward, the share of an old municipality in a new one is what it brought: its population at
the last count before the change times its stated share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.errors import DataMissing
from fotfeste.messages import msg

Shares = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Step:
    """The share (0 to 1) of ``old`` in ``from_year`` that is ``new`` in ``to_year``; ``population`` is that of old."""

    from_year: int
    to_year: int
    old: str
    new: str
    share: Fraction
    population: int | None = None
    bridge: bool = False


class ChangeChain:
    """The changes of all years, ready to be followed forward and backward."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._forward: dict[int, dict[str, list[Step]]] = defaultdict(lambda: defaultdict(list))
        self._backward: dict[int, dict[str, list[Step]]] = defaultdict(lambda: defaultdict(list))
        self._bridges: list[Step] = []
        self._changes: set[str] = set()
        self._arises: set[str] = set()
        for step in steps:
            self._changes.add(step.old)
            self._arises.add(step.new)
            if step.bridge:
                self._bridges.append(step)
            elif step.share:
                self._forward[step.to_year][step.old].append(step)
                self._backward[step.to_year][step.new].append(step)
        self._years = sorted(self._forward)

    def shares(self, code: str, from_year: int, to_year: int) -> dict[str, Fraction]:
        """Return the shares of ``code`` in the municipalities of ``to_year``; they sum to 1.

        Raises :class:`DataMissing` when the way back needs a population that is not at hand.
        """
        if code not in (self._changes if to_year >= from_year else self._arises):
            return {code: Fraction(1)}
        if to_year >= from_year:
            return self._ahead({code: Fraction(1)}, from_year, to_year)
        return self._back({code: Fraction(1)}, from_year, to_year)

    def _ahead(self, held: dict[str, Fraction], from_year: int, to_year: int) -> dict[str, Fraction]:
        for last, first in sorted({(b.from_year, b.to_year) for b in self._bridges}):
            if from_year <= last and to_year >= first:
                held = self._ahead(held, from_year, last)
                over = {b.old: b for b in self._bridges if (b.from_year, b.to_year) == (last, first)}
                done = {code: part for code, part in held.items() if code in over}
                rest = self._chain({c: p for c, p in held.items() if c not in over}, last, to_year)
                landed: dict[str, Fraction] = defaultdict(Fraction, rest)
                crossed: dict[str, Fraction] = defaultdict(Fraction)
                for code, part in done.items():
                    crossed[over[code].new] += part * over[code].share
                for code, part in self._ahead(dict(crossed), first, to_year).items():
                    landed[code] += part
                return dict(landed)
        return self._chain(held, from_year, to_year)

    def _chain(self, held: dict[str, Fraction], from_year: int, to_year: int) -> dict[str, Fraction]:
        for year in (year for year in self._years if from_year < year <= to_year):
            table = self._forward[year]
            if table.keys().isdisjoint(held):
                continue
            after: dict[str, Fraction] = defaultdict(Fraction)
            for code, part in held.items():
                if code not in table:
                    after[code] += part
                    continue
                for step in table[code]:
                    after[step.new] += part * step.share
            held = dict(after)
        return held

    def _back(self, held: dict[str, Fraction], from_year: int, to_year: int) -> dict[str, Fraction]:
        for last, first in sorted({(b.from_year, b.to_year) for b in self._bridges}, reverse=True):
            if from_year >= first and to_year <= last:
                held = self._back(held, from_year, first)
                over: dict[str, list[Step]] = defaultdict(list)
                for bridge in self._bridges:
                    if (bridge.from_year, bridge.to_year) == (last, first):
                        over[bridge.new].append(bridge)
                landed: dict[str, Fraction] = defaultdict(Fraction)
                rest = {code: part for code, part in held.items() if code not in over}
                for code, part in self._unchain(rest, first, last).items():
                    landed[code] += part
                for code, part in held.items():
                    for old, share in origins(over[code]).items() if code in over else ():
                        landed[old] += part * share
                return self._back(dict(landed), last, to_year)
        return self._unchain(held, from_year, to_year)

    def _unchain(self, held: dict[str, Fraction], from_year: int, to_year: int) -> dict[str, Fraction]:
        for year in (year for year in reversed(self._years) if to_year < year <= from_year):
            table = self._backward[year]
            if table.keys().isdisjoint(held):
                continue
            before: dict[str, Fraction] = defaultdict(Fraction)
            for code, part in held.items():
                if code not in table:
                    before[code] += part
                    continue
                for old, share in origins(table[code]).items():
                    before[old] += part * share
            held = dict(before)
        return held


def origins(steps: list[Step]) -> dict[str, Fraction]:
    """Return the share of each old municipality in the new one that all ``steps`` lead to."""
    if len(steps) == 1:
        return {steps[0].old: Fraction(1)}
    brought: dict[str, Fraction] = {}
    for step in steps:
        if step.population is None:
            raise DataMissing(
                "region.no_weights",
                msg(
                    "Tall for {new} kan ikke føres tilbake til før {year}: folketallet i {old} før endringen finnes "
                    "ikke i datagrunnlaget.",
                    new=step.new,
                    old=step.old,
                    year=str(step.to_year),
                ),
                remedy=msg("Bruk kommuneinndelingen fra {year} eller senere.", year=str(step.to_year)),
            )
        brought[step.old] = step.population * step.share
    total = sum(brought.values(), Fraction(0))
    return {old: part / total for old, part in brought.items()}


def share_out(count: int, shares: Shares) -> dict[str, int]:
    """Return ``count`` persons in whole persons by ``shares`` (sum 1): largest remainder, ties to the lowest code."""
    exact = {code: count * share for code, share in shares.items()}
    whole = {code: part.numerator // part.denominator for code, part in exact.items()}
    left = count - sum(whole.values())
    for code in sorted(exact, key=lambda code: (whole[code] - exact[code], code))[:left]:
        whole[code] += 1
    return whole
