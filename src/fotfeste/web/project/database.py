"""Which database: PostgreSQL where one is stated, otherwise the embedded one in the data folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

NAME = "arbeidsflate.sqlite3"
CONNECT_SECONDS = 5
"""How long to wait for a PostgreSQL that does not answer, before the reader is told."""
WAIT_SECONDS = 20
"""How long a writer waits for another in the embedded database."""


MADE = "FOTFESTE_DATABASE_MADE"
"""Set by ``fotfeste serve`` for the processes it starts: the database has been made, and is not made once more."""


def database(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's description of the database at ``url``, or of the embedded one in ``folder`` when it is empty."""
    return _postgresql(url) if url else _embedded(folder / NAME)


def _postgresql(url: str) -> dict[str, Any]:
    described: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    options = {"connect_timeout": CONNECT_SECONDS, "application_name": "fotfeste"}
    described["OPTIONS"] = {**options, **described.get("OPTIONS", {})}
    return described


def _embedded(path: Path) -> dict[str, Any]:
    # One that has gone away is not made anew while others look for it: it may come back, with all that is in it.
    made = path.exists() or MADE in os.environ
    name = f"{path.absolute().as_uri()}?mode=rw" if made else str(path)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": WAIT_SECONDS,
            # Writers queue instead of failing: SQLite's default says «database is locked» when two read before they write.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
