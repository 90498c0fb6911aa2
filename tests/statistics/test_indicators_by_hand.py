"""Indicators worked out again from the files of the data, by their definitions and by no code of ours."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib import resources

import polars as pl
import pytest

from fotfeste.regions import load_regions
from fotfeste.statistics import open_store
from fotfeste.statistics.components import Components
from fotfeste.statistics.formulas import formulas

NUMBERS = {
    "4001": ("0805", "3806", "4001"),
    "4003": ("0806", "3807", "4003"),
    "4028": ("0829", "3821", "4028"),
}
"""Porsgrunn, Skien and Kviteseid: their numbers before 2020, in 2020-2023, and since. None has changed borders."""


@cache
def facts() -> Components:
    return Components(open_store(), load_regions(), 2027)


def numbered(place: str, year: int) -> str:
    return NUMBERS[place][0 if year < 2020 else 1 if year < 2024 else 2]


@cache
def rows_of_places(file: str) -> pl.DataFrame:
    every = [number for numbers in NUMBERS.values() for number in numbers]
    with resources.as_file(resources.files("fotfeste.data") / f"{file}.parquet") as path:
        return pl.scan_parquet(path).filter(pl.col("code").is_in(every)).collect()


def counted(file: str, **wanted: object) -> Fraction:
    """Return the sum of the values in the rows that have the wanted values; a list allows several."""
    table = rows_of_places(file)
    for column, value in wanted.items():
        table = table.filter(pl.col(column).is_in(value if isinstance(value, list) else [value]))
    assert table.height, (file, wanted)
    assert table["value"].null_count() == 0
    return Fraction(int(table["value"].sum()))


def people(
    place: str, year: int, ages: range = range(106), sexes: tuple[str, ...] = ("male", "female")
) -> Fraction:
    return counted("population", code=place, year=year, age=list(ages), sex=list(sexes))


def immigrants(place: str, reason: str, year: int) -> Fraction:
    """The source has the years before 2020 by the numbers of 2020."""
    number = numbered(place, max(year, 2020))
    return counted("immigrants_by_reason", code=number, year=year, reason=reason, sex="all")


def refugees(place: str, move: str, residence_time: str = "all") -> Fraction:
    rows = {"code": numbered(place, 2022), "year": 2022, "move": move, "residence_time": residence_time}
    return counted("refugee_residence", **rows)


def settled(place: str, years: range) -> Fraction:
    found = Fraction(0)
    for year in years:
        if year == 2023:
            found += counted("settled_2023", code=place)
        else:
            rows = {"code": numbered(place, year), "year": year, "measure": "settled"}
            found += counted("settlement", **rows)
    return found


def by_hand(name: str, place: str) -> Fraction:
    now = people(place, 2026)
    match name:
        case "old_age_share":
            return people(place, 2026, range(67, 106)) / now
        case "youth_share":
            return people(place, 2026, range(16, 20)) / now
        case "dependency_ratio":
            working = people(place, 2026, range(20, 67))
            return 100 * (now - working) / working
        case "men_per_100_women":
            ages = range(20, 67)
            return 100 * people(place, 2026, ages, ("male",)) / people(place, 2026, ages, ("female",))
        case "population_change_10y":
            return (now - people(place, 2016)) / people(place, 2016)
        case "net_migration_2011_2025":
            moved = counted("population_flows", code=place, measure="net_migration")
            return 1000 * moved / people(place, 2011)
        case "refugee_share":
            return immigrants(place, "refugee_and_family", 2021) / people(place, 2021)
        case "immigrant_share_change_5y":
            newer = immigrants(place, "all", 2021) / people(place, 2021)
            return 100 * (newer - immigrants(place, "all", 2016) / people(place, 2016))
        case "immigrant_share_2022":
            return counted("immigrants_2022", code=numbered(place, 2022)) / people(place, 2022)
        case "reduced_work_capacity_share":
            return counted("reduced_work_capacity", code=place) / people(place, 2024, range(18, 67))
        case "unemployment_share_2022":
            months = counted("unemployment_2022", code=numbered(place, 2022)) / 10
            return months / people(place, 2022, range(20, 67))
        case "refugees_moved_in_long_share":
            return refugees(place, "moved_here", "5+") / refugees(place, "all", "5+")
        case "refugees_long_residence_share":
            return refugees(place, "all", "5+") / refugees(place, "all")
        case "settled_per_1000_5y":
            return 1000 * settled(place, range(2021, 2026)) / now
    raise AssertionError(name)


NAMES = (
    "old_age_share",
    "youth_share",
    "dependency_ratio",
    "men_per_100_women",
    "population_change_10y",
    "net_migration_2011_2025",
    "refugee_share",
    "immigrant_share_change_5y",
    "immigrant_share_2022",
    "reduced_work_capacity_share",
    "unemployment_share_2022",
    "refugees_moved_in_long_share",
    "refugees_long_residence_share",
    "settled_per_1000_5y",
)


HIDDEN = {("settled_per_1000_5y", "4028")}
"""One to four in a year, which the source hides."""


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name in NAMES for place in NUMBERS if (name, place) not in HIDDEN]
)
def test_an_indicator_is_what_its_definition_says(name: str, place: str) -> None:
    assert formulas()[name](facts(), (place,)).value == by_hand(name, place)
