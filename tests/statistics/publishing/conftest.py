from __future__ import annotations

import pytest

from fotfeste.statistics.store import Store, open_store


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store()
