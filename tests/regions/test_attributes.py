"""Centrality, KOSTRA group, labour market, place and language of today's municipalities."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from fotfeste.errors import InputError
from fotfeste.regions import LabourMarketRegion, Regions


def test_every_municipality_of_today_has_attributes(regions: Regions) -> None:
    known = [regions.attributes(one.code) for one in regions.municipalities(2026)]
    assert [sum(one.centrality_class == number for one in known) for number in range(1, 7)] == [
        5,
        21,
        54,
        65,
        104,
        108,
    ]
    assert sum(one.population for one in known) == 5_627_400
    assert {one.language_form for one in known} == {"bokmål", "nynorsk", "nøytral"}


def test_known_values(regions: Regions) -> None:
    oslo = regions.attributes("0301")
    assert (oslo.centrality_class, oslo.centrality_index, oslo.kostra_group) == (1, 1000, 13)
    assert oslo.labour_market_region == LabourMarketRegion("005", "Oslo/Bærum")
    assert oslo.area_km2 == Decimal("454.12")
    assert not oslo.district
    nesseby = regions.attributes("5636")
    assert nesseby.district
    assert nesseby.administrative_centre == "Varangerbotn"
    assert nesseby.centroid == (29.14386, 70.29938)
    assert regions.attributes("4022").language_form == "nynorsk"


def test_attributes_of_a_former_number_are_refused_with_what_it_became(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.attributes("3807")
    assert "4003 Skien" in str(caught.value)


def test_the_summary_of_telemark(regions: Regions) -> None:
    telemark = next(one for one in regions.county_summaries() if one.code == "40")
    assert telemark.name == "Telemark"
    assert telemark.by_class == (0, 0, 3, 5, 5, 4)
    assert telemark.municipalities == 17
    assert telemark.district_share == Fraction(9, 17)


def test_the_summaries_cover_the_country(regions: Regions) -> None:
    found = regions.county_summaries()
    assert [one.code for one in found] == [one.code for one in regions.counties(2024)]
    assert [sum(one.by_class[place] for one in found) for place in range(6)] == [5, 21, 54, 65, 104, 108]
