from __future__ import annotations

import pytest

from fotfeste.regions import Regions, load_regions
from fotfeste.statistics.store import Store, open_store


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store()


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_regions()
