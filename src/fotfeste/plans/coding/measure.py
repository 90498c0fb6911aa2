"""How well suggestions meet what people labelled: precision and recall for each code, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share ``of`` something, and its 95 per cent interval (Wilson 1927); None of it when it is of nothing."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0..1."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The lowest and the highest share that the numbers go well with."""
        if not self.of:
            return None
        share, z = self.hits / self.of, NORMAL_95
        middle = (share + z * z / (2 * self.of)) / (1 + z * z / self.of)
        half = z * sqrt(share * (1 - share) / self.of + z * z / (4 * self.of**2)) / (1 + z * z / self.of)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Score:
    """How one code was met: of those suggested how many were right, and of those labelled how many were suggested."""

    right: int
    suggested: int
    labelled: int

    @property
    def precision(self) -> Share:
        """Right among those suggested; without value when nothing was."""
        return Share(self.right, self.suggested)

    @property
    def recall(self) -> Share:
        """Suggested among those labelled; without value when nothing was."""
        return Share(self.right, self.labelled)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; without value when neither suggested nor labelled."""
        both = self.suggested + self.labelled
        return 2 * self.right / both if both else None

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.suggested + other.suggested, self.labelled + other.labelled
        )


def scores(
    suggested: Sequence[frozenset[str]], labelled: Sequence[frozenset[str]], codes: Sequence[str]
) -> Mapping[str, Score]:
    """Return the score of each code over the same units in the same order."""
    pairs = list(zip(suggested, labelled, strict=True))
    return {
        code: Score(
            sum(code in one and code in other for one, other in pairs),
            sum(code in one for one, _ in pairs),
            sum(code in other for _, other in pairs),
        )
        for code in codes
    }


def total(by_code: Mapping[str, Score]) -> Score:
    """Return all codes together, every coding counting once."""
    return sum(by_code.values(), Score(0, 0, 0))
