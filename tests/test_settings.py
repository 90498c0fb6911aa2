"""Settings come from the environment once, with defaults that serve."""

from __future__ import annotations

from pathlib import Path

import pytest

from fotfeste.settings import Settings, unknown_language


def test_folder_and_language_can_be_set() -> None:
    settings = Settings.from_environment({"FOTFESTE_DATA_DIR": "tall", "FOTFESTE_LANGUAGE": "nn"})
    assert settings == Settings(Path("tall"), "nn")


@pytest.mark.parametrize("chosen", ["", "sv", "NB", "nb_NO.UTF-8"])
def test_an_unknown_language_gives_bokmål(chosen: str) -> None:
    settings = Settings.from_environment({"FOTFESTE_DATA_DIR": "tall", "FOTFESTE_LANGUAGE": chosen})
    assert settings.locale == "nb"


def test_a_language_that_is_not_there_can_be_told() -> None:
    assert unknown_language({"FOTFESTE_LANGUAGE": "sv"}) == "sv"
    for known in ({}, {"FOTFESTE_LANGUAGE": ""}, {"FOTFESTE_LANGUAGE": "nn"}):
        assert unknown_language(known) == ""


def test_without_settings_imported_figures_live_with_the_users_own_data() -> None:
    settings = Settings.from_environment({})
    assert settings.data_dir.name == "fotfeste"
    assert settings.data_dir.is_absolute()
