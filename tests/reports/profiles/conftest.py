"""What tests of profiles share: everything read once, in bokmål."""

from __future__ import annotations

from datetime import date

import pytest

from fotfeste.messages import Language, language
from fotfeste.reports.profiles import Knowledge, open_knowledge

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The embedded data as they were known in November 2026."""
    return open_knowledge(None, TODAY)


@pytest.fixture(scope="session")
def words() -> Language:
    """Bokmål."""
    return language("nb")
