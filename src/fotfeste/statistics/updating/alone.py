"""One at a time changes a folder of data: the second is told so, and a run that is cut off leaves nothing locked."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from fotfeste.errors import OutputError
from fotfeste.messages import msg

LOCK = ".update.lock"
"""An empty file in the folder; it stays, and the system lets go of it when the program that holds it ends."""


BETWEEN = 0.05
"""Seconds between each try of one that waits."""


@contextmanager
def alone_in(folder: Path, patience: float = 0) -> Iterator[None]:
    """Hold a folder of data while figures are fetched, imported, kept or removed there.

    Raises :class:`OutputError` when another still holds it after ``patience`` seconds, or when the folder cannot be written in.
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
        until = time.monotonic() + patience
        while not _held(file):
            if time.monotonic() >= until:
                raise OutputError(
                    "update.busy",
                    msg(
                        "Tallene i samme mappe endres av noen andre akkurat nå. Ingenting er hentet eller lagret."
                    ),
                    place=str(folder),
                    remedy=msg("Vent til de er ferdige, og prøv igjen."),
                )
            time.sleep(BETWEEN)
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
