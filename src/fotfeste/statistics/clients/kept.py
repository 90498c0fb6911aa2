"""Parts that are fetched already: kept whole on disk between runs, so that they are not asked for again."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Protocol

from fotfeste.files import write_whole

log = logging.getLogger(__name__)

SCHEMA = 1
_STATE = "fetch.json"


class Kept(Protocol):
    """Where the answers of one fetch are kept, each under a key that stands for its query and the table's edition."""

    def begin(self, version: str) -> bool:
        """Prepare for an edition of the table; returns whether parts of another edition had to be thrown away."""

    def get(self, key: str) -> bytes | None:
        """Return the answer that is kept under a key, if it is there and whole."""

    def put(self, key: str, content: bytes) -> None:
        """Keep one whole, checked answer."""

    def forget(self) -> None:
        """Throw all parts away."""


class InMemory:
    """Keeps answers for as long as the program runs."""

    def __init__(self) -> None:
        self._parts: dict[str, bytes] = {}
        self._version = ""

    def begin(self, version: str) -> bool:
        """Prepare for an edition of the table; returns whether parts of another edition were thrown away."""
        stale = bool(self._parts) and self._version != version
        if stale:
            self.forget()
        self._version = version
        return stale

    def get(self, key: str) -> bytes | None:
        """Return the answer that is kept under a key."""
        return self._parts.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keep one answer."""
        self._parts[key] = content

    def forget(self) -> None:
        """Throw all parts away."""
        self._parts.clear()


class InFolder:
    """Keeps answers in a folder of their own: one file each, named by its key and a checksum of its content.

    A file is written whole or not at all. One whose content does not fit its name is damaged: it is removed and asked for
    again. Only files that this class names are ever removed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, version: str) -> bool:
        """Prepare for an edition of the table; returns whether parts of another edition were thrown away."""
        parts = self._parts()
        stale = bool(parts) and self._version() != version
        if stale:
            self.forget()
        state = {"schema": SCHEMA, "version": version}
        write_whole(self._folder / _STATE, json.dumps(state).encode("utf-8"))
        return stale

    def get(self, key: str) -> bytes | None:
        """Return the answer that is kept under a key, if it is there and whole."""
        for path in self._parts(key):
            content = path.read_bytes()
            if path.name == _name(key, content):
                return content
            log.warning("a kept part is damaged and is asked for again: %s", path.name)
            path.unlink(missing_ok=True)
        return None

    def put(self, key: str, content: bytes) -> None:
        """Keep one whole, checked answer. Raises :class:`OutputError` when the folder cannot be written to."""
        path = self._folder / _name(key, content)
        write_whole(path, content)
        for older in self._parts(key):
            if older != path:
                older.unlink(missing_ok=True)

    def forget(self) -> None:
        """Throw all parts away."""
        for path in self._parts():
            path.unlink(missing_ok=True)

    def _parts(self, key: str = "") -> list[Path]:
        return sorted(self._folder.glob(f"part-{key or '*'}-*.json")) if self._folder.is_dir() else []

    def _version(self) -> str:
        try:
            state = json.loads((self._folder / _STATE).read_bytes())
        except (OSError, ValueError):
            return ""
        known = isinstance(state, dict) and state.get("schema") == SCHEMA
        return str(state.get("version", "")) if known else ""


def _name(key: str, content: bytes) -> str:
    return f"part-{key}-{hashlib.sha256(content).hexdigest()[:32]}.json"


def kept_in(resume: Path | None, fetch: str) -> Kept:
    """Return where the parts of one fetch are kept: a folder of their own in ``resume``, or memory."""
    return InMemory() if resume is None else InFolder(resume / fetch[:32])
