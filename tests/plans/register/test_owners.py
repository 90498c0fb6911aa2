"""Who holds a plan today, when the unit that made it is no more."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fotfeste.errors import InputError
from fotfeste.plans.register import Owner, heirs
from fotfeste.plans.register.owners import belongs_to, owner_of
from fotfeste.plans.register.values import OwnerKind
from fotfeste.regions import Regions, load_regions

COUNTY, MUNICIPALITY = OwnerKind.COUNTY, OwnerKind.MUNICIPALITY


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_regions()


def names(regions: Regions, owner: Owner) -> list[str]:
    return [one.owner.name for one in heirs(regions, owner)]


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("38", "Vestfold og Telemark", ["Telemark", "Vestfold"]),
        ("54", "Troms og Finnmark", ["Troms", "Finnmark"]),
        ("30", "Viken", ["Akershus", "Buskerud", "Østfold"]),
        ("16", "Sør-Trøndelag", ["Trøndelag"]),
        ("40", "Telemark", ["Telemark"]),
    ],
)
def test_the_plans_of_a_dissolved_county_live_on_with_those_who_took_over(
    regions: Regions, code: str, name: str, expected: list[str]
) -> None:
    assert sorted(names(regions, Owner(COUNTY, code, name))) == sorted(expected)


def test_jevnaker_and_lunner_left_oppland_for_viken_in_2020_and_are_in_akershus_now(regions: Regions) -> None:
    found = heirs(regions, Owner(COUNTY, "05", "Oppland"))
    assert [(one.owner.name, one.share) for one in found] == [
        ("Innlandet", Fraction(24, 26)),
        ("Akershus", Fraction(2, 26)),
    ]


def test_the_shares_of_the_heirs_are_the_whole(regions: Regions) -> None:
    for year in (1994, 2017, 2019, 2023, 2026):
        for county in regions.counties(year):
            found = heirs(regions, Owner(COUNTY, county.code, county.name))
            assert sum(one.share for one in found) == 1
            assert found == tuple(sorted(found, key=lambda one: -one.share))


def test_a_municipality_that_was_split_has_several_heirs(regions: Regions) -> None:
    tysfjord = owner_of(regions, MUNICIPALITY, "Tysfjord", 2019)
    assert names(regions, tysfjord) == ["Narvik", "Hamarøy"] or names(regions, tysfjord) == [
        "Hamarøy",
        "Narvik",
    ]


def test_a_plan_matters_in_the_counties_that_inherited_it(regions: Regions) -> None:
    joint = Owner(COUNTY, "38", "Vestfold og Telemark")
    assert belongs_to(regions, joint, "40")
    assert belongs_to(regions, joint, "39")
    assert not belongs_to(regions, joint, "33")
    assert belongs_to(regions, Owner(MUNICIPALITY, "0807", "Notodden"), "40")


def test_a_number_nobody_had_is_refused(regions: Regions) -> None:
    with pytest.raises(InputError, match="99"):
        heirs(regions, Owner(COUNTY, "99", "Svalbard"))
