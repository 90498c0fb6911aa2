"""A database that several connections can write to at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The name of a database on disk: SQLite's tests run in memory, where writers refuse instead of queueing."""
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite":
        yield str(name)
        return
    connection.close()
    kept, connection.connection = connection.connection, None
    connection.settings_dict["NAME"] = str(tmp_path / "shared.sqlite3")
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield str(tmp_path / "shared.sqlite3")
        connection.connection.close()
    finally:
        connection.settings_dict["NAME"] = name
        connection.connection = kept
