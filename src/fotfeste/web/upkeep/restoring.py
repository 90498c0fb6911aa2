"""Putting a backup back: proved first, built beside what stands, then given its place in one step.

The command points Django at a folder and a database beside the real ones *before* Django starts, so that migrations
and everything else work on the new ones as the only ones there are.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from fotfeste import __version__
from fotfeste.errors import FotfesteError
from fotfeste.files import write_whole
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settings import VARIABLES, Settings
from fotfeste.web.project.database import NAME
from fotfeste.web.project.secret import NAME as KEY_FILE
from fotfeste.web.upkeep import archive
from fotfeste.web.upkeep.faults import InstallationFault
from fotfeste.web.upkeep.places import RESTORING


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a backup is built: a folder within the data folder and, on PostgreSQL, a schema beside the one in use."""

    settings: Settings
    mark: str

    @property
    def folder(self) -> Path:
        """The folder beside."""
        return self.settings.data_dir / f"{RESTORING}{self.mark}"

    @property
    def schema(self) -> str:
        """The schema beside, on PostgreSQL."""
        return f"fotfeste_{RESTORING.rstrip('-')}_{self.mark}"

    def environment(self) -> dict[str, str]:
        """Return the variables that make the settings those of the place beside."""
        own = {
            "FOTFESTE_DATA_DIR": str(self.folder),
            VARIABLES["secret_key"]: "brukes-bare-mens-kopien-legges-tilbake",
        }
        if url := self.settings.serving.database_url:
            own[VARIABLES["database_url"]] = in_schema(url, self.schema)
        return own


def in_schema(url: str, schema: str) -> str:
    """Return the address of a PostgreSQL database with ``schema`` as the one that is worked in."""
    address, _, query = url.partition("?")
    asked = dict(parse_qsl(query))
    asked["options"] = f"{asked.get('options', '')} -c search_path={schema}".strip()
    return f"{address}?{urlencode(asked, quote_via=quote)}"


def build(opened: zipfile.ZipFile, manifest: archive.Manifest) -> None:
    """Build the database and the files of the backup in the place beside; Django must have been started there.

    Raises :class:`InstallationFault` when the backup is of a newer program, or its rows do not come out as they went in.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from fotfeste.web.upkeep import rows
    from fotfeste.web.upkeep.preparing import keep_to_owner

    keep_to_owner(settings.FOTFESTE.data_dir / NAME)
    executor = MigrationExecutor(connection)
    _refuse_newer(manifest, set(executor.loader.graph.nodes))
    try:
        executor.migrate(list(manifest.heads))
        executor.loader.build_graph()
        tables = {one._meta.db_table: one for one in rows.tables_at(executor.loader, manifest.heads)}
        if set(tables) != set(manifest.rows):
            raise _not_the_same(", ".join(sorted(set(tables) ^ set(manifest.rows))))
        with transaction.atomic():
            with connection.cursor() as cursor:
                for name in tables:
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
            for name, table in tables.items():
                with opened.open(f"{archive.TABLES}/{name}.jsonl") as stream:
                    count = rows.load(table, stream)
                if count != manifest.rows[name]:
                    raise _not_the_same(name)
            rows.number_on(list(tables.values()))
        connection.check_constraints()
        for name, table in tables.items():
            if rows.digest(rows.lines(table)) != manifest.contents[name]:
                raise _not_the_same(name)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except (DatabaseError, ValueError) as error:
        raise _not_the_same(type(error).__name__) from error
    _unpack(opened, manifest, settings.FOTFESTE.data_dir)
    connection.close()


def _refuse_newer(manifest: archive.Manifest, known: set[tuple[str, str]]) -> None:
    newer = sorted(set(manifest.heads) - known)
    if newer:
        raise InstallationFault(
            "restore.newer",
            msg(
                "Sikkerhetskopien er laget av en nyere utgave av Fotfeste ({program}) enn denne ({own}): {step} er ukjent her.",
                program=manifest.program,
                own=__version__,
                step=".".join(newer[0]),
            ),
            remedy=msg("Installer den nyere utgaven, og legg kopien tilbake med den."),
        )


def _not_the_same(where: str) -> FotfesteError:
    return InstallationFault(
        "restore.not_the_same",
        msg("Databasen ble ikke den samme som i sikkerhetskopien. Ingenting er byttet ut."),
        place=where,
        remedy=msg("Bruk utgaven av Fotfeste som laget kopien, eller en annen kopi."),
    )


def _unpack(opened: zipfile.ZipFile, manifest: archive.Manifest, folder: Path) -> None:
    for name in manifest.parts:
        path = archive.inside(name)
        if path is not None:
            with opened.open(name) as stream:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    shutil.copyfileobj(stream, file)
                    file.flush()
                    os.fsync(file.fileno())
    if manifest.has_key:
        write_whole(folder / KEY_FILE, opened.read(archive.KEY))
        (folder / KEY_FILE).chmod(0o600)


def told(manifest: archive.Manifest) -> Message:
    """Return what the backup holds, for whoever puts it back."""
    return nmsg(
        "{count} rad fra {made}, laget av Fotfeste {program} på {engine}.",
        "{count} rader fra {made}, laget av Fotfeste {program} på {engine}.",
        sum(manifest.rows.values()),
        made=manifest.made,
        program=manifest.program,
        engine=manifest.engine,
    )
