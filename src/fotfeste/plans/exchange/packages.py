"""A packed project: its parts by name, unpacked one at a time in memory, never to disk and never beyond the bounds."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from fotfeste.messages import msg
from fotfeste.office_gate import BROKEN
from fotfeste.plans.exchange.elements import refused

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest project: bytes of the file, parts of it, bytes of one part that is read and of all that are, packing ratio.

    Pictures, sound and film are not read, so they may be as large as the file.
    """

    file: int = 2_000 * _MEGABYTE
    parts: int = 50_000
    part: int = 100 * _MEGABYTE
    content: int = 1_000 * _MEGABYTE
    ratio: int = 1_000


class Package:
    """The parts of a packed file; names are compared without case, with ``/`` also where Windows wrote ``\\``."""

    def __init__(self, name: str, data: bytes, bounds: Bounds) -> None:
        self.name = name
        self.bounds = bounds
        self._read = 0
        self._seen: set[str] = set()
        if len(data) > bounds.file:
            raise refused("huge", msg("Filen er for stor, eller blir det når den pakkes ut."), name)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except BROKEN as error:
            raise refused("broken", msg("Filen er skadet og kan ikke leses."), name) from error
        parts = self._archive.infolist()
        if len(parts) > bounds.parts:
            raise refused("huge", msg("Filen er for stor, eller blir det når den pakkes ut."), name)
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for part in parts:
            path = part.orig_filename.replace("\\", "/")
            key = path.casefold()
            parted = PurePosixPath(path)
            if (
                parted.is_absolute()
                or ".." in parted.parts
                or ":" in path
                or "\0" in path
                or not part.filename
                or stat.S_ISLNK(part.external_attr >> 16)
                or key in self._parts
            ):
                raise refused(
                    "names",
                    msg(
                        "Filen har en del med et navn som ikke kan stoles på: {part}.", part=repr(path[:100])
                    ),
                    name,
                )
            if not part.is_dir() and not path.endswith("/"):
                self._parts[key] = part

    def names(self) -> tuple[str, ...]:
        """Return the names of the parts, in small letters."""
        return tuple(self._parts)

    def unread(self) -> tuple[str, ...]:
        """Return the names of the parts that were not read."""
        return tuple(name for name in self._parts if name not in self._seen)

    def read(self, path: str) -> bytes | None:
        """Return a part, or nothing when there is none of that name; raises :class:`InputError` beyond the bounds."""
        key = path.casefold()
        part = self._parts.get(key)
        if part is None:
            return None
        packed = max(part.compress_size, 1)
        most = min(self.bounds.part, self.bounds.content - self._read)
        if part.file_size > most or (
            part.file_size > _MEGABYTE and part.file_size > self.bounds.ratio * packed
        ):
            raise refused("huge", msg("Filen er for stor, eller blir det når den pakkes ut."), self.name)
        if part.flag_bits & 1:
            raise refused(
                "locked",
                msg("Filen er beskyttet med passord, eller lagret i et gammelt format."),
                self.name,
                msg("Fjern passordet, lagre filen på nytt og prøv igjen."),
            )
        try:
            with self._archive.open(part) as stream:
                content = stream.read(part.file_size + 1)
        except BROKEN as error:
            raise refused("broken", msg("Filen er skadet og kan ikke leses."), self.name) from error
        if len(content) != part.file_size:
            raise refused("broken", msg("Filen er skadet og kan ikke leses."), self.name)
        self._read += len(content)
        self._seen.add(key)
        return content
