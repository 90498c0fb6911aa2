"""The one settings object: everything that may differ between installations, with its default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

LocaleName = Literal["nb", "nn", "en"]


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
        chosen = variables.get("FOTFESTE_LANGUAGE", "nb")
        locale = cast(LocaleName, chosen) if chosen in get_args(LocaleName) else "nb"
        if folder := variables.get("FOTFESTE_DATA_DIR"):
            return cls(Path(folder).expanduser(), locale)
        import platformdirs

        return cls(Path(platformdirs.user_data_dir("fotfeste")), locale)
