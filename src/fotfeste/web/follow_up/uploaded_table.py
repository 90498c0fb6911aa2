"""A table that somebody sends: let through the gate, and read by the library under a harmless name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TypeVar

from fotfeste.office_gate import Bounds
from fotfeste.statistics.readers.grids import Limits
from fotfeste.uploads import checked_table

BOUNDS = Bounds(file=2_000_000, content=30_000_000, parts=500)
LIMITS = Limits(file_bytes=2_000_000, cells=200_000)
"""The published table of all municipalities is about 40 kB; the county's own list is smaller."""
NAME_LENGTH = 80
Table = TypeVar("Table")


def read_uploaded(name: str, data: bytes, read: Callable[[Path], Table]) -> Table:
    """Return what ``read`` makes of an uploaded file, once the gate has let it through."""
    safe = _file_name(name)
    ending = checked_table(safe, data, BOUNDS)
    with TemporaryDirectory(prefix="fotfeste-") as folder:
        path = Path(folder) / f"{PurePath(safe).stem}.{ending}"
        path.write_bytes(data)
        return read(path)


def _file_name(name: str) -> str:
    """Return a name that is only a name: no folders, no signs that a disk or a page would take for something else."""
    path = PurePath(name.replace("\\", "/"))
    stem = re.sub(r"[^\w() .-]", "_", path.stem).strip(". ") or "fil"
    ending = re.sub(r"\W", "", path.suffix)[:8].lower()
    return f"{stem[:NAME_LENGTH]}.{ending}" if ending else stem[:NAME_LENGTH]
