"""What the tests of the workspace share."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session")
def database_engine() -> str:
    """The engine that this run of the tests uses: ``sqlite`` or ``postgresql``."""
    return "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
