"""The list of what sources give away themselves: it is what is computed, and a known case is worked out by hand."""

from __future__ import annotations

from fotfeste.regions import load_regions
from fotfeste.statistics import open_store
from fotfeste.statistics.disclosure_control import Range
from fotfeste.statistics.disclosure_control.published import (
    national_sums_given_away,
    rounded_sums,
    settlement_given_away,
)
from fotfeste.statistics.selection import Choice, shown_rows
from tools import disclosure


def test_the_page_holds_what_is_computed() -> None:
    assert disclosure.PAGE.read_text("utf-8") == disclosure.page(), "run python tools/disclosure.py"


def test_a_lone_hidden_municipality_is_its_county_less_the_others() -> None:
    """Buskerud 2026: one municipality is hidden, and IMDi's county row tells how many it settled."""
    store = open_store()
    rows = (
        store.frame("settlement").filter(year=2026, measure="settled").select("code", "value", "mark").rows()
    )
    county = (
        store.frame("settlement_counties").filter(year=2026, measure="settled", code="33")["value"].item()
    )
    inside = [(code, value, mark) for code, value, mark in rows if code[:2] == "33"]
    (hidden,) = [code for code, _, mark in inside if mark == ":"]
    left = county - sum(value for _, value, mark in inside if mark == "")
    (found,) = [one for one in settlement_given_away(store) if (one.measure, one.year) == ("settled", 2026)]
    assert {one.code: one.found for one in found.given}[hidden] == Range(left, left)


def test_sums_of_rounded_numbers_are_sums_of_what_is_written() -> None:
    found = rounded_sums(open_store())
    assert found.sums > 50_000
    assert found.hold > 0.999 * found.sums


def test_a_published_sum_of_the_country_gives_the_one_that_is_hidden_in_it() -> None:
    """2023: 33 420 were settled, and all that is shown makes 33 419. The source's own table shows the one openly."""
    store = open_store()
    shown = shown_rows(store, load_regions(), "settled_2023", Choice()).filter(measure="settled")
    (hidden,) = shown.filter(mark=":")["code"].to_list()
    assert shown["value"].sum() == 33_419
    found = [one for one in national_sums_given_away(store) if one.dataset == "settled_2023"]
    assert [(one.given.code, one.given.found) for one in found] == [(hidden, Range(1, 1))]
    assert store.frame("settled_2023").filter(code=hidden, measure="settled")["mark"].item() == ""
