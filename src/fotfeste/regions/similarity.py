"""Find municipalities alike in size, centrality and KOSTRA group."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from fotfeste.regions.values import Attributes

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class SimilarityWeights:
    """The weights of the three parts of the distance, as in ``similarity.toml``."""

    size: Decimal
    centrality: Decimal
    kostra: Decimal


@cache
def similarity_weights() -> SimilarityWeights:
    """Return the weights that are shipped with the package."""
    text = (resources.files("fotfeste.regions") / "similarity.toml").read_text(encoding="utf-8")
    weights = tomllib.loads(text)["weights"]
    return SimilarityWeights(**{name: Decimal(value) for name, value in weights.items()})


def distance(one: Attributes, other: Attributes, weights: SimilarityWeights) -> float:
    """Return how unlike two municipalities are: 0 for equals, 1 for a doubling of size.

    Formula: size * |log2(p1/p2)| + centrality * |c1 - c2| / 100 + kostra * (k1 != k2), rounded to nine decimals so that
    the order is the same on every machine.
    """
    size = abs(math.log2(one.population) - math.log2(other.population))
    centrality = abs(one.centrality_index - other.centrality_index) / 100
    kostra = one.kostra_group != other.kostra_group
    total = (
        float(weights.size) * size + float(weights.centrality) * centrality + float(weights.kostra) * kostra
    )
    return round(total, _DIGITS)


def most_alike(
    one: Attributes, others: Iterable[Attributes], number: int, weights: SimilarityWeights
) -> tuple[Attributes, ...]:
    """Return the ``number`` municipalities least unlike ``one``, the nearest first, ``one`` itself left out."""
    ranked = sorted(
        (distance(one, other, weights), other.code, other) for other in others if other.code != one.code
    )
    return tuple(other for _, _, other in ranked[:number])
