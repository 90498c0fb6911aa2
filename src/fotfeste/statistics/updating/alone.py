"""One update at a time in a folder of data: the second is told so, and a run that is cut off leaves nothing locked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from fotfeste.errors import OutputError
from fotfeste.messages import msg

LOCK = ".update.lock"
"""An empty file in the folder; it stays, and the system lets go of it when the program that holds it ends."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder of data while figures are fetched and stored there.

    Raises :class:`OutputError` when another update holds it, or when the folder cannot be written in.
    """
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise OutputError(
            "file.unwritable",
            msg("Filen kunne ikke skrives ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk at mappen finnes, og at du har lov til å skrive i den."),
        ) from error
    with file:
        if not _held(file):
            raise OutputError(
                "update.busy",
                msg("En annen oppdatering er i gang i samme mappe. Ingenting er hentet eller lagret."),
                place=str(folder),
                remedy=msg("Vent til den er ferdig, og prøv igjen."),
            )
        yield


def _held(file: IO[bytes]) -> bool:
    """Take the lock of a file without waiting; closing the file lets go of it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
