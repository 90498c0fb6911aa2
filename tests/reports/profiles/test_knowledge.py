"""What is read once: places, indicators, figures that were counted by hand, and what tells that data changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from tests.daily import LONG_RUN

from fotfeste.errors import InputError
from fotfeste.messages import Language
from fotfeste.reports.profiles import Knowledge, indicator_view, open_knowledge, overview, search
from fotfeste.statistics import Figure, Mark, Store, open_store
from fotfeste.statistics.store import add_version
from fotfeste.statistics.themes import load_themes

TODAY = date(2026, 11, 21)


def by_age(store: Store, year: int, codes: str) -> int:
    """People counted from the table by age and sex, which no indicator reads."""
    table = store.frame("population").filter(pl.col("year") == year, pl.col("code").str.starts_with(codes))
    return int(table["value"].sum())


@pytest.mark.parametrize(
    ("code", "people"),
    [("4003", 56_906), ("40", 177_923), ("0", 5_627_400), ("0301", 728_714), ("03", 728_714)],
)
def test_the_population_of_2026_is_that_of_statistics_norway(
    knowledge: Knowledge, code: str, people: int
) -> None:
    figure = knowledge.figure("population", knowledge.place(code)).figure
    assert figure == Figure.observed(people)
    assert by_age(knowledge.store, 2026, "" if code == "0" else code) == people


def test_the_change_in_skien_is_1_762_people_on_55_144(knowledge: Knowledge) -> None:
    assert by_age(knowledge.store, 2021, "4003") == 55_144
    change = knowledge.figure("population_change_5y", knowledge.place("4003")).figure
    assert change.value == Fraction(56_906 - 55_144, 55_144)


def test_three_hidden_municipalities_make_the_county_s_settled_a_span(knowledge: Knowledge) -> None:
    """Siljan, Nome and Kviteseid settled one to four each in 2025; the other fourteen settled 393 together."""
    inside = knowledge.inside(knowledge.place("40"))
    figures = {one.name: knowledge.figure("settled_1y", one).figure for one in inside}
    assert {name for name, one in figures.items() if one.mark is Mark.SUPPRESSED} == {
        "Siljan",
        "Nome",
        "Kviteseid",
    }
    assert sum(one.value or 0 for one in figures.values()) == 393
    county = knowledge.figure("settled_1y", knowledge.place("40")).figure
    assert (county.value, county.mark, county.low, county.high) == (None, Mark.SUPPRESSED, 396, 405)


def test_there_are_fifteen_counties_and_357_municipalities(knowledge: Knowledge) -> None:
    assert (len(knowledge.counties), len(knowledge.municipalities)) == (15, 357)
    assert sum(len(knowledge.inside(one)) for one in knowledge.counties) == 357
    assert knowledge.inside(knowledge.place("4003")) == ()


@pytest.mark.parametrize("code", ["", "0", " 0 "])
def test_the_country_has_the_number_nought_or_none(knowledge: Knowledge, code: str) -> None:
    assert knowledge.place(code).kind == "country"


def test_a_place_knows_its_county(knowledge: Knowledge) -> None:
    skien = knowledge.place("4003")
    assert (skien.name, skien.county_code, skien.county_name) == ("Skien", "40", "Telemark")
    assert knowledge.county_of(skien) == knowledge.place("40")
    assert knowledge.county_of(knowledge.place("0301")) is None, "Oslo is its own county"


def test_a_former_number_says_what_it_became(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match=r"3807 Skien") as caught:
        knowledge.place("3807")
    assert "4003 Skien" in str(caught.value)
    assert [one.code for one in knowledge.became("3807")] == ["4003"]
    assert [one.code for one in knowledge.became("0821")] == ["4020"]
    assert {one.code for one in knowledge.became("38")} == {"39", "40"}
    assert knowledge.became("4003") == knowledge.became("9999") == ()


@pytest.mark.parametrize("code", ["9999", "99", "Sjien", "123", "../etc", "4003'", "٤٠٠٣", "x" * 500])
def test_an_unknown_place_is_refused(knowledge: Knowledge, code: str) -> None:
    with pytest.raises(InputError):
        knowledge.place(code)


def test_a_misspelt_place_and_indicator_are_suggested(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="Mente du Skien"):
        knowledge.place("Sjien")
    with pytest.raises(InputError, match="Mente du «refugee_share»"):
        knowledge.indicator("refugees_share")


def test_every_indicator_stands_in_one_theme_and_has_a_figure_for_every_place(knowledge: Knowledge) -> None:
    ids = knowledge.indicator_ids
    assert len(set(ids)) == len(ids) > 30
    for name in ids:
        figures = [knowledge.figure(name, one).figure for one in knowledge.places.values()]
        assert any(one.mark is not Mark.MISSING for one in figures)
        assert knowledge.sources(name)
    themes = [one.id for one in load_themes()]
    assert [theme.id for theme in knowledge.themes] == [one for one in themes if one != "kultur"]
    former = [name for theme in knowledge.themes for name in (theme.id, *theme.former)]
    assert {"befolkning", "bosetting", "innvandring", "arbeid", "sted"} <= set(former)
    assert len(former) == len(set(former))


def test_what_is_not_fetched_is_told_with_the_command_that_fetches_it(knowledge: Knowledge) -> None:
    lacking = {one.id for one in knowledge.lacking}
    assert {"turnout_share", "life_expectancy"} <= lacking
    assert not lacking & set(knowledge.indicator_ids)
    assert "fotfeste data update ssb_08243" in str(knowledge.why_missing("turnout_share"))
    assert knowledge.why_missing("population") is None


@LONG_RUN
def test_the_year_before_is_the_newest_with_requests(knowledge: Knowledge) -> None:
    assert knowledge.year == 2027
    assert open_knowledge(None, date(2024, 5, 1)).year == 2025
    assert open_knowledge(None, date(2031, 1, 2)).year == 2027, "no figures are newer than 2026"


@LONG_RUN
def test_the_fingerprint_changes_with_the_data_and_only_then(knowledge: Knowledge, tmp_path: Path) -> None:
    assert open_knowledge(None, date(2026, 12, 24)).fingerprint == knowledge.fingerprint
    store = open_store(tmp_path)
    described = replace(store.dataset("travel_time"), version="ny")
    add_version(store, described, store.frame("travel_time"))
    assert open_knowledge(tmp_path, TODAY).fingerprint != knowledge.fingerprint


def test_knowledge_cannot_be_changed(knowledge: Knowledge) -> None:
    with pytest.raises(FrozenInstanceError):
        knowledge.year = 2030  # type: ignore[misc]


def test_those_alike_are_municipalities_only(knowledge: Knowledge) -> None:
    assert len(knowledge.alike(knowledge.place("4003"))) == 5
    assert knowledge.place("4003") not in knowledge.alike(knowledge.place("4003"))
    assert knowledge.alike(knowledge.place("40")) == knowledge.alike(knowledge.country) == ()


@LONG_RUN
def test_threads_share_the_knowledge(words: Language) -> None:
    """Eight threads that ask for everything at once get what one gets alone."""
    from concurrent.futures import ThreadPoolExecutor

    fresh = open_knowledge(None, TODAY)
    codes = ["0", "40", "4003", "1151"] * 6

    def ask(code: str) -> tuple[object, ...]:
        place = fresh.place(code)
        view = indicator_view(fresh, place, "refugee_share", words)
        return overview(fresh, place, words), view, search(fresh, place.name, words)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, codes))
    assert found == [ask(code) for code in codes]
