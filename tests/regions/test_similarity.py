"""Municipalities alike in size, centrality and KOSTRA group."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from fotfeste.errors import InputError
from fotfeste.regions import Regions
from fotfeste.regions.similarity import SimilarityWeights, distance, most_alike, similarity_weights

EVEN = SimilarityWeights(Decimal(1), Decimal(1), Decimal(1))


def test_a_doubling_counts_as_much_as_a_hundred_points_and_as_another_group(regions: Regions) -> None:
    skien = regions.attributes("4003")
    assert distance(skien, replace(skien, population=2 * skien.population), EVEN) == 1
    assert distance(skien, replace(skien, centrality_index=skien.centrality_index - 100), EVEN) == 1
    assert distance(skien, replace(skien, kostra_group=1), EVEN) == 1
    assert distance(skien, skien, EVEN) == 0


def test_the_shipped_weights_are_the_documented_ones() -> None:
    assert similarity_weights() == EVEN


def test_nobody_is_alike_itself(regions: Regions) -> None:
    for one in regions.municipalities(2026):
        assert one not in regions.similar(one.code, 10)


def test_alike_means_near_in_size_centrality_and_group(regions: Regions) -> None:
    assert [one.name for one in regions.similar("4003")] == [
        "Larvik",
        "Sandefjord",
        "Sarpsborg",
        "Tønsberg",
        "Ålesund",
    ]


def test_the_nearest_come_first_and_more_only_adds(regions: Regions) -> None:
    five, ten = regions.similar("4020", 5), regions.similar("4020", 10)
    assert ten[:5] == five
    one = regions.attributes("4020")
    far = [distance(one, regions.attributes(other.code), similarity_weights()) for other in ten]
    assert far == sorted(far)


def test_equals_stand_in_order_of_number(regions: Regions) -> None:
    one = regions.attributes("4003")
    twins = [replace(one, code=code) for code in ("9003", "9001", "9002")]
    assert [other.code for other in most_alike(one, twins, 3, EVEN)] == ["9001", "9002", "9003"]


@pytest.mark.parametrize("number", [0, -1])
def test_fewer_than_one_is_refused(regions: Regions, number: int) -> None:
    with pytest.raises(InputError):
        regions.similar("4003", number)
