"""A small classifier that learns from accepted codings, on the machine it runs on, and says why.

For each code by itself: regularised least squares (Rifkin, Yeo and Poggio 2003) on which features a passage has, each
weighed by how rare it is and every passage as long as any other. A passage's score is the sum of its features' weights;
0 is far from those with the code, 1 near them.

It abstains when unsure: a code is suggested only above a threshold that is set by what is already coded. Each such
passage is scored as if it had not been learnt from (leave one out, which has an exact formula), and the threshold is the
lowest score above which at least ``PRECISION`` of them have the code, one right and one wrong added so that few are
not trusted too much (Laplace's rule of succession). The threshold is chosen where it does best, so new passages come
out lower than that share. A code with fewer than ``FEWEST`` accepted passages, or without such a score, is never
suggested. Nothing here is drawn by chance: the same codings give the same suggestions, whatever their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
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
PRECISION = 0.85
"""The share of the passages above the threshold that must have the code, of those it is set by."""
MOST = 3000
"""Passages that are learnt from; of more, every so-many-th. Time grows with the third power."""
RIDGE = 1.0
LEVEL = 0.1
"""What every two passages have in common besides features: how usual a code is."""
SHOWN_WORDS, SHOWN_NEIGHBOURS = 5, 3


@dataclass(frozen=True, slots=True)
class Learnt:
    """A passage that people have judged: where it stands, its features, and the codes that hold.

    ``document`` is what the document is called outside; two may have the same text.
    """

    text_sha256: str
    span: Span
    features: tuple[str, ...]
    codes: frozenset[str]
    document: str = ""


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
        levels: dict[str, float],
        rarity: NDArray[np.float64],
    ) -> None:
        self._learnt = learnt
        self._vocabulary = vocabulary
        self.known = known
        self._weights = weights
        self._levels = levels
        self._rarity = rarity
        self._by_code = {
            one.code: [place for place, passage in enumerate(learnt) if one.code in passage.codes]
            for one in known
        }
        self._vectors = [self._vector(passage.features) for passage in learnt]

    def said_of(self, features: Sequence[str]) -> tuple[Said, ...]:
        """Return the codes that a passage with these features would be given, with causes; often none."""
        vector = self._vector(features)
        if not vector:
            return ()
        found = []
        for one in self.known:
            if one.threshold is None:
                continue
            weights = self._weights[one.code]
            score = self._levels[one.code] + sum(
                share * float(weights[place]) for place, share in vector.items()
            )
            if score >= one.threshold:
                found.append(Said(one.code, self._cause(one, features, vector, score)))
        return tuple(found)

    def _cause(
        self, known: CodeLearnt, features: Sequence[str], vector: dict[int, float], score: float
    ) -> LearntCause:
        weights = self._weights[known.code]
        heaviest = sorted(
            (
                (one, vector[place] * float(weights[place]))
                for one in features
                if (place := self._vocabulary.get(one)) is not None
            ),
            key=lambda pair: (-pair[1], pair[0]),
        )
        words = tuple((one, round(weight, 3)) for one, weight in heaviest[:SHOWN_WORDS] if weight > 0)
        threshold = known.threshold if known.threshold is not None else score
        return LearntCause(round(score, 6), threshold, words, self._nearest(known.code, vector))

    def _nearest(self, code: str, mine: dict[int, float]) -> tuple[Neighbour, ...]:
        near = sorted(
            ((_likeness(mine, self._vectors[place]), -place) for place in self._by_code[code]), reverse=True
        )
        nearest = (
            (self._learnt[-place], likeness) for likeness, place in near[:SHOWN_NEIGHBOURS] if likeness > 0
        )
        return tuple(
            Neighbour(one.text_sha256, one.span, round(likeness, 6), one.document)
            for one, likeness in nearest
        )

    def _vector(self, features: Sequence[str]) -> dict[int, float]:
        places = [self._vocabulary[one] for one in features if one in self._vocabulary]
        length = sqrt(sum(float(self._rarity[place]) ** 2 for place in places))
        return {place: float(self._rarity[place]) / length for place in places} if length else {}


def learn(judged: Sequence[Learnt], codes: Sequence[str]) -> Classifier:
    """Return a classifier that has learnt the codes from judged passages; passages with no code are learnt from too."""
    import numpy as np

    ordered = sorted(
        judged, key=lambda one: (one.text_sha256, one.span.start, one.span.end, one.features, one.document)
    )
    learnt = tuple(ordered[:: -(-len(ordered) // MOST) or 1])
    vocabulary: dict[str, int] = {}
    standing: list[list[int]] = []
    for number, passage in enumerate(learnt):
        for one in passage.features:
            place = vocabulary.setdefault(one, len(vocabulary))
            if place == len(standing):
                standing.append([])
            standing[place].append(number)
    everywhere = np.array([len(some) for some in standing], dtype=np.float64)
    rarity = np.log((1 + len(learnt)) / np.maximum(everywhere, 1))
    lengths = np.zeros(len(learnt))
    for place, some in enumerate(standing):
        lengths[some] += rarity[place] ** 2
    lengths = np.sqrt(np.where(lengths > 0, lengths, 1.0))
    alike = np.full((len(learnt), len(learnt)), LEVEL)
    for place, some in enumerate(standing):
        shares = rarity[place] / lengths[some]
        alike[np.ix_(some, some)] += np.outer(shares, shares)
    inverse = np.linalg.inv(alike + RIDGE * np.eye(len(learnt)))
    known: list[CodeLearnt] = []
    weights: dict[str, NDArray[np.float64]] = {}
    levels: dict[str, float] = {}
    for code in codes:
        has = np.array([code in passage.codes for passage in learnt], dtype=bool)
        count = int(has.sum())
        if count < FEWEST or count == len(learnt):
            known.append(CodeLearnt(code, count, None, 0, 0))
            continue
        pulls = inverse @ has
        left_out = has - pulls / np.diag(inverse)
        known.append(CodeLearnt(code, count, *_threshold(np.round(left_out, 9), has)))
        levels[code] = LEVEL * float(pulls.sum())
        shared = pulls / lengths
        weights[code] = rarity * np.array([float(shared[some].sum()) for some in standing])
    return Classifier(learnt, vocabulary, tuple(known), weights, levels, rarity)


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
