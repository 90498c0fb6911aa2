"""Making an installation ready to serve: the database at this version, static files, the example round."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fotfeste import __version__
from fotfeste.files import write_whole
from fotfeste.messages import Message, msg, nmsg
from fotfeste.web.plans import fixed as codings
from fotfeste.web.project.database import NAME
from fotfeste.web.trace.fixed import fix, standing
from fotfeste.web.upkeep.faults import InstallationFault

Say = Callable[[Message], None]

_STAMP = "collected.txt"
_LOCK_NUMBER = 40_031_821
"""Names the lock in PostgreSQL that lets one server at a time change the tables."""


def prepare(say: Say) -> None:
    """Make the installation ready; what is done is told through ``say``, and nothing is told when nothing is done."""
    settings.FOTFESTE.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with one_at_a_time(settings.FOTFESTE.data_dir):
        keep_to_owner(settings.FOTFESTE.data_dir / NAME)
        upgrade(say)
        collect(say)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process at a time prepare ``folder`` and its database; others wait."""
    with (folder / ".preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_NUMBER])
        try:
            yield
        finally:
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])


def keep_to_owner(path: Path) -> None:
    """Let only the owner read and write the embedded database; the files that SQLite lays beside it follow it."""
    if connection.vendor == "sqlite":
        path.touch(0o600)
        path.chmod(0o600)


def upgrade(say: Say) -> None:
    """Bring the database to this version of the program; raises when it already is of a newer one."""
    executor = MigrationExecutor(connection)
    if newer := newer_migrations(executor):
        raise InstallationFault(
            "database.newer",
            nmsg(
                "Databasen er laget av en nyere utgave av Fotfeste enn {version}: {count} steg er ukjent her, det første er {name}.",
                "Databasen er laget av en nyere utgave av Fotfeste enn {version}: {count} steg er ukjente her, det første er {name}.",
                len(newer),
                version=__version__,
                name=".".join(newer[0]),
            ),
            remedy=msg("Installer den nyere utgaven igjen, eller legg tilbake en sikkerhetskopi fra denne."),
        )
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        made = not executor.loader.applied_migrations
        say(
            msg("Databasen lages.")
            if made
            else nmsg("Databasen oppgraderes ({count} steg).", "Databasen oppgraderes ({count} steg).", steps)
        )
        call_command("migrate", interactive=False, verbosity=0)
    if not standing(connection):
        say(msg("Vernet mot endringer i sporet manglet i databasen, og er satt på plass igjen."))
        fix(connection)
    if not codings.standing(connection):
        say(msg("Vernet mot endringer i kodingen av planer manglet i databasen, og er satt på plass igjen."))
        codings.fix(connection)
    call_command("createcachetable", verbosity=0)


def newer_migrations(executor: MigrationExecutor) -> list[tuple[str, str]]:
    """Return the migrations that the database has and this program does not know."""
    known = executor.loader.disk_migrations or {}
    replaced = {name for one in known.values() for name in one.replaces}
    own = {app for app, _ in known}
    applied = executor.loader.applied_migrations or {}
    return sorted(key for key in applied if key[0] in own and key not in known and key not in replaced)


def collect(say: Say) -> None:
    """Gather the static files under names that hold their contents' hash, compressed; only when they have changed."""
    root = Path(settings.STATIC_ROOT)
    stamp = _stamp().encode()
    standing = root / _STAMP
    if standing.is_file() and standing.read_bytes() == stamp:
        return
    say(msg("Filene til sidene gjøres klare."))
    call_command("collectstatic", interactive=False, verbosity=0)
    write_whole(standing, stamp)


def _stamp() -> str:
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(path.encode())
            digest.update(hashlib.sha256(Path(storage.path(path)).read_bytes()).digest())
    return digest.hexdigest()


def welcome(say: Say, address: str) -> None:
    """Prepare the example round, and tell the first administrator where to begin when there is none."""
    from fotfeste.web.people.services import first_administrator_link
    from fotfeste.web.rounds.services import ensure_example

    ensure_example()
    path = first_administrator_link()
    if path:
        say(msg("Det er ingen administrator ennå. Denne lenken gjør den første, og virker én gang:"))
        say(msg("  {address}{path}", address=address, path=path))
