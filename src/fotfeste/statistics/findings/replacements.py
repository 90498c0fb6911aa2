"""Replacements of findings, read from a person's TOML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.findings.rule import read_toml
from fotfeste.statistics.findings.values import Replacement
from fotfeste.statistics.indicators import load_catalogue

FIELDS = ("indicator", "by", "reason", "on")


def read_replacements(content: bytes, place: str) -> tuple[Replacement, ...]:
    """Return the replacements in the content of a file.

    The file says ``schema = 1`` and has ``[[replace]]`` with ``indicator``, ``by``, ``reason`` and ``on`` (a date).
    ``place`` is the name of the file, for errors. Raises :class:`InputError` for what is missing or unknown.
    """
    entries = read_toml(content, place).get("replace", [])
    return tuple(_replacement(entry, f"{place}, replace {number}") for number, entry in enumerate(entries, 1))


def _replacement(entry: object, place: str) -> Replacement:
    if not isinstance(entry, Mapping) or (missing := [name for name in FIELDS if name not in entry]):
        named = list(FIELDS) if not isinstance(entry, Mapping) else missing
        raise InputError(
            "findings.field", msg("Byttet mangler {fields}.", fields=", ".join(named)), place=place
        )
    one, by, reason, on = (entry[name] for name in FIELDS)
    for name in (one, by):
        if name not in load_catalogue():
            raise InputError(
                "findings.unknown",
                msg("Indikatoren «{name}» finnes ikke.", name=str(name)),
                place=place,
                remedy=msg("Kommandoen «fotfeste data list» viser dem som finnes."),
            )
    if not isinstance(on, date):
        raise InputError(
            "findings.date",
            msg("Datoen «{on}» er ikke en dato.", on=str(on)),
            place=place,
            remedy=msg("Skriv den slik: on = 2026-11-21"),
        )
    if not str(reason).strip():
        raise InputError(
            "findings.reason",
            msg("Byttet av funnet «{indicator}» mangler begrunnelse.", indicator=str(one)),
            place=place,
            remedy=msg("Skriv hvorfor, så leseren kan se det."),
        )
    return Replacement(str(one), str(by), str(reason).strip(), on)
