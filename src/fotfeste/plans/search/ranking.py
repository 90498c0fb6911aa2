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
from collections.abc import Container, Mapping, Sequence

from fotfeste.plans.documents.model import PassageKind

K1 = 1.2
B = 0.75
APART = 0.1
"""What a passage that only points elsewhere keeps of its score."""
ONLY_POINTS = frozenset({PassageKind.CONTENTS, PassageKind.BIBLIOGRAPHY})


def rarity(passages: int, of: int) -> float:
    """Return how much a part that stands in ``passages`` of ``of`` says (idf); never below 0."""
    return math.log(1 + (max(of, passages) - passages + 0.5) / (passages + 0.5))


def scores(
    units: Sequence[Mapping[int, int]],
    lengths: Mapping[int, int],
    apart: Container[int],
    of: int,
    mean: float,
) -> dict[int, float]:
    """Return the score of every passage of ``lengths`` (in words), of an index of ``of`` passages ``mean`` words long.

    ``units`` are how often each part of the search stands in each passage; ``apart`` are passages that only point.
    """
    found = dict.fromkeys(lengths, 0.0)
    for unit in units:
        most = rarity(len(unit), of) * (K1 + 1)
        for passage, times in unit.items():
            if passage in found:
                found[passage] += most * times / (times + K1 * (1 - B + B * lengths[passage] / mean))
    return {passage: score * APART if passage in apart else score for passage, score in found.items()}
