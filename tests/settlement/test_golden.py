"""Recommendations of the past come out as they were made, for ever, whatever becomes of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from fotfeste.settlement.bundle import read_bundle
from fotfeste.settlement.verify import verify

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


def test_there_is_a_handful_of_golden_bundles() -> None:
    assert len(GOLDEN) >= 5


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_bundle_is_recomputed_to_the_same_numbers(path: Path) -> None:
    found = verify(read_bundle(path))
    assert found.same, [str(one) for one in found.differences]
