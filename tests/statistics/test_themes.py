"""Themes: seven of a municipal knowledge base, and settlement; each with questions, limits and sources."""

from __future__ import annotations

import pytest

from fotfeste.errors import InputError
from fotfeste.statistics import indicator_catalogue, load_catalogue, themes
from fotfeste.statistics.tables_declared import load_tables
from fotfeste.statistics.themes import ThemeEntry, load_themes, theme_of

THEMES = (
    "demografi",
    "lokalsamfunn",
    "folkehelse",
    "levekar",
    "sysselsetting",
    "oppvekst",
    "kultur",
    "bosetting",
)
LANGUAGES = {"nb", "nn", "en"}


def test_the_seven_themes_come_first_and_settlement_last() -> None:
    assert tuple(one.id for one in load_themes()) == THEMES


@pytest.mark.parametrize("one", load_themes(), ids=lambda one: one.id)
def test_a_theme_asks_discusses_and_tells_what_it_does_not_say_in_three_languages(one: ThemeEntry) -> None:
    for texts in (one.names, one.asks, one.silent, *one.discuss):
        assert set(texts) == LANGUAGES
        assert all(texts.values())
    assert len(one.discuss) >= 3
    assert all(texts[language].endswith("?") for texts in (one.asks, *one.discuss) for language in LANGUAGES)
    assert one.words
    assert set(one.sources) <= set(load_tables())


def test_a_theme_is_found_by_id_name_and_former_id() -> None:
    assert (
        theme_of("demografi") == theme_of("Demography") == theme_of("befolkning") == theme_of(" innvandring ")
    )
    assert theme_of("Skule og barnehage").id == "oppvekst"
    with pytest.raises(InputError, match="kultur"):
        theme_of("vær")


def test_every_theme_has_indicators_and_every_indicator_a_theme() -> None:
    assert {one.theme for one in load_catalogue()} == set(THEMES)
    assert all(len(load_catalogue().of_theme(theme)) >= 4 for theme in THEMES)


def test_every_indicator_names_tables_that_are_declared_and_feed_what_it_reads() -> None:
    tables = load_tables()
    for one in load_catalogue():
        assert set(one.tables) <= set(tables), one.id
        assert one.tables or one.id in ("area", "density"), one.id
        if one.written:
            assert {tables[name].feeds for name in one.tables} <= set(one.datasets), one.id
            assert one.update_command.startswith("fotfeste data "), one.id


def test_the_order_of_the_catalogue_is_that_of_the_themes() -> None:
    themes = [one.theme for one in load_catalogue()]
    assert themes == sorted(themes, key=THEMES.index)


def test_a_catalogue_of_another_schema_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicator_catalogue, "SCHEMA", 3)
    monkeypatch.setattr(themes, "SCHEMA", 2)
    for read in (load_catalogue, load_themes):
        with pytest.raises(InputError) as caught:
            read.__wrapped__()
        assert "ukjent skjema" in str(caught.value)
        assert "→" in str(caught.value)
