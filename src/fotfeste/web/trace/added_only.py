"""Tables that the database itself only lets be added to: no row is changed, removed or put in between.

The triggers stop mistakes and whoever has no more than the application's reach; whoever owns the database can lift them.
They are renewed after every migration, since a table that SQLite rebuilds loses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class AddedOnly:
    """One such table. ``name`` begins the names of its triggers and functions.

    ``follows`` is what SQL asks of a new row, which it calls ``NEW``: that it is the next one. ``SAME`` stands where the
    engines write «is the same, also when both are nothing» each in their way.
    """

    table: str
    name: str
    follows: str

    @property
    def refused(self) -> str:
        """What the database says."""
        return f"{self.table} is only added to"

    @property
    def triggers(self) -> tuple[str, str, str]:
        """The names of the triggers: against removing, against changing, against putting in between."""
        return f"{self.name}_stays", f"{self.name}_same", f"{self.name}_next"

    def fix(self, connection: BaseDatabaseWrapper) -> None:
        """Make the database refuse; nothing is done when the table is not there yet."""
        if self.table not in connection.introspection.table_names():
            return
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in self._on_sqlite() if connection.vendor == "sqlite" else self._on_postgresql():
                cursor.execute(statement)

    def lift(self, connection: BaseDatabaseWrapper) -> None:
        """Take the triggers away: for putting a backup back, and for tests that play the intruder."""
        if self.table not in connection.introspection.table_names():
            return
        on = f" ON {self.table}" if connection.vendor == "postgresql" else ""
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for name in self.triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")

    @contextmanager
    def lifted(self, connection: BaseDatabaseWrapper) -> Iterator[None]:
        """Do without the triggers for a while."""
        self.lift(connection)
        try:
            yield
        finally:
            self.fix(connection)

    def standing(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether the database refuses now."""
        if connection.vendor == "sqlite":
            asked = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{self.table}'"
        else:
            # Only those of our own table, which a schema that was put aside also has one of, and only those that fire.
            asked = (
                f"SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('{self.table}') "
                "AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return set(self.triggers) <= {row[0] for row in cursor.fetchall()}

    def _on_sqlite(self) -> Iterator[str]:
        follows = self.follows.replace("SAME", "IS")
        whens = "BEFORE DELETE", "BEFORE UPDATE", "BEFORE INSERT"
        asked = "", "", f"WHEN NOT ({follows})"
        for name, when, only in zip(self.triggers, whens, asked, strict=True):
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {name} {when} ON {self.table} {only} "
                f"BEGIN SELECT RAISE(ABORT, '{self.refused}'); END"
            )

    def _on_postgresql(self) -> Iterator[str]:
        follows = self.follows.replace("SAME", "IS NOT DISTINCT FROM")
        refuse = f"RAISE EXCEPTION '{self.refused}' USING ERRCODE = 'integrity_constraint_violation';"
        written = "RETURNS trigger LANGUAGE plpgsql AS"
        yield f"CREATE OR REPLACE FUNCTION {self.name}_refuse() {written} $$ BEGIN {refuse} END $$"
        yield (
            f"CREATE OR REPLACE FUNCTION {self.name}_follow() {written} "
            f"$$ BEGIN IF NOT ({follows}) THEN {refuse} END IF; RETURN NEW; END $$"
        )
        whens = (
            ("BEFORE DELETE OR TRUNCATE", "STATEMENT", "refuse"),
            ("BEFORE UPDATE", "STATEMENT", "refuse"),
            ("BEFORE INSERT", "ROW", "follow"),
        )
        for name, (when, each, does) in zip(self.triggers, whens, strict=True):
            yield (
                f"CREATE OR REPLACE TRIGGER {name} {when} ON {self.table} "
                f"FOR EACH {each} EXECUTE FUNCTION {self.name}_{does}()"
            )
