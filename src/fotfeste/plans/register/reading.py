"""Read our own TOML strictly: what is wrong is said with the place where it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import Translated, msg

LARGEST = 20_000_000
"""Bytes in a file of ours; one of all 357 municipalities with fifty plans each is a quarter of this."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file with the place where it stands, so that every fault can be pointed at."""

    content: Mapping[str, Any]
    place: str

    def wrong(self, name: str) -> ValueError:
        """Return what to raise for a value that is not as it must be."""
        return ValueError(f"{self.place}{name}")

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text on one line; without a default it must be there and say something."""
        value = self.content.get(name, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self.wrong(name)
        if len(value) > 2_000 or any(ord(sign) < 32 for sign in value):
            raise self.wrong(name)
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number that is not negative."""
        value = self.content.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 100_000:
            raise self.wrong(name)
        return value

    def truth(self, name: str, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self.content.get(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; an absent one is empty."""
        value = self.content.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.wrong(name)
        return tuple(value)

    def day(self, name: str) -> date:
        """Return a date."""
        value = self.content.get(name)
        if type(value) is not date:
            raise self.wrong(name)
        return value

    def translated(self, name: str | None = None) -> Translated:
        """Return the texts ``nb``, ``nn`` and ``en`` of this table, or of the one called ``name``."""
        inner = self.content if name is None else self.content.get(name)
        if not isinstance(inner, Mapping):
            raise self.wrong(name or "nb")
        found = Table(inner, self.place if name is None else f"{self.place}{name}.")
        return Translated({locale: found.text(locale) for locale in ("nb", "nn", "en")})

    def inner(self, name: str) -> Table:
        """Return the one table called ``name``."""
        value = self.content.get(name)
        if not isinstance(value, Mapping):
            raise self.wrong(name)
        return Table(value, f"{self.place}{name}.")

    def tables(self, name: str) -> Sequence[Table]:
        """Return the tables of the list ``name``, each with its place; an absent list is empty."""
        value = self.content.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(name)
        return [Table(one, f"{self.place}{name}[{number}].") for number, one in enumerate(value, start=1)]

    def only(self, *names: str) -> None:
        """Refuse names that nobody asks for: most often they are misspelt."""
        if unknown := sorted(set(self.content) - set(names)):
            raise self.wrong(unknown[0])


def content_of(path: Path) -> bytes:
    """Return what stands in a file of the user's, no more than shows that it is too large; raises :class:`InputError`."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(
            "plan.absent",
            msg("Filen kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk stien til filen."),
        ) from error


def table_of(content: bytes, origin: str, schema: int) -> Table:
    """Return the content of a TOML file with ``schema = N`` at its top; raises :class:`InputError`."""
    if len(content) > LARGEST:
        raise InputError(
            "plan.file_size",
            msg("Filen er for stor ({size} byte).", size=len(content)),
            place=origin,
            remedy=msg("Del den i flere filer, hver på høyst {most} byte.", most=LARGEST),
        )
    try:
        found = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise unusable(origin, str(error)) from error
    if found.get("schema") != schema:
        raise InputError(
            "plan.schema",
            msg("Filen må ha skjemanummer {known}.", known=schema),
            place=origin,
            remedy=msg("Skriv «schema = {known}» øverst, eller oppgrader Fotfeste.", known=schema),
        )
    return Table(found, "")


def unusable(origin: str, reason: str) -> InputError:
    """Return the error of a file that cannot be used."""
    return InputError(
        "plan.file",
        msg("Filen kan ikke brukes: {reason}.", reason=reason[:200]),
        place=origin,
        remedy=msg("Rett det som står ved dette navnet, eller sammenlign med filen som følger med."),
    )
