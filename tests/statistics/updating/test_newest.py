"""Figures of a new period stand beside those before it, the most changed first, small counts hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.statistics.updating.test_keeping import (
    DWELLINGS,
    FIRST,
    MONDAY,
    REGIONS,
    TUESDAY,
    dwellings,
    first,
)

from fotfeste.statistics import open_store
from fotfeste.statistics.updating import Prepared, keep, prepare
from fotfeste.statistics.updating.newest import newest_figures

NEXT = {
    ("4028", "01", "2026"): 2,
    ("4028", "02", "2026"): 9,
    ("4026", "01", "2026"): 2115,
    ("4026", "02", "2026"): ":",
}


def _prepared(folder: Path) -> Prepared:
    return prepare(first(open_store(folder)), REGIONS, DWELLINGS, dwellings(["2026"], NEXT), TUESDAY)


def test_the_most_changed_figures_of_the_newest_period_come_first(tmp_path: Path) -> None:
    found = _prepared(tmp_path)
    told = [
        (one.code, one.period, one.before, one.now) for one in newest_figures(found.frame, found.described)
    ]
    assert told == [("4028", "2026", 905, 2), ("4026", "2026", 2110, 2115), ("4028", "2026", 7, 9)]


def test_small_counts_are_hidden_and_an_own_table_shows_none(tmp_path: Path) -> None:
    found = _prepared(tmp_path)
    described = replace(found.described, suppress_below=5)
    assert newest_figures(found.frame, described)[0].now is None
    own = replace(described, agency="Eksempel fylkeskommune")
    assert newest_figures(found.frame, own) == ()


def test_the_first_period_of_all_has_nothing_before_it(tmp_path: Path) -> None:
    only = {cell: figure for cell, figure in FIRST.items() if cell[2] == "2025"}
    empty = open_store(tmp_path)
    found = prepare(empty, REGIONS, DWELLINGS, dwellings(["2025"], only), MONDAY)
    shown = newest_figures(found.frame, found.described)
    assert [one.before for one in shown] == [None] * 4
    assert [one.now for one in shown] == [2110, 905, 41, 7]
    assert keep(empty, found).versions
