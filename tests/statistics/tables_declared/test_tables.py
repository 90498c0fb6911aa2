"""The registry of source tables: no number without something it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.statistics import open_store
from fotfeste.statistics.readers.mapping import read_mapping, shipped_layouts
from fotfeste.statistics.tables_declared import load_tables, read_tables

TABLES = load_tables()

ONE = """schema = 1
dated = 2026-11-21
agency = "SSB"
licence = "CC BY 4.0"
[[table]]
id = "ssb_neet"
api = "pxweb2"
title = { nb = "Unge", nn = "Unge", en = "Young" }
feeds = "neet"
level = "municipality"
unit = "per_cent"
confirmed = { by = "to_be_confirmed", what = "Andelen per kommune." }
"""


def test_a_number_rests_on_our_data_an_official_page_or_a_recorded_answer() -> None:
    for one in TABLES.values():
        if one.id != "county_own_file":
            assert bool(one.table) == one.is_confirmed, one.id
        assert len(one.confirmed.what) > 20, one.id
        if one.confirmed.by == "official_page":
            assert one.confirmed.where.startswith("https://www.ssb.no/"), one.id


def test_a_number_that_nothing_confirms_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(ONE, "utf-8")
    assert read_tables(tmp_path / "own.toml")[0].table == ""
    (tmp_path / "own.toml").write_text(
        ONE.replace('api = "pxweb2"', 'api = "pxweb2"\ntable = "12345"'), "utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_tables(tmp_path / "own.toml")
    assert "to be confirmed" in str(caught.value.problems[0].what)


def test_every_data_set_that_comes_with_fotfeste_has_its_table() -> None:
    fed = {name for one in TABLES.values() for name in (one.feeds, *one.held_as)}
    held = {one.id for one in open_store().catalogue()}
    # What is told of places comes from KLASS, and from maps and lists that are no statistics.
    assert sorted(name for name in held - fed if not name.startswith("regions.")) == []
    assert [name for one in TABLES.values() for name in one.held_as if name not in held] == []


def test_population_is_table_07459_and_says_so_in_both_places() -> None:
    assert TABLES["ssb_07459"].table == open_store().dataset("population").table == "07459"
    assert TABLES["ssb_07459"].command == "fotfeste data update ssb_07459"


def test_a_source_without_an_interface_is_read_from_a_file_by_a_described_layout() -> None:
    for one in TABLES.values():
        if one.is_file:
            assert "--from MAPPE" in one.command or one.command.startswith("fotfeste data import "), one.id
        if one.layout:
            assert one.layout in shipped_layouts(), one.id
            read_mapping(one.layout)


def test_every_title_stands_in_three_languages_and_every_table_has_a_licence() -> None:
    for one in TABLES.values():
        assert set(one.titles) == {"nb", "nn", "en"}, one.id
        assert one.licence, one.id
        assert one.agency, one.id


def test_a_table_that_stands_twice_and_an_unknown_field_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(ONE + ONE.partition("[[table]]")[1] + ONE.partition("[[table]]")[2], "utf-8")
    with pytest.raises(InputError) as caught:
        read_tables(path)
    assert caught.value.code == "tables.twice"
    path.write_text(ONE + 'colour = "blue"\n', "utf-8")
    with pytest.raises(InputError) as caught:
        read_tables(path)
    assert caught.value.code == "tables.faults"
    path.write_text(ONE.replace("schema = 1", "schema = 2"), "utf-8")
    with pytest.raises(InputError):
        read_tables(path)


def test_the_list_that_the_guide_shows_can_be_used_as_it_is(tmp_path: Path) -> None:
    guide = Path(__file__).resolve().parents[3] / "docs" / "guide" / "hente-tall.md"
    shown = guide.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "own.toml").write_text(shown, "utf-8")
    own = {one.id: one for one in read_tables(tmp_path / "own.toml")}
    assert own["ssb_crowding"].columns.codes["measure"] == {"Bor trangt, få rom og kvm": "crowded"}
    assert own["ssb_crowding"].feeds == TABLES["ssb_crowding"].feeds
    assert own["own_vacant_dwellings"].layout == "ledige-boliger.toml"


def test_a_table_that_renews_figures_we_hold_uses_their_own_words_and_columns() -> None:
    store = open_store()
    for one in TABLES.values():
        if one.feeds not in store.versions or not one.columns.dimensions:
            continue
        held = store.frame(one.feeds)
        assert set(one.columns.dimensions) <= set(held.columns), one.id
        for name, codes in one.columns.codes.items():
            assert set(codes.values()) == set(held[name].unique().to_list()), (one.id, name)
