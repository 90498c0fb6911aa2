"""What became of municipalities: mergers, splits, new numbers, new names and moved parts."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from fotfeste.errors import DataMissing, InputError
from fotfeste.regions import Regions


def whole(code: str) -> dict[str, Fraction]:
    return {code: Fraction(1)}


@pytest.mark.parametrize(
    ("code", "from_year", "to_year", "became"),
    [
        ("0101", 1994, 2019, "0101"),
        ("0101", 2019, 2020, "3001"),  # Halden
        ("0101", 1994, 2024, "3101"),
        ("0821", 2019, 2020, "3817"),  # Bø and Sauherad: Midt-Telemark
        ("0822", 2019, 2024, "4020"),
        ("0220", 2019, 2024, "3203"),  # Asker, Røyken and Hurum
        ("0627", 2019, 2024, "3203"),
        ("0628", 2019, 2024, "3203"),
        ("1567", 2018, 2019, "5061"),  # Rindal left Møre og Romsdal for Trøndelag
        ("1571", 2019, 2020, "5055"),  # Halsa: Heim
        ("0714", 2017, 2024, "3903"),  # Hof: Holmestrand
        ("0716", 2019, 2024, "3905"),  # Re: Tønsberg
        ("0716", 2001, 2024, "3905"),  # Våle: Re: Tønsberg
        ("1444", 2019, 2024, "1577"),  # Hornindal: Volda
        ("1430", 2019, 2024, "4647"),  # Gaular: Sunnfjord
        ("1632", 2017, 2024, "5058"),  # Roan: Åfjord
        ("1842", 2004, 2024, "1804"),  # Skjerstad: Bodø
        ("1718", 2017, 2024, "5054"),  # Leksvik: Indre Fosen
        ("1725", 2017, 2024, "5007"),  # Namdalseid: Namsos
        ("1214", 2001, 2024, "1160"),  # Ølen: Rogaland 2002, Vindafjord 2006
        ("0533", 2019, 2024, "3234"),  # Lunner: Viken, Akershus
        ("1546", 2019, 2020, "1507"),  # Sandøy: Ålesund
        ("0301", 1994, 2027, "0301"),
    ],
)
def test_known_changes_lead_where_they_led(
    regions: Regions, code: str, from_year: int, to_year: int, became: str
) -> None:
    assert regions.shares(code, from_year, to_year) == whole(became)


def test_snillfjord_was_split_in_three(regions: Regions) -> None:
    parts = {"5055": Fraction(35, 100), "5056": Fraction(35, 100), "5059": Fraction(30, 100)}
    assert regions.shares("5012", 2019, 2020) == parts
    assert regions.shares("1613", 2012, 2024) == parts


def test_tysfjord_was_split_in_two(regions: Regions) -> None:
    assert regions.shares("1850", 2019, 2024) == {"1806": Fraction(1, 2), "1875": Fraction(1, 2)}


def test_stokke_went_to_sandefjord_and_in_part_to_tonsberg(regions: Regions) -> None:
    shares = regions.shares("0720", 2016, 2017)
    assert set(shares) == {"0704", "0710"}
    assert Fraction(15, 100) < shares["0704"] < Fraction(22, 100)


def test_alesund_was_divided_into_alesund_and_haram_again(regions: Regions) -> None:
    assert regions.shares("1507", 2023, 2024) == {"1508": Fraction(862, 1000), "1580": Fraction(138, 1000)}
    assert regions.shares("1508", 2024, 2023) == whole("1507")
    assert regions.shares("1580", 2024, 2020) == whole("1507")


def test_figures_from_before_the_merger_go_straight_to_haram_and_alesund(regions: Regions) -> None:
    assert regions.shares("1534", 2019, 2024) == whole("1580")
    assert regions.shares("1534", 1995, 2027) == whole("1580")
    assert regions.shares("1504", 2000, 2024) == whole("1508")
    assert regions.shares("1580", 2024, 2019) == whole("1534")
    assert set(regions.shares("1508", 2024, 2019)) == {"1504", "1523", "1529", "1546"}
    assert regions.shares("1534", 2019, 2022) == whole("1507")


def test_the_way_back_follows_population(regions: Regions) -> None:
    shares = regions.shares("4020", 2024, 2019)  # Bø 5 978 and Sauherad 4 344 on 1 January 2015 (SSB)
    assert set(shares) == {"0821", "0822"}
    assert Fraction(57, 100) < shares["0821"] < Fraction(59, 100)
    assert sum(shares.values()) == 1


def test_the_way_back_past_a_merger_without_population_is_refused(regions: Regions) -> None:
    with pytest.raises(DataMissing) as caught:
        regions.shares("1804", 2024, 2004)
    assert caught.value.code == "region.no_weights"
    assert "2005" in str(caught.value)
    assert "1842" in str(caught.value)


def test_heirs_and_forebears_are_known_even_where_weights_are_not(regions: Regions) -> None:
    def names(code: str, from_year: int, to_year: int) -> list[str]:
        return [one.name for one in regions.relatives(code, from_year, to_year)]

    assert names("1804", 2024, 2000) == ["Bodø", "Skjerstad"]
    assert names("1580", 2024, 2019) == ["Haram"]
    assert names("1508", 2024, 2019) == ["Ålesund", "Ørskog", "Skodje", "Sandøy"]
    assert names("5012", 2019, 2024) == ["Heim", "Hitra", "Orkland"]


def test_changes_are_listed_with_kind_names_and_years(regions: Regions) -> None:
    by_pair = {(one.year, one.from_code, one.to_code): one for one in regions.changes(1994, 2026)}
    assert by_pair[2020, "0101", "3001"].kind == "renumbered"
    bo = by_pair[2020, "0821", "3817"]
    assert (bo.kind, bo.from_name, bo.to_name) == ("merged", "Bø", "Midt-Telemark")
    assert by_pair[2020, "5012", "5056"].kind == "split"
    assert by_pair[2020, "5013", "5056"].kind == "renumbered"
    assert by_pair[2020, "1103", "1103"].kind == "merged"
    assert by_pair[2002, "0701", "0701"].kind == "renamed"
    assert by_pair[2017, "1841", "1841"].to_name == "Fauske - Fuossko"
    fitjar = by_pair[1995, "1222", "1219"]
    assert (fitjar.kind, fitjar.persons) == ("part_moved", 225)
    assert by_pair[2020, "5039", "5054"].share == 0
    assert (2017, "0704", "0704") not in by_pair


def test_every_vanished_number_is_explained_by_a_change(regions: Regions) -> None:
    for year in range(1995, 2027):
        before = {one.code for one in regions.municipalities(year - 1)}
        after = {one.code for one in regions.municipalities(year)}
        changes = regions.changes(year - 1, year)
        assert before - after <= {one.from_code for one in changes}
        assert after - before <= {one.to_code for one in changes}


def test_an_editorial_county_label_is_not_a_new_name(regions: Regions) -> None:
    renamed = [one for one in regions.changes(1994, 2026) if one.kind == "renamed"]
    assert renamed
    assert not [one for one in renamed if one.from_name == one.to_name or "(" in one.to_name]


def test_the_number_of_municipalities_follows_from_the_changes(regions: Regions) -> None:
    kinds = Counter(one.kind for one in regions.changes(2023, 2024))
    assert kinds["split"] == 2
    assert kinds["merged"] == 0


@pytest.mark.parametrize(("first", "last"), [(2024, 2019), (1993, 2000), (2000, 2100)])
def test_changes_between_impossible_years_are_refused(regions: Regions, first: int, last: int) -> None:
    with pytest.raises(InputError):
        regions.changes(first, last)


def test_shares_of_a_number_of_another_year_are_refused_with_what_it_became(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.shares("3807", 2019, 2024)
    assert caught.value.code == "region.other_year"
    assert "0806 Skien" in str(caught.value)


def test_changes_can_be_narrowed_to_a_county_of_any_time(regions: Regions) -> None:
    found = regions.changes_in_county(regions.changes(2019, 2024), "Viken")
    assert found
    assert all("30" in (one.from_code[:2], one.to_code[:2]) for one in found)
    with pytest.raises(InputError):
        regions.changes_in_county(found, "Atlantis")


@pytest.mark.shared
def test_our_shares_agree_with_the_redistricting_table_except_for_stokke(
    regions: Regions, shared: Path
) -> None:
    stated: dict[str, dict[str, Fraction]] = {}
    last_year: dict[str, int] = {}
    path = shared / "data" / "municipality_codes" / "redistricting_to_2024.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            stated.setdefault(row["code_original"], {})[row["code_2024"]] = Fraction(row["weight"])
            last_year[row["code_original"]] = int(row["year_to"])
    differs = {
        code
        for code, shares in stated.items()
        if last_year[code] >= 1994
        and regions.shares(code, last_year[code], max(2024, last_year[code])) != shares
    }
    assert len(stated) > 800
    assert differs == {"0720"}
