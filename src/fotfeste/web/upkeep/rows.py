"""Rows of the database as text and back, the same whatever the engine: one line of JSON for each row.

Tables are those of the migrations that the database stands at, not those of the program: what an older program
stored is written and read as that program saw it, and brought forward afterwards by the migrations.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

LEFT_OUT = frozenset({"django_session", "usersessions_usersession", "rounds_keptform"})
"""Who is signed in, and what they typed when they were not any more: they sign in again after a restore, rather than
that old sessions rise from the dead."""
_AT_A_TIME, _LARGE_AT_A_TIME = 500, 1
"""Rows that are held in memory at a time; of tables that hold whole documents, each by itself."""

Heads = tuple[tuple[str, str], ...]


def heads_applied(loader: MigrationLoader) -> Heads:
    """Return the last migrations of each app that the database stands at."""
    applied = set(loader.applied_migrations or {}) & set(loader.graph.nodes)
    inner = {
        parent.key
        for key in applied
        for parent in loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return tuple(sorted(applied - inner))


def tables_at(loader: MigrationLoader, heads: Heads) -> list[type[models.Model]]:
    """Return the tables as the migrations ``heads`` left them, by name."""
    state = loader.project_state(list(heads)) if heads else loader.project_state([])
    apps: Apps = state.apps
    found = [
        one
        for one in apps.get_models(include_auto_created=True)
        if one._meta.managed and not one._meta.proxy and one._meta.db_table not in LEFT_OUT
    ]
    return sorted(found, key=lambda one: one._meta.db_table)


@contextmanager
def snapshot() -> Iterator[None]:
    """Read the database as it is at one moment, while others write to it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not atomic(): it begins as a writer, and others would wait until all is read.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")


def columns(table: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the columns that are stored, in order."""
    return [one for one in table._meta.concrete_fields if not getattr(one, "generated", False)]


def _at_a_time(table: type[models.Model]) -> int:
    large = any(isinstance(one, models.BinaryField) for one in columns(table))
    return _LARGE_AT_A_TIME if large else _AT_A_TIME


def lines(table: type[models.Model]) -> Iterator[bytes]:
    """Yield a line with the names of the columns and then one for each row, in the order of the primary key."""
    stored = columns(table)
    names = [one.attname for one in stored]
    yield _line(names)
    rows = table._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_at_a_time(table)):
        yield _line([_encoded(one, value) for one, value in zip(stored, row, strict=True)])


def load(table: type[models.Model], text: Iterable[bytes]) -> int:
    """Put the rows of ``text`` into the empty ``table``; return how many.

    Raises :class:`ValueError` when the columns are not those of the table.
    """
    given = iter(text)
    stored = columns(table)
    names = [one.attname for one in stored]
    if json.loads(next(given, b"[]")) != names:
        raise ValueError(table._meta.db_table)
    for one in stored:
        if isinstance(one, models.DateField | models.TimeField):
            # What is put back keeps its times, also those that are set by themselves when a row is made.
            one.auto_now = one.auto_now_add = False
    count, waiting, most = 0, [], _at_a_time(table)
    for line in given:
        row = [_decoded(one, value) for one, value in zip(stored, json.loads(line), strict=True)]
        waiting.append(table(**dict(zip(names, row, strict=True))))
        if len(waiting) == most:
            table._base_manager.bulk_create(waiting)
            count, waiting = count + len(waiting), []
    table._base_manager.bulk_create(waiting)
    return count + len(waiting)


def number_on(tables: Sequence[type[models.Model]]) -> None:
    """Let new rows get numbers after those that were put in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


class Digest:
    """The SHA-256 of rows, the same for equal content on either engine."""

    def __init__(self) -> None:
        self._total = hashlib.sha256()

    def add(self, line: bytes) -> None:
        """Take one line in."""
        self._total.update(_line(_canonical(json.loads(line))))

    def text(self) -> str:
        """Return the digest."""
        return self._total.hexdigest()


def digest(text: Iterable[bytes]) -> str:
    """Return the digest of all lines."""
    total = Digest()
    for line in text:
        total.add(line)
    return total.text()


def _line(content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return f"{text}\n".encode()


def _canonical(content: Any) -> Any:
    """Numbers as one engine may give them back for the other's: ``1.0`` in JSON is ``1``."""
    if isinstance(content, float) and content.is_integer():
        return int(content)
    if isinstance(content, list):
        return [_canonical(one) for one in content]
    if isinstance(content, dict):
        return {key: _canonical(one) for key, one in content.items()}
    return content


def _encoded(column: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(column, models.JSONField):
        # A null of JSON and no value at all are two things.
        return {"json": value} if value is not None else None
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value // timedelta(microseconds=1)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview() | bytearray():
            return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"{column.model._meta.db_table}.{column.name}: {type(value).__name__}")


def _decoded(column: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column, models.JSONField):
        return value["json"]
    if isinstance(column, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(column, models.DurationField):
        return timedelta(microseconds=value)
    return column.to_python(value)
