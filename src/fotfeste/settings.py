"""The one settings object: everything that may differ between installations, with its default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

LocaleName = Literal["nb", "nn", "en"]
LOCALES: tuple[LocaleName, ...] = get_args(LocaleName)
LANGUAGE = "FOTFESTE_LANGUAGE"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one installation.

    ``data_dir`` holds imported figures (environment ``FOTFESTE_DATA_DIR``); ``locale`` is the language of
    messages and documents (``FOTFESTE_LANGUAGE``: ``nb``, ``nn`` or ``en``).
    """

    data_dir: Path
    locale: LocaleName = "nb"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from ``environment`` (default: the process's own); unknown languages give bokmål."""
        variables = os.environ if environment is None else environment
        locale = locale_of(variables)
        if folder := variables.get("FOTFESTE_DATA_DIR"):
            return cls(Path(folder).expanduser(), locale)
        import platformdirs

        return cls(Path(platformdirs.user_data_dir("fotfeste")), locale)


def locale_of(environment: Mapping[str, str] | None = None) -> LocaleName:
    """Return the language that ``environment`` asks for; bokmål when it asks for none, or for one that is not there."""
    chosen = (os.environ if environment is None else environment).get(LANGUAGE, "")
    return next((one for one in LOCALES if one == chosen), "nb")


def unknown_language(environment: Mapping[str, str] | None = None) -> str:
    """Return the language that ``environment`` asks for when it is not there; otherwise nothing."""
    chosen = (os.environ if environment is None else environment).get(LANGUAGE, "")
    return "" if chosen in LOCALES else chosen
