"""A small classifier that learns from accepted codings, on the machine it runs on, and says why.

For each code by itself: naive Bayes over which features a passage has (McCallum and Nigam 1998, with each feature
counted once as in binarised multinomial models). A feature's weight is the logarithm of how much more often it stands
in passages with the code than without; a passage's score is the sum of its features' weights over the square root of
their number, so that long passages are not coded for being long.

It abstains when unsure: a code is suggested only above a threshold that is set by what is already coded. Each such
passage is scored as if it had not been learnt from (leave one out), and the threshold is the lowest score above which
at least ``PRECISION`` of them have the code, one right and one wrong added so that few are not trusted too much
(Laplace's rule of succession). A code with fewer than ``FEWEST`` accepted passages, or without such a
score, is never suggested. Nothing here is drawn by chance: the same codings give the same suggestions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from fotfeste.plans.coding.model import LearntCause, Neighbour
from fotfeste.plans.documents.model import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST = 5
"""Accepted passages that a code must have before it is learnt; a code with fewer is left to the rules."""
FEWEST_ABOVE = 4
"""Passages that must lie above a threshold for it to be trusted."""
PRECISION = 0.7
"""The share of the passages above the threshold that must have the code."""
SMOOTHING = 0.5
SHOWN_WORDS, SHOWN_NEIGHBOURS = 5, 3


@dataclass(frozen=True, slots=True)
class Learnt:
    """A passage that people have judged: where it stands, its features, and the codes that hold."""

    text_sha256: str
    span: Span
    features: tuple[str, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A code that the classifier would give a passage, and why."""

    code: str
    cause: LearntCause


@dataclass(frozen=True, slots=True)
class CodeLearnt:
    """What is known of one code: accepted passages, the threshold (None: it abstains), and how it did left out."""

    code: str
    passages: int
    threshold: float | None
    above: int
    right: int


class Classifier:
    """What is learnt from judged passages; made by :func:`learn`, never changed."""

    def __init__(
        self,
        learnt: tuple[Learnt, ...],
        vocabulary: dict[str, int],
        known: tuple[CodeLearnt, ...],
        weights: dict[str, NDArray[np.float64]],
        priors: dict[str, float],
        rarity: NDArray[np.float64],
    ) -> None:
        self._learnt = learnt
        self._vocabulary = vocabulary
        self.known = known
        self._weights = weights
        self._priors = priors
        self._rarity = rarity
        self._by_code = {
            one.code: [place for place, passage in enumerate(learnt) if one.code in passage.codes]
            for one in known
        }
        self._vectors = [self._vector(passage.features) for passage in learnt]

    def said_of(self, features: Sequence[str]) -> tuple[Said, ...]:
        """Return the codes that a passage with these features would be given, with causes; often none."""
        places = [self._vocabulary[one] for one in features if one in self._vocabulary]
        if not places:
            return ()
        found = []
        for one in self.known:
            if one.threshold is None:
                continue
            weights = self._weights[one.code][places]
            score = self._priors[one.code] + float(weights.sum()) / sqrt(len(places))
            if score >= one.threshold:
                found.append(Said(one.code, self._cause(one, features, score)))
        return tuple(found)

    def _cause(self, known: CodeLearnt, features: Sequence[str], score: float) -> LearntCause:
        weights = self._weights[known.code]
        heaviest = sorted(
            ((one, float(weights[self._vocabulary[one]])) for one in features if one in self._vocabulary),
            key=lambda pair: (-pair[1], pair[0]),
        )
        words = tuple((one, round(weight, 3)) for one, weight in heaviest[:SHOWN_WORDS] if weight > 0)
        threshold = known.threshold if known.threshold is not None else score
        return LearntCause(round(score, 6), threshold, words, self._nearest(known.code, features))

    def _nearest(self, code: str, features: Sequence[str]) -> tuple[Neighbour, ...]:
        mine = self._vector(features)
        near = sorted(
            ((_likeness(mine, self._vectors[place]), -place) for place in self._by_code[code]), reverse=True
        )
        return tuple(
            Neighbour(self._learnt[-place].text_sha256, self._learnt[-place].span, round(likeness, 6))
            for likeness, place in near[:SHOWN_NEIGHBOURS]
            if likeness > 0
        )

    def _vector(self, features: Sequence[str]) -> dict[int, float]:
        places = [self._vocabulary[one] for one in features if one in self._vocabulary]
        length = sqrt(sum(float(self._rarity[place]) ** 2 for place in places))
        return {place: float(self._rarity[place]) / length for place in places} if length else {}


def learn(judged: Sequence[Learnt], codes: Sequence[str]) -> Classifier:
    """Return a classifier that has learnt the codes from judged passages; passages with no code are learnt from too."""
    import numpy as np

    learnt = tuple(judged)
    vocabulary: dict[str, int] = {}
    for passage in learnt:
        for one in passage.features:
            vocabulary.setdefault(one, len(vocabulary))
    rows = np.repeat(np.arange(len(learnt)), [len(passage.features) for passage in learnt])
    columns = np.array([vocabulary[one] for passage in learnt for one in passage.features], dtype=np.int64)
    lengths = np.array([len(passage.features) for passage in learnt], dtype=np.float64)
    everywhere = np.bincount(columns, minlength=len(vocabulary)).astype(np.float64)
    known: list[CodeLearnt] = []
    weights: dict[str, NDArray[np.float64]] = {}
    priors: dict[str, float] = {}
    for code in codes:
        has = np.array([code in passage.codes for passage in learnt], dtype=bool)
        count = int(has.sum())
        if count < FEWEST or count == len(learnt):
            known.append(CodeLearnt(code, count, None, 0, 0))
            continue
        inside = np.bincount(columns[has[rows]], minlength=len(vocabulary)).astype(np.float64)
        table = _Counts(inside, everywhere, float(lengths[has].sum()), float(lengths.sum()))
        left_out = _left_out(table, rows, columns, has, lengths)
        threshold, above, right = _threshold(left_out, has)
        known.append(CodeLearnt(code, count, threshold, above, right))
        weights[code] = table.weights()
        priors[code] = log(count / (len(learnt) - count))
    rarity = np.log((1 + len(learnt)) / (1 + everywhere)) if len(learnt) else np.zeros(0)
    return Classifier(learnt, vocabulary, tuple(known), weights, priors, rarity)


@dataclass(frozen=True)
class _Counts:
    """How often each feature stands in passages with a code, and everywhere; and how many features there are."""

    inside: NDArray[np.float64]
    everywhere: NDArray[np.float64]
    all_inside: float
    all: float

    def weights(self) -> NDArray[np.float64]:
        import numpy as np

        more = SMOOTHING * len(self.inside)
        outside = self.everywhere - self.inside
        result: NDArray[np.float64] = np.log((self.inside + SMOOTHING) / (self.all_inside + more)) - np.log(
            (outside + SMOOTHING) / (self.all - self.all_inside + more)
        )
        return result


def _left_out(
    table: _Counts,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    has: NDArray[np.bool_],
    lengths: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the score of each passage by what is learnt from all others."""
    import numpy as np

    more = SMOOTHING * len(table.inside)
    mine = has[rows].astype(np.float64)
    inside = table.inside[columns] - mine
    outside = table.everywhere[columns] - table.inside[columns] - (1 - mine)
    own = lengths[rows]
    weights = np.log((inside + SMOOTHING) / (table.all_inside - own * mine + more)) - np.log(
        (outside + SMOOTHING) / (table.all - table.all_inside - own * (1 - mine) + more)
    )
    sums = np.bincount(rows, weights=weights, minlength=len(lengths))
    count, of = float(has.sum()), float(len(has))
    priors = np.where(
        has, np.log(max(count - 1, 0.5) / (of - count)), np.log(count / max(of - count - 1, 0.5))
    )
    result: NDArray[np.float64] = priors + sums / np.sqrt(np.maximum(lengths, 1))
    return result


def _threshold(scores: NDArray[np.float64], has: NDArray[np.bool_]) -> tuple[float | None, int, int]:
    """Return the lowest trusted score, how many passages reach it, and how many of those have the code."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(has[order])
    above = np.arange(1, len(order) + 1)
    # Passages with the same score are above or below a threshold together.
    last = np.append(scores[order][1:] < scores[order][:-1], True)
    good = (right + 1 >= PRECISION * (above + 2)) & (above >= FEWEST_ABOVE) & last
    if not good.any():
        return None, 0, 0
    place = int(np.nonzero(good)[0][-1])
    return round(float(scores[order][place]), 6), int(above[place]), int(right[place])


def _likeness(one: dict[int, float], other: dict[int, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(place, 0.0) for place, weight in one.items())
