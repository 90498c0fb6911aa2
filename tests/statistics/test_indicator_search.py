"""Search in everyday words: both forms of Norwegian, English, compounds, endings."""

from __future__ import annotations

import pytest

from fotfeste.statistics.indicator_catalogue import load_catalogue
from fotfeste.statistics.indicator_search import search_indicators


def found(text: str) -> list[str]:
    return [one.id for one in search_indicators(load_catalogue(), text)]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("hvor mange flyktninger", "refugees"),
        ("kor mange flyktningar", "refugees"),
        ("how many refugees", "refugees"),
        ("folketall", "population"),
        ("folketal", "population"),
        ("hvor mange bor i kommunen", "population"),
        ("innvandrere i jobb", "immigrant_employment_share"),
        ("innvandrarar i arbeid", "immigrant_employment_share"),
        ("barnefattigdom", "low_income_children"),
        ("arbeidsledige", "unemployment_share_newest"),
        ("valgdeltakelse", "turnout_share"),
        ("bibliotek", "library_visits"),
        ("barnehage", "kindergarten_share"),
        ("trangbodd", "crowded_share"),
        ("utenforskap", "neet_share"),
        ("median_age", "median_age"),
        ("anmodning", "requested_last"),
        ("reisetid", "travel_time"),
    ],
)
def test_everyday_words_find_what_is_meant(asked: str, first: str) -> None:
    assert found(asked)[0] == first, found(asked)[:5]


def test_every_indicator_is_found_first_by_its_own_name_in_every_language() -> None:
    for one in load_catalogue():
        for text in one.names.values():
            assert one.id in found(text)[:4], (one.id, text, found(text)[:4])


def test_what_matches_nothing_gives_nothing() -> None:
    assert found("xyzzy") == []
    assert found("") == []
    assert found("   ?? ") == []


def test_words_that_are_met_together_come_before_those_met_one_by_one() -> None:
    assert found("andel barn i barnehage")[0] in ("kindergarten_share", "kindergarten_minority_share")
    assert "population" not in found("flyktninger flyttet hit")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("flyktninegr", "refugees"),
        ("innvandere", "immigrants"),
        ("arbeidslause", "unemployment_share_2022"),
        ("refuges", "refugee_share"),
    ],
)
def test_a_misspelt_word_finds_what_was_meant(asked: str, first: str) -> None:
    assert found(asked)[0] == first


def test_a_word_that_is_nothing_like_any_is_not_bent_into_one() -> None:
    for word in ("kriminalitet", "sjukehus", "hvalfangst", "skien", "porsgrunn"):
        assert found(word) == [], word


def test_a_year_is_looked_for_in_names_only_and_asks_for_nothing_alone() -> None:
    assert found("innvandrere 2022")[0] == "immigrants_2022"
    assert "decided_minus_requested" not in found("bosettinger 2025")[:1]
    assert found("2025") == []


def test_small_words_of_a_question_are_not_met_in_definitions() -> None:
    assert found("hvem er det som flytter")[0] == "net_migration_2011_2025"
