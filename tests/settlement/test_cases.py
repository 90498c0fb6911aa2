"""Cases that once failed, replayed for ever; `tools/fuzz.py` writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from . import fuzzing

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def test_there_are_kept_cases() -> None:
    assert CASES


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_that_once_failed_holds(path: Path) -> None:
    kept = json.loads(path.read_text("utf-8"))
    assert kept["schema"] == fuzzing.SCHEMA
    fuzzing.PROPERTIES[kept["property"]].holds(kept["case"])
