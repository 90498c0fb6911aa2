from __future__ import annotations

import pytest

from fotfeste.regions import Regions, load_regions


@pytest.fixture(scope="session")
def regions() -> Regions:
    """The regions of the embedded data set."""
    return load_regions()
