"""The chain of hashes: what is hashed of an entry, in which bytes, and how one entry holds fast the one before.

Pure functions over values. An entry's hash is SHA-256 over its canonical JSON (keys sorted, no spaces, UTF-8), which
holds the schema number and the hash of the entry before; so nothing earlier can change without all later hashes changing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

SCHEMA = 1
START = "0" * 64
"""What the first entry holds fast: nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the trace as it is hashed; ``detail`` is canonical JSON, ``previous`` the hash of the entry before.

    ``actor`` is a pseudonym (empty: the installation itself), ``role`` the roles held at the time. ``at`` is UTC with
    six decimals of a second.
    """

    number: int
    at: datetime
    actor: str
    role: str
    act: str
    kind: str
    object: str
    county: str
    municipality: str
    detail: str
    previous: str
    schema: int = SCHEMA


def canonical(value: Mapping[str, object]) -> str:
    """Return ``value`` as JSON that is the same for the same content: keys sorted, no spaces, nothing escaped needlessly."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(at: datetime) -> str:
    """Return ``at`` in UTC as ``2026-11-21T12:00:00.000000Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical_bytes(link: Link) -> bytes:
    """Return the bytes of ``link`` that are hashed."""
    return canonical({**asdict(link), "at": instant(link.at)}).encode("utf-8")


def hash_of(link: Link) -> str:
    """Return the SHA-256 of ``link`` as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(link)).hexdigest()
