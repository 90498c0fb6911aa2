"""JSON files of ours that are kept for years: bundles and ledgers. Read whole, known by their kind and schema number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria_faults import as_written
from fotfeste.settlement.field_faults import field_faults

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One kind of file: ``code`` begins its errors, ``largest`` is in bytes; ``what`` and ``source`` are for people, and
    ``command`` says which command writes it."""

    code: str
    kind: str
    schema: int
    largest: int
    what: Message
    source: Message
    command: Message | None = None

    def text_of(self, path: Path) -> str:
        """Return the text of a file; raises :class:`InputError` for one that cannot be read."""
        try:
            if path.stat().st_size > self.largest:
                raise self._unreadable(path, msg("filen er for stor"))
            return path.read_text("utf-8")
        except FileNotFoundError as error:
            raise self._unreadable(path, msg("filen finnes ikke")) from error
        except (OSError, UnicodeDecodeError) as error:
            raise self._unreadable(path, msg("filen kan ikke leses som tekst")) from error

    def content_of(self, text: str, place: str) -> dict[str, Any]:
        """Return the fields of a file without kind and schema; raises :class:`InputError` for another kind of file."""
        try:
            content = json.loads(text)
            if "\\ud" in text.casefold():  # half a letter can be written as an escape, but has no bytes
                json.dumps(content, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise self._unreadable(place, msg("filen er ikke gyldig JSON")) from error
        if not isinstance(content, dict) or content.get("kind") != self.kind:
            raise self._unreadable(place, msg("filen er av et annet slag"))
        if content.get("schema") != self.schema:
            raise InputError(
                f"{self.code}.schema",
                msg(
                    "Filen har skjemanummer {found}; denne utgaven leser {known}.",
                    found=as_written(content.get("schema")),
                    known=self.schema,
                ),
                place=place,
                remedy=msg("Bruk en nyere utgave av Fotfeste."),
            )
        return {name: value for name, value in content.items() if name not in ("kind", "schema")}

    def checked(self, read: Callable[[], Read], place: str) -> Read:
        """Return what ``read`` makes of the fields; raises :class:`InputError` that names the fields that are wrong."""
        from pydantic import ValidationError

        try:
            return read()
        except ValidationError as error:
            raise InputError(
                f"{self.code}.fields",
                msg("Filen mangler felt eller har felt som ikke kan leses."),
                place=place,
                remedy=msg("Bruk den opprinnelige filen, eller en nyere utgave av Fotfeste."),
                problems=field_faults(f"{self.code}.field", error.errors()),
            ) from error

    def headed(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return fields with kind and schema before them."""
        return {"schema": self.schema, "kind": self.kind, **content}

    def _unreadable(self, place: object, reason: Message) -> InputError:
        return InputError(
            f"{self.code}.unreadable",
            msg("Dette kan ikke leses som {what}: {reason}.", what=self.what, reason=reason),
            place=str(place),
            remedy=self.source,
            command=self.command,
        )


def checksum_of_content(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of plain data, whatever the order of its fields."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
