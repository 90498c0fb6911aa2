"""Allowed numbers: for each municipality an interval of whole numbers, and perhaps zero below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Domain:
    """Numbers a municipality may get: ``low`` to ``high``, and also ``none`` when ``zero`` is set.

    ``none`` is what leaves a municipality with nobody: zero, or the persons that it passes on to another. An interval
    with ``low`` above ``high`` is empty; then ``none`` is the only number left, if it is allowed.
    """

    low: int
    high: int
    zero: bool = False
    none: int = 0

    @property
    def has_gap(self) -> bool:
        """Whether ``none`` is allowed but some number between it and the interval is not."""
        return self.zero and self.none + 1 < self.low <= self.high

    @property
    def empty(self) -> bool:
        """Whether no number is allowed."""
        return self.low > self.high and not self.zero

    @property
    def least(self) -> int:
        """The smallest allowed number."""
        return self.none if self.zero else self.low

    @property
    def most(self) -> int:
        """The largest allowed number."""
        return self.high if self.low <= self.high else self.none

    def allows(self, persons: int) -> bool:
        """Whether ``persons`` is an allowed number."""
        return (self.zero and persons == self.none) or self.low <= persons <= self.high

    def without_gap(self) -> Domain:
        """Return the same domain as one interval (only for domains without a gap)."""
        return Domain(self.least, self.most)


def reachable(domains: Sequence[Domain], most: int | None = None) -> int:
    """Return the sums that the domains can reach, as a bit set: bit ``s`` is set when ``s`` is reachable.

    Sums above ``most`` are left out where it is given.
    """
    sums, kept = 1, None if most is None else (1 << (most + 1)) - 1
    for domain in domains:
        if domain.empty:
            return 0
        taken = sums << domain.none if domain.zero else 0
        if domain.low <= domain.high:
            width = domain.high if most is None else min(domain.high, most)
            taken |= _spread(sums << domain.low, max(0, width - domain.low))
        sums = taken if kept is None else taken & kept
    return sums


def _spread(bits: int, width: int) -> int:
    """Return the union of ``bits`` shifted by 0 … ``width``, by doubling."""
    covered = 0
    while covered < width:
        step = min(covered + 1, width - covered)
        bits |= bits << step
        covered += step
    return bits


def feasible(domains: Sequence[Domain], total: int) -> bool:
    """Whether some choice of allowed numbers sums to ``total``."""
    return bool(reachable(domains, total) >> total & 1)


def feasible_range(domains: Sequence[Domain], total: int) -> tuple[int | None, int | None]:
    """Return the nearest reachable totals at or below and at or above ``total``; ``None`` where there is none.

    From everyone's least to everyone's most, no step is longer than from nobody to an interval's beginning; the
    nearest total above lies within one such step.
    """
    if any(domain.empty for domain in domains):
        return None, None
    least, most = sum(domain.least for domain in domains), sum(domain.most for domain in domains)
    if not least <= total <= most:
        return (None, least) if total < least else (most, None)
    step = max((domain.low - domain.none for domain in domains if domain.has_gap), default=1)
    sums = reachable(domains, total + step)
    below = sums & ((1 << (total + 1)) - 1)
    above = sums >> total
    return (
        below.bit_length() - 1 if below else None,
        total + (above & -above).bit_length() - 1 if above else None,
    )
