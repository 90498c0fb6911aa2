"""Measure how often the rules of trends and findings speak when there is nothing, on made-up places with known truth.

    python tools/false_alarms.py --seed 2026 --runs 4000

Prints, for each kind of series and comparison, the share of single tests at 5 per cent that were wrong, the share of made-up
documents with any wrong word, and the share of wrong words among those said. All people and places are synthetic.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from fotfeste.messages import Translated
from fotfeste.statistics import Figure, load_catalogue
from fotfeste.statistics.findings.comparing import compared
from fotfeste.statistics.findings.rule import finding_rule
from fotfeste.statistics.findings.values import Candidate, Model, Noise
from fotfeste.statistics.findings.values import Verdict as Beside
from fotfeste.statistics.series.trends import Verdict, trends_of
from fotfeste.statistics.series.values import Behaviour, Point, Series

LEVEL = 0.05
SAID = (Verdict.ROSE, Verdict.FELL)
APART = (Beside.HIGHER, Beside.LOWER)
ALIKE = 20
NAME = Translated({"nb": "Oppdiktet serie"})


@dataclass(frozen=True)
class Alarms:
    """Single tests below the level, documents with a wrong word, and wrong words among those said."""

    tests: int
    below: int
    documents: int
    with_wrong: int
    said: int
    wrong: int

    def line(self, name: str) -> str:
        """Return one line of the table."""
        share = "–" if self.said == self.wrong else f"{self.wrong / self.said:.3f}"
        return (
            f"| {name} | {self.below / self.tests:.3f} | {self.with_wrong / self.documents:.3f} | {share} |"
        )


def counts_like(chance: np.random.Generator, means: np.ndarray, dispersion: float) -> np.ndarray:
    """Return counts with the given means and ``dispersion`` times Poisson's variance (negative binomial above one)."""
    if dispersion <= 1:
        return chance.poisson(means)
    return chance.negative_binomial(means / (dispersion - 1), 1 / dispersion)


def series_from(values: Sequence[int], behaviour: Behaviour, first: int = 2000) -> Series:
    """Return a made-up series of counts."""
    points = tuple(
        Point((first + year, 0), Figure.observed(int(value)), Figure.observed(int(value)))
        for year, value in enumerate(values)
    )
    name = "settled_1y" if behaviour is Behaviour.EVENTS else "population"
    return Series(name, NAME, "0000", behaviour, points)


def events(
    chance: np.random.Generator, mean: float, dispersion: float, years: int = 4, change: float = 1.0
) -> tuple[Series, list[Series]]:
    """Return a place whose newest year has ``change`` times the mean of the others, with twenty that are alike."""
    means = np.full((ALIKE + 1, years), mean) * chance.uniform(0.5, 2, (ALIKE + 1, 1))
    means[0] = mean
    means[0, -1] *= change
    rows = counts_like(chance, means, dispersion)
    found = [series_from([int(one) for one in row], Behaviour.EVENTS) for row in rows]
    return found[0], found[1:]


def stock(
    chance: np.random.Generator, size: int, turnover: float = 0.2, years: int = 11, drift: float = 0.0
) -> tuple[Series, list[Series]]:
    """Return a place where as many come as go by chance, ``drift`` of its size more a year."""
    moved = turnover / 2 * size
    steps = chance.poisson(moved, years - 1) - chance.poisson(moved, years - 1) + round(drift * size)
    values = size + np.concatenate([[0], np.cumsum(steps)])
    return series_from([max(0, int(one)) for one in values], Behaviour.STOCK), []


def trend_alarms(
    makers: Sequence[Iterator[tuple[Series, list[Series]]]], true: Sequence[bool], runs: int
) -> Alarms:
    """Return the alarms over documents with one series of each maker; ``true`` says which really change."""
    below = with_wrong = said = wrong = 0
    for _ in range(runs):
        found = trends_of([next(one) for one in makers])
        below += sum(
            one.chance <= LEVEL for one, real in zip(found, true, strict=True) if not real and one.interval
        )
        words = [one.verdict in SAID for one in found]
        mistaken = sum(word for word, real in zip(words, true, strict=True) if not real)
        said, wrong, with_wrong = said + sum(words), wrong + mistaken, with_wrong + (mistaken > 0)
    return Alarms(runs * (len(true) - sum(true)) or 1, below, runs, with_wrong, said, wrong)


def comparison(
    chance: np.random.Generator, number: int, base: int, share: float, away: float = 0.0, spread: float = 0.0
) -> Candidate:
    """Return a made-up share of pairs of people beside twenty alike, ``away`` (of the share) from their median."""
    households = finding_rule().households
    rule_factor = int(households)
    bases = (base * chance.uniform(0.5, 2, ALIKE + 1)).astype(int)
    bases[0] = base
    levels = share * (1 + spread * chance.standard_normal(ALIKE + 1))
    levels[0] = np.median(levels[1:]) * (1 + away)
    pairs = bases // rule_factor
    shares = chance.binomial(pairs, np.clip(levels, 0.0001, 0.9999)) / pairs
    figures = [Figure.observed(_exact(one)) for one in shares]
    indicator = replace(load_catalogue()["children_share"], id=f"synthetic_{number}")
    alike = {f"{place:04}": figure for place, figure in enumerate(figures[1:], 1)}
    noise = Noise(Model.SHARE, float(base), 1, households)
    return Candidate(indicator, str(number), "", figures[0], alike, {}, noise)


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**9)


def comparison_alarms(
    chance: np.random.Generator,
    runs: int,
    base: int,
    share: float,
    away: Sequence[float],
    spread: float = 0.0,
) -> Alarms:
    """Return the alarms over documents whose indicators lie ``away`` from the median of those alike (0: not at all)."""
    below = with_wrong = said = wrong = 0
    rule = finding_rule()
    for _ in range(runs):
        several = [comparison(chance, place, base, share, far, spread) for place, far in enumerate(away)]
        found = [one.beside_alike for one in compared(several, rule)]
        known = [one for one in found if one is not None]
        below += sum(one.chance <= LEVEL for one, far in zip(known, away, strict=True) if not far)
        words = [one.verdict in APART for one in known]
        mistaken = sum(word for word, far in zip(words, away, strict=True) if not far)
        said, wrong, with_wrong = said + sum(words), wrong + mistaken, with_wrong + (mistaken > 0)
    return Alarms(runs * sum(not far for far in away) or 1, below, runs, with_wrong, said, wrong)


def main() -> None:
    """Print the table of docs/method/findings.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--runs", type=int, default=4000)
    asked = parser.parse_args()
    chance = np.random.default_rng(asked.seed)
    runs = max(1, asked.runs // 10)

    def endless_events(
        mean: float, dispersion: float, change: float = 1.0
    ) -> Iterator[tuple[Series, list[Series]]]:
        while True:
            yield events(chance, mean, dispersion, change=change)

    def endless_stock(size: int, drift: float = 0.0) -> Iterator[tuple[Series, list[Series]]]:
        while True:
            yield stock(chance, size, drift=drift)

    print("| what | single tests below 0.05 | documents with a wrong word | wrong among said |")
    print("|---|---|---|---|")
    for mean, dispersion in ((15, 1.0), (15, 3.0), (40, 1.0), (40, 3.0), (150, 3.0), (150, 8.0)):
        makers = [endless_events(mean, dispersion) for _ in range(10)]
        found = trend_alarms(makers, [False] * 10, runs)
        print(found.line(f"events, mean {mean}, dispersion {dispersion:g}, ten unchanged series"))
    for size in (60, 500, 2500, 30_000):
        found = trend_alarms([endless_stock(size) for _ in range(10)], [False] * 10, runs)
        print(found.line(f"stock of {size}, ten unchanged series"))
    mixed = [endless_stock(2500) for _ in range(5)] + [endless_stock(2500, 0.02) for _ in range(5)]
    found = trend_alarms(mixed, [False] * 5 + [True] * 5, runs)
    print(found.line("stock of 2500, five unchanged and five that grow 2 % a year"))
    for base, share in ((500, 0.05), (2500, 0.02), (2500, 0.2), (30_000, 0.05)):
        found = comparison_alarms(chance, runs, base, share, [0.0] * 10)
        print(found.line(f"share of {share:g} among {base}, ten like those alike"))
    found = comparison_alarms(chance, runs, 2500, 0.1, [0.0] * 10, 0.2)
    print(found.line("share of 0.1 among 2500, ten at the median of alike that differ by 20 %"))
    found = comparison_alarms(chance, runs, 2500, 0.1, [0.0] * 5 + [0.6, -0.6, 0.8, -0.8, 0.7])
    print(found.line("share of 0.1 among 2500, five like those alike and five 60–80 % away"))


if __name__ == "__main__":
    main()
