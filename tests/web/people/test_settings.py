"""Providers of sign-in in the settings file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.settings import Settings
from fotfeste.web.people.sign_in import sign_in_settings

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide" / "tilgang.md"


def example() -> str:
    """Return the settings file that the guide shows."""
    return GUIDE.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]


def read(tmp_path: Path, content: str) -> Settings:
    """Read a settings file."""
    path = tmp_path / "fotfeste.toml"
    path.write_text(content, encoding="utf-8")
    return Settings.from_environment({"FOTFESTE_SETTINGS": str(path), "FOTFESTE_DATA_DIR": str(tmp_path)})


def test_the_settings_in_the_guide_can_be_used(tmp_path: Path) -> None:
    serving = read(tmp_path, example()).serving
    provider = serving.oidc[0]
    assert (provider.second_factor, provider.trusted_email) == (True, False)
    assert dict(provider.extra)["acr_values"] == "substantial"
    apps = sign_in_settings(serving)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert apps[0]["settings"]["oauth_pkce_enabled"] is True


@pytest.mark.parametrize("wrong", ['trusted_email = "false"', "second_factor = 1"])
def test_yes_and_no_are_not_text_or_numbers(tmp_path: Path, wrong: str) -> None:
    name = wrong.partition(" ")[0]
    value = "false" if name == "trusted_email" else "true"
    with pytest.raises(InputError):
        read(tmp_path, example().replace(f"{name} = {value}", wrong))


def test_the_secret_of_a_provider_is_not_shown(tmp_path: Path) -> None:
    serving = read(
        tmp_path, example().replace('client_secret = "…"', 'client_secret = "hemmelig-verdi"')
    ).serving
    assert "hemmelig-verdi" not in repr(serving)
