"""In which order passages come: BM25, with all forms of a word counted as one.

A passage's score is the sum over the parts of the search (a word with all its forms, words beside each other, or a
pair near each other) of

    idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / mean length)),   idf = ln(1 + (N - n + 0.5) / (n + 0.5)),

where tf is how often the part stands in the passage (look-alikes not counted), n in how many of the N passages of the
index, and length is counted in words. Passages of contents lists and bibliographies get a tenth. Equals come in the
order of documents' ids and of the text.

Source: S. Robertson and H. Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond, with its usual k1
and b.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from fotfeste.plans.documents.model import PassageKind

K1 = 1.2
B = 0.75
APART = 0.1
"""What a passage that only points elsewhere keeps of its score."""
ONLY_POINTS = frozenset({PassageKind.CONTENTS, PassageKind.BIBLIOGRAPHY})


def rarity(passages: int, of: int) -> float:
    """Return how much a part that stands in ``passages`` of ``of`` says (idf); never below 0."""
    return math.log(1 + (max(of, passages) - passages + 0.5) / (passages + 0.5))


def weight(times: int, length: int, mean: float) -> float:
    """Return what a part counts that stands ``times`` in a passage of ``length`` words."""
    return times * (K1 + 1) / (times + K1 * (1 - B + B * length / mean))


def scores(
    tallies: Sequence[Mapping[int, int]],
    lengths: Mapping[int, int],
    apart: Mapping[int, bool],
    of: int,
    mean: float,
) -> dict[int, float]:
    """Return the score of every passage of ``lengths``; ``tallies`` are how often each part stands in each passage."""
    found = dict.fromkeys(lengths, 0.0)
    for tally in tallies:
        idf = rarity(len(tally), of)
        for passage, times in tally.items():
            if passage in found:
                found[passage] += idf * weight(times, lengths[passage], mean)
    return {passage: score * (APART if apart[passage] else 1) for passage, score in found.items()}
