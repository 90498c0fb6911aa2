"""Giving what was built beside its place, and keeping what stood; undone when any of it fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fotfeste.messages import msg
from fotfeste.web.project.database import NAME as DATABASE
from fotfeste.web.project.secret import NAME as KEY_FILE
from fotfeste.web.upkeep.faults import InstallationFault
from fotfeste.web.upkeep.places import BEFORE, kept
from fotfeste.web.upkeep.restoring import Beside

if TYPE_CHECKING:
    from psycopg import Connection


def swap(beside: Beside) -> Path:
    """Put the new database and files in place of the old ones, which are kept; return the folder they are kept in.

    Raises :class:`InstallationFault` or :class:`OSError`; what stood then stands.
    """
    folder = beside.settings.data_dir
    before = folder / f"{BEFORE}{beside.mark}"
    before.mkdir(mode=0o700)
    try:
        with _schemas(beside), _moves() as move:
            _swap_files(
                beside.folder, folder, before, move, own_database=not beside.settings.serving.database_url
            )
    except BaseException:
        with suppress(OSError):
            before.rmdir()
        raise
    for one in (folder, before):
        _flush(one)
    return before


class _Move:
    """Moves that can be undone."""

    def __init__(self) -> None:
        self.done: list[tuple[Path, Path]] = []

    def __call__(self, one: Path, place: Path) -> None:
        one.rename(place)
        self.done.append((one, place))


@contextmanager
def _moves() -> Iterator[_Move]:
    move = _Move()
    try:
        yield move
    except BaseException:
        for was, now in reversed(move.done):
            now.rename(was)
        raise


def _swap_files(new: Path, folder: Path, before: Path, move: _Move, own_database: bool) -> None:
    database = [DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"] if own_database else []
    key = [KEY_FILE] if (new / KEY_FILE).exists() else []
    standing = [*kept(folder), *(folder / name for name in (*database, *key) if (folder / name).exists())]
    for one in standing:
        move(one, before / one.name)
    coming = [*kept(new), *(new / name for name in (*database, *key) if (new / name).exists())]
    for one in coming:
        move(one, folder / one.name)


@contextmanager
def _schemas(beside: Beside) -> Iterator[None]:
    """Swap the schemas on PostgreSQL, and let it stand only if the files follow."""
    url = beside.settings.serving.database_url
    if not url:
        yield
        return
    import psycopg
    from psycopg import sql

    try:
        with psycopg.connect(url) as connection, connection.transaction():
            _refuse_others(connection)
            row = connection.execute("SELECT current_schema()").fetchone()
            standing = str(row[0]) if row and row[0] else "public"
            kept_as = f"fotfeste_{BEFORE.rstrip('-')}_{beside.mark}"
            for old, new in ((standing, kept_as), (beside.schema, standing)):
                rename = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
                connection.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))
            yield
    except psycopg.Error as error:
        raise database_refused(error) from error


def _refuse_others(connection: Connection[Any]) -> None:
    asked = """SELECT count(*) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
    row = connection.execute(asked).fetchone()
    if row and row[0]:
        raise InstallationFault(
            "installation.in_use",
            msg("Andre programmer er koblet til databasen."),
            remedy=msg("Stopp «fotfeste serve» og «fotfeste worker» på alle maskiner, og prøv igjen."),
        )


@contextmanager
def place_beside(beside: Beside) -> Iterator[None]:
    """Make the folder, and on PostgreSQL the schema, that a backup is built in; both are gone afterwards."""
    beside.folder.mkdir(parents=True, mode=0o700)
    try:
        with _new_schema(beside):
            yield
    finally:
        shutil.rmtree(beside.folder, ignore_errors=True)


@contextmanager
def _new_schema(beside: Beside) -> Iterator[None]:
    url = beside.settings.serving.database_url
    if not url:
        yield
        return
    import psycopg
    from psycopg import sql

    try:
        with psycopg.connect(url, autocommit=True) as connection:
            _refuse_others(connection)
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(beside.schema)))
    except psycopg.Error as error:
        raise database_refused(error) from error
    try:
        yield
    finally:
        # After the swap the schema has another name, and nothing is left to remove.
        with suppress(psycopg.Error), psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(beside.schema))
            )


def database_refused(error: Exception) -> InstallationFault:
    """Return the fault for a database that cannot be reached or does not let us; its text stays out of it."""
    return InstallationFault(
        "database.refused",
        msg("PostgreSQL kan ikke nås eller gir ikke lov ({reason}).", reason=type(error).__name__),
        remedy=msg(
            "Sjekk DATABASE_URL, og at brukeren eier databasen: ALTER DATABASE {name} OWNER TO {user};",
            name="fotfeste",
            user="fotfeste",
        ),
    )


def _flush(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
