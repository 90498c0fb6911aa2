"""What a table declares and what a formula chooses are the same columns and values, all the way from an answer to a figure."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from tests.statistics.updating.answers import Cell, answer
from tests.statistics.updating.declared_answers import as_interface, declared_answer

from fotfeste.regions import load_regions
from fotfeste.statistics import compute, load_catalogue, open_store
from fotfeste.statistics.indicator_catalogue import Indicator
from fotfeste.statistics.tables_declared import load_tables
from fotfeste.statistics.updating import keep, prepare
from fotfeste.statistics.updating.asked import Answer
from fotfeste.statistics.written_formulas.checking import faults_in
from fotfeste.statistics.written_formulas.tree import Published, counts_in, everything_in

REGIONS = load_regions()
TABLES = load_tables()
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HELD = frozenset(open_store().versions)
TO_FETCH = [one for one in load_catalogue() if one.written and set(one.datasets) - HELD]


@pytest.mark.parametrize("one", TO_FETCH, ids=lambda one: one.id)
def test_a_formula_chooses_columns_and_values_that_its_table_declares(one: Indicator, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    fed = {TABLES[name].feeds: TABLES[name] for name in one.tables}
    for dataset in set(one.datasets) - HELD:
        table = as_interface(fed[dataset])
        answered = Answer("", (declared_answer(table),))
        store = keep(store, prepare(store, REGIONS, table, answered, NOW))
    assert [str(fault.what) for fault in faults_in(one.tree, store, one.written)] == []
    declared = {
        (table.feeds, name)
        for table in fed.values()
        for name in (*table.columns.dimensions, *table.columns.known, "month", "quarter")
    }
    chosen = {
        (count.dataset, name.column)
        for count in counts_in(one.tree)
        for name in count.filters
        if count.dataset not in HELD
    }
    assert chosen <= declared


@pytest.mark.parametrize("one", TO_FETCH, ids=lambda one: one.id)
def test_a_rate_that_is_published_is_read_for_county_and_country_where_their_rows_are_kept(
    one: Indicator, tmp_path: Path
) -> None:
    published = any(isinstance(part, Published) for part in everything_in(one.tree))
    table = TABLES[one.tables[0]]
    if not published or not table.also:
        assert not table.also or table.rates
        return
    store = open_store(tmp_path)
    store = keep(store, prepare(store, REGIONS, table, Answer("", (declared_answer(table),)), NOW))
    found = compute(store, REGIONS, [one.id], ["4001"], 2027)
    shown = (found.shown(one.id, "4001"), found.shown_county(one.id, "40"), found.shown_country(one.id))
    assert len({figure.value for figure in shown}) == 1
    assert shown[0].value in (Fraction("12.5"), Fraction("0.125"))


LOW_INCOME = TABLES["fhi_583"]


def low_income(values: dict[tuple[str, str], float | str]) -> Answer:
    """FHI's answer for immigrants in three places and two periods; figures are made up."""
    dimensions = {
        "GEO": ["0", "40", "4028"], "AAR": ["2020_2022", "2021_2023"], "ALDER": ["25_120"],
        "INNVKAT": ["2", "20"], "MAAL": ["ant_eu60"], "MEASURE_TYPE": ["RATE"],
    }  # fmt: skip
    cells: dict[Cell, float | str] = {
        (place, period, "25_120", "2", "ant_eu60", "RATE"): figure
        for (place, period), figure in values.items()
    }
    return Answer("https://example.org/nokkel/583", (answer(dimensions, cells),))


PUBLISHED: dict[tuple[str, str], float | str] = {
    ("0", "2021_2023"): 28.4, ("40", "2021_2023"): 31.0, ("4028", "2021_2023"): 40.5,
    ("0", "2020_2022"): 27.0, ("40", "2020_2022"): 30.5, ("4028", "2020_2022"): ":",
}  # fmt: skip


def test_the_share_with_low_income_is_the_sources_own_for_municipality_county_and_country(
    tmp_path: Path,
) -> None:
    store = open_store(tmp_path)
    store = keep(store, prepare(store, REGIONS, LOW_INCOME, low_income(PUBLISHED), NOW))
    name = "low_income_immigrants"
    found = compute(store, REGIONS, [name], ["4028", "4026"], 2027)
    assert found.shown(name, "4028").value == Fraction("0.405")
    assert found.shown_county(name, "40").value == Fraction("0.31")
    assert found.shown_country(name).value == Fraction("0.284")
    assert found.shown(name, "4026").value is None
    assert found.shown_county(name, "39").value is None
    rows = store.frame("low_income")
    assert sorted(set(rows["code"].to_list())) == ["00", "40", "4028"]


def test_a_county_of_todays_number_is_not_given_the_figure_of_another_division(tmp_path: Path) -> None:
    dimensions = {"Region": ["38", "40", "4028"], "Tid": ["2021"]}
    cells: dict[Cell, float | str] = {("38", "2021"): 60.0, ("4028", "2021"): 66.0}
    table = TABLES["ssb_08243"]
    store = open_store(tmp_path)
    store = keep(store, prepare(store, REGIONS, table, Answer("", (answer(dimensions, cells),)), NOW))
    found = compute(store, REGIONS, ["turnout_share"], ["4028"], 2027)
    assert found.shown("turnout_share", "4028").value == Fraction("0.66")
    assert found.shown_county("turnout_share", "40").value is None


def test_counts_of_counties_are_not_kept_beside_those_of_their_municipalities(tmp_path: Path) -> None:
    table = TABLES["ssb_09817"]
    dimensions = {
        "Region": ["0", "40", "4028"], "InnvandrKat": ["B"], "Landbakgrunn": ["999"],
        "ContentsCode": ["Personer1", "AndelBefolkning"], "Tid": ["2026"],
    }  # fmt: skip
    given = {"0": (965_000, 17.3), "40": (24_000, 13.4), "4028": (3, 3.0)}
    cells: dict[Cell, float | str] = {
        (place, "B", "999", measure, "2026"): figure
        for place, figures in given.items()
        for measure, figure in zip(dimensions["ContentsCode"], figures, strict=True)
    }
    store = open_store(tmp_path)
    store = keep(store, prepare(store, REGIONS, table, Answer("", (answer(dimensions, cells),)), NOW))
    rows = store.frame("immigrants_by_country").sort("code", "measure")
    kept = rows.filter(rows["code"].str.len_chars() < 4).select("code", "measure", "value").rows()
    assert kept == [("00", "AndelBefolkning", 17.3), ("40", "AndelBefolkning", 13.4)]
    small = rows.filter(rows["code"] == "4028").select("measure", "value", "low", "high").rows()
    assert small == [("AndelBefolkning", 3.0, 3.0, 3.0), ("Personer1", 3.0, 1.0, 3.0)]
    described = store.dataset("immigrants_by_country")
    assert (described.suppress_below, described.suppressed_measures) == (5, ("Personer1",))
    shown = compute(store, REGIONS, ["immigrant_share_newest"], ["4028"], 2027)
    assert shown.shown("immigrant_share_newest", "4028").value == Fraction("0.03")
    assert shown.shown_county("immigrant_share_newest", "40").value == Fraction("0.134")
