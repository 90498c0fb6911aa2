"""What the database itself refuses: changing, removing, or putting in between anything that a coder has done.

As :mod:`fotfeste.web.trace.fixed` does for the trace; renewed after every migration, since a table that SQLite rebuilds
loses its triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "plans_codingevent"
REFUSED = "plans_codingevent is only added to"

_SQLITE = {
    "plans_coding_stays": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "plans_coding_same": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "plans_coding_next": f"""BEFORE INSERT ON {TABLE}
        WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM {TABLE} WHERE log_id = NEW.log_id)
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
}
_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION plans_coding_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION plans_coding_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM {TABLE} WHERE log_id = NEW.log_id) THEN
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
_POSTGRESQL = {
    "plans_coding_stays": f"BEFORE DELETE OR TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION plans_coding_refuse()",
    "plans_coding_same": f"BEFORE UPDATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION plans_coding_refuse()",
    "plans_coding_next": f"BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION plans_coding_follow()",
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


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Do without the triggers for a while: for tests that empty the tables, or play the intruder."""
    there = TABLE in connection.introspection.table_names()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in _SQLITE if there else ():
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    try:
        yield
    finally:
        fix(connection)


def standing(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database refuses now."""
    if connection.vendor == "sqlite":
        asked = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'"
    else:
        asked = (
            f"SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('{TABLE}') "
            "AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return set(_SQLITE) <= {row[0] for row in cursor.fetchall()}
