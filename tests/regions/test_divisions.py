"""Municipalities and counties of each year, against the numbers that SSB and the ministry have published."""

from __future__ import annotations

import pytest

from fotfeste.errors import InputError
from fotfeste.regions import Regions

OFFICIAL_MUNICIPALITIES = {
    1994: 435, 2001: 435, 2002: 434, 2003: 434, 2004: 434, 2005: 433, 2006: 431, 2007: 431, 2008: 430, 2011: 430,
    2012: 429, 2013: 428, 2016: 428, 2017: 426, 2018: 422, 2019: 422, 2020: 356, 2023: 356, 2024: 357, 2026: 357,
}  # fmt: skip
OFFICIAL_COUNTIES = {1994: 19, 2017: 19, 2018: 18, 2019: 18, 2020: 11, 2023: 11, 2024: 15, 2026: 15}


@pytest.mark.parametrize(("year", "number"), OFFICIAL_MUNICIPALITIES.items())
def test_each_year_has_the_official_number_of_municipalities(
    regions: Regions, year: int, number: int
) -> None:
    assert len(regions.municipalities(year)) == number


@pytest.mark.parametrize(("year", "number"), OFFICIAL_COUNTIES.items())
def test_each_year_has_the_official_number_of_counties(regions: Regions, year: int, number: int) -> None:
    assert len(regions.counties(year)) == number


@pytest.mark.parametrize("year", range(1994, 2028))
def test_codes_are_unique_ordered_and_lie_in_a_county_of_the_year(regions: Regions, year: int) -> None:
    codes = [one.code for one in regions.municipalities(year)]
    assert codes == sorted(set(codes))
    assert {code[:2] for code in codes} == {county.code for county in regions.counties(year)}


@pytest.mark.parametrize("year", [1994, 2019, 2020, 2024, 2027])
def test_the_counties_together_hold_every_municipality_once(regions: Regions, year: int) -> None:
    by_county = [
        one for county in regions.counties(year) for one in regions.municipalities(year, county.code)
    ]
    assert sorted(one.code for one in by_county) == [one.code for one in regions.municipalities(year)]


def test_the_counties_of_a_period_have_the_names_of_that_period(regions: Regions) -> None:
    assert {"Hedmark", "Oppland", "Sør-Trøndelag", "Nord-Trøndelag"} <= {
        c.name for c in regions.counties(2017)
    }
    assert {c.code: c.name for c in regions.counties(2021)} == {
        "03": "Oslo", "11": "Rogaland", "15": "Møre og Romsdal", "18": "Nordland", "30": "Viken", "34": "Innlandet",
        "38": "Vestfold og Telemark", "42": "Agder", "46": "Vestland", "50": "Trøndelag", "54": "Troms og Finnmark",
    }  # fmt: skip
    assert {c.code: c.name for c in regions.counties(2024)} == {
        "03": "Oslo", "11": "Rogaland", "15": "Møre og Romsdal", "18": "Nordland", "31": "Østfold", "32": "Akershus",
        "33": "Buskerud", "34": "Innlandet", "39": "Vestfold", "40": "Telemark", "42": "Agder", "46": "Vestland",
        "50": "Trøndelag", "55": "Troms", "56": "Finnmark",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "year", "name", "official"),
    [
        ("0716", 2001, "Våle", "Våle"),
        ("0716", 2002, "Re", "Re"),
        ("0701", 2001, "Borre", "Borre"),
        ("0701", 2002, "Horten", "Horten"),
        ("1940", 1994, "Kåfjord", "Kåfjord"),
        ("1940", 1995, "Kåfjord", "Gáivuotna - Kåfjord"),
        ("5540", 2024, "Kåfjord", "Gáivuotna - Kåfjord - Kaivuono"),
        ("1736", 2010, "Snåsa", "Snåsa"),
        ("1736", 2011, "Snåsa", "Snåase - Snåsa"),
        ("1853", 2021, "Evenes", "Evenes"),
        ("1853", 2022, "Evenes", "Evenes - Evenášši"),
        ("1853", 2026, "Evenes", "Evenes - Evenášši"),
        ("5610", 2026, "Karasjok", "Kárášjohka - Karasjok"),
        ("0616", 2019, "Nes", "Nes (Buskerud)"),
        ("3040", 2020, "Nesbyen", "Nesbyen"),
        ("3018", 2020, "Våler", "Våler (Viken)"),
        ("3114", 2024, "Våler", "Våler (Østfold)"),
        ("0301", 2025, "Oslo", "Oslo"),
        ("0301", 2026, "Oslo", "Oslo - Oslove"),
    ],
)
def test_a_municipality_has_the_names_of_its_time(
    regions: Regions, code: str, year: int, name: str, official: str
) -> None:
    found = regions.municipality(code, year)
    assert (found.name, found.official_name) == (name, official)


def test_validity_is_the_years_of_number_and_norwegian_name(regions: Regions) -> None:
    skien = regions.municipality("Skien", 2021)
    assert (skien.code, skien.valid_from, skien.valid_to) == ("3807", 2020, 2023)
    re = regions.municipality("Re", 2010)
    assert (re.valid_from, re.valid_to) == (2002, 2019)
    trondheim = regions.municipality("Trondheim", 2024)
    assert (trondheim.valid_from, trondheim.valid_to) == (2018, None)


def test_no_name_is_damaged(regions: Regions) -> None:
    names = [
        one.official_name for year in (1994, 2011, 2020, 2024, 2026) for one in regions.municipalities(year)
    ]
    assert len(names) == 435 + 430 + 356 + 357 + 357
    assert not [name for name in names if "?" in name or "\ufffd" in name or name != name.strip()]


def test_a_recommendation_year_uses_the_newest_division(regions: Regions) -> None:
    assert regions.municipalities(2027) == regions.municipalities(2026)


@pytest.mark.parametrize("year", [1993, 0, -1, 2051, 20270])
def test_years_outside_the_register_are_refused(regions: Regions, year: int) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipalities(year)
    assert caught.value.code == "region.year"
    assert "1994" in str(caught.value)


def test_the_returned_divisions_cannot_be_changed_by_callers(regions: Regions) -> None:
    assert isinstance(regions.municipalities(2024), tuple)
    with pytest.raises(AttributeError):
        regions.municipalities(2024)[0].name = "Kristiania"  # type: ignore[misc]
