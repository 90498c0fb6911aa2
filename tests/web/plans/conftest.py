"""Every test has a data folder of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: object) -> Path:
    """The data folder of an installation of its own."""
    whole = settings.FOTFESTE  # type: ignore[attr-defined]
    settings.FOTFESTE = replace(whole, data_dir=tmp_path)  # type: ignore[attr-defined]
    return tmp_path
