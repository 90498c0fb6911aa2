"""A county's own table, as it goes out: a file that is imported, shown whole and in parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from fotfeste.regions import load_regions
from fotfeste.statistics import open_store
from fotfeste.statistics.catalogue import embedded_datasets
from fotfeste.statistics.disclosure_control.rows import protect_rows, published_by_agency
from fotfeste.statistics.selection import Choice, shown_rows
from fotfeste.statistics.store import Store, add_version

Rows = list[tuple[str, str, int | None]]
OWN: Rows = [
    ("4001", "all", 30), ("4001", "small", 3), ("4001", "large", 27),
    ("4003", "all", 90), ("4003", "small", 40), ("4003", "large", 50),
    ("4005", "all", 60), ("4005", "small", 20), ("4005", "large", 40),
]  # fmt: skip


def table(rows: Rows, year: int = 2026) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "code": [code for code, _, _ in rows],
            "size": [size for _, size, _ in rows],
            "year": [year] * len(rows),
            "code_year": [2024] * len(rows),
            "value": [value for _, _, value in rows],
            "mark": ["" if value is not None else ":" for _, _, value in rows],
            "low": [1 if value is None else value for _, _, value in rows],
            "high": [4 if value is None else value for _, _, value in rows],
            "estimated": [False] * len(rows),
        },
        schema_overrides={"value": pl.Int32, "low": pl.Int32, "high": pl.Int32},
    )


def hidden(shown: pl.DataFrame) -> set[tuple[str, str]]:
    return set(shown.filter(mark=":").select("code", "size").iter_rows())


def test_a_small_count_is_not_left_between_the_sum_and_the_other_part() -> None:
    """3 small dwellings of 30: without the 27 large, or the 30, nobody can tell."""
    shown = protect_rows(table(OWN), 5)
    assert hidden(shown) == {("4001", "small"), ("4001", "large")}
    assert shown.filter(code="4001", size="large")["high"].to_list() == [None]
    assert shown.filter(code="4001", size="small").select("low", "high").row(0) == (1, 4)


def test_a_countys_rows_protect_and_are_protected() -> None:
    county: Rows = [("40", "all", 180), ("40", "small", 63), ("40", "large", 117)]
    shown = hidden(protect_rows(table(OWN + county), 5))
    assert ("4001", "small") in shown
    assert len(shown) == 4, "a rectangle"
    assert not any(code == "40" or size == "all" for code, size in shown)


def test_a_number_that_no_rows_add_up_to_is_no_sum() -> None:
    apart: Rows = [
        ("4001", "a", 3),
        ("4001", "b", 8),
        ("4001", "c", 20),
        ("4003", "a", 9),
        ("4003", "b", 9),
        ("4003", "c", 7),
    ]
    assert hidden(protect_rows(table(apart), 5)) == {("4001", "a")}


def test_years_are_protected_one_by_one() -> None:
    both = pl.concat([table(OWN, 2025), table(OWN, 2026)])
    shown = protect_rows(both, 5)
    assert [shown.filter(year=year, mark=":").height for year in (2025, 2026)] == [2, 2]


def test_a_number_that_the_file_hides_is_protected_too() -> None:
    rows: Rows = [
        (code, size, None if (code, size) == ("4001", "small") else value) for code, size, value in OWN
    ]
    assert hidden(protect_rows(table(rows), 5)) == {("4001", "small"), ("4001", "large")}


def own_store(folder: Path, agency: str) -> Store:
    like = next(one for one in embedded_datasets() if one.id == "telemark_programme_participants")
    described = replace(like, id="dwellings", version="2026", agency=agency, suppress_below=5)
    return add_version(open_store(folder), described, table(OWN))


def test_who_asks_for_one_municipality_sees_what_who_asks_for_all_sees(tmp_path: Path) -> None:
    """Otherwise the small count would follow from two answers."""
    store, regions = own_store(tmp_path, "Telemark fylkeskommune"), load_regions()
    whole = shown_rows(store, regions, "dwellings", Choice())
    alone = shown_rows(store, regions, "dwellings", Choice(municipality="4001"))
    assert (
        hidden(alone)
        == {cell for cell in hidden(whole) if cell[0] == "4001"}
        == {("4001", "small"), ("4001", "large")}
    )


@pytest.mark.parametrize("agency", ["Statistisk sentralbyrå", "IMDi", "SSB/IMDi", "NAV"])
def test_what_an_agency_publishes_goes_out_as_it_is_published(tmp_path: Path, agency: str) -> None:
    assert published_by_agency(agency)
    shown = shown_rows(own_store(tmp_path, agency), load_regions(), "dwellings", Choice())
    assert hidden(shown) == {("4001", "small")}


def test_what_a_county_has_made_of_an_agencys_figures_is_protected_as_its_own(tmp_path: Path) -> None:
    assert not published_by_agency("SSB/Telemark fylkeskommune")
    shown = shown_rows(
        own_store(tmp_path, "SSB/Telemark fylkeskommune"), load_regions(), "dwellings", Choice()
    )
    assert len(hidden(shown)) > 1


def test_the_embedded_tables_are_all_published_by_their_agencies() -> None:
    small = [one for one in embedded_datasets() if one.suppress_below]
    assert small
    assert all(published_by_agency(one.agency) for one in small)
