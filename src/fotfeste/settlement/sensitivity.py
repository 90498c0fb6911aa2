"""How sure the numbers are: drawn again and again with other weights and other values of what is uncertain.

Weights are drawn around the chosen ones (Dirichlet with parameters concentration · share), figures with declared
uncertainty within it, and figures with bounds (suppressed ones above all) evenly between their bounds. Every draw is
shared out under the same rules. Draws are made in blocks, each with a generator of its own that is seeded with the
number of the block, so that the answer does not depend on how many processors worked. The draws are floats; the numbers
recommended never come from here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.apply_rules import apply_rules
from fotfeste.settlement.calculate import minors_of
from fotfeste.settlement.criteria import Criterion
from fotfeste.settlement.domains import Domain
from fotfeste.settlement.drawing import Drawn, draw, uncertain_figures
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.rules import Beside, domains_of
from fotfeste.settlement.vector_keys import shares_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Range", "Sensitivity", "SensitivitySettings", "WeightRange", "sensitivity", "shipped_settings"]

SCHEMA = 1
CELLS = 350_000
"""So many cells (draws times municipalities) are worked on at a time in one block."""
WORKERS = 2
ALIKE = 1e-6
"""Squared correlations no farther apart are the same: what is left is the order in which floats were added."""


@dataclass(frozen=True, slots=True)
class SensitivitySettings:
    """How many draws, how near the weights stay (``concentration``), what an interval holds, and the seed."""

    draws: int
    concentration: Fraction
    interval: Fraction
    seed: int
    dated: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """One municipality over all draws, in persons with unaccompanied minors.

    ``low`` to ``high`` holds the stated part of the draws, ``least`` to ``most`` all of them. ``mover`` is the
    criterion whose persons the number follows most closely (``None`` where the number never changes), ``follows`` the
    squared correlation between the two (0 to 1), and ``rises`` tells whether more of it gives more persons.
    """

    code: str
    chosen: int
    low: int
    high: int
    least: int
    most: int
    mover: str | None
    rises: bool
    follows: float


@dataclass(frozen=True, slots=True)
class WeightRange:
    """The weight of one criterion: as chosen, and the interval that holds the stated part of the draws."""

    criterion: str
    chosen: Fraction
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """All ranges, in the county's order, with what was drawn and what was taken as certain.

    ``declared`` are indicators whose uncertainty the catalogue, the source or the user declares, ``bounded`` those with
    hidden figures, ``certain`` those counted as exact since nothing is declared.
    """

    settings: SensitivitySettings
    ranges: tuple[Range, ...]
    weights: tuple[WeightRange, ...]
    declared: tuple[str, ...]
    bounded: tuple[str, ...]
    certain: tuple[str, ...]


@cache
def shipped_settings() -> SensitivitySettings:
    """Return the settings that come with Fotfeste, from ``sensitivity.toml``."""
    text = (resources.files("fotfeste.settlement") / "sensitivity.toml").read_text("utf-8")
    content = tomllib.loads(text, parse_float=Decimal)
    if content["schema"] != SCHEMA:
        raise InputError("sensitivity.schema", msg("Innstillingene for usikkerhet har et ukjent skjema."))
    return SensitivitySettings(
        content["draws"],
        Fraction(content["concentration"]),
        Fraction(content["interval"]),
        content["seed"],
        content["dated"].isoformat(),
        content["source"],
    )


def sensitivity(
    prepared: Prepared, numbers: Mapping[str, int], settings: SensitivitySettings | None = None
) -> Sensitivity:
    """Return how far each of the recommended ``numbers`` (by code, minors included) moves over all draws.

    Raises :class:`InputError` for settings that cannot be drawn with.
    """
    import numpy as np

    settings = settings or shipped_settings()
    _check(settings)
    used = tuple(one for one in prepared.criteria.criteria if one.share)
    domains, beside = _domains(prepared)
    sums = _Sums(len(prepared.codes), len(used))
    parts: list[NDArray[np.int32]] = []
    weights: list[Floats] = []
    for drawn, shared, persons in _blocks(prepared, used, domains, settings):
        parts.append(shared.astype(np.int32))
        weights.append(drawn.weights)
        sums.add(shared, persons)
    every = np.concatenate(parts)
    ends = _ends(settings.interval)
    low, high = np.quantile(every, ends, axis=0, method="inverted_cdf")
    least, most = every.min(axis=0), every.max(axis=0)
    spread = np.quantile(np.concatenate(weights), ends, axis=0)
    found = uncertain_figures(prepared)
    return Sensitivity(
        settings,
        tuple(
            Range(
                code,
                numbers[code],
                int(low[place]) + beside.of(code),
                int(high[place]) + beside.of(code),
                int(least[place]) + beside.of(code),
                int(most[place]) + beside.of(code),
                *sums.mover(place, used),
            )
            for place, code in enumerate(prepared.codes)
        ),
        tuple(
            WeightRange(one.id, one.share, float(spread[0][place]), float(spread[1][place]))
            for place, one in enumerate(used)
        ),
        *found,
    )


def _check(settings: SensitivitySettings) -> None:
    if settings.draws < 1 or settings.concentration <= 0 or not 0 < settings.interval < 1:
        raise InputError(
            "sensitivity.settings",
            msg("Antall trekninger og tettheten må være over null, og intervallet mellom 0 og 1."),
        )


def _ends(interval: Fraction) -> tuple[float, float]:
    return float((1 - interval) / 2), float((1 + interval) / 2)


def _domains(prepared: Prepared) -> tuple[list[Domain], Beside]:
    """Return the numbers that the rules allow, and the persons beside what is shared out."""
    minors, _ = minors_of(prepared)
    applied = apply_rules(prepared.criteria.rules, prepared.rule_inputs(minors))
    beside = Beside(minors, applied.transfers)
    total = prepared.request.total - prepared.request.minors
    return domains_of(applied.bounds, prepared.codes, total, beside), beside


def _blocks(
    prepared: Prepared, used: tuple[Criterion, ...], domains: list[Domain], settings: SensitivitySettings
) -> Iterator[tuple[Drawn, NDArray[np.int64], Floats]]:
    """Yield, block by block in order: what was drawn, the numbers, and persons per criterion (criteria first)."""
    from concurrent.futures import ThreadPoolExecutor

    import numpy as np

    from fotfeste.settlement.many import apportion_many

    total = prepared.request.total - prepared.request.minors
    size = max(1, CELLS // len(prepared.codes))
    count = -(-settings.draws // size)

    def block(number: int) -> tuple[Drawn, NDArray[np.int64], Floats]:
        rows = min(size, settings.draws - number * size)
        drawn = draw(prepared, used, settings.concentration, rows, (settings.seed, number))
        persons = np.stack(
            [
                total * drawn.weights[:, place, None] * shares_of(one.key, drawn.figures, prepared, total)
                for place, one in enumerate(used)
            ]
        )
        shared = apportion_many(persons.sum(axis=0), domains, total, prepared.criteria.method)
        if shared is None:
            raise AssertionError("the rules could be met for the recommendation, and they do not change")
        return drawn, shared, persons

    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(block, range(count))


class _Sums:
    """Sums over draws from which correlations follow, added to in a fixed order."""

    def __init__(self, municipalities: int, criteria: int) -> None:
        import numpy as np

        self.draws = 0
        self.x, self.xx = np.zeros(municipalities), np.zeros(municipalities)
        self.p, self.pp, self.xp = (np.zeros((criteria, municipalities)) for _ in range(3))

    def add(self, numbers: NDArray[np.int64], persons: Floats) -> None:
        """Add a block of draws."""
        self.draws += len(numbers)
        whole = numbers.astype(float)
        self.x += whole.sum(axis=0)
        self.xx += (whole**2).sum(axis=0)
        self.p += persons.sum(axis=1)
        self.pp += (persons**2).sum(axis=1)
        self.xp += (persons * whole).sum(axis=1)

    def mover(self, place: int, criteria: tuple[Criterion, ...]) -> tuple[str | None, bool, float]:
        """Return the criterion that a municipality's number follows most closely, which way, and how closely.

        With two criteria it follows both alike, one up and the other down; then the one that gives more is told.
        """
        spread = self.xx[place] / self.draws - (self.x[place] / self.draws) ** 2
        best: tuple[str | None, bool, float] = (None, True, 0.0)
        for at, one in enumerate(criteria):
            mean = self.p[at, place] / self.draws
            own = self.pp[at, place] / self.draws - mean**2
            if spread <= 1e-9 or own <= 1e-12:
                continue
            together = self.xp[at, place] / self.draws - mean * self.x[place] / self.draws
            follows, rises = min(1.0, float(together**2 / (own * spread))), bool(together > 0)
            alike = abs(follows - best[2]) <= ALIKE
            if follows > best[2] + ALIKE or (alike and best[0] is not None and rises and not best[1]):
                best = (one.id, rises, follows)
        return best
