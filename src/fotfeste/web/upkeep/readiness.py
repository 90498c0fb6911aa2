"""Whether the workspace can do its work: the database answers, is at this version, and the figures can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.cache import caches
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from fotfeste.errors import FotfesteError

STEADY_SECONDS = 30
"""What costs something to look at and seldom changes is looked at this often."""


def database_answers() -> bool:
    """Whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        return False


def migrations_applied() -> bool:
    """Whether the tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False


def data_readable() -> bool:
    """Whether the figures, embedded and imported, can be opened."""
    from fotfeste.statistics import open_store

    try:
        return bool(open_store(settings.FOTFESTE.data_dir).versions)
    except (FotfesteError, OSError):
        return False


PARTS: Mapping[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_applied,
    "data": data_readable,
}


def readiness() -> dict[str, bool]:
    """Return each part and whether it is as it must be."""
    return {name: part() if name == "database" else _seldom(name, part) for name, part in PARTS.items()}


def _seldom(name: str, part: Callable[[], bool]) -> bool:
    """What was found well a moment ago is not looked at again; what was not, is."""
    near = caches["near"]
    if near.get(f"ready:{name}"):
        return True
    found = part()
    if found:
        near.set(f"ready:{name}", True, STEADY_SECONDS)
    return found
