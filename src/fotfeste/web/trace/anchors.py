"""Anchors: how far the chain had come at a time, kept outside it, so that a cut-off end is found too.

An anchor carries an HMAC-SHA256 made with a key that is not in the database: whoever can write to the database only can
make no anchor. A file of anchors has one JSON object a line; it also lies in every backup.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.trace.chain import canonical, instant

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Anchor:
    """The chain had ``number`` entries at ``at`` (ISO, UTC), and the last one's hash was ``hash``."""

    number: int
    hash: str
    at: str
    mac: str

    def as_dict(self) -> Mapping[str, str | int]:
        """Return the anchor for a file or a manifest."""
        return {"schema": SCHEMA, "number": self.number, "hash": self.hash, "at": self.at, "mac": self.mac}


def seal(key: bytes, number: int, digest: str, at: datetime) -> Anchor:
    """Return the anchor of a chain whose entry ``number`` is the last and has the hash ``digest``."""
    return Anchor(number, digest, instant(at), _mac(key, number, digest, instant(at)))


def genuine(key: bytes, anchor: Anchor) -> bool:
    """Whether ``anchor`` was made with ``key``."""
    return hmac.compare_digest(anchor.mac, _mac(key, anchor.number, anchor.hash, anchor.at))


def _mac(key: bytes, number: int, digest: str, at: str) -> str:
    content = canonical({"schema": SCHEMA, "number": number, "hash": digest, "at": at})
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def as_text(anchors: Iterable[Anchor]) -> str:
    """Return the anchors as the text of a file."""
    return "".join(canonical(one.as_dict()) + "\n" for one in anchors)


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """Read a file of anchors. Raises :class:`InputError` that names the line which cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = msg("Ankerfilen kan ikke leses ({reason}).", reason=str(error))
        raise InputError("anchor.unreadable", what, place=str(path)) from error
    return tuple(
        _anchor(line, f"{path}:{place}") for place, line in enumerate(text.splitlines(), 1) if line.strip()
    )


def _anchor(line: str, place: str) -> Anchor:
    try:
        content = json.loads(line)
        anchor = Anchor(content["number"], content["hash"], content["at"], content["mac"])
        schema = content["schema"]
    except (ValueError, KeyError, TypeError) as error:
        what = msg("Linjen er ikke et anker for sporet.")
        remedy = msg("Bruk en fil som «fotfeste audit anchor» har skrevet, uten å endre den.")
        raise InputError("anchor.line", what, place=place, remedy=remedy) from error
    texts = (anchor.hash, anchor.at, anchor.mac)
    if schema != SCHEMA or type(anchor.number) is not int or not all(isinstance(one, str) for one in texts):
        what = msg("Ankeret har en form som denne utgaven ikke kjenner.")
        raise InputError("anchor.schema", what, place=place, remedy=msg("Bruk en nyere utgave av Fotfeste."))
    return anchor
