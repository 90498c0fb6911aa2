"""What is hidden stays hidden: no page, picture or file changes when a hidden number is another one.

This is the strongest thing that can be asked. If two countries that differ only in numbers that are hidden give the same
output, nothing can be worked out from it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.daily import every_nth

from fotfeste.messages import Language
from fotfeste.regions import Regions
from fotfeste.reports.cells import is_span
from fotfeste.reports.profiles import (
    Knowledge,
    Place,
    as_csv,
    as_json,
    as_xlsx,
    comparison,
    indicator_values,
    indicator_view,
    open_knowledge,
    overview,
)
from fotfeste.reports.xml_text import text as escaped
from fotfeste.settlement.prepare import prepare
from fotfeste.statistics import Mark, compute, open_store
from fotfeste.statistics.store import add_version

TODAY = date(2026, 11, 21)
CHANGED = {
    "settlement": pl.col("measure") == "settled",
    "settled_2023": pl.col("measure") == "settled",
    "immigrants_by_reason": (pl.col("sex") == "all") & pl.col("year").is_in([2016, 2021]),
    "refugee_residence": pl.col("year") == 2022,
}


def counted_alone(regions: Regions, places: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """The (code, year of the code) that are a whole municipality of today, all by themselves."""
    heirs = {place: tuple(regions.shares(place[0], place[1], 2026).items()) for place in places}
    others = Counter((shares[0][0], place[1]) for place, shares in heirs.items() if shares)
    return {
        place for place, shares in heirs.items() if len(shares) == 1 and others[shares[0][0], place[1]] == 1
    }


def swapped(regions: Regions, name: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, set[str]]:
    """A data set with every hidden count another hidden one, and the municipalities of today that it is about."""
    rows = frame.with_row_index("row")
    small = rows.filter(CHANGED[name], pl.col("mark") == "", pl.col("value") > 0, pl.col("value") < 5)
    alone = counted_alone(regions, set(frame.select("code", "code_year").iter_rows()))
    chosen = [row for row in small.iter_rows(named=True) if (row["code"], row["code_year"]) in alone]
    here = pl.col("row").is_in([row["row"] for row in chosen])
    exact, rounded = here & (pl.col("low") == pl.col("high")), here & (pl.col("low") != pl.col("high"))
    changed = rows.with_columns(
        value=pl.when(exact).then(5 - pl.col("value")).when(rounded).then(pl.col("low")).otherwise("value"),
        low=pl.when(exact).then(5 - pl.col("low")).otherwise("low"),
        high=pl.when(exact).then(5 - pl.col("high")).otherwise("high"),
    ).drop("row")
    changed = changed.cast(dict(frame.schema))  # type: ignore[arg-type]
    assert not changed.equals(frame), name
    return changed, {heir for row in chosen for heir in regions.shares(row["code"], row["code_year"], 2026)}


def two_folders(regions: Regions, folder: Path) -> tuple[tuple[Path, Path], set[str]]:
    """Two folders with versions of the same name that differ in hidden counts alone; and whom these are about."""
    folders, touched = (folder / "one", folder / "other"), set[str]()
    for at in folders:
        store = open_store(at)
        for name in CHANGED:
            frame = store.frame(name)
            if at is folders[1]:
                frame, places = swapped(regions, name, frame)
                touched |= places
            store = add_version(store, replace(store.dataset(name), version="annerledes"), frame)
    assert len(touched) > 10
    return folders, touched


@pytest.fixture(scope="session")
def otherwise(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> tuple[Knowledge, set[str]]:
    """The same country, but with every hidden count another hidden one; and the municipalities that it is about."""
    folders, touched = two_folders(knowledge.regions, tmp_path_factory.mktemp("otherwise"))
    return open_knowledge(folders[1], TODAY), touched


def test_no_public_figure_depends_on_what_is_hidden(
    knowledge: Knowledge, otherwise: tuple[Knowledge, set[str]]
) -> None:
    other, _ = otherwise
    for name in knowledge.indicator_ids:
        assert indicator_values(other, name) == indicator_values(knowledge, name), name
    for place in knowledge.places.values():
        assert other.history(place) == knowledge.history(place), place.name
        for name in knowledge.indicator_ids:
            assert other.figure(name, place) == knowledge.figure(name, place), (name, place.name)


def everything_shown(knowledge: Knowledge, place: Place, name: str, words: Language) -> list[object]:
    view = indicator_view(knowledge, place, name, words)
    pictures = [one and (one.svg, one.alternative) for one in (view.map, view.chart)]
    files = [as_csv(view.data), as_json(view.data), as_xlsx(replace(view.data, sources=()), words, TODAY)]
    return [view.sentence, view.row, view.note, view.data.rows, *pictures, *files]


def test_no_page_picture_or_file_depends_on_what_is_hidden(
    knowledge: Knowledge, otherwise: tuple[Knowledge, set[str]], words: Language
) -> None:
    other, touched = otherwise
    municipalities = sorted(touched)[::20]
    counties = sorted({code[:2] for code in touched})[::4]
    for code in (*municipalities, *counties, "0"):
        place = knowledge.place(code)
        one, two = overview(knowledge, place, words), overview(other, place, words)
        assert (one.sentence, one.themes, one.key_figures, one.settlement and one.settlement.drawing, one.places) == (
            two.sentence, two.themes, two.key_figures, two.settlement and two.settlement.drawing, two.places,
        )  # fmt: skip
        for name in ("refugees", "refugee_share", "other_immigrant_share", "settled_5y", "settled_max_10y"):
            assert everything_shown(knowledge, place, name, words) == everything_shown(
                other, place, name, words
            )


def test_a_hidden_figure_is_never_written(knowledge: Knowledge, words: Language) -> None:
    """For every hidden figure of every indicator: no number, no class on the map, no number in any file."""
    seen = 0
    for name in knowledge.indicator_ids:
        indicator = knowledge.indicator(name)
        hidden = [
            one
            for one in knowledge.municipalities
            if knowledge.figure(name, one).figure.mark is Mark.SUPPRESSED
        ]
        if not hidden:
            continue
        view = indicator_view(knowledge, knowledge.country, name, words)
        assert view.map is not None
        shapes = {
            part.split('data-code="')[1][:4]: part
            for part in view.map.svg.split("<path ")
            if "data-code" in part
        }
        rows = json.loads(as_json(view.data))["rows"]
        by_code = {row["place"]: row["value"] for row in rows}
        small = [one for one in hidden if not is_span(knowledge.figure(name, one).figure)]
        pattern = shapes[small[0].code].split('fill="')[1].split('"')[0] if small else ""
        for one in hidden:
            seen += 1
            figure = knowledge.figure(name, one).figure
            assert figure.value is None
            assert by_code[one.code]["value"] is None
            assert by_code[one.code]["mark"] == "suppressed"
            fill = shapes[one.code].split('fill="')[1].split('"')[0]
            assert (fill == pattern) is (one in small), "small counts look alike; bounds have their class"
            told = shapes[one.code].split("<title>")[1].split("</title>")[0]
            if indicator.kind == "count" and (figure.low, figure.high) == (1, 4):
                assert told in (
                    f"{escaped(one.name)}: skjult fordi tallet er lite",
                    f"{escaped(one.name)}: skjult fordi tallet er lite, usikkert: få personer",
                )
        assert f",{hidden[0].code}," in as_csv(view.data).decode()
    assert seen > 100


def test_a_county_less_its_open_municipalities_leaves_the_whole_span_of_the_hidden_ones(
    knowledge: Knowledge,
) -> None:
    """Subtraction tells no more than that each hidden count is one to four."""
    checked = 0
    for name in ("settled_1y", "settled_3y", "settled_5y", "refugees"):
        for county in knowledge.counties:
            inside = [knowledge.figure(name, one).figure for one in knowledge.inside(county)]
            hidden = [one for one in inside if one.mark is Mark.SUPPRESSED]
            whole = knowledge.figure(name, county).figure
            if not hidden or any(one.estimated for one in inside):
                continue
            open_ones = sum(one.value or 0 for one in inside)
            assert whole.low is not None
            assert whole.high is not None
            checked += 1
            assert whole.low - open_ones <= sum(one.low or 0 for one in hidden)
            assert whole.high - open_ones >= sum(one.high or 0 for one in hidden)
    assert checked > 20


def test_the_comparison_hides_what_the_place_hides(knowledge: Knowledge, words: Language) -> None:
    found = comparison(knowledge, ["4010", "4003"], ["settled_1y"], words)
    assert [one.text for one in found.rows[0].values] == [":", "65"]
    row = json.loads(as_json(found.data))["rows"][0]
    assert row["value_4010"] == {"value": None, "mark": "suppressed", "low": "1", "high": "4"}
    assert "shown_4010" not in row


def test_documents_show_the_same_as_pages(knowledge: Knowledge) -> None:
    """Municipality, county and country of every indicator: one rule for what is hidden, whoever shows it."""
    everyone = [one.code for one in knowledge.municipalities]
    found = compute(knowledge.store, knowledge.regions, knowledge.indicator_ids, everyone, knowledge.year)
    for name in knowledge.indicator_ids:
        shown = {
            **{one.code: found.shown(name, one.code) for one in knowledge.municipalities},
            **{one.code: found.shown_county(name, one.code) for one in knowledge.counties},
            "0": found.shown_country(name),
        }
        for place in knowledge.places.values():
            in_document, on_page = shown[place.code], knowledge.figure(name, place).figure
            if on_page.mark is Mark.MISSING:
                assert in_document.mark is Mark.MISSING, (name, place.name)
            else:
                assert in_document == on_page, (name, place.name)


@pytest.mark.parametrize("county", every_nth(4, ["40", "15", "18", "56"]))
def test_documents_sum_a_countys_years_as_pages_do(knowledge: Knowledge, county: str) -> None:
    """Whole where all parts of a municipality that was divided are in the county, with bounds where one is hidden."""
    made = prepare(county, knowledge.year, 500, store=knowledge.store, regions=knowledge.regions)
    pages = {one.year: one for one in knowledge.history(knowledge.place(county))}
    compared = [one for one in made.county.history if one.year in pages]
    assert len(compared) > 5
    for one in compared:
        page = pages[one.year]
        assert (one.requested, one.decided, one.settled) == (page.requested, page.decided, page.settled)
