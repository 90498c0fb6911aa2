"""What the database itself refuses: changing, removing, or putting in between any entry of the trace.

The triggers are renewed after every migration, since a table that SQLite rebuilds loses them. They stop mistakes and
whoever has no more than the application's reach; whoever owns the database can lift them, and is found by the chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "trace_entry"
_LAST = f"SELECT number, hash FROM {TABLE} ORDER BY number DESC LIMIT 1"
_START = "0" * 64
REFUSED = "trace_entry is only added to"

_SQLITE = {
    "trace_entry_stays": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "trace_entry_same": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "trace_entry_next": f"""BEFORE INSERT ON {TABLE}
        WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM {TABLE})
          OR NEW.previous IS NOT coalesce((SELECT hash FROM {TABLE} ORDER BY number DESC LIMIT 1), '{_START}')
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
}
_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION trace_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION trace_entry_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  {_LAST} INTO last;
  IF NEW.number IS DISTINCT FROM coalesce(last.number, 0) + 1
     OR NEW.previous IS DISTINCT FROM coalesce(last.hash, '{_START}') THEN
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
_POSTGRESQL = {
    "trace_entry_stays": f"BEFORE DELETE OR TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION trace_entry_refuse()",
    "trace_entry_same": f"BEFORE UPDATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION trace_entry_refuse()",
    "trace_entry_next": f"BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION trace_entry_follow()",
}


def fix(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse; nothing is done when the table is not there yet."""
    if TABLE not in connection.introspection.table_names():
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, what in _SQLITE.items():
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {what}")
        elif connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTIONS)
            for name, what in _POSTGRESQL.items():
                cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {what}")


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for putting a backup back, and for tests that play the intruder."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in _SQLITE:
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Do without the triggers for a while."""
    lift(connection)
    try:
        yield
    finally:
        fix(connection)


def standing(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database refuses now."""
    if connection.vendor == "sqlite":
        asked = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'"
    else:
        # Only those of our own table, which a schema that was put aside also has one of, and only those that fire.
        asked = (
            f"SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('{TABLE}') "
            "AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return set(_SQLITE) <= {row[0] for row in cursor.fetchall()}
