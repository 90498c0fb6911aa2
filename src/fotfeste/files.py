"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fotfeste.errors import OutputError
from fotfeste.messages import msg

NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every file in our archives, the earliest that ZIP knows: the same files give the same archive."""


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that a reader sees either the old file or the new one, never a part.

    Raises :class:`OutputError` when the folder cannot be written to; the old file then stands unchanged.
    """
    try:
        with writing_whole(path) as stream:
            stream.write(content)
    except OSError as error:
        raise OutputError(
            "file.unwritable",
            msg("Filen kunne ikke skrives ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg(
                "Sjekk at mappen finnes, at disken har plass, og at filen ikke er åpen i et annet program."
            ),
        ) from error


@contextmanager
def writing_whole(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Give a stream to write piece by piece; ``path`` becomes what was written when the block ends well.

    The bytes go to a temporary file in the same folder, are flushed to the disk and take the name in one step. What is
    ``private`` only its owner may read. Whatever is raised inside comes out as it is, and the old file stands unchanged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.parent / f".{path.name[:80]}.{secrets.token_hex(8)}.part"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
