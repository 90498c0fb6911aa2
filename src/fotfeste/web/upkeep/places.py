"""What lies where in the data folder: what a backup keeps, what is made anew, and who is using it now."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fotfeste.messages import Message, msg
from fotfeste.web.project.database import NAME as DATABASE
from fotfeste.web.project.secret import NAME as KEY_FILE
from fotfeste.web.upkeep.faults import InstallationFault

METRICS, STATIC = "metrics", "static"
BEFORE, RESTORING = "before-", "restoring-"
IN_USE = ".in-use"

_MADE_ANEW = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", METRICS, STATIC, KEY_FILE})


def kept(folder: Path) -> list[Path]:
    """Return what in the data folder a backup keeps: imported figures, uploaded files, anchors of the trace."""
    if not folder.is_dir():
        return []
    return sorted(
        one
        for one in folder.iterdir()
        if one.name not in _MADE_ANEW
        and not one.name.startswith((".", BEFORE, RESTORING))
        and not one.is_symlink()
    )


def kept_files(folder: Path) -> list[Path]:
    """Return every file that a backup keeps; half-written ones and links are left out."""
    return [
        file
        for one in kept(folder)
        for file in ([one] if one.is_file() else sorted(one.rglob("*")))
        if file.is_file() and not file.is_symlink() and not file.name.startswith(".")
    ]


def take_in_use(folder: Path) -> int:
    """Say that this process uses the folder, until it ends; return the open file.

    Raises :class:`InstallationFault` while a backup is being put back.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = os.open(folder / IN_USE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(opened)
        raise _busy(
            "installation.restoring", msg("En sikkerhetskopi legges tilbake akkurat nå."), folder
        ) from error
    return opened


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Have the folder alone; raises :class:`InstallationFault` while the workspace is running in it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = os.open(folder / IN_USE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(
                "installation.in_use", msg("Arbeidsflaten kjører, og datamappen er i bruk."), folder
            ) from error
        yield
    finally:
        os.close(opened)


def _busy(code: str, what: Message, folder: Path) -> InstallationFault:
    remedy = msg("Stopp «fotfeste serve» og «fotfeste worker», eller vent til de er ferdige, og prøv igjen.")
    return InstallationFault(code, what, place=str(folder), remedy=remedy)
