"""Making a backup while the workspace is in use: the database as of one moment, imported figures, uploaded files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from fotfeste import __version__
from fotfeste.messages import msg
from fotfeste.web.project.secret import NAME as KEY_FILE
from fotfeste.web.upkeep import archive, rows
from fotfeste.web.upkeep.faults import InstallationFault
from fotfeste.web.upkeep.places import kept_files


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup came to hold."""

    path: Path
    rows: int
    files: int
    size: int


def save(path: Path, with_key: bool = False, now: datetime | None = None) -> Saved:
    """Write a backup to ``path``; raises :class:`OutputError` or :class:`InstallationFault`, and then leaves nothing."""
    folder = Path(settings.FOTFESTE.data_dir)
    loader = MigrationLoader(connection)
    heads = rows.heads_applied(loader)
    if not heads:
        raise InstallationFault(
            "backup.nothing",
            msg("Det er ingen database å kopiere."),
            place=str(folder),
            remedy=msg("Sjekk FOTFESTE_DATA_DIR og DATABASE_URL."),
        )
    counted: dict[str, int] = {}
    contents: dict[str, str] = {}
    with archive.writing(path) as writer:
        with rows.snapshot():
            for table in rows.tables_at(loader, heads):
                name = table._meta.db_table
                telling = _Telling()
                writer.put(f"{archive.TABLES}/{name}.jsonl", telling.over(rows.lines(table)))
                counted[name], contents[name] = telling.count, telling.digest()
            anchor = _anchor()
        files = [one for one in kept_files(folder) if _put(writer, folder, one)]
        key = folder / KEY_FILE
        if with_key and key.is_file():
            writer.put(archive.KEY, [key.read_bytes()])
        writer.close(
            archive.Manifest(
                program=__version__,
                made=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
                engine=connection.vendor,
                heads=heads,
                rows=counted,
                contents=contents,
                parts=writer.parts,
                has_key=archive.KEY in writer.parts,
                anchor=anchor,
            )
        )
    return Saved(path, sum(counted.values()), len(files), path.stat().st_size)


class _Telling:
    """Counts rows and takes their digest while they pass."""

    def __init__(self) -> None:
        self.count = -1
        self._total = rows.Digest()

    def over(self, text: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the lines on; the first names the columns and is no row."""
        for line in text:
            self.count += 1
            self._total.add(line)
            yield line

    def digest(self) -> str:
        """The digest of what has passed."""
        return self._total.text()


def _put(writer: archive.Writer, folder: Path, path: Path) -> bool:
    """Put one file in; one that has gone since the folder was read is left out."""
    try:
        with path.open("rb") as stream:
            writer.put(f"{archive.FILES}/{path.relative_to(folder).as_posix()}", archive.chunks(stream))
    except FileNotFoundError:
        return False
    return True


def _anchor() -> Mapping[str, Any]:
    """How far the trace had come: found again in the backup, it proves that no end was cut off later."""
    from fotfeste.web.trace.verify import present_anchor

    return json.loads(json.dumps(present_anchor().as_dict()))  # type: ignore[no-any-return]
